"""The sentences and tables of `allegiance stability`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.stability_answer import asked_of, core_words, place_words, wish_words
from allegiance.model import units

if TYPE_CHECKING:
    from rich.table import Table

    from allegiance.analysis.stability_answer import Stability
    from allegiance.model import Result

MOST_ACTORS = 40
MOST_PIVOTS = 15
NOTE = "What an actor wants is read from its ties alone; nothing is said of what it will do."


def progress(done: int, total: int) -> str:
    """Word how far the search for pivots has come."""
    return f"taking out one actor after the other: {done:,} of {total:,}"


def departures(found: Stability) -> Table:
    """Return what leaving would bring to each, those who gain most first."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Actor", "in", "ties there", "by leaving", "for where", "where it is welcome"):
        table.add_column(column, overflow="fold")
    rows = asked_of(found)
    for one in rows[:MOST_ACTORS]:
        table.add_row(
            Text(one.actor, style="bold" if one.gain > 0 else ""),
            f"C{one.coalition + 1}",
            f"{units(one.worth)}",
            f"{units(one.gain):+}" if one.to is not None else "",
            Text(place_words(one.to)),
            Text(
                "the same"
                if one.welcome_to == one.to
                else f"{units(one.welcome_gain):+} {place_words(one.welcome_to)}"
            ),
        )
    if len(rows) > MOST_ACTORS:
        table.caption = f"The {MOST_ACTORS} who gain most, or lose least, of {len(rows):,}; --json has all."
    return table


def pivots(found: Stability) -> Table:
    """Return the actors without whom the others would be split otherwise."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Without", "the others violate less by", "who would stand elsewhere"):
        table.add_column(column, overflow="fold")
    for one in found.pivots[:MOST_PIVOTS]:
        table.add_row(Text(one.actor), f"{units(one.saves)}", Text(", ".join(one.moved)))
    if len(found.pivots) > MOST_PIVOTS:
        table.caption = f"The first {MOST_PIVOTS} of {len(found.pivots):,} pivots; --json has all."
    return table


def summary(result: Result[Stability]) -> str:
    """Word the wish, single moves, groups, pivots, and what is proved."""
    found = result.value
    split = found.split
    bound = int(split.lower_bound or 0)
    proof = "proved" if split.proved else f"not proved, at least {units(bound)}"
    lines = [f"The split violates {units(split.value.frustration)} ({proof})."]
    lines += [wish_words(found)] if found.wished else []
    leavers = sum(one.gain > 0 for one in found.departures)
    if found.nash_stable:
        lines.append("Nobody gains by moving alone: Nash stable, and so individually stable.")
    else:
        also = (
            "; nobody is welcome where it would gain: individually stable."
            if found.individually_stable
            else "; nor individually stable: some are welcome where they would gain."
        )
        lines.append(f"{leavers:,} would gain by moving alone, so it is not Nash stable{also}")
    lines.append(core_words(found))
    if not found.pivots:
        lines.append("Without any one actor the split of the others is as good as any.")
    if found.undecided_pivots:
        lines.append(f"Time ended before all were taken out; open: {len(found.undecided_pivots):,} actors.")
    return "\n".join([*lines, NOTE])


def evidence(result: Result[Stability]) -> list[str]:
    """Return the ids of the statements behind the gains that are told, the greatest first."""
    return [stmt for one in asked_of(result.value) for tie in one.ties for stmt in tie.statements]
