"""One row about two states by their COW codes, as the tables of political science have it, to one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.events.fields import whole
from allegiance.model import Modality, RowEvidence, Statement

if TYPE_CHECKING:
    from allegiance.events.format import Intake
    from allegiance.model import DateInterval, ReaderTag, Source


@dataclass(frozen=True, slots=True)
class DyadKind:
    """What all statements of a table share."""

    source: Source
    reader: ReaderTag


def present(name: str, text: str) -> int:
    """Return a whole number that may not be missing.

    Raises:
        ValueError: with the sentence that says what is wrong.
    """
    try:
        number = whole(text)
    except ValueError:
        raise ValueError(f"its {name} {text[:20]!r} is no whole number") from None
    if number is None:
        raise ValueError(f"its {name} is missing")
    return number


def state(intake: Intake, code: int, when: DateInterval) -> str:
    """Return the state that a COW code means on the first day of `when`, or the code where nobody is known."""
    return intake.resolve("cow", str(code), when.first) or f"COW {code}"


def dyad_statement(
    intake: Intake,
    kind: DyadKind,
    pair: tuple[str, str],
    act: tuple[str, int],
    when: DateInterval,
    key: str,
    qualifiers: tuple[tuple[str, str], ...] = (),
    texts: tuple[str, str] = ("", ""),
) -> Statement:
    """Return the statement that the first of `pair` does `act` (name, tenths) to the second; the sign is the code book's."""
    return Statement(
        source=kind.source,
        actor=pair[0],
        act=act[0],
        target=pair[1],
        polarity=intake.codebook.act(act[0]).sign,
        weight=act[1],
        modality=Modality.ASSERTED,
        negated=False,
        date=when,
        evidence=RowEvidence(intake.dataset, key),
        confidence=1.0,
        reader=kind.reader,
        actor_text=texts[0],
        target_text=texts[1],
        qualifiers=qualifiers,
    )
