"""The cheapest change of ties: what it is, as JSON, in words, in a notebook and on a page."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from allegiance.model.result import TENTHS
from allegiance.pictures import element, joined, table
from allegiance.pictures.shifts import shifts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegiance.analysis.coalition_wish import CoalitionWish
    from allegiance.model import Result
    from allegiance.pictures import Markup

MOST_DRAWN = 60
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Lever:
    """A tie that changes; weights in tenths, as fractions for the cheapest change may need them.

    Attributes:
        a: one actor; `b` the other.
        b: see `a`.
        before: net weight now, 0 where there is no tie.
        after: net weight then.
        price: cost of one unit of change.
        statements: ids of the statements behind the tie as it is.
    """

    a: str
    b: str
    before: int
    after: Fraction
    price: Fraction
    statements: tuple[str, ...]

    @property
    def change(self) -> Fraction:
        """By how much the weight grows."""
        return self.after - self.before

    @property
    def cost(self) -> Fraction:
        """What the change costs."""
        return abs(self.change) * self.price / TENTHS


@dataclass(frozen=True, slots=True)
class Strain:
    """What is violated of one actor's ties, in tenths: today in the best split, then in the wished one."""

    before: int
    after: Fraction

    @property
    def gain(self) -> Fraction:
        """By how much less is violated then."""
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class Levers:
    """The cheapest change after which the wished coalition holds.

    Attributes:
        wish: what was wished.
        levers: the ties that change, the dearest first; None where no change was found in time.
        cost: of all changes, in units; None where none was found.
        lower_bound: certified: no change that fulfils the wish costs less.
        coalitions: the split that is optimal after the change, the wished coalition first.
        today: the best split found of the network as it is, the largest coalition first.
        violated: weight that the wished split violates after the change, in tenths.
        least: weight that every split violates after the change, in tenths, certified; equal to `violated`.
        strain: by actor, what is violated of its ties today and then.
    """

    wish: CoalitionWish
    levers: tuple[Lever, ...] | None
    cost: Fraction | None
    lower_bound: Fraction
    coalitions: tuple[tuple[str, ...], ...]
    today: tuple[tuple[str, ...], ...]
    violated: Fraction
    least: Fraction
    strain: Mapping[str, Strain]

    @property
    def profits(self) -> tuple[str, ...]:
        """Actors of whose ties less is violated then, who profits most first."""
        return self._by_gain(1)

    @property
    def pays(self) -> tuple[str, ...]:
        """Actors of whose ties more is violated then, who pays most first."""
        return self._by_gain(-1)

    def _by_gain(self, sign: int) -> tuple[str, ...]:
        found = [(sign * one.gain, actor) for actor, one in self.strain.items() if sign * one.gain > 0]
        return tuple(actor for _, actor in sorted(found, key=lambda entry: (-entry[0], entry[1])))

    def _repr_html_(self) -> str:
        """Draw the changes, with a table."""
        return joined((_drawn(self), *(piece for _, piece in _tables(self))))


def number(value: Fraction) -> int | float:
    """Return a fraction as JSON shows it: whole where it is, else the nearest float."""
    return value.numerator if value.denominator == 1 else float(value)


def units_of(tenths: Fraction | int) -> int | float:
    """Return tenths, maybe a fraction of them, in units."""
    return number(Fraction(tenths) / TENTHS)


def to_json(result: Result[Levers]) -> dict[str, Any]:
    """Return a result of `levers` under the documented keys of ``--json``; weights and costs in units."""
    found = result.value
    none = found.levers is None
    return {
        "value": None if found.cost is None else number(found.cost),
        "lower_bound": number(found.lower_bound),
        "proved": result.proved,
        "k": result.parameters["k"],
        "changes": None if found.levers is None else [_lever_json(lever) for lever in found.levers],
        "coalitions": [list(members) for members in found.coalitions],
        "coalitions_today": [list(members) for members in found.today],
        "check": None if none else {"violated": units_of(found.violated), "least": units_of(found.least)},
        "strain": {
            actor: {"today": units_of(one.before), "then": units_of(one.after)}
            for actor, one in found.strain.items()
            if not none and (one.before or one.after)
        },
        "profits": [] if none else list(found.profits),
        "pays": [] if none else list(found.pays),
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def _lever_json(lever: Lever) -> dict[str, Any]:
    return {
        "a": lever.a,
        "b": lever.b,
        "from": units_of(lever.before),
        "to": units_of(lever.after),
        # A third has no decimals that say it exactly.
        "to_exact": str(lever.after / TENTHS),
        "change": units_of(lever.change),
        "cost": number(lever.cost),
        "statements": list(lever.statements),
    }


def change_words(lever: Lever) -> str:
    """Word what would have to become of one relation."""
    way = "improve" if lever.change > 0 else "worsen"
    step = f"{way} by {_told(abs(lever.change))}"
    if not lever.before:
        return f"{step}, a new tie"
    if not lever.after:
        return f"{step}, to none"
    if (lever.after > 0) != (lever.before > 0):
        return f"{step}, and turn {'friendly' if lever.after > 0 else 'hostile'}"
    return step


def cost_words(result: Result[Levers]) -> str:
    """Word what the wish costs, and how far that is proved."""
    found = result.value
    who = _wish_words(found)
    if found.cost is None or found.levers is None:
        return (
            f"No change was found in time that {who}; whatever fulfils the wish costs at least {number(found.lower_bound):g}. Give "
            "more time."
        )
    best = "every best split" if found.wish.strict else "a best split"
    if not found.levers:
        return f"Nothing has to change: {best} {who} as the ties are now."
    proof = (
        "proved: nothing cheaper does it"
        if result.proved
        else f"not proved: nothing cheaper than {number(found.lower_bound):g} does it; a longer --time-limit may tell more"
    )
    ties = "1 tie" if len(found.levers) == 1 else f"{len(found.levers):,} ties"
    return f"Changes of {ties} that cost {number(found.cost):g} ({proof}); then {best} {who}."


def check_words(found: Levers) -> str:
    """Word the check, and who profits."""
    if found.levers is None:
        return ""
    then, least = units_of(found.violated), units_of(found.least)
    lines = [f"Check: then that split violates {then:g}, and no split violates less than {least:g}."]
    for actors, words in ((found.profits, "Less is violated"), (found.pays, "More is violated")):
        if actors:
            told = ", ".join(
                f"{actor} ({units_of(found.strain[actor].before):g} to {units_of(found.strain[actor].after):g})"
                for actor in actors[:MOST_NAMED]
            )
            more = f" and {len(actors) - MOST_NAMED:,} more" if len(actors) > MOST_NAMED else ""
            lines.append(f"{words} of the ties of: {told}{more}.")
    return "\n".join(lines)


def _wish_words(found: Levers) -> str:
    wish, parts = found.wish, []
    if len(wish.coalition) > 1:
        parts.append(f"has {', '.join(wish.coalition[:-1])} and {wish.coalition[-1]} together")
    elif wish.coalition:
        parts.append(f"has {wish.coalition[0]} stand as wished")
    if wish.without:
        parts.append(f"without {', '.join(wish.without)}")
    parts += [f"has {' and '.join(group)} apart" for group in wish.apart]
    if wish.larger:
        parts.append("in the largest coalition")
    return ", ".join(parts)


def _told(tenths: Fraction) -> str:
    """Return tenths in units as people read them, a fraction where decimals don't end."""
    exact = tenths / TENTHS
    short = f"{float(exact):g}"
    return short if Fraction(short) == exact else str(exact)


def sections(result: Result[Levers]) -> Iterator[tuple[str, Markup]]:
    """Yield headings with what stands below them: the picture, the changes, who profits, the coalitions."""
    found = result.value
    yield "What would have to change", joined((element("p", cost_words(result)), _drawn(found)))
    yield from _tables(found)


def _drawn(found: Levers) -> Markup:
    rows = [
        (f"{lever.a} - {lever.b}", float(lever.before) / TENTHS, float(lever.after) / TENTHS)
        for lever in (found.levers or ())[:MOST_DRAWN]
    ]
    return shifts(rows, "Ties to change, from what they are to what they would be") if rows else joined(())


def _tables(found: Levers) -> Iterator[tuple[str, Markup]]:
    if found.levers:
        cells = [
            (
                f"{lever.a} - {lever.b}",
                f"{units_of(lever.before):g}",
                _told(lever.after),
                change_words(lever),
                f"{number(lever.cost):g}",
                ", ".join(lever.statements[:5]),
            )
            for lever in found.levers[:MOST_DRAWN]
        ]
        heads = ["tie", "weight now", "then", "has to", "cost", "today's statements"]
        more = f"The {MOST_DRAWN} dearest of {len(found.levers):,}." if len(found.levers) > MOST_DRAWN else ""
        yield "The relations", table(heads, cells, caption=more)
        moved = [
            (actor, units_of(found.strain[actor].before), units_of(found.strain[actor].after))
            for actor in (*found.profits, *found.pays)
        ]
        caption = (
            "Weight of an actor's ties that is violated: today in the best split, then in the wished one."
        )
        strained = table(["actor", "today", "then"], moved[:MOST_DRAWN])
        yield "Who profits, who pays", joined((element("p", caption), strained))
    rows = [(f"C{place}", ", ".join(members)) for place, members in enumerate(found.coalitions, start=1)]
    yield "The coalitions then" if found.levers else "The coalitions", table(["", "members"], rows)
