from __future__ import annotations

import pytest

from allegiance.events.listed import names_listed


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Gambia, The", ["The Gambia"]),
        ("EU, Yemen, North, EU", ["EU", "North Yemen"]),
        ("Niger, Congo, Republic of, Mali", ["Niger", "Republic of Congo", "Mali"]),
        ("Congo, Democratic Republic of the, Iran, Islamic Republic of", ["Democratic Republic of the Congo",
                                                                          "Islamic Republic of Iran"]),
        ("Egypt, Arab Rep., Venezuela, RB", ["Egypt, Arab Rep.", "Venezuela, RB"]),
        ("Terrorists (ISIL, ANF), Syria", ["Terrorists (ISIL, ANF)", "Syria"]),
        (" , ", []),
        ("The, Mali", ["The", "Mali"]),
    ],
)  # fmt: skip
def test_a_comma_inside_a_name_parts_nothing(cell: str, names: list[str]) -> None:
    """A list of parties is cut between names, never inside one."""
    assert names_listed(cell) == names
