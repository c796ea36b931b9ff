"""The answer to who breaks a coalition, as JSON, in a notebook and on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.analysis.membership import membership
from allegiance.model import units
from allegiance.pictures import element, joined, table
from allegiance.pictures.gains import gains

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.model import Result
    from allegiance.network import Tie
    from allegiance.pictures import Markup

MOST_DRAWN = 60
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Departure:
    """What leaving would bring an actor, all others staying; weights in integer tenths.

    Attributes:
        actor: who.
        coalition: number of its coalition, from 0.
        worth: the sum of its ties within its coalition.
        gain: what the best other place brings more than that; above 0 it would leave, below 0 it would lose.
        to: the members of that place, empty for being alone, None where there is no other place.
        welcome_gain: the same for the best place where no member would lose by its coming.
        welcome_to: the members of that place, as `to`.
        ties: what speaks here: its ties within its coalition and with the place it would go to. Only told of those who
            gain by leaving and of the members of a wished coalition.
    """

    actor: str
    coalition: int
    worth: int
    gain: int
    to: tuple[str, ...] | None
    welcome_gain: int
    welcome_to: tuple[str, ...] | None
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockingGroup:
    """A group whose members would all have more among themselves than now.

    Attributes:
        gains: integer tenths, by member, what it would have more.
        at_most: integer tenths; in no group does everybody gain more than this.
    """

    gains: Mapping[str, int]
    at_most: int

    @property
    def least_gain(self) -> int:
        """What the member gains that gains least."""
        return min(self.gains.values())


@dataclass(frozen=True, slots=True)
class Pivot:
    """An actor without whom the others would be better split otherwise.

    Attributes:
        actor: who.
        saves: integer tenths, how much less the others would violate in that split than in the present one.
        saves_at_most: integer tenths, certified: no split of the others saves more.
        moved: who would stand elsewhere.
    """

    actor: str
    saves: int
    saves_at_most: int
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """Who would break a coalition structure.

    Attributes:
        split: the structure: the best one, or the best one that has the wished coalition together.
        wished: the members of the wished coalition, empty where none was wished.
        exactly: whether nobody else may be with them.
        free: the best structure without the wish; None where none was wished.
        departures: one for each actor, those who gain most first.
        blocking: the group found in which the least gain is largest, None where none was found.
        blocking_at_most: integer tenths; in no group does everybody gain more than this. 0: no group of any size blocks.
        pivots: actors without whom the others would certainly be better split otherwise, the most saving first.
        undecided_pivots: actors of whom time did not tell whether they are pivots.
    """

    split: Result[CoalitionStructure]
    wished: tuple[str, ...]
    exactly: bool
    free: Result[CoalitionStructure] | None
    departures: tuple[Departure, ...]
    blocking: BlockingGroup | None
    blocking_at_most: int
    pivots: tuple[Pivot, ...]
    undecided_pivots: tuple[str, ...]

    @property
    def nash_stable(self) -> bool:
        """Whether no actor gains by moving alone."""
        return all(one.gain <= 0 for one in self.departures)

    @property
    def individually_stable(self) -> bool:
        """Whether no actor gains by moving to where nobody loses by it."""
        return all(one.welcome_gain <= 0 for one in self.departures)

    @property
    def core(self) -> str:
        """Whether a group would break away: ``stable`` (proved that none), ``blocked`` (one is known) or ``open``."""
        if self.blocking is not None:
            return "blocked"
        return "open" if self.blocking_at_most else "stable"

    def _repr_html_(self) -> str:
        """Draw the gains, with tables of groups and pivots."""
        return joined(piece for _, piece in sections(self))


def to_json(result: Result[Stability]) -> dict[str, Any]:
    """Return a result of `stability` under the documented keys of ``--json``; weights in units."""
    found = result.value
    split, free = found.split.value, found.free
    group = found.blocking
    return {
        "coalition": list(found.wished),
        "exactly": found.exactly,
        "k": result.parameters["k"],
        "coalitions": [list(members) for members in split.coalitions],
        "value": units(split.frustration),
        "lower_bound": units(int(found.split.lower_bound or 0)),
        "split_proved": found.split.proved,
        "without_the_wish": None
        if free is None
        else {
            "value": units(free.value.frustration),
            "lower_bound": units(int(free.lower_bound or 0)),
            "proved": free.proved,
            "coalitions": [list(members) for members in free.value.coalitions],
        },
        "nash_stable": found.nash_stable,
        "individually_stable": found.individually_stable,
        "core": found.core,
        "blocking_group": None
        if group is None
        else {
            "members": {name: units(gain) for name, gain in group.gains.items()},
            "least_gain": units(group.least_gain),
        },
        "blocking_at_most": units(found.blocking_at_most),
        "actors": [_departure_json(one) for one in found.departures],
        "pivots": [
            {
                "actor": one.actor,
                "saves": units(one.saves),
                "saves_at_most": units(one.saves_at_most),
                "moved": list(one.moved),
            }
            for one in found.pivots
        ],
        "undecided_pivots": list(found.undecided_pivots),
        "proved": result.proved,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _departure_json(one: Departure) -> dict[str, Any]:
    return {
        "actor": one.actor,
        "coalition": f"C{one.coalition + 1}",
        "worth": units(one.worth),
        "gain": units(one.gain),
        "to": None if one.to is None else list(one.to),
        "welcome_gain": units(one.welcome_gain),
        "welcome_to": None if one.welcome_to is None else list(one.welcome_to),
        "ties": [_tie_json(tie) for tie in one.ties],
    }


def _tie_json(tie: Tie) -> dict[str, Any]:
    return {"a": tie.a, "b": tie.b, "weight": units(tie.weight), "statements": list(tie.statements)}


def asked_of(found: Stability) -> tuple[Departure, ...]:
    """Return the departures that the question is about: all of the wished coalition and whoever would leave, or all."""
    if not found.wished:
        return found.departures
    wished = set(found.wished)
    return tuple(one for one in found.departures if one.actor in wished or one.gain > 0)


def place_words(to: Sequence[str] | None) -> str:
    """Word where somebody would go."""
    if to is None:
        return "nowhere else to go"
    if not to:
        return "alone"
    more = f" and {len(to) - MOST_NAMED:,} more" if len(to) > MOST_NAMED else ""
    return f"to {', '.join(to[:MOST_NAMED])}{more}"


def wish_words(found: Stability) -> str:
    """Word what holding the wished coalition together violates beyond the best split; empty without a wish."""
    if found.free is None:
        return ""
    more = units(found.split.value.frustration - found.free.value.frustration)
    proof = "" if found.split.proved and found.free.proved else " (not proved: a search was stopped)"
    if not more:
        return f"Some best split has {', '.join(found.wished)} together anyway{proof}."
    return f"Having {', '.join(found.wished)} together violates {more} more tie weight than the best split{proof}."


def core_words(found: Stability) -> str:
    """Word whether a group would break away."""
    if found.blocking is not None:
        group = found.blocking
        names = ", ".join(f"{name} (+{units(gain)})" for name, gain in group.gains.items())
        top = (
            "in no group could the one who gains least gain more"
            if group.at_most == group.least_gain
            else f"whether a group could give everybody up to {units(group.at_most)} was not settled in time"
        )
        if len(group.gains) == 1:
            return f"Alone is better off: {names}; {top}."
        return f"A group would break away, each of its members having more ties with it than now: {names}; {top}."
    if found.blocking_at_most:
        return (
            "Whether some group would break away was not settled in time; in none does everybody gain more than "
            f"{units(found.blocking_at_most)}."
        )
    return "No group of any size would break away: in each, somebody would have no more than now (the split is in the core)."


def sections(found: Stability) -> Iterator[tuple[str, Markup]]:
    """Yield headings with what stands below them: the gains, groups, pivots, the coalitions."""
    shown = [one for one in asked_of(found) if one.to is not None][:MOST_DRAWN]
    bars = [(one.actor, float(units(one.gain)), place_words(one.to)) for one in shown]
    wish = (element("p", wish_words(found)),) if found.wished else ()
    yield (
        "Who would gain by leaving, and for where",
        joined(
            (
                *wish,
                gains(bars, "What leaving would bring"),
                element("p", f"{_stable(found)} Measured in tie weight; all others stay where they are."),
            )
        ),
    )
    yield "Who would break away together", element("p", core_words(found))
    rows = [(one.actor, units(one.saves), ", ".join(one.moved)) for one in found.pivots]
    pivots = (
        table(["without", "the others violate less by", "who would stand elsewhere"], rows)
        if rows
        else element("p", "Nobody's leaving the network would make another split of the others better.")
    )
    open_ = (
        (element("p", f"Not settled in time: {', '.join(found.undecided_pivots)}."),)
        if found.undecided_pivots
        else ()
    )
    yield "Pivots", joined((pivots, *open_))
    yield "The coalitions", table(["", "members"], membership(found.split.value))
    ties = [
        (one.actor, f"{tie.a} - {tie.b}", units(tie.weight), ", ".join(tie.statements[:5]))
        for one in shown
        for tie in one.ties
    ][:MOST_DRAWN]
    if ties:
        yield "Ties that speak for staying or leaving", table(["actor", "tie", "weight", "statements"], ties)


def _stable(found: Stability) -> str:
    nash = (
        "Nobody gains by moving alone (Nash stable)."
        if found.nash_stable
        else "Not Nash stable: somebody gains."
    )
    if found.nash_stable:
        return nash
    welcome = (
        "Nobody is welcome where it would gain (individually stable)."
        if found.individually_stable
        else "Some are even welcome there, so it is not individually stable either."
    )
    return f"{nash} {welcome}"
