"""One relation that a reader gave, as a human judges it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """One relation that a reader gave: where, between which words, which, by which rule."""

    id: str
    unit: str
    a: str
    relation: str
    b: str
    rule: str
    sentence: str
