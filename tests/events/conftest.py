"""What the tests of the formats share: their fixture files, a small who-is-who, and a count of a reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import BadRowError
from allegiance.events import load
from allegiance.model import Statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from allegiance.events import Tally

FILES = Path(__file__).resolve().parents[1] / "fixtures" / "events"
KNOWN = {
    ("cameo", "VLD"): "Veldania",
    ("cameo", "KES"): "Keshir",
    ("cameo", "UNO"): "United Nations",
    ("cameo", "NA"): "Namibia",
    ("name", "KESH FRONT"): "Kesh Front",
    ("name", "KESHIR"): "Keshir",
    ("name", "Veldania"): "Veldania",
    ("name", "Keshir"): "Keshir",
    ("cow", "981"): "Veldania",
    ("cow", "982"): "Keshir",
    ("iso2", "VL"): "Veldania",
    ("iso2", "NA"): "Namibia",
    ("cow", "2"): "United States",
    ("cow", "200"): "United Kingdom",
}


def resolve(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    """Know the actors of the fixtures only."""
    return KNOWN.get((scheme.partition(":")[0], code))


def nobody(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    """Know nobody."""
    return None


Read = tuple[list[Statement], list[BadRowError], "Tally"]


@pytest.fixture
def read() -> Callable[..., Read]:
    """Return a function that reads a file to the end, and checks that each row is used or skipped with its reason."""

    def _read(path: Path | str, fmt: str, *, known: bool = True, **options: str) -> Read:
        reading = load(FILES / path, fmt, resolve if known else nobody, options=options)
        stmts: list[Statement] = []
        bad: list[BadRowError] = []
        for item in reading:
            if isinstance(item, BadRowError):
                bad.append(item)
            elif isinstance(item, Statement):
                stmts.append(item)
        tally = reading.tally
        assert tally.rows == tally.used + len(bad)
        assert len(bad) == sum(tally.skipped.values())
        return stmts, bad, tally

    return _read


@pytest.fixture
def files() -> Path:
    """Return the folder of this room's fixtures."""
    return FILES
