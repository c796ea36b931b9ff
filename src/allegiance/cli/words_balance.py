"""The sentences and tables of `allegiance balance`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from allegiance.analysis.balance import Balance, FrustrationBalance

MOST_ACTORS = 40
NOTE = (
    "1 is balance. Triangles and walks read signs only. How balanced chance alone would make such a network is not told, so "
    "compare with other periods or sources rather than with 1."
)


def measures(found: Balance) -> Table:
    """Return the measures of the whole network as a table."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path

    table = Table(header_style="bold")
    for column in ("measure", "value", "what it is"):
        table.add_column(column, overflow="fold")
    census = ", ".join(f"{count:,} {kind}" for kind, count in found.census.items())
    table.add_row(
        "actors, ties", f"{found.actors:,}, {found.ties:,}", f"{found.negative:,} ties are negative"
    )
    table.add_row("triangle balance", _share(found.triangle), f"of the triangles {census}")
    table.add_row("weak balance", _share(found.weak_triangle), "triangles without exactly one negative tie")
    table.add_row(
        "walk balance", _share(found.walk), "closed walks, long ones counting less (Estrada and Benzi)"
    )
    table.add_row("frustration", _interval(found.frustration), _index(found.frustration, "ties"))
    if found.weighted:
        table.add_row("by weight", _interval(found.weighted), _index(found.weighted, "of weight"))
    return table


def actors(found: Balance) -> Table:
    """Return the measures around actors as a table, the least balanced first."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("Actor", "triangles", "balanced", "walks"):
        table.add_column(column, overflow="fold")
    known = [(one.triangle, name, one) for name, one in found.by_actor.items() if one.triangle is not None]
    for _, name, one in sorted(known, key=lambda row: (row[0], row[1]))[:MOST_ACTORS]:
        table.add_row(Text(name), f"{one.triangles:,}", _share(one.triangle), _share(one.walk))
    if len(known) > MOST_ACTORS:
        table.caption = (
            f"The {MOST_ACTORS} least balanced of {len(known):,} actors in triangles; --json has all."
        )
    return table


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _interval(found: FrustrationBalance) -> str:
    if found.proved:
        return _share(found.at_least)
    return f"{_share(found.at_least)} to {_share(found.at_most)}"


def _index(found: FrustrationBalance, what: str) -> str:
    least = f"{found.value:,}" if found.proved else f"{found.lower_bound:,} to {found.value:,}"
    return f"1 - 2 L / m: two coalitions violate at least {least} of {found.total:,} {what} (Aref and Wilson)"
