"""Any computed answer, with how it was made and how far it is proved."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T_co = TypeVar("T_co", covariant=True)

TENTHS = 10


def units(tenths: int) -> int | float:
    """Return integer tenths in units, as people and JSON see them: 170 -> 17, 175 -> 17.5."""
    return tenths // TENTHS if tenths % TENTHS == 0 else tenths / TENTHS


@dataclass(frozen=True, slots=True)
class Result(Generic[T_co]):
    """A value that knows where it comes from.

    Attributes:
        value: the answer itself.
        method: in words, how it was computed.
        parameters: what it was asked with.
        seed: the seed of everything random in it.
        proved: whether `value` is proved exact (or optimal).
        lower_bound: a certified lower bound of an optimum, in the same unit as the objective; None where none applies.
        evidence: ids of the statements it rests on.
        seconds: how long it took.
    """

    value: T_co
    method: str
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    seed: int = 0
    proved: bool = False
    lower_bound: int | float | None = None
    evidence: Sequence[str] = ()
    seconds: float = 0.0

    def _repr_html_(self) -> str:
        """Show the value as it draws itself, and how it was made; a notebook calls this."""
        draw = getattr(self.value, "_repr_html_", None)
        drawn = draw() if draw is not None else f"<pre>{escape(repr(self.value))}</pre>"
        return f"{drawn}<p>{escape(self._made())}</p>"

    def _made(self) -> str:
        proof = "Proved" if self.proved else "Not proved"
        return f"{proof}; {self.method}. Rests on {len(self.evidence):,} statements; seed {self.seed}."
