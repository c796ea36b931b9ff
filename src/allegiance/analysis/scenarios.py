"""What if? The coalitions before and after the changes of a scenario, or of several, one after the other."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from allegiance.analysis.coalitions import coalitions, structure_of
from allegiance.analysis.reasons import reasons
from allegiance.analysis.scenario_answer import Outcome, Stage, TieShift, WhatIf
from allegiance.analysis.wishes import Wishes
from allegiance.errors import ContradictionError, UnknownNameError, UsageError
from allegiance.maths.matching import matched
from allegiance.model import Result
from allegiance.model.scenario import Scenario, Step, StepKind, check_contradictions
from allegiance.network.changes import changed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.network import SignedNetwork

    NetworkOf: TypeAlias = Callable[[frozenset[str]], SignedNetwork]

DRAWS = 1000
MOST_REASONS = 12
NOW = "as it is"


def what_if(
    network_of: NetworkOf,
    scenarios: Sequence[Scenario],
    k: int | None = None,
    *,
    newcomers: Collection[str] = (),
    draws: int = DRAWS,
    time_limit: float | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> Result[WhatIf]:
    """Find the coalitions as they are, and after each of `scenarios`, which add to each other.

    An incident or an agreement shifts the weight of a tie. An admission asks for the best split in which the admitted and the
    members are in one coalition, an exclusion for one in which they are not. Disbelief leaves out what a source says, omission
    all ties of an actor, who then stands in no coalition. The closure of a route changes flows, not ties.

    Args:
        network_of: returns the network without what these sources say.
        scenarios: at least one.
        k: 2, another largest number of coalitions, or None for as many as fit.
        newcomers: actors without a tie that steps may bring in, such as those of whom only forecasts speak.
        draws: how often uncertain steps are drawn; up to so many combinations of them are gone through instead.
        time_limit: seconds for each search.
        seed: seed of searches and draws.
        progress: called with the name of what is being computed.

    Returns:
        A result that is `proved` when all splits are and no share is drawn.

    Raises:
        UsageError: no scenario, or no draw.
        UnknownNameError: a step names an actor that neither the network nor `newcomers` have.
        DataError: steps that exclude each other; says which.
    """
    if not scenarios or draws < 1:
        raise UsageError("Name at least one scenario, and at least one draw.")
    began = time.monotonic()
    worlds = _Worlds(network_of, k, newcomers, time_limit, seed)
    stages = [worlds.first()]
    for number, scenario in enumerate(scenarios, 1):
        progress(scenario.name)
        stages.append(worlds.after(scenarios[:number], stages[-1]))
    outcomes, exact = _outcomes(worlds, scenarios, (stages[-2], stages[-1]), draws, progress)
    splits = [stage.split for stage in stages]
    shares = ""
    if outcomes:
        shares = f"; shares by {'going through all combinations' if exact else f'{draws:,} draws'}"
    return Result(
        WhatIf(tuple(stages), outcomes, exact, MappingProxyType(_together(outcomes))),
        method=f"each stage: {splits[-1].method}{shares}",
        parameters=MappingProxyType(
            {"k": "any" if k is None else k, "draws": draws, "time_limit": time_limit}
        ),
        seed=seed,
        proved=all(split.proved for split in splits) and exact and all(one.proved for one in outcomes),
        evidence=tuple(dict.fromkeys(stmt for stage in stages for stmt in _evidence(stage))),
        seconds=time.monotonic() - began,
    )


class _Worlds:
    """The networks that sets of steps make, and their best splits, each computed once."""

    def __init__(
        self,
        network_of: NetworkOf,
        k: int | None,
        newcomers: Collection[str],
        time_limit: float | None,
        seed: int,
    ) -> None:
        self._network_of, self._k, self._time_limit, self.seed = network_of, k, time_limit, seed
        self._sources: dict[frozenset[str], SignedNetwork] = {}
        self._splits: dict[tuple[Step, ...], tuple[SignedNetwork, Result[CoalitionStructure]]] = {}
        self._now = self._believed(frozenset())
        self._known = frozenset(self._now.actors) | frozenset(newcomers)

    def _believed(self, without: frozenset[str]) -> SignedNetwork:
        if without not in self._sources:
            self._sources[without] = self._network_of(without)
        return self._sources[without]

    def split(self, name: str, steps: tuple[Step, ...]) -> tuple[SignedNetwork, Result[CoalitionStructure]]:
        """Return the network after `steps` (of scenario `name`) and its best split."""
        if steps not in self._splits:
            check_contradictions(name, steps)
            net = self._network(steps)
            try:
                found = coalitions(
                    net, self._k, wishes=_wishes(steps), time_limit=self._time_limit, seed=self.seed
                )
            except ContradictionError as contradiction:
                # Steps that exclude each other outright were refused already; what is left is too few coalitions.
                raise UsageError(
                    f"Scenario {name!r} can't be kept with --k {self._k}: {contradiction}"
                ) from contradiction
            self._splits[steps] = net, found
        return self._splits[steps]

    def nearest(
        self, name: str, steps: tuple[Step, ...], before: Stage
    ) -> tuple[Result[CoalitionStructure], int | None]:
        """Return the split after `steps`, that of the stage `before` where it is as good; and what that one violates now.

        It violates None where a step forbids it.
        """
        net, split = self.split(name, steps)
        labels = _labels(before.split.value, net)
        if not _keeps(_wishes(steps), self._k, net, labels):
            return split, None
        old_cost = net.graph().frustration(labels)
        if old_cost > split.value.frustration:
            return split, old_cost
        # Where the old coalitions are as good still, nobody has a reason to move.
        return _with_coalitions(net, split, labels), old_cost

    def first(self) -> Stage:
        """Return the stage without any scenario."""
        split = self.split(NOW, ())[1]
        numbers = tuple(range(len(split.value.coalitions)))
        return Stage(NOW, (), split, numbers, MappingProxyType({}), (), (), split.value.frustration, ())

    def after(self, scenarios: Sequence[Scenario], before: Stage) -> Stage:
        """Return the stage after all of `scenarios`, seen from the one `before` the last of them."""
        name, earlier = scenarios[-1].name, _all_steps(scenarios[:-1])
        steps = _all_steps(scenarios)
        old_net, _ = self.split(name, earlier)
        net, _ = self.split(name, steps)
        split, old_cost = self.nearest(name, steps, before)
        at_first = _places(before.split.value, before.numbers)
        numbers = _numbered(at_first, split.value)
        at_last = _places(split.value, numbers)
        moved = {
            actor: (at_first[actor], at_last[actor])
            for actor in sorted(at_first.keys() & at_last.keys())
            if at_first[actor] != at_last[actor]
        }
        ties = tuple(_shifts(old_net, net))
        return Stage(
            name,
            scenarios[-1].taken(),
            split,
            numbers,
            MappingProxyType(moved),
            tuple(sorted(at_first.keys() - at_last.keys())),
            ties,
            old_cost,
            _reasons(net, split, {*moved, *(end for tie in ties for end in (tie.a, tie.b))}),
        )

    def _network(self, steps: tuple[Step, ...]) -> SignedNetwork:
        net = self._believed(frozenset(step.source for step in steps if step.kind is StepKind.DISBELIEF))
        shifts: dict[tuple[str, str], int] = {}
        left_out = set()
        brought_in: list[str] = []
        for step in steps:
            if step.kind is StepKind.CLOSURE:
                continue
            for actor in step.actors:
                if actor not in self._known:
                    raise UnknownNameError("actor", actor, self._known, where=f"the network ({step.place})")
            if step.kind in (StepKind.INCIDENT, StepKind.AGREEMENT):
                a, b = sorted(step.actors)
                shifts[a, b] = shifts.get((a, b), 0) + step.weight
            elif step.kind is StepKind.OMISSION:
                left_out.add(step.actors[0])
            else:
                # The admitted or excluded may be named by a disbelieved source only.
                brought_in += step.actors
        return changed(net, shifts, left_out, brought_in)


def _all_steps(
    scenarios: Sequence[Scenario], missed: Sequence[Collection[int]] | None = None
) -> tuple[Step, ...]:
    out = missed or [()] * len(scenarios)
    return tuple(step for scenario, gone in zip(scenarios, out, strict=True) for step in scenario.taken(gone))


def _wishes(steps: tuple[Step, ...]) -> Wishes:
    together = tuple(step.actors for step in steps if step.kind is StepKind.ADMISSION)
    apart = tuple(
        (step.actors[0], member)
        for step in steps
        if step.kind is StepKind.EXCLUSION
        for member in step.actors[1:]
    )
    return Wishes(together=together, apart=apart)


def _labels(structure: CoalitionStructure, net: SignedNetwork) -> NDArray[np.int32]:
    """Return the coalition of each actor of `net`; one that wasn't there is alone."""
    place = _places(structure, range(len(structure.coalitions)))
    for name in net.actors:
        place.setdefault(name, len(place) + len(structure.coalitions))
    return np.unique([place[name] for name in net.actors], return_inverse=True)[1].astype(np.int32)


def _keeps(wishes: Wishes, k: int | None, net: SignedNetwork, labels: NDArray[np.int32]) -> bool:
    if k is not None and len(np.unique(labels)) > k:
        return False
    where = dict(zip(net.actors, labels.tolist(), strict=True))
    together = (pair for group in wishes.together for pair in combinations(group, 2))
    return all(where[a] == where[b] for a, b in together) and all(
        where[a] != where[b] for a, b in wishes.apart
    )


def _with_coalitions(
    net: SignedNetwork, split: Result[CoalitionStructure], labels: NDArray[np.int32]
) -> Result[CoalitionStructure]:
    """Return the result with other coalitions that violate as little."""
    return replace(split, value=structure_of(net, split.value.k, labels, split.value.wishes))


def _places(split: CoalitionStructure, numbers: Sequence[int]) -> dict[str, int]:
    """Return the number of each actor's coalition, `numbers` being those of the coalitions."""
    return {name: number for number, group in zip(numbers, split.coalitions, strict=True) for name in group}


def _numbered(had: Mapping[str, int], split: CoalitionStructure) -> tuple[int, ...]:
    """Return the numbers of the new coalitions: the largest overlaps keep those that they `had`."""
    members = [(name, i) for i, group in enumerate(split.coalitions) for name in group]
    names = np.array([had.get(name, -1) for name, _ in members], dtype=np.int64)
    groups = np.array([i for _, i in members], dtype=np.int64)
    named = matched(names, groups).tolist()
    number = {group: name for (_, group), name in zip(members, named, strict=True)}
    return tuple(number[i] for i in range(len(split.coalitions)))


def _shifts(before: SignedNetwork, after: SignedNetwork) -> Iterator[TieShift]:
    """Yield the ties whose net weight differs, the largest difference first."""
    old, new = (
        {(tie.a, tie.b) if tie.a < tie.b else (tie.b, tie.a): tie for tie in net.ties()}
        for net in (before, after)
    )
    found = []
    for a, b in old.keys() | new.keys():
        was, is_now = old.get((a, b)), new.get((a, b))
        weights = (was.weight if was else 0, is_now.weight if is_now else 0)
        if weights[0] != weights[1]:
            found.append(TieShift(a, b, *weights, was.statements if was else ()))
    yield from sorted(found, key=lambda tie: (-abs(tie.after - tie.before), tie.a, tie.b))


def _reasons(
    net: SignedNetwork, split: Result[CoalitionStructure], concerned: Collection[str]
) -> tuple[str, ...]:
    there = set(concerned).intersection(net.actors)
    if not there:
        return ()
    return tuple(reason.words for reason in reasons(net, split, of=there, most=MOST_REASONS).value.ties)


def _evidence(stage: Stage) -> Iterator[str]:
    for step in stage.steps:
        yield from step.statements
    for tie in stage.ties:
        yield from tie.statements


def _outcomes(
    worlds: _Worlds,
    scenarios: Sequence[Scenario],
    known: tuple[Stage, Stage],
    draws: int,
    progress: Callable[[str], None],
) -> tuple[tuple[Outcome, ...], bool]:
    """Return how uncertain steps can turn out, and whether the shares are exact.

    Of splits as good as each other, the one of the stage before the last is taken, then that of the last: both are `known`.
    """
    uncertain = [
        (place, number, scenario.steps[number].probability)
        for place, scenario in enumerate(scenarios)
        for number in scenario.uncertain
    ]
    if not uncertain:
        return (), True
    exact = 2 ** len(uncertain) <= draws
    chances = np.array([probability for *_, probability in uncertain])
    if exact:
        comes = (np.arange(2 ** len(uncertain))[:, None] >> np.arange(len(uncertain))) & 1 == 1
        shares = np.where(comes, chances, 1 - chances).prod(axis=1)
    else:
        comes = np.random.default_rng(worlds.seed).random((draws, len(uncertain))) < chances
        shares = np.full(draws, 1 / draws)
    worlds_met: dict[tuple[Step, ...], float] = {}
    for row, share in zip(comes, shares.tolist(), strict=True):
        missed: list[list[int]] = [[] for _ in scenarios]
        for (place, number, _), came in zip(uncertain, row.tolist(), strict=True):
            if not came:
                missed[place].append(number)
        steps = _all_steps(scenarios, missed)
        worlds_met[steps] = worlds_met.get(steps, 0.0) + share
    found: dict[tuple[tuple[str, ...], ...], Outcome] = {}
    for done, (steps, share) in enumerate(worlds_met.items(), 1):
        progress(f"outcome {done:,} of {len(worlds_met):,}")
        split, old_cost = worlds.nearest(scenarios[-1].name, steps, known[0])
        if old_cost is None or old_cost > split.value.frustration:
            split, _ = worlds.nearest(scenarios[-1].name, steps, known[1])
        so_far = found.get(split.value.coalitions)
        found[split.value.coalitions] = Outcome(
            share + (so_far.share if so_far else 0.0),
            split.value.coalitions,
            split.proved and (so_far is None or so_far.proved),
        )
    return tuple(sorted(found.values(), key=lambda one: (-one.share, one.coalitions))), exact


def _together(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], float]:
    shares: dict[tuple[str, str], float] = {}
    for outcome in outcomes:
        for members in outcome.coalitions:
            for pair in combinations(members, 2):
                shares[pair] = shares.get(pair, 0.0) + outcome.share
    sure = 1 - 1e-9  # what always comes about may add up to a little less
    return {pair: share for pair, share in sorted(shares.items()) if share < sure}
