"""How well a user's own texts were read: a table for him to judge, and what his verdicts tell of precision and recall.

Statements are drawn at random for yes or no, and whole texts for how many relations were missed in them.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from allegiance.errors import BadRowError, DataError
from allegiance.evaluation.judging import COLUMNS, plain_cell, read_verdicts
from allegiance.evaluation.scores import Estimate
from allegiance.reading.decoding import decoded, file_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from allegiance.evaluation.output import Output

TEXT = "text:"
MISSED = "How many further relations between two actors does this text tell? Write the number under verdict."
# What a cell of a spreadsheet holds; longer texts aren't drawn, for what is cut off would count as read.
_LONGEST = 30_000
_SURE = 1.96  # standard deviations on each side of 95 %


@dataclass(frozen=True, slots=True)
class Audit:
    """What verdicts tell.

    Attributes:
        right: statements judged right.
        judged: statements judged.
        told: relations (pairs) that were read from the texts of which somebody said what was missed.
        missed: relations missed in these texts.
        texts: how many texts they are.
    """

    right: int
    judged: int
    told: int
    missed: int
    texts: int

    @property
    def precision(self) -> Estimate | None:
        """The share of statements that are right."""
        return wilson(self.right, self.judged) if self.judged else None

    @property
    def recall(self) -> Estimate | None:
        """The share of what the texts tell that was read: right relations among those read, as many as precision says, against those missed.

        The interval is that of a count: it knows nothing of texts that differ, and is too narrow where few were drawn.
        """
        if not self.texts or not self.judged:
            return None
        found = round(self.told * self.right / self.judged)
        return wilson(found, found + self.missed) if found + self.missed else None

    def to_json(self) -> dict[str, Any]:
        """Return counts and shares; a share that the verdicts don't tell is null."""
        return {
            "right": self.right,
            "judged": self.judged,
            "texts": self.texts,
            "told": self.told,
            "missed": self.missed,
            "precision": None if self.precision is None else self.precision.to_json(),
            "recall": None if self.recall is None else self.recall.to_json(),
        }


def wilson(hits: int, of: int) -> Estimate:
    """Return a share with its 95 % interval (E. B. Wilson 1927, doi:10.1080/01621459.1927.10502953).

    >>> wilson(9, 10).to_json()
    {'value': 0.9, 'low': 0.5958, 'high': 0.9821}
    """
    share, square = hits / of, _SURE**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    wide = _SURE * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return Estimate(share, max(0.0, middle - wide), min(1.0, middle + wide))


def draw(
    outputs: Sequence[Output], texts: Mapping[str, str], number: int, seed: int, *, whole: int = 5
) -> bytes:
    """Return a CSV of `number` statements and `whole` texts drawn at random, with an empty column for the verdict."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    drawn = chance.sample(list(outputs), min(number, len(outputs)))
    short = sorted(name for name, text in texts.items() if len(text) <= _LONGEST)
    names = chance.sample(short, min(whole, len(short)))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = [(one.id, "", one.a, one.relation, one.b, one.rule, one.sentence) for one in drawn]
    rows += [(TEXT + name, "", "", MISSED, "", "", texts[name]) for name in names]
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8", "replace")


def count(path: Path, outputs: Sequence[Output], texts: Iterable[str]) -> Audit:
    """Return what the verdicts of `path` tell of the statements that are still in force and of the texts of these ids.

    Raises:
        UsageError: there is no such file.
        DataError: it has no columns id and verdict, or none of its rows is of these statements or texts.
        BadRowError: a verdict is neither yes nor no, or a count of missed relations no number.
    """
    verdicts = read_verdicts(path, skip=TEXT)
    missed = _missed(path)
    by_id = {one.id: one for one in outputs}
    judged = [right for name, right in verdicts.items() if name in by_id]
    known = set(texts)
    seen = {name: number for name, number in missed.items() if name in known}
    if not judged and not seen:
        raise DataError(
            f"{path.name} judges nothing that stands in this case; draw a table with --to-judge and fill its verdicts."
        )
    # A relation that several statements tell is one, as those that were missed are counted.
    told = len({(one.unit, frozenset((one.a, one.b))) for one in outputs if one.unit in seen})
    return Audit(sum(judged), len(judged), told, sum(seen.values()), len(seen))


def _missed(path: Path) -> dict[str, int]:
    rows = csv.DictReader(io.StringIO(decoded(file_bytes(path), path.name)))
    found: dict[str, int] = {}
    for row in rows:
        name, told = (row.get("id") or "").lstrip("'"), (row.get("verdict") or "").strip()
        if not name.startswith(TEXT) or not told:
            continue
        if not told.isascii() or not told.isdigit() or len(told) > 6:  # noqa: PLR2004 - no text tells a million relations
            raise BadRowError(path.name, rows.line_num, f"{told[:40]!r} is no number of missed relations.")
        found[name.removeprefix(TEXT)] = int(told)
    return found
