"""A sample of what a reader gave, as a table for a human to judge, and the judgements read back."""

from __future__ import annotations

import csv
import io
import random
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError
from allegiance.evaluation.scores import Measure
from allegiance.reading.decoding import decoded, file_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.output import Output

COLUMNS = ("id", "verdict", "a", "relation", "b", "rule", "sentence")
JUDGED = Measure("judged right", "share", "A human read the sentence and found the relation told in it.")
_VERDICTS = {"yes": 1, "y": 1, "1": 1, "right": 1, "no": 0, "n": 0, "0": 0, "wrong": 0}
# What a spreadsheet would take for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_sample(outputs: Sequence[Output], number: int, seed: int) -> bytes:
    """Return a CSV of `number` outputs drawn at random, with an empty column for the verdict."""
    drawn = random.Random(seed).sample(outputs, min(number, len(outputs)))  # noqa: S311 - no secret
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in drawn:
        writer.writerow(
            [plain_cell(cell) for cell in (one.id, "", one.a, one.relation, one.b, one.rule, one.sentence)]
        )
    return file.getvalue().encode("utf-8", "replace")


def plain_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def count_verdicts(path: Path, ledger: Ledger) -> None:
    """Count the verdicts of `path` on those outputs that the reader still gives.

    Raises:
        UsageError: there is no such file.
        DataError: it has no columns id and verdict, or none of its outputs is given any longer.
        BadRowError: a verdict is neither yes nor no.
    """
    by_id = {one.id: one for one in ledger.outputs}
    verdicts = read_verdicts(path)
    still_given = [(by_id[name], right) for name, right in verdicts.items() if name in by_id]
    if not still_given:
        raise DataError(
            f"{path.name} judges {len(verdicts)} outputs, none of which the reader gives; draw a new sample with --sample."
        )
    for output, right in still_given:
        ledger.count(output.unit, JUDGED, "all", right=right, found=1)


def read_verdicts(path: Path, *, skip: str | None = None) -> dict[str, int]:
    """Return by id of the output whether it was judged right; rows without a verdict, or whose id begins with `skip`, are left out."""
    rows = csv.DictReader(io.StringIO(decoded(file_bytes(path), path.name)))
    if not {"id", "verdict"} <= set(rows.fieldnames or ()):
        raise DataError(
            f"{path.name} needs the columns 'id' and 'verdict', as --sample writes them and a human fills them."
        )
    verdicts: dict[str, int] = {}
    for row in rows:
        told = (row["verdict"] or "").strip().casefold()
        name = (row["id"] or "").lstrip("'")
        if not told or (skip is not None and name.startswith(skip)):
            continue
        if told not in _VERDICTS:
            raise BadRowError(path.name, rows.line_num, f"the verdict is {told[:40]!r}; write yes or no.")
        verdicts[name] = _VERDICTS[told]
    return verdicts
