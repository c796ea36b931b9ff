"""Cells that list parties, parted by commas: a comma inside a name parts nothing."""

from __future__ import annotations

import re

# What stands behind a comma and still belongs to the name before it: "Gambia, The", "Congo, Republic of".
_TURNED = re.compile(
    r"(?:the|north|south|east|west|northern|southern|occupied|(?:.+ )?of(?: the)?|province of china)",
    re.IGNORECASE,
)
# Abbreviations as statistical lists use them: "Egypt, Arab Rep.", "Venezuela, RB".
_BEHIND = re.compile(
    r"(?:(?:arab|islamic|dem\.?(?: people's)?) )?rep\.?|fed\. sts\.?|p\.?d\.?r\.?|rb|fyr|sar", re.IGNORECASE
)
_COMMA = re.compile(r",(?![^()]*\))")


def names_listed(text: str) -> list[str]:
    """Return the parties of a cell, each once: ``EU, Yemen, North`` are the EU and North Yemen."""
    names: list[str] = []
    for part in (part.strip() for part in _COMMA.split(text)):
        if names and _TURNED.fullmatch(part):
            names[-1] = f"{part} {names[-1]}"
        elif names and _BEHIND.fullmatch(part):
            names[-1] = f"{names[-1]}, {part}"
        elif part:
            names.append(part)
    return list(dict.fromkeys(names))
