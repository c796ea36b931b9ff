"""The members of coalitions as rows of a table, those who stand alone in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegiance.analysis.coalitions import CoalitionStructure


def membership(split: CoalitionStructure) -> list[tuple[str, str]]:
    """Return (C1, names), (C2, names), ... and at last (alone, names) where somebody is."""
    rows = [
        (f"C{number}", ", ".join(members))
        for number, members in enumerate(split.coalitions, start=1)
        if len(members) > 1
    ]
    alone = [members[0] for members in split.coalitions if len(members) == 1]
    return [*rows, ("alone", ", ".join(alone))] if alone else rows
