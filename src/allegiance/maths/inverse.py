"""The cheapest change of ties after which an optimal split is a wished one, proved or bounded.

Inverse optimisation with two questions to the exact engine: which rival surpasses the wished split after the change, and
which other wished split would be cheaper to make optimal. The linear program between them lives in `covering`.
"""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import ContradictionError
from allegiance.maths.changeable import Change
from allegiance.maths.clock import Clock
from allegiance.maths.constraints import Constraints
from allegiance.maths.contest import Referee
from allegiance.maths.covering import Multipliers, Rival, mix
from allegiance.maths.settlement import settle, silenced
from allegiance.maths.solve import TWO
from allegiance.maths.tangent import MOST_PAIRS, Tangent
from allegiance.maths.wished import Wish, enlarged, keeps, to_be_sized

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from allegiance.maths.changeable import Changeable
    from allegiance.maths.covering import Mixture

    Labels = NDArray[np.int32]

_CLOSE = 1e-7
_FINENESS = (5_000, 60, 1_000_000)
"""Largest denominators tried when a solver's numbers become fractions; true answers mostly have small ones."""

_MIXTURES = 600
"""Linear programs over several wished splits that are solved where no time limit is given; nearly all questions need fewer."""

_SHARE = 0.8
"""Of the time left, what one program over cycles may take."""

_PATIENCE, _IMPATIENCE = 1.0, 4.0
"""Seconds for a bound from unripe multipliers, which can be a hard question and prove little; longer where nothing else is left."""


@dataclass(frozen=True, slots=True, eq=False)
class Inverse:
    """The cheapest change found, and what is proved about it.

    Attributes:
        change: by position of a pair, by how many tenths its weight grows; None where no change was found.
        value: what it costs, 0 with no change; meaningless where `change` is None.
        lower_bound: certified: no change that fulfils the wish costs less; meaningless where `impossible`.
        proved: whether the two are equal, or it is proved that no change fulfils the wish.
        impossible: whether no change of the free ties fulfils the wish.
        labels: int32, shape (n,), the wished split that is optimal after the change; the best wished one where none is.
        today: int32, shape (n,), the best split found of the network as it is.
        violated: what `labels` violate after the change, in tenths.
        least: what every split violates after the change, in tenths: certified, and equal to `violated`.
        rival: int32, shape (n,), where `impossible` a split that is better than `labels` whatever the free ties are.
        method: in words.
        seconds: wall time.
        interrupted: whether the user stopped the search; what is told is valid all the same.
    """

    change: Change | None
    value: Fraction
    lower_bound: Fraction
    proved: bool
    impossible: bool
    labels: Labels
    today: Labels
    violated: Fraction
    least: Fraction
    rival: Labels | None
    method: str
    seconds: float = 0.0
    interrupted: bool = False


def cheapest(
    ties: Changeable,
    k: int | None,
    wish: Wish,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[float, float], None] | None = None,
) -> Inverse:
    """Return the cheapest change of `ties` after which an optimal split is a wished one.

    With x the pairs that a split keeps within coalitions, it is optimal iff sum w x is greatest. For a fixed wished split
    the cheapest change solves a linear program with a row for every rival (after Ahuja and Orlin 2001); which wished split
    is cheapest to make optimal is found by branching, with bounds from the same multipliers. Weights may become any
    fractions; the split, its rivals and all bounds are checked in whole numbers by the exact engine.

    Args:
        ties: pairs of actors with weights and costs.
        k: None for as many coalitions as fit, otherwise at most so many.
        wish: which splits are wished.
        time_limit: seconds after which the best change so far is returned; None to stop when as much was tried as mostly is
            enough for a proof, which the same input always reaches alike.
        seed: of all chance.
        progress: told (value, lower bound) in cost of tenths whenever one of them gets better.

    Raises:
        UsageError: a wish that can't be asked for.
        ContradictionError: a wish that no split grants; it names what excludes what.

    References:
        R. K. Ahuja, J. B. Orlin, Inverse optimization, 2001, doi:10.1287/opre.49.5.771.10607.
    """
    began, clock = time.monotonic(), Clock(time_limit)
    wish.check(ties.n, k)
    with clock.listening():
        referee = Referee(ties, k, wish, clock, time_limit, seed)
        search = _Search(ties, k, wish, clock, referee, progress, endless=time_limit is None)
        search.run()
    found = search.answer()
    return replace(
        found, seconds=time.monotonic() - began, interrupted=clock.interrupted and not found.proved
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A change that fulfils the wish, with the split that then is optimal."""

    change: Change
    price: Fraction
    labels: Labels
    violated: Fraction
    least: Fraction


class _Search:
    """The state of one search: rivals and wished splits met so far, the best change, the bound."""

    def __init__(
        self,
        ties: Changeable,
        k: int | None,
        wish: Wish,
        clock: Clock,
        referee: Referee,
        progress: Callable[[float, float], None] | None,
        *,
        endless: bool,
    ) -> None:
        self.ties, self.k, self.wish, self.clock = ties, k, wish, clock
        self.referee, self.progress = referee, progress
        self.rivals: list[Rival] = []
        self.rival_labels: list[Labels] = []
        self.known: set[bytes] = set()
        self.pool: list[Labels] = []
        self.patterns: list[NDArray[np.bool_]] = []
        self.best: _Found | None = None
        self.lower = Fraction(0)
        self.stuck: Fraction | None = None
        self.boxes = 0
        self.mixtures = 0
        self.endless = endless
        self.patience = _PATIENCE
        self.conflict: tuple[Labels, Labels] | None = None
        self.liking = self._liking()
        # Scores differ by multiples of it.
        self.unit = 1 if wish.strict else int(np.gcd.reduce(ties.w, initial=0)) or 1
        self.top = 0
        self.today: Labels = np.zeros(0, dtype=np.int32)

    def _liking(self) -> NDArray[np.int64]:
        """Return which of equal pairs is changed: those of the wished coalition first, then the heaviest."""
        ties = self.ties
        named = np.zeros(ties.n, dtype=np.int64)
        for pair in (*self.wish.constraints.together, *self.wish.constraints.apart):
            named[list(pair)] = 1
        order = np.lexsort((-np.abs(ties.w), -(named[ties.a] + named[ties.b])))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        return place

    # -- bounds ------------------------------------------------------------------------------------

    @property
    def most(self) -> int:
        """How many tenths a pair needs to change at most, in any change that is cheaper than the best one known."""
        if self.best is None:
            return int(np.abs(self.ties.w).sum()) + self.unit
        # Whoever is surpassed by s needs changes of s tenths in all, and no pair has to change by more than that.
        cheapest = max(self.ties.cheapest, 1)
        return (
            -(-self.best.price.numerator // (self.best.price.denominator * cheapest * self.unit)) - 1
        ) * self.unit

    @property
    def floor(self) -> int:
        """What a wished split must score at least to be made optimal at less than the price known."""
        return self.top + self.wish.strict - self.most

    @property
    def ceiling(self) -> Fraction:
        """What a change must cost less than to be of interest; above every true answer while none is known."""
        if self.best is not None:
            return self.best.price
        return Fraction(self.most * int(self.ties.cost.sum()) + 1)

    def _tell(self, lower: Fraction) -> None:
        self.lower = max(self.lower, min(lower, self.ceiling))
        if self.progress is not None and self.best is not None:
            self.progress(float(self.best.price), float(self.lower))

    # -- the run -----------------------------------------------------------------------------------

    def run(self) -> None:
        """Answer at once where the wish is granted already or the gap is closed by the first split, else branch."""
        best = self.referee.best(self.wish.constraints)
        free = self.referee.best(Constraints())
        self.today = free.labels
        self.pool_add(best.labels)
        if self.wish.granted(free.labels) and free.proved and not self.wish.strict:
            self._offer({}, free.labels, Fraction(free.value), Fraction(free.lower_bound))
            return
        self._add_rival(free.labels)
        self.top = self.rivals[0].score - (self.wish.strict and not self.wish.granted(free.labels))
        # A tenth of change moves one split against another by a tenth at most.
        gap = best.lower_bound - free.value + (self.wish.strict and not self.wish.granted(free.labels))
        self._tell(Fraction(max(0, gap) * self.ties.cheapest))
        self._try(best.labels)
        if self.best is None or self.lower < self.best.price:
            self._branch()

    def answer(self) -> Inverse:
        """Return what is known when the search has ended."""
        best, rounds = self.best, len(self.rivals)
        impossible = best is None and self.lower >= self.ceiling
        method = (
            f"inverse optimisation: a linear program over {rounds} rival splits, the exact engine finding them"
            f"{'' if self.boxes == 0 else f', branching over wished splits ({self.boxes} boxes)'}"
        )
        none = Fraction(0)
        if best is None:
            split, rival = self.conflict or (self.pool[0], None)
            return Inverse(
                None, none, self.lower, impossible, impossible, split, self.today, none, none, rival, method
            )
        return Inverse(
            best.change,
            best.price,
            min(self.lower, best.price),
            proved=self.lower >= best.price,
            impossible=False,
            labels=best.labels,
            today=self.today,
            violated=best.violated,
            least=best.least,
            rival=None,
            method=method,
        )

    def _offer(self, change: Change, labels: Labels, violated: Fraction, least: Fraction) -> None:
        """Keep a change that makes the wished split `labels` optimal, if it is the cheapest so far."""
        price = self.ties.price(change)
        if self.best is None or price < self.best.price:
            self.best = _Found(change, price, labels, violated, least)
            self._tell(self.lower)

    def pool_add(self, labels: Labels) -> bool:
        """Keep a split that fulfils the constraints for the mixtures; return whether it is new."""
        within = self.ties.within(labels)
        # Splits that treat all ties alike are one, unless sizes matter.
        told = np.packbits(within) if self.wish.larger is None else labels
        key = b"+" + told.tobytes()
        if key in self.known:
            return False
        self.known.add(key)
        self.pool.append(labels)
        self.patterns.append(within)
        return True

    def _add_rival(self, labels: Labels) -> bool:
        """Keep a split that wished ones have to be as good as; return whether it is new."""
        within = self.ties.within(labels)
        key = b"-" + np.packbits(within).tobytes()
        if key in self.known:
            return False
        self.known.add(key)
        margin = self.wish.strict and not self.wish.granted(labels)
        self.rivals.append(Rival(within, self.ties.score(within) + margin))
        self.rival_labels.append(labels)
        return True

    # -- one wished split --------------------------------------------------------------------------

    def _try(self, labels: Labels) -> None:
        """Look for the cheapest change that makes this split (or a wished one that is better then) optimal."""
        if self.referee.late and self.best is not None:
            return
        if not self.wish.granted(labels):
            larger = enlarged(labels, self.ties.loss(labels, self.wish.larger or 0), self.wish)
            if larger is None:
                return
            labels = larger
        within, change = self.ties.within(labels), Change()
        self.referee.begin()
        while not self.referee.late and (self.wish.strict or not self.referee.hurried):
            mixture = mix(self.ties, [within], self.rivals, self.most, self.liking, self.floor)
            if mixture.value == float("inf"):
                self._note_conflict(labels, within)
                return
            if mixture.value >= float(self.ceiling) - _CLOSE:
                return
            change = self._exact(mixture, within)
            verdict = self.referee.contest(change, labels)
            if verdict.winner is not None:
                self._offer(change, verdict.winner, verdict.violated, verdict.least)
                return
            fresh = [self._add_rival(rival) for rival in verdict.rivals]
            if not any(fresh):
                break
        if not self.wish.strict and not self._provable(labels):
            self._settle(change, labels)

    def _provable(self, labels: Labels) -> bool:
        """Look for a change after which cycles prove the split optimal, then for cheaper ones that leave them little to prove.

        Returns whether the cheapest of the first kind was found.
        """
        if self.k == 1 or len(self.ties.w) > MOST_PAIRS:
            return False
        tangent = Tangent(self.ties, labels, pair=self.k == TWO)
        for rival in self.rival_labels:
            tangent.add(rival)
        offered = False
        while True:
            solved = tangent.improve(self.referee.part(_SHARE))
            found = tangent.settlement()
            if found is not None:
                self._offer(found.change, labels, found.violated, found.violated)
                offered = True
            change = tangent.whole(self.unit) if solved and not self._spent else None
            if change is None or self.ties.price(change) >= self.ceiling or self.lower >= self.ceiling:
                return offered and solved
            verdict = self.referee.contest(change, labels, last=offered)
            if verdict.winner is not None:
                self._offer(change, verdict.winner, verdict.violated, verdict.least)
                return True
            fresh = [self._add_rival(rival) | tangent.add(rival) for rival in verdict.rivals]
            if not any(fresh):
                return offered

    def _settle(self, change: Change, labels: Labels) -> None:
        """Where the engine can't tell whether a rival is better, change so much more that a packing tells it."""
        start = self.ties.price(change)
        if self.best is not None and start >= self.best.price:
            return
        settlement = silenced(self.ties, change, labels)
        if settlement is not None:
            self._offer(settlement.change, labels, settlement.violated, settlement.violated)
        found = settle(self.ties, change, labels, self.k, self.referee.seed, self.clock)
        if found is not None:
            self._offer(found.change, labels, found.violated, found.violated)

    def _exact(self, mixture: Mixture, within: NDArray[np.bool_]) -> Change:
        """Return the change of a mixture of one split in fractions that keep every row exactly."""
        step = mixture.up - mixture.down
        moved = np.flatnonzero(np.abs(step) > _CLOSE / 10)
        score = self.ties.score(within)
        for finest in _FINENESS:
            change = {int(pair): Fraction(float(step[pair])).limit_denominator(finest) for pair in moved}
            change = {pair: amount for pair, amount in change.items() if amount}
            if all(self._met(change, within, score, rival) for rival in self.rivals):
                return change
        # A millionth more on each pair outweighs what the solver's numbers lack.
        million = _FINENESS[-1]
        return {
            int(pair): Fraction(int(abs(step[pair]) * million) + 2, million) * (1 if step[pair] > 0 else -1)
            for pair in moved
        }

    @staticmethod
    def _met(change: Change, within: NDArray[np.bool_], score: int, rival: Rival) -> bool:
        made_up = sum(abs(step) for pair, step in change.items() if within[pair] != rival.within[pair])
        return made_up >= rival.score - score

    def _note_conflict(self, labels: Labels, within: NDArray[np.bool_]) -> None:
        """Remember a rival that differs on frozen ties only and is better by them."""
        score = self.ties.score(within)
        for rival, other in zip(self.rivals, self.rival_labels, strict=True):
            if rival.score > score and not ((rival.within != within) & self.ties.free).any():
                self.conflict = self.conflict or (labels, other)

    # -- all wished splits -------------------------------------------------------------------------

    @property
    def _spent(self) -> bool:
        """Whether to stop: the clock has struck, or there is none and as much was tried as mostly is enough."""
        return self.clock.over or (self.endless and self.mixtures >= _MIXTURES)

    def _branch(self) -> None:
        """Branch over the wished splits until no box can hold a cheaper change."""
        heap: list[tuple[Fraction, int, Constraints]] = [(self.lower, 0, self.wish.constraints)]
        number = 0
        while heap and heap[0][0] < self.ceiling and not self._spent:
            bound, _, box = heap[0]
            self.boxes += 1
            bound, children = self._process(box, bound)
            heapq.heappop(heap)
            for child in children:
                number += 1
                heapq.heappush(heap, (bound, number, child))
            if not children and bound < self.ceiling:
                self.stuck = bound if self.stuck is None else min(self.stuck, bound)
            stuck = self.ceiling if self.stuck is None else self.stuck
            open_ = [entry[0] for entry in heap[:1]] + [stuck, self.ceiling]
            self._tell(min(open_))

    def _process(self, box: Constraints, bound: Fraction) -> tuple[Fraction, tuple[Constraints, ...]]:
        """Raise the bound of a box, as far as mixtures go; return it with the boxes that it falls into."""
        while not self._spent:
            inside = [i for i, labels in enumerate(self.pool) if keeps(labels, box)]
            if not inside:
                try:
                    labels = self.referee.best(box).labels
                except ContradictionError:
                    return self.ceiling, ()
                self.pool_add(labels)
                self._try(labels)
                continue
            patterns = [self.patterns[i] for i in inside]
            self.mixtures += 1
            mixture = mix(self.ties, patterns, self.rivals, self.most, self.liking, self.floor)
            known, new, sure = len(self.rivals), False, True
            # Multipliers prove no more than the value of their mixture.
            if float(bound) < mixture.value - _CLOSE:
                raised, labels, sure = self._bound(mixture, box)
                bound = max(bound, raised)
                if bound >= self.ceiling:
                    return bound, ()
                if new := self.pool_add(labels):
                    self._try(labels)
            within = np.tensordot(mixture.share, np.array(patterns, dtype=np.float64), axes=1)
            fresh = self._add_rival(self.referee.rival(mixture.up - mixture.down))
            if new or fresh or known < len(self.rivals):
                continue
            if sure:
                halves = self._halves(box, within, mixture, inside)
                # None: all that tells sizes is decided, and the wished coalition isn't the largest.
                return (self.ceiling, ()) if halves is None else (bound, halves)
            self.patience *= _IMPATIENCE
        return bound, (box,)

    def _bound(self, mixture: Mixture, box: Constraints) -> tuple[Fraction, Labels, bool]:
        """Return what the multipliers prove of all wished splits in the box, the split that they favour, and if it's sure."""
        bound, labels, sure = Fraction(0), self.pool[0], True
        for finest in _FINENESS:
            multipliers = Multipliers.of(self.ties, self.rivals, mixture, (self.most, self.floor), finest)
            split, reach = self.referee.greatest(multipliers.weights, box, self.patience)
            raised = Fraction(multipliers.constant - reach, multipliers.scale)
            if raised > bound or finest == _FINENESS[0]:
                bound, labels, sure = max(raised, bound), split.labels, split.proved
            # Where only rounding is missing, other fractions may prove what these don't.
            if bound >= self.ceiling or float(bound) < float(self.ceiling) - _CLOSE:
                break
        return bound, labels, sure

    def _halves(
        self, box: Constraints, within: NDArray[np.float64], mixture: Mixture, inside: list[int]
    ) -> tuple[Constraints, ...] | None:
        """Return the box with one undecided pair together, and with it apart; none if nothing is undecided.

        None instead if no split in the box is large enough where the wish asks for that.
        """
        doubt = np.minimum(within, 1.0 - within) * (1e-3 + mixture.up + mixture.down)
        if doubt.max(initial=0.0) > _CLOSE:
            pair = int(doubt.argmax())
            a, b = int(self.ties.a[pair]), int(self.ties.b[pair])
        else:
            labels = self.pool[inside[int(mixture.share.argmax())]]
            if self.wish.granted(labels):
                return ()
            undecided = to_be_sized(labels, box, self.wish)
            if undecided is None:
                return None
            a, b = undecided
        return (
            replace(box, together=(*box.together, (a, b))),
            replace(box, apart=(*box.apart, (a, b))),
        )
