"""How firmly does each actor stand where it is: by the split, and by what the statements bear?"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from allegiance.analysis.doubt import RESAMPLES, borne
from allegiance.analysis.grounds import grounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.analysis.doubt import Doubt
    from allegiance.analysis.grounds import Grounds
    from allegiance.model import Result
    from allegiance.network import Contributions, SignedNetwork
    from allegiance.network.contributions import Origin

THIN_STATEMENTS = 3
"""Fewer statements from texts than these are thin."""

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Witness:
    """What speaks of an actor.

    Attributes:
        statements: how many statements that count, rows of data sets among them.
        sources: the outlets and data sets that they come from, sorted; empty for an edge list.
        sentences: in how many sentences of texts they stand.
        coded: how many of them are rows of a data set, which somebody else has coded.
        datasets: the data sets of these rows, sorted.
    """

    statements: int = 0
    sources: tuple[str, ...] = ()
    sentences: int = 0
    coded: int = 0
    datasets: tuple[str, ...] = ()

    @property
    def thin(self) -> bool:
        """Whether all that speaks of it are texts, with fewer than three statements or in a single sentence."""
        return not self.coded and (self.statements < THIN_STATEMENTS or self.sentences < 2)  # noqa: PLR2004 - one

    @property
    def words(self) -> str:
        """How much it is, in words."""
        told = []
        read = self.statements - self.coded
        if read:
            count = f"{read:,} statement{'s' * (read != 1)}"
            outlets = len(self.sources) - len(set(self.datasets) & set(self.sources))
            told.append(
                f"{count} in one sentence"
                if read > 1 and self.sentences == 1
                else f"{count}, {outlets:,} source{'s' * (outlets != 1)}"
            )
        if self.coded:
            rows = "one coded row" if self.coded == 1 else f"{self.coded:,} coded rows"
            named = ", ".join(self.datasets[:_MOST_NAMED])
            more = (
                f" and {len(self.datasets) - _MOST_NAMED:,} more" if len(self.datasets) > _MOST_NAMED else ""
            )
            told.append(f"{rows} of {named}{more}" if named else rows)
        return "; ".join(told) + (": thin" if self.thin else "")

    def to_json(self) -> dict[str, Any]:
        """Return it under the documented keys of ``--json``."""
        return {
            "statements": self.statements,
            "sources": list(self.sources),
            "sentences": self.sentences,
            "coded_rows": self.coded,
            "thin": self.thin,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """How firmly actors stand where a split has them.

    Attributes:
        firmness: by actor, the lesser of two shares: of its tie weight, how much more would be violated in the best other
            place (`CoalitionStructure.firmness`), and of the draws of texts, in how many it stays with its coalition.
        borne: by actor, that second share; None where nothing was drawn, and the first alone counts.
        draws: how many draws.
        by: what was drawn, documents or sources.
        witnesses: by actor, what speaks of it.
        grounds: what the whole network rests on.
    """

    firmness: Mapping[str, float]
    borne: Mapping[str, float] | None
    draws: int
    by: Origin
    witnesses: Mapping[str, Witness]
    grounds: Grounds

    @property
    def thin(self) -> tuple[str, ...]:
        """The actors of whom too little is told in texts."""
        return tuple(actor for actor, witness in self.witnesses.items() if witness.thin)

    def to_json(self) -> dict[str, Any]:
        """Return what it adds to the keys of a split."""
        return {
            "firmness": dict(self.firmness),
            "borne": None if self.borne is None else dict(self.borne),
            "draws": self.draws,
            "grounds": self.grounds.to_json(),
            "witnesses": {actor: witness.to_json() for actor, witness in self.witnesses.items()},
        }


def standing(
    net: SignedNetwork,
    counted: Contributions | None,
    split: Result[CoalitionStructure],
    *,
    drawn: Result[Doubt] | None = None,
) -> Standing:
    """Join what the split says of each actor's place with what the statements bear.

    Args:
        net: the network.
        counted: the statements that it was added up from; None where there are only ties.
        split: the answer of `coalitions` on it.
        drawn: the doubt that was asked for; without it, texts are drawn where that is quick (see `doubt.borne`).
    """
    margin = split.value.firmness
    shares: Mapping[str, float] | None
    if drawn is not None:
        shares, draws = drawn.value.actors, drawn.value.resamples
    else:
        shares = None if counted is None else borne(counted, split, seed=split.seed)
        draws = 0 if shares is None else RESAMPLES
    joined = (
        margin if shares is None else {actor: min(share, shares[actor]) for actor, share in margin.items()}
    )
    return Standing(
        MappingProxyType(dict(joined)),
        shares and MappingProxyType(dict(shares)),
        draws,
        "document" if drawn is None else drawn.value.by,
        MappingProxyType(witnesses(net, counted)),
        grounds(net, counted),
    )


def witnesses(net: SignedNetwork, counted: Contributions | None) -> dict[str, Witness]:
    """Return by actor what speaks of it; ties that were added up elsewhere are coded rows."""
    tallies = {actor: _Tally() for actor in net.actors}
    if counted is None or counted.sentences is None or counted.outlets is None:
        for tie in net.ties():
            for actor in (tie.a, tie.b):
                tallies[actor].add(tie.count, tie.sources, None)
        return {actor: tally.witness() for actor, tally in tallies.items()}
    rows = zip(
        counted.a.tolist(),
        counted.b.tolist(),
        counted.outlets.tolist(),
        counted.sentences.tolist(),
        strict=True,
    )
    for a, b, outlet, sentence in rows:
        for number in (a, b):
            tallies[counted.actors[number]].add(1, (outlet,), sentence)
    return {actor: tally.witness() for actor, tally in tallies.items()}


class _Tally:
    """What is counted of one actor."""

    def __init__(self) -> None:
        self._statements = self._coded = 0
        self._sources: set[str] = set()
        self._datasets: set[str] = set()
        self._sentences: set[str] = set()

    def add(self, count: int, sources: tuple[str, ...], sentence: str | None) -> None:
        self._statements += count
        self._sources.update(sources)
        if sentence is None:
            self._coded += count
            self._datasets.update(sources)
        else:
            self._sentences.add(sentence)

    def witness(self) -> Witness:
        return Witness(
            self._statements,
            tuple(sorted(self._sources)),
            len(self._sentences),
            self._coded,
            tuple(sorted(self._datasets)),
        )
