"""The sentences and tables of `allegiance flows`, and those that `interdict` shares with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.flows import told
from allegiance.pictures import element, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.table import Table

    from allegiance.analysis.flows import Flows
    from allegiance.case.flows import OpenedFlows
    from allegiance.network.flows import FlowNetwork
    from allegiance.pictures import Markup

MOST_ARCS = 40
NOTE = (
    "Each route is somebody's claim, not what is so; of a case, `allegiance explain CASE ID` shows the quote."
)


def path_table(found: Flows) -> Table:
    """Return the paths as a table, the widest first."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=f"Paths ({found.measure})", header_style="bold", title_justify="left")
    for column in ("flow", "path", "confidence", "price", "rests on"):
        table.add_column(column, overflow="fold")
    for way in found.paths:
        table.add_row(
            amount(way.amount),
            Text(" → ".join(way.nodes)),
            f"{way.confidence:.2f}",
            "-" if way.price is None else amount(way.price),
            Text(listed(way.statements, 3)),
        )
    return table


def arc_table(found: Flows) -> Table:
    """Return the routes as a table, those with flow first."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=f"Routes ({found.measure})", header_style="bold", title_justify="left")
    for column in ("from", "to", "flow", "capacity", "narrows", "confidence", "who says so"):
        table.add_column(column, overflow="fold")
    narrow = set(found.cut)
    order = sorted(
        range(len(found.arcs)), key=lambda place: (-found.amounts[place], -found.arcs[place].capacity, place)
    )
    for place in order[:MOST_ARCS]:
        arc = found.arcs[place]
        table.add_row(
            Text(arc.start),
            Text(arc.end),
            amount(found.amounts[place]),
            amount(arc.capacity),
            "yes" if place in narrow else "",
            f"{arc.confidence:.2f}",
            Text(told(arc)),
        )
    if len(order) > MOST_ARCS:
        table.caption = f"The first {MOST_ARCS} of {len(order):,} routes; --json has all."
    return table


def flow_summary(found: Flows) -> str:
    """Word how much flows from where to where, and what that counts."""
    if not found.arcs:
        return "No route is told of here."
    lines = [f"From {listed(found.origins)} to {listed(found.goals)}: {_most(found)}"]
    if not found.ends.given:
        lines.append(
            "Where --from or --to isn't given, flows begin where nothing leads to and end where nothing leads on."
        )
    lines.append(counted(found.net))
    if not found.complete:
        lines.append(f"The {len(found.paths)} widest paths are told; --paths tells more.")
    return "\n".join(lines)


def _most(found: Flows) -> str:
    if not found.value:
        return "no path leads there, so nothing can flow."
    narrows = listed([f"{found.arcs[arc].start} → {found.arcs[arc].end}" for arc in found.cut], 5)
    return f"at most {amount(found.value)} {found.measure} can flow (proved: the narrows {narrows} let no more through)."


def counted(net: FlowNetwork) -> str:
    """Word how capacities came about."""
    if net.counted == "sources":
        return "No amounts are told for all routes: a route is as wide as the number of its claimants. This counts claims, not volumes."
    if net.counted == "one":
        return "Each route counts 1: this counts routes, not volumes."
    unit = f" in {net.unit}" if net.unit else "; no unit is told"
    return f"Capacities as stated{unit}; of rival claims to a route the largest."


def opened(found: OpenedFlows, *, persons_told: bool = False) -> str:
    """Word what was left out on purpose, and what is mixed; `persons_told`: persons are spoken of elsewhere."""
    reasons = [f"{reason} ({number:,})" for reason, number in found.notes.items()]
    lines = [f"Left out: {'; '.join(reasons)}."] if reasons else []
    kinds = sorted({name.rpartition(" ")[2] or "not told" for name in found.goods})
    if len(kinds) > 1:
        lines.append(f"Different goods are added up ({listed(kinds)}); choose one with --goods.")
    if found.net.persons and not persons_told:
        lines.append(persons(found.net.persons))
    return "\n".join([*lines, NOTE])


def persons(number: int) -> str:
    """Word that persons aren't listed."""
    return (
        f"{number:,} {'person is' if number == 1 else 'persons are'} not listed; their flows stand together."
    )


def next_step(path: Path, found: Flows) -> str:
    """Hint at what to ask next."""
    return f"Next: allegiance interdict {path} --budget 1" if found.value else ""


def paragraph(found: Flows, flows_of: OpenedFlows) -> Markup:
    """Return summary and notes for a page."""
    return joined(
        element("p", line) for line in (*flow_summary(found).split("\n"), *opened(flows_of).split("\n"))
    )


def amount(value: float) -> str:
    """Word a number: whole ones whole, others with what is told."""
    return f"{value:,}" if isinstance(value, int) or not float(value).is_integer() else f"{int(value):,}"


def listed(names: Sequence[str], most: int = 8) -> str:
    """Return names joined by commas, and how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
