"""How sure is each actor's place, if other texts or other sources had told the same?"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.analysis.pairs import pairs_of
from allegiance.errors import UsageError
from allegiance.maths.clock import Clock
from allegiance.maths.graph import SignedGraph
from allegiance.maths.local_search import search
from allegiance.maths.matching import matched
from allegiance.maths.separation import components
from allegiance.maths.solve import solve
from allegiance.model import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.analysis.pairs import Pair
    from allegiance.network import Contributions
    from allegiance.network.contributions import Origin

RESAMPLES = 200
SECONDS_EACH = 5.0

MOST_DRAWN = 50_000
"""Draws times ties up to which places are drawn without being asked for: a second or two. The same on every machine."""

_RUNS, _ROUNDS = 3, 2
"""How often and how long a draw is searched that nobody asked to be proved."""


@dataclass(frozen=True, slots=True)
class Enough:
    """What is enough evidence for a place; an actor with less is unaffiliated.

    Attributes:
        statements: so many statements speak of it.
        share: it is together with somebody in this share of the draws, and alone in less than that.
    """

    statements: int = 2
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Unaffiliated:
    """An actor with too little evidence for a place, and why it is too little."""

    actor: str
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """How often the answer came out alike when the statements were drawn anew.

    Attributes:
        by: what was drawn, sources or documents.
        origins: how many of these there are.
        resamples: how many draws were made.
        proved: for how many of them the best split was proved.
        actors: by actor, the share of draws in which it was with its coalition of the full answer. Where nothing was said
            of it in a draw, it was not.
        pairs: the share of draws in which two actors were together; of all pairs in a small network, in a large one of those
            with a tie.
        unaffiliated: actors with too little evidence for a place.
    """

    by: Origin
    origins: int
    resamples: int
    proved: int
    actors: Mapping[str, float]
    pairs: Mapping[Pair, float]
    unaffiliated: tuple[Unaffiliated, ...]


ENOUGH = Enough()


def doubt(
    counted: Contributions,
    split: Result[CoalitionStructure],
    *,
    resamples: int = RESAMPLES,
    by: Origin = "document",
    enough: Enough = ENOUGH,
    seconds_each: float = SECONDS_EACH,
    seed: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Result[Doubt]:
    """Draw the statements anew and split each draw, to see how far the answer hangs on single texts or sources.

    A draw takes as many sources (or documents) as there are, each as often as chance has it, with all that they say: the
    bootstrap of clusters (Efron 1979, doi:10.1214/aos/1176344552). Of what is drawn a statement is kept with its confidence,
    so that its being misread is part of the doubt. Chance also decides between equally good splits. An interrupt (Ctrl-C) ends it behind the draw at hand, with the draws made so far.

    Args:
        counted: the statements.
        split: the full answer of `coalitions` on ``counted.network()``; its k and its wishes hold for the draws.
        resamples: how many draws.
        by: whether sources (outlets, data sets) or documents (texts, rows of data sets) are drawn.
        enough: what is enough evidence for a place.
        seconds_each: time for each draw; a split that isn't proved by then counts as it is.
        seed: of all chance.
        progress: called with the number of draws done.

    Raises:
        UsageError: nothing to draw from, or a number out of range.
    """
    if resamples < 1 or not 0 <= enough.share <= 1:
        raise UsageError("At least one resample is needed, and the least share lies between 0 and 1.")
    draws = _Draws(counted, split, by)
    if draws.origins < 2:  # noqa: PLR2004 - one can't be drawn anew
        other = "document" if by == "source" else "source"
        raise UsageError(f"All statements come from one {by}; resample them by {other}, or add others.")
    tally = _Tally(draws)
    chance = np.random.default_rng(seed)
    clock = Clock()
    with clock.listening():
        for done in range(resamples):
            graph = draws.graph(chance)
            labels, proved = draws.split(graph, chance, seconds_each)
            tally.add(graph, labels, proved=proved)
            progress(done + 1)
            if clock.interrupted:
                break
    names = draws.actors
    count = max(tally.count, 1)
    pairs = zip(tally.one.tolist(), tally.two.tolist(), (tally.together / count).tolist(), strict=True)
    return Result(
        Doubt(
            by=by,
            origins=draws.origins,
            resamples=tally.count,
            proved=tally.proved,
            actors=MappingProxyType(dict(zip(names, (tally.stayed / count).tolist(), strict=True))),
            pairs=MappingProxyType({(names[a], names[b]): share for a, b, share in pairs}),
            unaffiliated=tuple(_unaffiliated(draws, tally, enough)),
        ),
        method=f"bootstrap of {draws.origins:,} {by}s, each draw split as the whole",
        parameters=MappingProxyType(
            {
                "resamples": resamples,
                "by": by,
                "least_statements": enough.statements,
                "least_share": enough.share,
                "seconds_each": seconds_each,
                "k": split.parameters["k"],
            }
        ),
        seed=seed,
        evidence=split.evidence,
    )


def borne(
    counted: Contributions, split: Result[CoalitionStructure], *, resamples: int = RESAMPLES, seed: int = 0
) -> dict[str, float] | None:
    """Return by actor in which share of draws of texts it stays with its coalition: what the statements bear.

    As `doubt`, unasked: draws are searched, not proved. Where all stands in one text, only misreading is drawn. None where that
    would take long (`MOST_DRAWN`), where wishes hold, or where nothing was read one by one: ties of an edge list or a lake are
    the data themselves, not a sample of it, until somebody asks for their doubt.
    """
    ties = len(split.value.firmness) and len(counted.tied()[1])
    if counted.confidence is None or not ties or resamples * ties > MOST_DRAWN or split.value.wishes:
        return None
    draws = _Draws(counted, split, "document")
    tally = _Tally(draws)
    chance = np.random.default_rng(seed)
    for _ in range(resamples):
        graph = draws.graph(chance)
        tally.add(graph, draws.searched(graph, chance), proved=False)
    return dict(zip(draws.actors, (tally.stayed / resamples).tolist(), strict=True))


def to_json(result: Result[Doubt]) -> dict[str, Any]:
    """Return what stands under the key ``doubt`` of ``coalitions --doubt --json``."""
    found = result.value
    return {
        "resamples": found.resamples,
        "asked": result.parameters["resamples"],
        "proved": found.proved,
        "by": found.by,
        "origins": found.origins,
        "actors": dict(found.actors),
        "pairs": [{"a": a, "b": b, "share": share} for (a, b), share in found.pairs.items() if share],
        "unaffiliated": [{"actor": one.actor, "why": one.why} for one in found.unaffiliated],
        "least_statements": result.parameters["least_statements"],
        "least_share": result.parameters["least_share"],
        "method": result.method,
        "seed": result.seed,
    }


class _Draws:
    """The statements as arrays from which networks can be drawn quickly, always with the same actors."""

    def __init__(self, counted: Contributions, split: Result[CoalitionStructure], by: Origin) -> None:
        origin = counted.origins(by)
        if origin is None:
            raise UsageError("These statements name no sources; resample them by document.")
        self.origins = int(origin.max(initial=-1)) + 1
        if not self.origins:
            raise UsageError("There is no statement here to draw from.")
        net = counted.network()
        self.actors = net.actors
        self.whole = net.graph()
        self.statements = np.bincount(np.concatenate([counted.a, counted.b]), minlength=len(counted.actors))
        present = np.flatnonzero(self.statements)
        self.statements = self.statements[present]
        tie, low, high = counted.tied()
        self._tie, self._origin, self._amount, self._divisor = tie, origin, counted.amount, counted.divisor
        self._a, self._b = np.searchsorted(present, low), np.searchsorted(present, high)
        self._sure = counted.confidence
        self._k = split.value.k
        self._constraints = split.value.wishes.constraints(net)
        of = {name: label for label, members in enumerate(split.value.coalitions) for name in members}
        self.full = self.groups(self.whole, np.array([of[name] for name in self.actors], dtype=np.int64))

    def graph(self, chance: np.random.Generator) -> SignedGraph:
        """Return the network of a draw."""
        often = chance.multinomial(self.origins, np.full(self.origins, 1 / self.origins))
        amount = self._amount * often[self._origin]
        if self._sure is not None:
            amount = amount * (chance.random(len(amount)) < self._sure)
        positive, negative = np.zeros(len(self._a), dtype=np.int64), np.zeros(len(self._a), dtype=np.int64)
        np.add.at(positive, self._tie, np.maximum(amount, 0))
        np.add.at(negative, self._tie, np.maximum(-amount, 0))
        weight = positive // self._divisor - negative // self._divisor
        return SignedGraph.of(len(self.actors), self._a, self._b, weight)

    def split(
        self, graph: SignedGraph, chance: np.random.Generator, seconds: float
    ) -> tuple[NDArray[np.int64], bool]:
        """Return (groups that are truly told apart, whether proved) of a draw."""
        # The search breaks ties between equal splits by the actors' numbers; shuffled numbers leave it to chance.
        shuffled = chance.permutation(graph.n)
        mixed = SignedGraph.of(graph.n, shuffled[graph.a], shuffled[graph.b], graph.w)
        wishes = self._constraints.renumbered(shuffled)
        found = solve(
            mixed, self._k, constraints=wishes, time_limit=seconds, seed=int(chance.integers(2**31))
        )
        return self.groups(graph, found.labels[shuffled].astype(np.int64)), found.proved

    def searched(self, graph: SignedGraph, chance: np.random.Generator) -> NDArray[np.int64]:
        """Return groups of a draw as good as a short search finds them: by its number of runs, never by the clock."""
        shuffled = chance.permutation(graph.n)  # as in `split`
        mixed = SignedGraph.of(graph.n, shuffled[graph.a], shuffled[graph.b], graph.w)
        runs = [
            search(mixed, self._k, seed=int(chance.integers(2**31)), rounds=_ROUNDS) for _ in range(_RUNS)
        ]
        return self.groups(graph, min(runs, key=mixed.frustration)[shuffled].astype(np.int64))

    def groups(self, graph: SignedGraph, labels: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the coalitions cut where no tie or wish joins them: how unjoined parts lie to each other means nothing."""
        together, apart = self._constraints.pairs()
        wishes = np.array([*together, *apart], dtype=np.int64).reshape(-1, 2)
        parts = components(
            graph.n, np.concatenate([graph.a, wishes[:, 0]]), np.concatenate([graph.b, wishes[:, 1]])
        )
        groups: NDArray[np.int64] = np.unique(
            parts.astype(np.int64) * max(graph.n, 1) + labels, return_inverse=True
        )[1].astype(np.int64)
        return groups


class _Tally:
    """What is counted over the draws."""

    def __init__(self, draws: _Draws) -> None:
        self._full, n = draws.full, draws.whole.n
        self.one, self.two = pairs_of(draws.whole)
        self.together = np.zeros(len(self.one), dtype=np.int64)
        self.stayed, self.alone = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self.count = self.proved = 0

    def add(self, graph: SignedGraph, groups: NDArray[np.int64], *, proved: bool) -> None:
        """Count one draw."""
        heard = np.zeros(graph.n, dtype=bool)
        heard[graph.a] = heard[graph.b] = True
        # The names of coalitions come from actors that the draw says something of; the others would only blur them.
        named = matched(np.where(heard, self._full, -1), groups)
        self.stayed += heard & (named == self._full)
        self.alone += heard & (np.bincount(groups)[groups] == 1)
        one, two = self.one, self.two
        self.together += heard[one] & heard[two] & (groups[one] == groups[two])
        self.count += 1
        self.proved += proved


def _unaffiliated(draws: _Draws, tally: _Tally, enough: Enough) -> list[Unaffiliated]:
    best = np.zeros(len(draws.actors), dtype=np.int64)
    np.maximum.at(best, tally.one, tally.together)
    np.maximum.at(best, tally.two, tally.together)
    tied = np.zeros(len(draws.actors), dtype=bool)
    tied[draws.whole.a] = tied[draws.whole.b] = True
    found = []
    for i, actor in enumerate(draws.actors):
        said = int(draws.statements[i])
        why = ""
        if said < enough.statements:
            why = f"only {said} statement{'s' * (said != 1)} of it, fewer than {enough.statements}"
        elif not tied[i]:
            why = "what speaks for its ties and against them cancels out"
        elif tally.count and tally.alone[i] >= enough.share * tally.count:
            why = f"alone in {tally.alone[i] / tally.count:.0%} of the draws: it has opponents, and nobody who is with it"
        elif tally.count and best[i] < enough.share * tally.count:
            why = f"with no other actor in more than {best[i] / tally.count:.0%} of the draws"
        if why:
            found.append(Unaffiliated(actor, why))
    return found
