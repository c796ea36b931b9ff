"""What the tests of the lake share: the fixtures of event data, who is who in them, and GDELT rows of any number."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.lake import Lake, Manner
from events.conftest import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegiance.lake import AddReport

FILES = Path(__file__).resolve().parents[1] / "fixtures" / "events"
CODES = ("010", "0834", "190", "036", "112", "057")
COUNTRIES = ("VLD", "KES", "ARN", "MER", "TOL")


def gdelt_row(
    number: int, *, day: str = "20310409", code: str = "190", first: str = "VLD", second: str = "KES"
) -> str:
    """Return a GDELT 2.0 row between two countries."""
    fields = [""] * 61
    fields[0], fields[1], fields[26] = str(number), day, code
    fields[5] = fields[6] = fields[7] = first
    fields[15] = fields[16] = fields[17] = second
    fields[59], fields[60] = "20400101000000", f"https://www.paper{number % 3}.example/{number}"
    return "\t".join(fields)


def gdelt_file(path: Path, rows: int, *, first: int = 0) -> Path:
    """Write a GDELT file whose rows differ in all that is added up by."""
    lines = []
    for number in range(first, first + rows):
        day = date(2030, 11, 1) + timedelta(days=number % 120)
        pair = COUNTRIES[number % 5], COUNTRIES[(number * 7 + 1 + number % 3) % 5]
        lines.append(
            gdelt_row(
                number, day=f"{day:%Y%m%d}", code=CODES[number % len(CODES)], first=pair[0], second=pair[1]
            )
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def add() -> Callable[..., list[AddReport]]:
    """Return a function that adds files to a lake, made if it isn't there, and gives the reports."""

    def _add(
        lake: Path, files: Sequence[Path], *, how: str = "", data_format: str | None = None
    ) -> list[AddReport]:
        return list(Lake.open(lake, create=True).add(files, Manner(resolve, how, data_format)))

    return _add


@pytest.fixture
def files() -> Path:
    """Return the folder of the fixtures of event data."""
    return FILES
