"""The table of how well readers read."""

from __future__ import annotations

from allegiance.coding import READERS
from allegiance.coding.measured import measured
from allegiance.coding.rules import VERSION as RULES
from allegiance.coding.taught_reader import VERSION as TAUGHT


def test_measures_are_of_readers_as_they_are_now() -> None:
    """Each measured reader exists, its shares are shares, and the version measured is the one that is shipped."""
    found = measured()
    assert set(found) <= set(READERS)
    assert all(0 < one.precision < 1 and 0 < one.recall < 1 for one in found.values())
    assert {name: one.version for name, one in found.items()} == {"taught": TAUGHT, "rules": RULES}
