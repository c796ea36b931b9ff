"""A saved proof that no split violates less, and its check in whole numbers.

The checker trusts nothing but the network and the question of whoever asks: it imports no solver and does no float
arithmetic. What a certificate says of its own question only serves to tell why it is refused. The proof is a packing of
obstructions (ties that no split satisfies all) with multipliers, at most as many on each tie as its weight holds;
where that falls short of the bound, a tree of cases (a tie holds, or is violated), each with a packing of its own.
How a proof is found is none of this file's business.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from math import gcd
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, clipped
from allegiance.maths.exhaustion import violates_always
from allegiance.maths.question import Melted, Question
from allegiance.maths.steps import SpentError, Steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegiance.maths.graph import SignedGraph

FORMAT = "allegiance coalition certificate 1"
MOST_STEPS = 60_000_000
"""Of one check, some fifteen seconds; what the solver proves in a minute takes a small part of them."""
MOST_DIGITS = 100
"""Of a number in a certificate; weights have 19, multipliers on them some 30."""

_TOO_LARGE = 10**MOST_DIGITS
_TIES_NAMED = 10

Pair = tuple[int, int]
Tie = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Obstruction:
    """Ties of which every split violates some.

    Attributes:
        ties: pairs of actors, the smaller first; each stands for the class of actors that wishes melt into it.
        turned: positions in `ties` of those that are taken with the opposite sign.
        least: how many of the ties, so taken, any split violates at least.
    """

    ties: tuple[Pair, ...]
    turned: tuple[int, ...] = ()
    least: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A node of the tree of cases; children stand after it in the list of cases.

    Attributes:
        packing: (position of an obstruction, multiplier) with integer multipliers > 0.
        scale: what the multipliers are to be divided by.
        tie: the tie by which two cases are told apart, None at a leaf.
        kept: position of the case that this tie holds, None if the packing rules it out.
        broken: position of the case that it is violated, None if the packing rules it out.
    """

    packing: tuple[Pair, ...] = ()
    scale: int = 1
    tie: Pair | None = None
    kept: int | None = None
    broken: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A proof that some ties cost at least `bound`; different parts have different ties.

    Attributes:
        bound: what is proved.
        obstructions: what the packings are made of.
        cases: the tree of cases, its root first.
    """

    bound: int
    obstructions: tuple[Obstruction, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A split, and the proof of a lower bound for all splits.

    Attributes:
        network: fingerprint of the graph.
        k: at most so many coalitions, None for as many as fit.
        together: pairs of actors that every split must keep together.
        apart: pairs that it must keep apart.
        labels: each actor's coalition.
        value: the weight that `labels` violates.
        lower_bound: no split that keeps the wishes violates less.
        parts: the proof.
    """

    network: str
    k: int | None
    together: tuple[Pair, ...]
    apart: tuple[Pair, ...]
    labels: tuple[int, ...]
    value: int
    lower_bound: int
    parts: tuple[Part, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the certificate as an object of lists, strings and integers."""
        return {"format": FORMAT, **asdict(self)}

    @property
    def question(self) -> Question:
        """What it says that it answers; nobody has to believe it."""
        return Question(self.k, self.together, self.apart)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Certificate:
        """Read what `as_json` wrote.

        Raises:
            DataError: the object is no certificate.
        """
        if data.get("format") != FORMAT:
            raise DataError(
                f"This is no certificate: its format is {_shown(data.get('format'))}, not {FORMAT!r}."
            )
        return cls(
            network=_text(data, "network"),
            k=_whole_or_none(data, "k"),
            together=_pairs(data, "together"),
            apart=_pairs(data, "apart"),
            labels=tuple(_whole(label) for label in _list(data, "labels")),
            value=_whole(_entry(data, "value")),
            lower_bound=_whole(_entry(data, "lower_bound")),
            parts=tuple(_part(part) for part in _list(data, "parts")),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a checked certificate shows.

    Attributes:
        valid: whether all it claims is so.
        reason: why not, or what it shows.
        value: the weight that its split violates, recomputed (0 if the split itself is refused).
        lower_bound: the bound that its proof gives (0 if it is refused).
        proved: whether the two are equal.
    """

    valid: bool
    reason: str
    value: int = 0
    lower_bound: int = 0
    proved: bool = False


class _RefusedError(Exception):
    """Why a certificate is refused; caught by `check`."""


def fingerprint(graph: SignedGraph) -> str:
    """Return a hash of the actors' number and all ties."""
    digest = hashlib.sha256(f"{graph.n}\n".encode())
    for column in (graph.a, graph.b, graph.w):
        digest.update(column.astype("<i8").tobytes())
    return digest.hexdigest()


def check(certificate: Certificate, graph: SignedGraph, asked: Question = Question()) -> Verdict:  # noqa: B008 - frozen
    """Check in integers and without any solver that a certificate answers what is `asked` of a network.

    Args:
        certificate: whatever somebody hands over.
        graph: the network.
        asked: what the caller wants to know; by default splits into as many coalitions as fit, without wishes.
    """
    if certificate.network != fingerprint(graph):
        return Verdict(valid=False, reason="The certificate speaks of another network than this one.")
    ties = [(int(a), int(b), int(w)) for a, b, w in zip(graph.a, graph.b, graph.w, strict=True)]
    try:
        _check_question(certificate.question, asked, graph.n)
        value = _value(certificate, asked, graph.n, ties)
        bound = _bound(certificate, asked, graph.n, ties)
    except _RefusedError as refusal:
        return Verdict(valid=False, reason=str(refusal))
    except SpentError:
        reason = f"Its proof is too intricate: to check it would take more than {MOST_STEPS:,} steps."
        return Verdict(valid=False, reason=reason)
    if certificate.lower_bound > bound:
        reason = f"It claims a bound of {certificate.lower_bound}, but its proof gives {bound}."
        return Verdict(valid=False, reason=reason, value=value, lower_bound=bound)
    if bound > value:
        return Verdict(valid=False, reason=f"Its bound {bound} exceeds its own split's value {value}.")
    proved = certificate.lower_bound == value
    reason = (
        f"No split violates less than {value}: proved."
        if proved
        else f"Every split violates at least {certificate.lower_bound}; the best one known {value}."
    )
    return Verdict(True, reason, value, certificate.lower_bound, proved)  # noqa: FBT003 - reads as a sentence


def _check_question(answered: Question, asked: Question, n: int) -> None:
    """Refuse a certificate that says itself that it answers something else: the reason would be hard to guess later."""
    for question in (answered, asked):
        if (stranger := question.stranger(n)) is not None:
            raise _RefusedError(f"A wish names the actor {stranger}; there are only 0..{n - 1}.")
        if question.k is not None and question.k < 1:
            raise _RefusedError(f"No split has at most {question.k} coalitions.")
    if not answered.allows_the_same(asked, n):
        raise _RefusedError(
            "It answers another question: its number of coalitions or its wishes are not those asked for."
        )


def _value(certificate: Certificate, asked: Question, n: int, ties: list[Tie]) -> int:
    """Return what the split violates, or refuse it."""
    labels = certificate.labels
    if len(labels) != n:
        raise _RefusedError(f"Its split has {len(labels)} actors, the network {n}.")
    if asked.k is not None and len(set(labels)) > asked.k:
        raise _RefusedError(f"Its split has {len(set(labels))} coalitions, more than {asked.k}.")
    for a, b in asked.together:
        if labels[a] != labels[b]:
            raise _RefusedError(f"Its split doesn't keep {a} and {b} together.")
    for a, b in asked.apart:
        if labels[a] == labels[b]:
            raise _RefusedError(f"Its split doesn't keep {a} and {b} apart.")
    value = sum(abs(w) for a, b, w in ties if (labels[a] != labels[b]) == (w > 0))
    if value != certificate.value:
        raise _RefusedError(f"It claims the value {certificate.value}, but its split violates {value}.")
    return value


def _bound(certificate: Certificate, asked: Question, n: int, ties: list[Tie]) -> int:
    """Return the bound that the proof gives, or refuse it."""
    if asked.k == 1:
        return certificate.value
    melted, steps = Melted.under(asked, n, ties), Steps(MOST_STEPS)
    bound = melted.lost
    seen: set[Pair] = set()
    for number, part in enumerate(certificate.parts):
        own = {tie for obstruction in part.obstructions for tie in obstruction.ties}
        own.update(case.tie for case in part.cases if case.tie is not None)
        if not own <= melted.price.keys():
            raise _RefusedError(f"Part {number} names ties that the network doesn't have.")
        if own & seen:
            raise _RefusedError(f"Part {number} uses ties of another part a second time.")
        seen |= own
        for obstruction in part.obstructions:
            _check_obstruction(obstruction, melted, asked.k, number, steps)
        if part.bound > 0:
            _Tree(part, number, melted, own, steps).check()
        bound += part.bound
    return bound


def _check_obstruction(
    obstruction: Obstruction, melted: Melted, k: int | None, part: int, steps: Steps
) -> None:
    """Refuse the proof unless every split violates `least` of the obstruction's ties."""
    ties = obstruction.ties
    if len(set(ties)) != len(ties) or not all(0 <= i < len(ties) for i in obstruction.turned):
        raise _RefusedError(f"Part {part} has an obstruction that names a tie twice, or turns one it hasn't.")
    turned = set(obstruction.turned)
    wishes = [melted.positive[tie] != (i in turned) for i, tie in enumerate(ties)]
    if not violates_always(ties, wishes, k, obstruction.least, steps):
        named = clipped(str(list(ties[:_TIES_NAMED])))
        raise _RefusedError(f"Part {part} calls {named} an obstruction, but a split satisfies it.")


class _Tree:
    """The tree of cases of one part, and whether it shows that the part's ties cost its bound."""

    def __init__(self, part: Part, number: int, melted: Melted, own: set[Pair], steps: Steps) -> None:
        """Take the part with that `number`, and the ties that are its `own`."""
        self._part, self._number, self._melted, self._own, self._steps = part, number, melted, own, steps
        # Prices are multiples of the unit, so what exceeds the multiple before the bound reaches the bound.
        unit = gcd(*(melted.price[tie] for tie in own)) or 1
        self._target = (-(-part.bound // unit) - 1) * unit

    def check(self) -> None:
        """Refuse the proof unless in each case, decided as it says, the price exceeds the target."""
        number, part = self._number, self._part
        stack = [(0, {tie: 0 for tie in self._own if tie in self._melted.forced})]
        reached = {0}
        while stack:
            position, box = stack.pop()
            if not position < len(part.cases):
                raise _RefusedError(f"Part {number} lacks a case.")
            case = part.cases[position]
            closed, box = self._close(case, box)
            if closed:
                continue
            if case.tie is None:
                raise _RefusedError(
                    f"Part {number} leaves a case open: its packing falls short of {part.bound}."
                )
            for child, status in ((case.kept, 0), (case.broken, 1)):
                if box.get(case.tie, status) != status:
                    continue
                if child is None or child <= position:
                    raise _RefusedError(
                        f"Part {number} leaves out the case that the tie {case.tie} has status {status}."
                    )
                if child in reached:
                    raise _RefusedError(
                        f"Part {number} reaches the case {child} twice; its cases are no tree."
                    )
                reached.add(child)
                stack.append((child, {**box, case.tie: status}))

    def _close(self, case: Case, box: dict[Pair, int]) -> tuple[bool, dict[Pair, int]]:
        """Tell whether the packing closes the case; if not, decide the ties whose other status it rules out.

        By weak duality: the price of a tie less the multipliers on it, times its status, plus all multipliers times
        what their obstructions demand, bounds the price from below.
        """
        if case.scale < 1:
            raise _RefusedError("A packing has a scale below 1.")
        price = self._melted.price
        total, load = self._load(case)
        self._steps.spend(len(box) + len(self._own))
        # Without the prices: if even then the demand can't be met, the case holds no split at all.
        bare = total + sum(_least(-held, box.get(tie)) for tie, held in load.items())
        ties = load.keys() | {tie for tie, status in box.items() if status}
        reduced = {tie: price[tie] * case.scale - load.get(tie, 0) for tie in ties}
        numerator = total + sum(_least(left, box.get(tie)) for tie, left in reduced.items())
        enough = self._target * case.scale
        if bare > 0 or numerator > enough:
            return True, box
        decided = dict(box)
        for tie in self._own - box.keys():
            left = reduced.get(tie, price[tie] * case.scale)
            if numerator + abs(left) > enough:
                decided[tie] = 1 if left < 0 else 0
        return False, decided

    def _load(self, case: Case) -> tuple[int, dict[Pair, int]]:
        """Return what the packing demands in all, and the multipliers on each tie."""
        obstructions = self._part.obstructions
        load: dict[Pair, int] = {}
        total = 0
        for position, multiplier in case.packing:
            if multiplier < 0 or not 0 <= position < len(obstructions):
                raise _RefusedError(
                    "A packing has a negative multiplier, or an obstruction that isn't listed."
                )
            obstruction = obstructions[position]
            self._steps.spend(len(obstruction.ties) + len(obstruction.turned) + 1)
            turned = set(obstruction.turned)
            total += multiplier * (obstruction.least - len(turned))
            for i, tie in enumerate(obstruction.ties):
                load[tie] = load.get(tie, 0) + (-multiplier if i in turned else multiplier)
        return total, load


def _least(left: int, status: int | None) -> int:
    """Return the least that a tie can add, whose violation adds `left` and whose status may be decided."""
    return min(left, 0) if status is None else left * status


def _part(data: object) -> Part:
    return Part(
        _whole(_entry(data, "bound")),
        tuple(_obstruction(each) for each in _list(data, "obstructions")),
        tuple(_case(each) for each in _list(data, "cases")),
    )


def _obstruction(data: object) -> Obstruction:
    turned = tuple(_whole(i) for i in _list(data, "turned"))
    return Obstruction(_pairs(data, "ties"), turned, _whole(_entry(data, "least")))


def _case(data: object) -> Case:
    return Case(
        packing=_pairs(data, "packing"),
        scale=_whole(_entry(data, "scale")),
        tie=None if _entry(data, "tie") is None else _pair(_entry(data, "tie")),
        kept=_whole_or_none(data, "kept"),
        broken=_whole_or_none(data, "broken"),
    )


def _entry(data: object, key: str) -> object:
    if not isinstance(data, dict) or key not in data:
        raise DataError(f"The certificate is damaged: {key!r} is missing somewhere.")
    return data[key]


def _list(data: object, key: str) -> list[object]:
    if not isinstance(found := _entry(data, key), list):
        raise DataError(f"The certificate is damaged: {key!r} is {_shown(found)} where a list should be.")
    return found


def _text(data: object, key: str) -> str:
    if not isinstance(found := _entry(data, key), str):
        raise DataError(f"The certificate is damaged: {key!r} is {_shown(found)} where a text should be.")
    return found


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise DataError(f"The certificate is damaged: it has {_shown(value)} where a whole number should be.")
    if not -_TOO_LARGE < value < _TOO_LARGE:
        raise DataError(f"The certificate is damaged: it has a number of more than {MOST_DIGITS} digits.")
    return value


def _whole_or_none(data: object, key: str) -> int | None:
    return None if (found := _entry(data, key)) is None else _whole(found)


def _pairs(data: object, key: str) -> tuple[Pair, ...]:
    return tuple(_pair(pair) for pair in _list(data, key))


def _pair(value: object) -> Pair:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - a pair
        raise DataError(f"The certificate is damaged: it has {_shown(value)} where a pair should be.")
    return _whole(value[0]), _whole(value[1])


def _shown(value: object) -> str:
    """Return a value of a JSON file as it may stand in a sentence, however large or deep it is."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    return clipped(repr(value))
