"""The sentences and tables of what `allegiance coalitions` answers beyond the split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.table import Table
    from rich.text import Text

    from allegiance.analysis.alternatives import Alternatives
    from allegiance.analysis.doubt import Doubt
    from allegiance.analysis.reasons import Reasons
    from allegiance.model import Result

DRAWING = "drawing the statements anew"
MOST_COALITIONS = 4
MOST_NAMES = 8


def reasons(found: Reasons) -> Iterable[Text]:
    """Yield a line for each violated tie with what contradicts it."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    yield Text(
        "Why ties are violated, if one believes the statements:" if found.ties else "No tie is violated.",
        style="bold",
    )
    for reason in found.ties:
        yield Text(f"  {units(reason.tie.weight):>6}  {reason.words}")
    if not found.complete:
        yield Text("  ... and lighter ones, which are left out here.")


def split_table(found: Alternatives) -> Table:
    """Return the splits as a table, one a line."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("split", "violates", "coalitions"):
        table.add_column(column, overflow="fold")
    for number, (split, value) in enumerate(zip(found.splits, found.values, strict=True), start=1):
        told = [_listed(members) for members in split[:MOST_COALITIONS]]
        more = f" | {len(split) - MOST_COALITIONS} more" if len(split) > MOST_COALITIONS else ""
        table.add_row(str(number), str(units(value)), Text(" | ".join(told) + more))
    return table


def alternatives(found: Alternatives) -> str:
    """Word how many splits there are and what they have in common."""
    count = len(found.splits)
    head = (
        (f"These are all {count:,} splits." if count > 1 else "There is no other split as good.")
        if found.complete
        else f"{count:,} splits are listed; there may be more (see --limit and --time-limit)."
    )
    core = "; ".join(_listed(group) for group in found.core[:MOST_COALITIONS])
    return f"{head}\nTogether in all of them: {core or 'nobody'}."


def doubt_table(found: Doubt) -> Table:
    """Return how often each actor stayed where it is, the least sure first."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Actor", "With its coalition", "Unaffiliated because"):
        table.add_column(column, overflow="fold")
    why = {one.actor: one.why for one in found.unaffiliated}
    for actor, share in sorted(found.actors.items(), key=lambda item: (item[1], item[0])):
        table.add_row(Text(actor), f"{'█' * round(share * 10):<10} {share:4.0%}", Text(why.get(actor, "")))
    return table


def doubt(result: Result[Doubt]) -> str:
    """Word what was drawn, and what the shares mean."""
    found, asked = result.value, result.parameters["resamples"]
    stopped = f" (stopped; {asked:,} were asked for)" if found.resamples < asked else ""
    unproved = found.resamples - found.proved
    short = f" {unproved:,} of them were not proved in time." if unproved else ""
    return (
        f"Drawn {found.resamples:,} times from {found.origins:,} {found.by}s{stopped}.{short} The share says how often an "
        f"actor stayed with its coalition when some {found.by}s counted more and others not at all."
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
