"""Makes our own training sentences from the patterns of sentences.yaml: the same acts told in many ways.

What is not told as done keeps its sign ("may attack", "threatened to leave"): how an act is put is read elsewhere. But who
denies an attack or did not attack tells nothing, and who refused to help is against.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from example import Example

if TYPE_CHECKING:
    from collections.abc import Callable

_TABLES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8")
)
_VOWELS = "aeiou"
Told = tuple[str, int]  # a sentence with {A}, {B}, {C}; the sign of A towards B


def generate(seed: int, copies: int = 6, joined: int = 1500) -> list[Example]:
    """Return examples: every phrase in `copies` shapes, every pattern with `copies` sets of names, `joined` pairs of them."""
    rng = random.Random(seed)
    by_kind: dict[str, list[Example]] = {"s": [], "g": [], "p": []}
    for group in _TABLES["phrases"]:
        for phrase in group["phrases"]:
            for _ in range(copies):
                shape = rng.choice(_SHAPES)
                told = shape(_Verb(phrase), group["sign"], rng)
                if told is not None:
                    kind = rng.choice(group["kinds"])
                    by_kind[kind] += _filled(*told, kind, rng)
    for group in _TABLES["patterns"]:
        for pattern in group["patterns"]:
            for _ in range(copies):
                kind = rng.choice(group["kinds"])
                by_kind[kind] += _filled(pattern, group["sign"], kind, rng)
    found = [row for rows in by_kind.values() for row in rows]
    for _ in range(joined):
        rows = by_kind[rng.choice("ssgp")]
        found += _side_by_side(rng.choice(rows), rng.choice(rows), rng)
    rng.shuffle(found)
    return found


class _Verb:
    """The forms of a phrase whose first word is its verb."""

    def __init__(self, phrase: str) -> None:
        words, *forms = phrase.split("|")
        base, rest = words.split(" ", 1)
        past = forms[0] if forms else _past(base)
        done = forms[1] if len(forms) > 1 else past
        self.base, self.past, self.done = f"{base} {rest}", f"{past} {rest}", f"{done} {rest}"
        doing = f"{past.removesuffix('ed')}ing" if past.endswith("ed") and len(forms) == 1 else _doing(base)
        self.doing = f"{doing} {rest}"
        self.third = f"{_third(base)} {rest}"
        direct = rest.startswith("{B}")
        tail = rest.removeprefix("{B}")
        self.passive = f"{done}{tail} by {{A}}" if direct else None


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if base.endswith("y") and base[-2] not in _VOWELS else f"{base}ed"


def _doing(base: str) -> str:
    short = {
        "put": "putting",
        "cut": "cutting",
        "run": "running",
        "win": "winning",
        "sit": "sitting",
        "hit": "hitting",
        "overrun": "overrunning",
        "beat": "beating",
    }
    if base in short:
        return short[base]
    return f"{base[:-1]}ing" if base.endswith("e") and not base.endswith("ee") else f"{base}ing"


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base.endswith("y") and base[-2] not in _VOWELS else f"{base}s"


def _shape(
    *texts: str, turned: Callable[[int], int | None] = lambda sign: sign
) -> Callable[..., Told | None]:
    def told(verb: _Verb, sign: int, rng: random.Random) -> Told | None:
        text = rng.choice(texts)
        if "{passive}" in text and verb.passive is None:
            return None
        now = turned(sign)
        if now is None:
            return None
        forms = {name: getattr(verb, name) for name in ("base", "past", "done", "doing", "third", "passive")}
        for name, form in forms.items():
            text = text.replace(f"{{{name}}}", form or "")
        return text, now

    return told


def _positive(sign: int) -> int | None:
    return sign if sign > 0 else None


def _negative(sign: int) -> int | None:
    return sign if sign < 0 else None


def _outside(verb: _Verb, _: int, rng: random.Random) -> Told:
    """A sentence in which A and B only stand beside what is done to C."""
    done = rng.choice((verb.past, f"has {verb.done}", f"had {verb.done}")).replace("{B}", "{C}")
    text = rng.choice(
        (
            f"{{A}} said {{B}} {done}.",
            f"{{A}} reported that {{B}} {done}.",
            f"{{A}} and {{B}} {done}.",
            f"{{B}} {done}, according to {{A}}.",
            f"{{A}} {done}, a year after the visit of {{B}}.",
            f"{{A}} {done}; {{B}} did not comment.",
            f"{{C}} {verb.past}".replace("{B}", "{A}") + " as well as {B}.",
        )
    )
    return text, 0


_SHAPES = (
    _shape("{A} {past} {when}.", "{A} {past}.", "{A} {third}.", "{A} has {done}.", "{A} had {done} {when}."),
    _shape("{A} {past} {when}.", "{A} {past}.", "{A} is {doing}.", "{A} {past} again {when}."),
    _shape(
        "{B} was {passive} {when}.",
        "{B} has been {passive}.",
        "{B}, {passive}, said nothing.",
        "{B} is being {passive}.",
    ),
    _shape(
        "{A} will {base}.",
        "{A} is to {base} {when}.",
        "{A} plans to {base}.",
        "{A} said it would {base}.",
        "{A} is expected to {base}.",
        "{A} decided to {base}.",
        "{A} vowed to {base}.",
    ),
    _shape(
        "{A} may {base}.",
        "{A} might {base}, analysts say.",
        "{A} could {base} within weeks.",
        "{A} is considering whether to {base}.",
        "If it wins the vote, {A} will {base}.",
    ),
    _shape(
        "{A} threatened to {base}.",
        "{A} threatened {when} to {base}.",
        "{A} is preparing to {base}.",
        turned=_negative,
    ),
    _shape(
        "{A} agreed to {base}.", "{A} offered to {base}.", "{A} pledged {when} to {base}.", turned=_positive
    ),
    # refused help is against
    _shape(
        "{A} refused to {base}.",
        "{A} will not {base}.",
        "{A} no longer wants to {base}.",
        "{A} declined to {base} {when}.",
        "{A} stopped short of a promise to {base} and turned away.",
        "{A} ruled out {doing}.",
        turned=lambda sign: -1 if sign > 0 else None,
    ),
    # an attack that was not made tells nothing
    _shape(
        "{A} denied it had {done}.",
        "{A} did not {base}.",
        "{A} never {past}, officials insist.",
        "{A} denied {doing}.",
        "There is no evidence that {A} {past}.",
        turned=lambda sign: 0 if sign < 0 else None,
    ),
    _shape(
        "{C} said {A} had {done}.",
        "{C} reported that {A} {past} {when}.",
        "According to {C}, {A} {past}.",
        "{A}, {C} said, {past}.",
        "{C} accused {A} of {doing}.",
        "{C} denied that {A} {past}.",
    ),
    _shape(
        "{A} and {C} {past} {when}.",
        "{C} and {A} {past}.",
        "{A}, unlike {C}, {past}.",
        "{A}, joined by {C}, {past}.",
    ),
    _shape(
        "{A}, which {past} {when}, has its own troubles.",
        "{A}, after {doing}, faced questions at home.",
        "By {doing}, {A} surprised everyone.",
        "After {doing}, {A} went further still.",
        "It was {A} that {past}.",
    ),
    _shape(
        "The leader of {A} {past}.",
        "A spokesman for {A} said it had {done}.",
        "Supporters of {A} {past} {when}.",
        "The government of {A} {past}.",
        "Officials of {A} {past}.",
    ),
    # the third in the sentence stands outside
    _outside,
)


def _filled(text: str, sign: int, kind: str, rng: random.Random) -> list[Example]:
    """Put names, a time and what stands around it into a sentence; the examples of its pair."""
    end = text[-1]
    if rng.random() < 0.3 and not text.startswith('"'):
        text = rng.choice(_TABLES["before"]) + text
    third = False
    if rng.random() < 0.4 and "{C}" not in text and end == ".":
        more = rng.choice(_TABLES["behind"])
        third = "{C}" in more
        text = text[:-1] + more + end
    text = text.replace("{when}", rng.choice(_TABLES["when"]))
    names: dict[str, str] = {}
    for place in "ABC":
        names[place] = next(
            name for name in iter(lambda: _name(kind, rng), None) if name not in names.values()
        )
    spans, out, rest = {}, "", text
    while "{" in rest:
        head, _, rest = rest.partition("{")
        place, rest = rest[0], rest[2:]
        out += head
        name = names[place]
        if not out.strip() or out.endswith((". ", "- ")):
            name = name[0].upper() + name[1:]
        spans.setdefault(place, (len(out), len(out) + len(name)))
        out += name
    out += rest
    if rng.random() < 0.05:
        out = out.rstrip(".")
    forward = spans["A"] < spans["B"]
    first, second = (spans["A"], spans["B"]) if forward else (spans["B"], spans["A"])
    label = 0 if sign == 0 else (1 if sign > 0 else 3) + (0 if forward else 1)
    found = [Example(out, first, second, label, "own")]
    if third:  # who only reports it, or calls for calm, stands outside
        other = min(spans[rng.choice("AB")], spans["C"]), spans["C"]
        found.append(Example(out, other[0], other[1], 0, "own"))
    return found


def _side_by_side(one: Example, other: Example, rng: random.Random) -> list[Example]:
    """Two sentences in one: a pair of the first or second keeps its class, a pair across them has none."""
    head = one.text.rstrip(".")
    tail = rng.choice(_TABLES["joints"])
    text = head + tail + other.text
    at = len(head + tail)
    moved = [(start + at, end + at) for start, end in (other.first, other.second)]
    near, far = rng.choice((one.first, one.second)), rng.choice(moved)
    names = text[slice(*near)].lower(), text[slice(*far)].lower()
    kept = (
        Example(text, one.first, one.second, one.label, "own")
        if rng.random() < 0.5
        else Example(text, moved[0], moved[1], other.label, "own")
    )
    if names[0] in names[1] or names[1] in names[0]:
        return [kept]
    return [kept, Example(text, near, far, 0, "own")]


def _name(kind: str, rng: random.Random) -> str:
    table = _TABLES["names"]
    pick, chance = rng.choice, rng.random()
    person = f"{pick(table['first'])} {pick(table['last'])}"
    if kind == "s":
        if chance < 0.5:
            return str(pick(table["s"]))
        if chance < 0.7:
            return f"{pick(table['adjectives'])} {pick(table['forces'])}".replace(
                "the authorities", "authorities"
            )
        return (
            f"{pick(table['adjectives'])} {pick(table['offices'])} {person}"
            if chance < 0.85
            else str(pick(table["adjectives"]))
        )
    if kind == "g":
        return str(pick(table["g"])) if chance < 0.6 else _name("s", rng)
    if chance < 0.55:
        return person
    return str(pick(table["last"])) if chance < 0.8 else str(pick(table["bodies"]))


if __name__ == "__main__":
    for row in generate(1)[:60]:
        print(row.label, "|", row.text, "|", row.text[slice(*row.first)], "|", row.text[slice(*row.second)])
