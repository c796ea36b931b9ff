"""Small statements for tests of all rooms."""

from __future__ import annotations

from datetime import date
from typing import Any

from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement


def statement(actor: str = "A", target: str = "B", polarity: int = 1, **fields: Any) -> Statement:
    """Return a statement with unimportant defaults; `fields` replaces any of them."""
    values: dict[str, Any] = {
        "source": Source(("The Daily",)),
        "actor": actor,
        "act": "support",
        "target": target,
        "polarity": polarity,
        "weight": 50,
        "modality": Modality.ASSERTED,
        "negated": False,
        "date": DateInterval.day(date(2031, 4, 9)),
        "evidence": RowEvidence("invented.csv", f"line {actor}-{target}-{polarity}"),
        "confidence": 0.9,
        "reader": ReaderTag("test", "1", "row"),
    }
    return Statement(**{**values, **fields})
