"""The sentences and tables of `allegiance interdict`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.analysis.flows import measure, told
from allegiance.cli.words_flows import amount, counted, listed, opened
from allegiance.pictures import element, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.table import Table

    from allegiance.analysis.closure_doubt import Account
    from allegiance.analysis.interdict import Interdiction
    from allegiance.case.flows import OpenedFlows
    from allegiance.model import Result
    from allegiance.network.flows import FlowNetwork
    from allegiance.pictures import Markup

SEARCHING = "searching for the closures"
MOST_SHOWN = 20
_MANY = 1000


def search_progress(net: FlowNetwork, value: int, bound: int) -> str:
    """Word how far a search has come."""
    return f"{SEARCHING}: leaves {amount(net.units(value))}, at least {amount(net.units(bound))}"


def tables(found: Interdiction) -> Iterator[Table]:
    """Yield the closures, the routes that carry more then, and the accounts of sources as tables."""
    unit = measure(found.net)
    yield _table(
        "Close",
        ("close", "cost", f"{unit} before", "who says that it flows there"),
        [
            (
                " → ".join(one.name),
                amount(one.cost),
                amount(one.flow),
                "; ".join(told(arc) for arc in one.arcs[:3]),
            )
            for one in found.closures
        ],
    )
    if found.rerouted:
        yield _table(
            "Routes that carry more then (one way of rerouting)",
            ("route", "before", "after", "who says so"),
            [
                (f"{one.arc.start} → {one.arc.end}", amount(one.before), amount(one.after), told(one.arc))
                for one in found.rerouted
            ],
        )
    for title, accounts in (
        ("By each source's own account", found.by_source),
        ("If one believes all but one", found.without_source),
    ):
        if accounts:
            yield _table(
                title, ("source", "before", "after", "least possible", "still best"), map(_row, accounts)
            )


def _table(
    title: str, columns: Sequence[str], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]
) -> Table:
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    made = Table(title=title, header_style="bold", title_justify="left")
    for column in columns:
        made.add_column(column, overflow="fold")
    rows = list(rows)
    for row in rows[:MOST_SHOWN]:
        made.add_row(*map(Text, row))
    if len(rows) > MOST_SHOWN:
        made.caption = f"The first {MOST_SHOWN} of {len(rows):,}; --json has all."
    return made


def _row(one: Account) -> tuple[str, ...]:
    still = {True: "yes", False: "no", None: "-"}[one.survives]
    return (
        one.source,
        amount(one.before),
        amount(one.after),
        "-" if one.best is None else amount(one.best),
        still,
    )


def summary(result: Result[Interdiction]) -> str:
    """Word what is closed, how far that is proved, and whom one has to believe for it."""
    found = result.value
    unit = measure(found.net)
    lines = [
        f"From {listed(found.origins)} to {listed(found.goals)}: {_answer(found, unit, proved=result.proved)}"
    ]
    if not found.ends_given:
        lines.append(
            "Where --from or --to isn't given, flows begin where nothing leads to and end where nothing leads on."
        )
    lines.append(counted(found.net))
    if found.closures:
        lines.append(_ties(found))
        if found.greedy:
            lines.append(f"Closing one after the other (greedy) would leave {amount(found.greedy_after)}.")
        lines += _doubt(found)
    lines += _persons(found)
    return "\n".join(lines)


def _answer(found: Interdiction, unit: str, *, proved: bool) -> str:
    if not found.before:
        return "nothing flows, so there is nothing to stop."
    if not found.closures:
        return f"at most {amount(found.before)} {unit} can flow, and nothing within the budget lowers that."
    what = listed([" → ".join(one.name) for one in found.closures], 12)
    proof = (
        "proved: nothing within the budget leaves less"
        if proved
        else f"not proved: the least possible lies between {amount(found.lower_bound)} and {amount(found.after)}"
    )
    return (
        f"at most {amount(found.before)} {unit} can flow; with {what} closed (cost {amount(found.cost)}) "
        f"still {amount(found.after)} ({proof})."
    )


def _ties(found: Interdiction) -> str:
    if found.others is None:
        return "Whether other closures are as good isn't known."
    if not found.others:
        return (
            "No other closures leave as little."
            if found.all_sets
            else "No others as good were found in the time."
        )
    at_least = "" if found.all_sets else "At least "
    sets = listed([" + ".join(" → ".join(name) for name in names) for names in found.others], 3)
    count = len(found.others)
    what = "1 other set of closures leaves" if count == 1 else f"{count:,} other sets of closures leave"
    return f"{at_least}{what} as little: {sets}."


def _doubt(found: Interdiction) -> list[str]:
    mean = found.expected
    how = "exactly" if mean.exact else f"in {mean.worlds:,} draws, standard error {mean.error:.3g}"
    lines = [
        f"If each statement holds with its confidence, {_mean(mean.before)} flows on average before and {_mean(mean.after)} after ({how})."
    ]
    worst = found.worst
    if worst is not None and worst.after and len(found.by_source) > 1:
        lines.append(
            f"Worst case: by the account of {worst.source} alone {amount(worst.after)} of {amount(worst.before)} still flows."
        )
    silent = [one.source for one in found.without_source if not one.before]
    if silent:
        lines.append(f"Nothing at all is told to flow without: {listed(silent)}.")
    fails = [one.source for one in found.without_source if one.survives is False]
    unknown = [one.source for one in found.without_source if one.survives is None and one.before]
    if fails:
        lines.append(f"Other closures would be better without: {listed(fails)}.")
    elif found.without_source and not unknown and not silent:
        lines.append("Leaving out any one source, these closures are still among the best.")
    return lines


def _mean(value: float) -> str:
    return f"{value:,.0f}" if value >= _MANY else f"{value:.3g}"


def _persons(found: Interdiction) -> list[str]:
    lines = []
    if found.routes_of_persons:
        who = "1 person" if found.persons == 1 else f"{found.persons:,} persons"
        routes = "1 route" if found.routes_of_persons == 1 else f"{found.routes_of_persons:,} routes"
        lines.append(
            f"Persons are not ranked: {who} and {routes} of theirs are left out, and what flows through them."
        )
    if found.unknown:
        lines.append(
            f"Not closed, as they may be persons: {listed(found.unknown)}. Say with --place NAME or in a table for --actors "
            "which of them are places or bodies."
        )
    return lines


def paragraph(result: Result[Interdiction], flows_of: OpenedFlows) -> Markup:
    """Return summary and notes for a page."""
    lines = (*summary(result).split("\n"), *opened(flows_of, persons_told=True).split("\n"))
    return joined(element("p", line) for line in lines)
