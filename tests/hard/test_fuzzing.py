"""Broken files of every kind end in a sentence: no fault of the program, nothing that hangs. CI takes few of each, `make hard` 10,000."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hard.fuzzing import faults
from hard.inputs import KINDS
from hard.mutation import mutated

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

EACH = int(os.environ.get("ALLEGIANCE_MUTATED", "12"))


@pytest.mark.parametrize("kind", KINDS)
def test_broken_files_end_in_a_sentence(kind: str, tmp_path: Path, endings: dict[str, Counter[str]]) -> None:
    """Whatever is done to a file, it is read, or refused by an error of our own, in less than 20 seconds."""
    assert list(faults(kind, range(EACH), tmp_path, endings[kind])) == []


def test_mutations_change_files_and_are_the_same_each_time() -> None:
    """The harness breaks what it is given, and a number always breaks it in the same way."""
    sound = [b"name,kind\nVeldania,state\n" * 20]
    made = [mutated(sound, "any", number) for number in range(50)]
    assert made == [mutated(sound, "any", number) for number in range(50)]
    assert sum(one != sound[0] for one in made) > 40
