"""The sentences and tables of `allegiance issue`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.issue_answer import attitude, forecast_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.table import Table
    from rich.text import Text

    from allegiance.analysis.issue_answer import Bargain
    from allegiance.case.proposals import Draft

DRAWING = "drawing the numbers anew"
NOTE = "Every number of a party is somebody's claim, as the file names it; the forecast follows from these and from the model."
_STANDS = "stays"


def parties(found: Bargain) -> Table:
    """Return the parties: what was put in, their attitude to risk, and where they end."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Party", "position", "capability", "salience", "risk", "at the end", "who says so"):
        table.add_column(column, overflow="fold")
    first = found.rounds[0].risk if found.rounds else {}
    last = found.rounds[-1].positions if found.rounds else {}
    for party in found.issue.parties:
        risk = first.get(party.name)
        count = len(party.statements)
        claims = f" ({count} statement{'s' if count != 1 else ''})" if count else ""
        table.add_row(
            Text(party.name),
            f"{party.position.value:.4g}",
            f"{party.capability.value:.4g}",
            f"{party.salience.value:.4g}",
            "-" if risk is None else f"{risk:.2f} {attitude(risk)}",
            f"{last.get(party.name, party.position.value):.4g}",
            Text((party.source or "nobody is named") + claims),
        )
    return table


def rounds(found: Bargain) -> Table:
    """Return the rounds: the forecast after each, and who yields to whom."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Round", "median", "mean", "who yields to whom", "stalemates"):
        table.add_column(column, overflow="fold")
    start = found.baselines
    table.add_row("start", f"{start['median']:.4g}", f"{start['mean']:.4g}", "", "")
    for number, one in enumerate(found.rounds, 1):
        moves = "\n".join(
            f"{move.party} to {move.challenger}: {move.kind}, now {move.position:.4g}" for move in one.moves
        )
        table.add_row(
            str(number),
            f"{one.median:.4g}",
            f"{one.mean:.4g}",
            Text(moves or "nobody"),
            f"{one.stalemates:,}",
        )
    return table


def outcomes(found: Bargain) -> Table:
    """Return who stands together at the end and, where it was asked, the share of draws that end nearest to each position."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    doubt = found.sensitivity
    if doubt is None:
        for column in ("At the end", "share of weight", "parties"):
            table.add_column(column, overflow="fold")
        for camp in found.camps:
            table.add_row(f"{camp.position:.4g}", f"{camp.share:.0%}", Text(", ".join(camp.parties)))
        return table
    for column in ("Draws end nearest to", "share", "where stood at first"):
        table.add_column(column, overflow="fold")
    for one in doubt.outcomes:
        table.add_row(f"{one.position:.4g}", f"{one.share:.0%}", Text(", ".join(one.parties)))
    return table


def summary(found: Bargain) -> str:
    """Word the forecast, its doubt, and what the spatial model says without bargaining."""
    start = found.baselines
    return (
        f"{forecast_words(found)} Without bargaining: median {start['median']:.4g}, mean {start['mean']:.4g} (by capability "
        f"alone {start['median_by_capability']:.4g} and {start['mean_by_capability']:.4g})."
    )


def quotes(lines: Iterable[tuple[str, str, str, str]]) -> Iterable[Text]:
    """Yield a line for each statement behind a party's numbers: party, id, source, words."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    for party, stmt_id, source, words in lines:
        yield Text(f"{party}: {stmt_id}  {source}: {words}")


def drafted(draft: Draft, path: Path) -> str:
    """Word that a draft was written."""
    names = ", ".join(party.name for party in draft.issue.parties)
    return f"Drafted {path} with {names}. Edit its numbers, then: allegiance issue {path}"
