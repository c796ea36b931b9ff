"""The sentences and tables of `allegiance lake`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rich.table import Table

    from allegiance.lake import AddReport, Member

ADDING = "converting archives"
CODING = "coding texts"
MOST_REASONS = 8


def added(report: AddReport) -> str:
    """Word what became of an archive."""
    if report.problem is not None:
        return f"allegiance: {report.problem}"
    if report.known:
        return f"{report.file}: already in the lake; nothing was added."
    return _counts(report.file, report.members)


def read(file: str, member: Member | None) -> str:
    """Word what became of a file of texts."""
    if member is None:
        return f"{file}: already in the lake, read the same way; nothing was added."
    return _counts(file, (member,), what="texts")


def coding(number: int, count: int) -> str:
    """Say which file of texts is being coded."""
    return CODING if count == 1 else f"{CODING}, file {number:,} of {count:,}"


def refused(count: int) -> str:
    """Say that archives could not be used."""
    files = "1 file" if count == 1 else f"{count:,} files"
    return f"{files} could not be used; the others are in the lake."


def after_add(path: Path) -> str:
    """Hint at the next commands."""
    return f"Next: allegiance lake ties {path} -o ties.parquet, or allegiance coalitions {path}"


def ties_written(count: int, target: Path) -> str:
    """Say where the ties are."""
    return f"Wrote {count:,} ties to {target}: what sources said, added up; weights are integer tenths."


def row_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return rows of a lake as a table."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in ("date", "who says so", "actor", "act", "target", "weight", "where"):
        table.add_column(column, overflow="fold")
    for row in rows:
        says = " > ".join(
            dict.fromkeys(name for name in (row["source"], row["outlet"], row["speaker"]) if name)
        )
        where = row["quote"] or f"{row['file']}, {row['row']}"
        manner = [row["modality"]] if row["modality"] != "asserted" else []
        act = ", ".join([row["act"], *manner, *(["negated"] if row["negated"] else [])])
        cells = (str(row["date"] or "undated"), says, row["actor"], act, row["target"])
        weight = units(row["polarity"] * row["weight"])
        table.add_row(*(Text(cell) for cell in (*cells, str(weight), where)))
    return table


def no_rows(what: str) -> str:
    """Say that nothing stands behind a tie or actor."""
    return f"No row that counts for a tie speaks of {what} there; --since, --until and --source may leave some out."


def rows_cut(most: int) -> str:
    """Say that there may be more."""
    return f"Only the newest {most:,} are shown; --limit shows more, --since and --until others."


def _counts(file: str, members: Iterable[Member], what: str = "rows") -> str:
    skipped: Counter[str] = Counter()
    rows = used = statements = 0
    for member in members:
        rows, used, statements = rows + member.rows, used + member.used, statements + member.statements
        skipped.update(member.skipped)
        skipped.update(member.notices)
    lines = [f"{file}: {rows:,} {what}, {used:,} of them used: {statements:,} statements."]
    lines += [f"  {count:,}: {reason}" for reason, count in skipped.most_common(MOST_REASONS)]
    if len(skipped) > MOST_REASONS:
        lines.append(
            f"  ... and {len(skipped) - MOST_REASONS:,} more reasons, all in the lake's manifest.jsonl"
        )
    return "\n".join(lines)
