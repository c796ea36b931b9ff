"""What one source says of one route: the atom of flow networks.

Where claims come from (texts, tables, payments) isn't known here; adding them up is for `flows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from allegiance.model import DateInterval


@dataclass(frozen=True, slots=True)
class RouteClaim:
    """That something goes straight from one place or body to the next, as one source has it.

    Example: The Daily says that oil goes from Tamber to Orlune.

    Attributes:
        start: where it comes from; `end` where it goes.
        end: see `start`.
        source: the chain of those who say so, outermost first; empty where nobody is named.
        statement: id of the statement, row or payment that tells it.
        goods: what goes, in lower case without article; empty where it isn't told.
        capacity: how much of it can go (or went), None where it isn't told.
        unit: of the capacity (a currency, barrels, ...); empty where it isn't told.
        price: price of one unit, None where it isn't told.
        confidence: 0 to 1.
        date: when, or None.
        denied: whether the source says that it is not so.
    """

    start: str
    end: str
    source: tuple[str, ...]
    statement: str
    goods: str = ""
    capacity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    confidence: float = 1.0
    date: DateInterval | None = None
    denied: bool = False

    def told_by(self, name: str) -> bool:
        """Return whether `name` is anywhere in the chain of sources, or is the whole chain written ``A > B``."""
        return name in self.source or name == " > ".join(self.source)

    def is_of(self, goods: str) -> bool:
        """Return whether all words of `goods` stand in what goes ("oil" in "smuggled oil"), in singular or plural."""
        told = {_singular(word) for word in self.goods.split()}
        return all(_singular(word) in told for word in goods.casefold().split())

    def to_json(self) -> dict[str, Any]:
        """Return the claim under the documented keys of ``--json``."""
        return {
            "source": list(self.source),
            "statement": self.statement,
            "goods": self.goods,
            "capacity": None if self.capacity is None else float(self.capacity),
            "unit": self.unit,
            "price": None if self.price is None else float(self.price),
            "confidence": self.confidence,
            "date": str(self.date) if self.date else None,
        }


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > len("gas") else word
