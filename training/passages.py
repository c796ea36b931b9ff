"""Annotated passages as the networks are taught them: windows with made-up names, and what is right of them."""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from nets import Read

from allegiance.coding.kinds import KINDS
from allegiance.coding.model.cast import named_in
from allegiance.coding.model.heads import SPANS
from allegiance.coding.model.window import NAMES, Pieces, Span, Window, window

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from torch import Tensor

AUTHOR = "author"
CLASSES = ("fact", "else", "not so")
# Of these the order of actor and target means nothing.
MUTUAL = frozenset(
    (
        "ally",
        "cooperate",
        "agree",
        "meet",
        "trade",
        "share-information",
        "reconcile",
        "dispute",
        "rival",
        "fight",
    )
)
_OVERLAP = 3  # sentences that two windows share
_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "da",
    "de",
    "do",
    "du",
    "fa",
    "fe",
    "ga",
    "go",
    "ka",
    "ke",
    "ko",
    "la",
    "le",
    "li",
    "lo",
    "lu",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "vo",
    "za",
    "ze",
    "zo",
    "sha",
    "tha",
    "mar",
    "tor",
    "bel",
    "kan",
    "dun",
    "gar",
    "ul",
    "em",
    "ar",
]
_ENDS = ("", "", "n", "r", "stan", "ia", "l", "s", "d", "k", "land")


@dataclass
class Passage:
    """One annotated passage.

    Attributes:
        id: its id.
        text: its sentences, joined by blanks.
        bounds: for each sentence its characters.
        spans: the mentions of annotated actors (then of others that the tables know), in order.
        actors: keys; the first is the author. Whoever has no mention is the author's.
        annotated: how many of `actors` are annotated; those behind are there to distract.
        statements: as annotated, with `a`, `b`, `h` as numbers of actors.
        qualified: whether it was read for qualifiers.
        gold: the passage as it stands in the file.
    """

    id: str
    text: str
    bounds: list[tuple[int, int]]
    spans: list[Span]
    actors: list[str]
    annotated: int
    statements: list[dict[str, Any]]
    qualified: bool
    gold: dict[str, Any] = field(repr=False)


def load(path: Path) -> list[dict[str, Any]]:
    """Return the passages of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def passage(gold: dict[str, Any], named: Iterable[Sequence[Any]] = ()) -> Passage:
    """Return a passage ready to be taught; `named` are the mentions that the naming room finds in it."""
    text = " ".join(gold["sentences"])
    bounds, at = [], 0
    for sentence in gold["sentences"]:
        bounds.append((at, at + len(sentence)))
        at += len(sentence) + 1
    found = named_in(text, gold["actors"])
    seen = {key for _, _, key in found}
    actors = [AUTHOR, *(key for key in gold["actors"] if key in seen)]
    number = {key: at for at, key in enumerate(actors)}
    annotated = len(actors)
    spans = [Span(start, end, number[key]) for start, end, key in found]
    taken = bytearray(len(text))
    for start, end, _ in spans:
        taken[start:end] = b"\1" * (end - start)
    for start, end, name, *_ in named:
        if not any(taken[start:end]):
            key = "~" + name
            if key not in number:
                number[key] = len(actors)
                actors.append(key)
            spans.append(Span(start, end, number[key]))
    told = []
    for s in gold["statements"]:
        a, b = (number.get(s[x], 0) for x in ("actor", "target"))
        if a == b:
            continue
        h = number.get(s["holder"][-1], -1) if s["holder"] else 0
        via = (s.get("qualifiers") or {}).get("via", [])
        told.append({**s, "a": a, "b": b, "h": h, "via": [number[v] for v in via if v in number]})
    return Passage(
        gold["id"],
        text,
        bounds,
        sorted(spans),
        actors,
        annotated,
        told,
        bool(gold.get("qualified")),
        gold,
    )


def told_as(statement: dict[str, Any]) -> int:
    """Return the class: told as fact, as something else, as not so."""
    if statement.get("negated") or statement.get("modality") == "denied":
        return 2
    return 0 if statement.get("modality", "asserted") == "asserted" else 1


def invented(rng: random.Random, many: int) -> list[str]:
    """Return made-up names, each once."""
    names: list[str] = []
    while len(names) < many:
        if rng.random() < 0.5:
            name = rng.choice(NAMES)
        else:
            name = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()
            name += rng.choice(_ENDS)
        if name not in names:
            names.append(name)
    return names


@dataclass
class Example:
    """A window of a passage: what a network is given, whose numbers stand for whom, and which sentences it holds."""

    read: Read
    keys: list[int]  # numbers of actors in the passage
    sentences: list[int]  # numbers of sentences in the passage
    window: Window


def windows(
    one: Passage, pieces: Pieces, limit: int, rng: random.Random | None, *, distract: float = 1.0
) -> list[Example]:
    """Return the windows of a passage; most are one.

    Args:
        one: the passage.
        pieces: the table of word pieces.
        limit: most pieces of a window.
        rng: draws names and who distracts; without it both are the same each time.
        distract: share of those beside the annotated who are shown.
    """
    shown = {
        at for at in range(len(one.actors)) if at < one.annotated or rng is None or rng.random() < distract
    }
    spans = [s for s in one.spans if s.actor in shown]
    order = list(dict.fromkeys(s.actor for s in spans))
    names = invented(rng, len(order)) if rng else in_order(len(order))
    by_actor = dict(zip(order, names, strict=True))
    found, first = [], 0
    while first < len(one.bounds):
        example, after = _fitting(one, spans, by_actor.__getitem__, pieces, limit, first)
        found.append(example)
        if after >= len(one.bounds):
            break
        first = max(first + 1, after - _OVERLAP)
    return found


def in_order(many: int) -> list[str]:
    """Return the names that reading gives out; beyond the list they are numbered."""
    return [
        NAMES[at % len(NAMES)] + (str(at // len(NAMES)) if at >= len(NAMES) else "") for at in range(many)
    ]


def _fitting(
    one: Passage, spans: list[Span], name: Callable[[int], str], pieces: Pieces, limit: int, first: int
) -> tuple[Example, int]:
    """Return the window from sentence `first` on with as many sentences as fit, and the sentence behind it."""
    low = bisect_left(spans, one.bounds[first][0], key=lambda s: s.start)
    after = len(one.bounds)
    while True:
        bounds = (one.bounds[first][0], one.bounds[after - 1][1])
        here = [s for s in spans[low:] if s.end <= bounds[1]]
        made = window(one.text, bounds, here, name, pieces, limit + 1)
        if len(made.pieces) <= limit or after == first + 1:
            break
        after = first + max(1, min(after - first - 1, int((after - first) * limit / (len(made.pieces) + 40))))
    if len(made.pieces) > limit:
        made = window(one.text, bounds, here, name, pieces, limit)
    keys = [0, *sorted(made.stars)]
    sentences, starts = [], [start for start, _ in made.spans[1:-1]]
    kept = []
    for number in range(first, after):
        start, end = one.bounds[number]
        i, j = bisect_left(starts, start) + 1, bisect_left(starts, end) + 1
        if j > i:
            sentences.append((i, j))
            kept.append(number)
    read = Read(made.pieces, [[0], *(made.stars[key] for key in keys[1:])], sentences)
    return Example(read, keys, kept, made), after


@dataclass
class Right:
    """What is right of a window, in the shapes of `nets.Judged`; weights of .5 where readers may differ."""

    tie: Tensor
    told: Tensor
    way: Tensor  # 1, -1, or 0 where nothing is known
    kind: Tensor  # shares, summing to 1 where known
    where: Tensor
    hangs: Tensor | None
    barred: Tensor | None
    via: Tensor | None
    spans: list[tuple[int, int, int, int, int]]  # pair, sign, which, first piece, last piece


def right(one: Passage, example: Example) -> Right:  # noqa: C901, PLR0912 - one table of targets
    """Return what is right of a window: of the statements whose sentences stand in it."""
    read, keys = example.read, example.keys
    at = {key: i for i, key in enumerate(keys)}
    pair = {p: n for n, p in enumerate(read.pairs)}
    many, holders = len(pair), len(keys) + 1
    sentence = {number: i for i, number in enumerate(example.sentences)}
    tie, told = torch.zeros(many, 2), torch.zeros(many, 2, holders, 3)
    way, kind = torch.zeros(many, 2), torch.zeros(many, 2, len(KINDS))
    where = torch.zeros(many, 2, len(read.sentences))
    hangs, barred = torch.zeros(many, 2, len(SPANS)), torch.zeros(many, 2)
    via = torch.zeros(many, 2, len(keys))
    spans = []
    for s in one.statements:
        if s["a"] not in at or s["b"] not in at or not any(n in sentence for n in s["s"]):
            continue
        a, b = at[s["a"]], at[s["b"]]
        p = pair[min(a, b), max(a, b)]
        if not s["sign"]:
            continue
        sign, sure = (0 if s["sign"] > 0 else 1), (1.0 if s.get("must", True) else 0.5)
        how = told_as(s)
        if how < 2:
            tie[p, sign] = max(tie[p, sign], sure)
        holder = 0 if s["h"] == 0 else at[s["h"]] + 1 if s["h"] in at else -1
        if holder >= 0:
            told[p, sign, holder, how] = max(told[p, sign, holder, how], sure)
        if s["kind"] not in MUTUAL:
            way[p, sign] += 1 if a < b else -1
        kind[p, sign, KINDS.index(s["kind"])] += 1
        for n in s["s"]:
            if n in sentence:
                where[p, sign, sentence[n]] = 1
        q = s.get("qualifiers") or {}
        barred[p, sign] = max(barred[p, sign], float("barred" in q))
        for v in s["via"]:
            if v in at:
                via[p, sign, at[v]] = 1
        for which, name in enumerate(SPANS):
            if name in q:
                hangs[p, sign, which] = 1
                if (found := _pieces_of(one, example, q[name], s["s"])) is not None:
                    spans.append((p, sign, which, *found))
    some = kind.sum(-1, keepdim=True)
    kind = torch.where(some > 0, kind / some.clamp(min=1), kind)
    known = (hangs, barred, via) if one.qualified else (None, None, None)
    return Right(tie, told, way.sign(), kind, where, *known, spans)


def _pieces_of(one: Passage, example: Example, words: str, sentences: list[int]) -> tuple[int, int] | None:
    """Return the first and last piece of a qualifier's words, looked for in its sentences first."""
    places = [*(one.bounds[n] for n in sentences), (0, len(one.text))]
    for low, high in places:
        at = one.text.lower().find(words.lower(), low, high)
        if at >= 0:
            spans = example.window.spans
            inside = [
                i for i in range(1, len(spans) - 1) if spans[i][0] < at + len(words) and spans[i][1] > at
            ]
            return (inside[0], inside[-1]) if inside else None
    return None
