"""A saved proof that no split violates less, and its check in whole numbers.

The checker trusts nothing but the network: it imports no solver and does no float arithmetic. The proof is a packing
of obstructions (ties that no split satisfies all) with multipliers, at most as many on each tie as its weight holds;
where that falls short of the bound, a tree of cases (a tie holds, or is violated), each with a packing of its own.
How a proof is found is none of this file's business.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from math import gcd
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegiance.maths.graph import SignedGraph

FORMAT = "allegiance coalition certificate 1"
TWO = 2
_MOST_STEPS = 1_000_000

Pair = tuple[int, int]


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

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Certificate:
        """Read what `as_json` wrote.

        Raises:
            DataError: the object is no certificate.
        """
        if data.get("format") != FORMAT:
            raise DataError(f"This is no certificate: its format is {data.get('format')!r}, not {FORMAT!r}.")
        try:
            return cls(
                network=str(data["network"]),
                k=None if data["k"] is None else _whole(data["k"]),
                together=_pairs(data["together"]),
                apart=_pairs(data["apart"]),
                labels=tuple(_whole(label) for label in data["labels"]),
                value=_whole(data["value"]),
                lower_bound=_whole(data["lower_bound"]),
                parts=tuple(_part(part) for part in data["parts"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"The certificate is damaged: {type(error).__name__} at {error}.") from error


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


def check(certificate: Certificate, graph: SignedGraph) -> Verdict:
    """Check a certificate against the network it speaks of, in integers and without any solver."""
    if certificate.network != fingerprint(graph):
        return Verdict(valid=False, reason="The certificate speaks of another network than this one.")
    ties = [(int(a), int(b), int(w)) for a, b, w in zip(graph.a, graph.b, graph.w, strict=True)]
    try:
        value = _value(certificate, graph.n, ties)
        bound = _bound(certificate, graph.n, ties)
    except _RefusedError as refusal:
        return Verdict(valid=False, reason=str(refusal))
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


def _value(certificate: Certificate, n: int, ties: list[tuple[int, int, int]]) -> int:
    """Return what the split violates, or refuse it."""
    labels = certificate.labels
    if len(labels) != n:
        raise _RefusedError(f"Its split has {len(labels)} actors, the network {n}.")
    if certificate.k is not None and len(set(labels)) > max(certificate.k, 0):
        raise _RefusedError(f"Its split has {len(set(labels))} coalitions, more than {certificate.k}.")
    for a, b in (*certificate.together, *certificate.apart):
        if not (0 <= a < n and 0 <= b < n):
            raise _RefusedError(f"A wish names the actors {a} and {b}; there are only 0..{n - 1}.")
    for a, b in certificate.together:
        if labels[a] != labels[b]:
            raise _RefusedError(f"Its split doesn't keep {a} and {b} together.")
    for a, b in certificate.apart:
        if labels[a] == labels[b]:
            raise _RefusedError(f"Its split doesn't keep {a} and {b} apart.")
    value = sum(abs(w) for a, b, w in ties if (labels[a] != labels[b]) == (w > 0))
    if value != certificate.value:
        raise _RefusedError(f"It claims the value {certificate.value}, but its split violates {value}.")
    return value


def _bound(certificate: Certificate, n: int, ties: list[tuple[int, int, int]]) -> int:
    """Return the bound that the proof gives, or refuse it."""
    if certificate.k == 1:
        return certificate.value
    melted, lost = _Melted.of(certificate, n, ties)
    seen: set[Pair] = set()
    for number, part in enumerate(certificate.parts):
        own = {tie for obstruction in part.obstructions for tie in obstruction.ties}
        if not own <= melted.price.keys():
            raise _RefusedError(f"Part {number} names ties that the network doesn't have.")
        if own & seen:
            raise _RefusedError(f"Part {number} uses ties of another part a second time.")
        seen |= own
        for obstruction in part.obstructions:
            _check_obstruction(obstruction, melted, certificate.k, number)
        # Prices are multiples of the unit, so what exceeds the multiple before the bound reaches the bound.
        unit = gcd(*(melted.price[tie] for tie in own)) or 1
        target = (-(-part.bound // unit) - 1) * unit
        _check_tree(part, melted, {tie: 0 for tie in own if tie in melted.forced}, target, number)
        lost += part.bound
    return lost


@dataclass(frozen=True, slots=True)
class _Melted:
    """The ties between classes of actors that the wishes melt into one, named by their smallest member."""

    price: dict[Pair, int]
    positive: dict[Pair, bool]
    forced: set[Pair]

    @classmethod
    def of(cls, certificate: Certificate, n: int, ties: list[tuple[int, int, int]]) -> tuple[_Melted, int]:
        """Return the melted ties, and the weight that is violated whatever the split."""
        two = certificate.k == TWO
        links = [(a, b, 0) for a, b in certificate.together]
        links += [(a, b, 1) for a, b in certificate.apart] if two else []
        home, side = _homes(n, links)
        sums: dict[Pair, list[int]] = {}
        lost = 0
        for a, b, w in ties:
            sign = w if side[a] == side[b] else -w
            u, v = sorted((home[a], home[b]))
            if u == v:
                lost += -sign if sign < 0 else 0
            else:
                entry = sums.setdefault((u, v), [0, 0])
                entry[sign < 0] += abs(w)
        forced: set[Pair] = set()
        for a, b in () if two else certificate.apart:
            u, v = sorted((home[a], home[b]))
            forced.add((u, v))
            lost += sums.get((u, v), [0, 0])[0]
            sums[u, v] = [0, 0]
        lost += sum(min(entry) for entry in sums.values())
        price = {tie: abs(entry[0] - entry[1]) for tie, entry in sums.items()}
        return cls(price, {tie: entry[0] > entry[1] for tie, entry in sums.items()}, forced), lost


def _homes(n: int, links: list[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    """Return each actor's class (its smallest member) and side in it; links hold 1 for opposite sides."""
    near: dict[int, list[Pair]] = {}
    for a, b, differ in links:
        near.setdefault(a, []).append((b, differ))
        near.setdefault(b, []).append((a, differ))
    home, side = list(range(n)), [0] * n
    seen: set[int] = set()
    for start in sorted(near):
        if start in seen:
            continue
        seen.add(start)
        queue = [start]
        for actor in queue:  # grows while it is read
            for other, differ in near[actor]:
                if other not in seen:
                    seen.add(other)
                    home[other], side[other] = start, side[actor] ^ differ
                    queue.append(other)
    return home, side


def _check_obstruction(obstruction: Obstruction, melted: _Melted, k: int | None, part: int) -> None:
    """Refuse the proof unless every split violates `least` of the obstruction's ties."""
    ties = obstruction.ties
    if len(set(ties)) != len(ties) or not all(0 <= i < len(ties) for i in obstruction.turned):
        raise _RefusedError(f"Part {part} has an obstruction that names a tie twice, or turns one it hasn't.")
    turned = set(obstruction.turned)
    signs = [melted.positive[tie] != (i in turned) for i, tie in enumerate(ties)]
    if obstruction.least == 1 and _is_bad_cycle(ties, signs, k):
        return
    if not _violates_always(ties, signs, k, obstruction.least):
        raise _RefusedError(f"Part {part} calls {list(ties)} an obstruction, but a split satisfies it.")


def _is_bad_cycle(ties: tuple[Pair, ...], signs: list[bool], k: int | None) -> bool:
    """Tell whether the ties form one simple cycle that no split satisfies."""
    negative = signs.count(False)
    if negative % 2 == 0 if k == TWO else negative != 1:
        return False
    near: dict[int, list[int]] = {}
    for a, b in ties:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    if any(len(others) != 2 for others in near.values()):  # noqa: PLR2004 - each actor of a cycle has two neighbours
        return False
    first = ties[0][0]
    before, at, steps = first, near[first][0], 1
    while at != first:
        ahead = near[at][0] if near[at][0] != before else near[at][1]
        before, at, steps = at, ahead, steps + 1
    return steps == len(ties)


def _violates_always(ties: tuple[Pair, ...], signs: list[bool], k: int | None, least: int) -> bool:
    """Tell by trying all splits of the actors whether each violates at least `least` of the ties."""
    near: dict[int, list[tuple[int, bool]]] = {}
    for (a, b), positive in zip(ties, signs, strict=True):
        near.setdefault(a, []).append((b, positive))
        near.setdefault(b, []).append((a, positive))
    order: list[int] = []
    while len(order) < len(near):
        # The actor with most neighbours already placed comes next, so that bad splits are cut off early.
        placed = set(order)
        order.append(
            max(near.keys() - placed, key=lambda v: (sum(u in placed for u, _ in near[v]), len(near[v]), -v))
        )
    labels: dict[int, int] = {}
    steps = 0

    def escapes(depth: int, broken: int) -> bool:
        """Tell whether some way to place the actors from `depth` on breaks fewer than `least` ties."""
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            raise _RefusedError(f"An obstruction of {len(order)} actors is too intricate to be checked.")
        if broken >= least:
            return False
        if depth == len(order):
            return True
        actor = order[depth]
        fresh = max(labels.values(), default=-1) + 1
        for label in range(fresh + 1 if k is None else min(fresh + 1, k)):
            more = sum(
                (labels[u] == label) != positive for u, positive in near[actor] if u in labels and u != actor
            )
            labels[actor] = label
            found = escapes(depth + 1, broken + more)
            del labels[actor]
            if found:
                return True
        return False

    return not escapes(0, 0)


def _check_tree(part: Part, melted: _Melted, box: dict[Pair, int], target: int, number: int) -> None:
    """Refuse the proof unless the tree shows that in the `box` of decided ties the price exceeds `target`."""
    stack = [(0, box)]
    while stack and part.bound > 0:
        position, box = stack.pop()
        if not position < len(part.cases):
            raise _RefusedError(f"Part {number} lacks a case.")
        case = part.cases[position]
        closed, box = _close(part, case, melted, box, target)
        if closed:
            continue
        if case.tie is None:
            raise _RefusedError(f"Part {number} leaves a case open: its packing falls short of {part.bound}.")
        for child, status in ((case.kept, 0), (case.broken, 1)):
            if box.get(case.tie, status) != status:
                continue
            if child is None or child <= position:
                raise _RefusedError(
                    f"Part {number} leaves out the case that the tie {case.tie} has status {status}."
                )
            stack.append((child, {**box, case.tie: status}))


def _close(
    part: Part, case: Case, melted: _Melted, box: dict[Pair, int], target: int
) -> tuple[bool, dict[Pair, int]]:
    """Tell whether the packing closes the case; if not, decide the ties whose other status it rules out.

    By weak duality: the price of a tie less the multipliers on it, times its status, plus all multipliers times
    what their obstructions demand, bounds the price from below.
    """
    if case.scale < 1:
        raise _RefusedError("A packing has a scale below 1.")
    load: dict[Pair, int] = {}
    total = 0
    for position, multiplier in case.packing:
        if multiplier < 0 or not 0 <= position < len(part.obstructions):
            raise _RefusedError("A packing has a negative multiplier, or an obstruction that isn't listed.")
        obstruction = part.obstructions[position]
        turned = set(obstruction.turned)
        total += multiplier * (obstruction.least - len(turned))
        for i, tie in enumerate(obstruction.ties):
            load[tie] = load.get(tie, 0) + (-multiplier if i in turned else multiplier)
    # Without the prices: if even then the demand can't be met, the case holds no split at all.
    bare = total + sum(_least(-held, box.get(tie)) for tie, held in load.items())
    ties = load.keys() | {tie for tie, status in box.items() if status}
    reduced = {tie: melted.price[tie] * case.scale - load.get(tie, 0) for tie in ties}
    numerator = total + sum(_least(left, box.get(tie)) for tie, left in reduced.items())
    enough = target * case.scale
    if bare > 0 or numerator > enough:
        return True, box
    decided = dict(box)
    for obstruction in part.obstructions:
        for tie in obstruction.ties:
            left = reduced.get(tie, melted.price[tie] * case.scale)
            if tie not in box and numerator + abs(left) > enough:
                decided[tie] = 1 if left < 0 else 0
    return False, decided


def _least(left: int, status: int | None) -> int:
    """Return the least that a tie can add, whose violation adds `left` and whose status may be decided."""
    return min(left, 0) if status is None else left * status


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} where a whole number should be")
    return value


def _pairs(data: Any) -> tuple[Pair, ...]:  # noqa: ANN401 - whatever the file holds
    return tuple((_whole(a), _whole(b)) for a, b in data)


def _part(data: Mapping[str, Any]) -> Part:
    obstructions = tuple(
        Obstruction(_pairs(each["ties"]), tuple(_whole(i) for i in each["turned"]), _whole(each["least"]))
        for each in data["obstructions"]
    )
    return Part(_whole(data["bound"]), obstructions, tuple(_case(each) for each in data["cases"]))


def _case(data: Mapping[str, Any]) -> Case:
    tie, kept, broken = data["tie"], data["kept"], data["broken"]
    return Case(
        packing=_pairs(data["packing"]),
        scale=_whole(data["scale"]),
        tie=None if tie is None else _pairs([tie])[0],
        kept=None if kept is None else _whole(kept),
        broken=None if broken is None else _whole(broken),
    )
