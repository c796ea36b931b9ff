"""Sizes of actors from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError, UsageError
from allegiance.events.actor_sizes import read_sizes

if TYPE_CHECKING:
    from pathlib import Path


def test_sizes_are_read(tmp_path: Path) -> None:
    """Columns are found by name; further ones are of no account, and 0 is a size."""
    path = tmp_path / "sizes.csv"
    path.write_text("year,size,actor\n1938,0.5, A\n1938,0,B\n")
    assert read_sizes(path) == {"A": 0.5, "B": 0}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,x\n", "sizes.csv, row 2: the size 'x' is no number"),
        ("A,nan\n", "row 2: the size is nan"),
        ("A,1e300\n", "in a sensible unit"),
        ("A,1\nB,-2\n", "row 3: the size is -2"),
        ("A,1\nA,2\n", "row 3: 'A' has a size already"),
        (",1\n", "row 2: there is no actor"),
        ("", "gives no actor a size"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, rows: str, words: str) -> None:
    """Sizes are taken whole or not at all; the sentence names file and row."""
    path = tmp_path / "sizes.csv"
    path.write_text(f"actor,size\n{rows}")
    with pytest.raises(DataError, match=words):
        read_sizes(path)


def test_a_table_that_is_none(tmp_path: Path) -> None:
    """A missing file is the caller's fault, a missing column the file's."""
    with pytest.raises(UsageError):
        read_sizes(tmp_path / "none.csv")
    path = tmp_path / "sizes.csv"
    path.write_text("actor,power\nA,1\n")
    with pytest.raises(DataError, match="size"):
        read_sizes(path)
