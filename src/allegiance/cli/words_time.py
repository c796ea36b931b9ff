"""The sentences, tables and captions of `allegiance timeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.table import Table

    from allegiance.analysis.timeline import Move, TieChange, Timeline
    from allegiance.model import Result
    from allegiance.report.river import River

MOST_TIES = 4
MOST_ACTORS = 8
READING = (
    "Each band is a coalition, as high as it has actors; ribbons are actors that change coalitions. "
    "The answer follows from what sources say, and says nothing of what is so."
)
SAME_LATER = "no tie at that time: to move a slice earlier would cost the same"


def summary(result: Result[Timeline]) -> str:
    """Word value, proof and caveats of a timeline."""
    found = result.value
    return "\n".join((f"{_cost(result)} Method: {result.method}.", *_caveats(found)))


def move_table(found: Timeline) -> Table:
    """Return the moves as a table, those who moved together in one line."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("from", "to", "who", "left", "joined", "moved by"):
        table.add_column(column, overflow="fold")
    for group in _together(found.moves):
        move = group[0]
        ties = sorted((tie for one in group for tie in one.ties), key=lambda tie: -tie.pull)
        owner = {id(tie): one.actor for one in group for tie in one.ties}
        told = [_tie(owner[id(tie)] if len(group) > 1 else "", tie) for tie in ties[:MOST_TIES]]
        cells = (
            move.before,
            move.after,
            _listed([one.actor for one in group]),
            _called(found, move.left),
            _called(found, move.joined),
            "; ".join(told) or SAME_LATER,
        )
        table.add_row(*(Text(cell) for cell in cells))  # Text: square brackets in names are no markup
    return table


def picture(result: Result[Timeline], title: str) -> River:
    """Return a timeline as a river, with its caption."""
    from allegiance.report.river import River  # noqa: PLC0415 - off the start-up path

    found = result.value
    return River(
        title=title,
        notes=(
            READING,
            _cost(result),
            *_caveats(found),
        ),
        columns=tuple(moment.label for moment in found.moments),
        members=tuple(
            {f"C{name + 1}": actors for name, actors in moment.coalitions.items()} for moment in found.moments
        ),
        leaders={f"C{name + 1}": actors for name, actors in found.leaders.items()},
    )


def written(path: Path) -> str:
    """Say where the picture is."""
    return f"Wrote {path}; open it in any browser, and point at a band or ribbon to see who is in it."


def hint(path: Path) -> str:
    """Hint at the picture."""
    return f"Next: allegiance timeline {path} -o river.svg"


def _cost(result: Result[Timeline]) -> str:
    found, bound = result.value, int(result.lower_bound or 0)
    proof = (
        "proved: nothing costs less"
        if result.proved
        else f"not proved: the least possible lies between {units(bound):,} and {units(found.cost):,}"
    )
    moves = len(found.moves)
    return (
        f"Violated tie weight {units(found.frustration):,} and {moves:,} move{'s' * (moves != 1)} at {units(found.gamma)} "
        f"each: {units(found.cost):,} ({proof})."
    )


def _caveats(found: Timeline) -> list[str]:
    caveats = []
    if found.overlapping:
        caveats.append(
            "The slices overlap, so the same event can stand in several of them: neighbours resemble each other for that."
        )
    if found.undated:
        caveats.append(f"{found.undated:,} statements without a date stand in no slice.")
    return caveats


def _together(moves: Sequence[Move]) -> list[list[Move]]:
    """Return the moves in groups of those who went the same way at the same time."""
    groups: dict[tuple[str, str, int, int], list[Move]] = {}
    for move in moves:
        groups.setdefault((move.before, move.after, move.left, move.joined), []).append(move)
    return list(groups.values())


def _tie(actor: str, tie: TieChange) -> str:
    change = (
        f"{units(tie.before)} to {units(tie.after)}"
        if tie.before != tie.after
        else f"{units(tie.after)}, who changed coalition"
    )
    return f"{actor} - {tie.other} {change}" if actor else f"{tie.other} {change}"


def _called(found: Timeline, name: int) -> str:
    return f"C{name + 1} ({', '.join(found.leaders[name][:2])})"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_ACTORS:,} more" if len(names) > MOST_ACTORS else ""
    return ", ".join(names[:MOST_ACTORS]) + more
