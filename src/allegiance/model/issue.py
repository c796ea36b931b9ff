"""A disputed question on one scale: which party stands where, how strong it is, how much it cares, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from allegiance.errors import DataError, clipped

FEWEST_PARTIES = 2
MOST_PARTIES = 500
LARGEST = 1e12
"""Beyond it sums and products would lose their digits; nobody's position, capability or doubt is larger in a sensible unit."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that somebody put down, and by how much it may be off: the truth is held to lie evenly in value ± plus_minus."""

    value: float
    plus_minus: float = 0.0


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part in the dispute.

    Attributes:
        name: as the issue calls it.
        position: in the unit of the issue's scale.
        capability: at least 0, in any unit that all parties share.
        salience: 0 (it doesn't care) to 1 (nothing matters more to it).
        source: who says these numbers, in words.
        statements: ids of the statements that they rest on.
    """

    name: str
    position: Estimate
    capability: Estimate
    salience: Estimate
    source: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A disputed question.

    Attributes:
        name: what it is about.
        low: the lowest position that the scale has.
        high: the highest.
        parties: in the order of the file.
        unit: of the scale ("years").
        note: anything said of it.
    """

    name: str
    low: float
    high: float
    parties: tuple[Party, ...]
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what can't be bargained about."""
        if not (-LARGEST <= self.low < self.high <= LARGEST):
            raise DataError(
                f"The scale of {self._title} runs from {self.low:g} to {self.high:g}; it must rise from one number to another, in a sensible unit."
            )
        if len(self.parties) < FEWEST_PARTIES:
            count = "no party" if not self.parties else "one party"
            raise DataError(f"{self._title} has {count}; a dispute needs at least two.")
        if len(self.parties) > MOST_PARTIES:
            raise DataError(f"{self._title} has {len(self.parties):,} parties; at most {MOST_PARTIES} fit.")
        seen: set[str] = set()
        for party in self.parties:
            if party.name in seen:
                raise DataError(
                    f"{self._title} has two parties called {clipped(party.name)!r}; merge or rename one."
                )
            seen.add(party.name)
            self._check(party)
        if not any(party.capability.value * party.salience.value for party in self.parties):
            raise DataError(
                f"No party of {self._title} has both capability and salience above 0, so nobody has a say."
            )

    @property
    def _title(self) -> str:
        return f"issue {clipped(self.name)!r}"

    def _check(self, party: Party) -> None:
        who = f"party {clipped(party.name)!r}"
        for what, one in (
            ("position", party.position),
            ("capability", party.capability),
            ("salience", party.salience),
        ):
            if not abs(one.value) <= LARGEST:  # neither is NaN
                raise DataError(f"The {what} of {who} is {one.value}; give a number, in a sensible unit.")
            if not 0 <= one.plus_minus <= LARGEST:
                raise DataError(
                    f"The {what} of {who} is uncertain by ± {one.plus_minus}; give a number of at least 0."
                )
        if not self.low <= party.position.value <= self.high:
            raise DataError(
                f"The position of {who} is {party.position.value:g}, outside the scale {self.low:g} to {self.high:g}."
            )
        if party.capability.value < 0:
            raise DataError(f"The capability of {who} is {party.capability.value:g}; it can't be below 0.")
        if not 0 <= party.salience.value <= 1:
            raise DataError(
                f"The salience of {who} is {party.salience.value:g}; it lies between 0 and 1 (write 80 of 100 as 0.8)."
            )
