"""The atom: source S says that A does R to B, here: "quote"."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from json.encoder import encode_basestring as _json
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError

if TYPE_CHECKING:
    from allegiance.model.dates import DateInterval
    from allegiance.model.source import Source


class Modality(StrEnum):
    """How the holder puts it; never folded into the sign."""

    ASSERTED = "asserted"
    DENIED = "denied"
    DEMANDED = "demanded"
    PREDICTED = "predicted"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """Where a text says it: ``doc.text[start:end] == quote`` for the document with id `document`.

    Attributes:
        document: its id.
        start: offset of the first character of the quote.
        end: offset behind its last.
        quote: the words that say it.
        also: further spans of the same text that say it too or that it rests on, as (start, end).
    """

    document: str
    start: int
    end: int
    quote: str
    also: tuple[tuple[int, int], ...] = ()

    def context(self, text: str, around: int = 200) -> tuple[str, str]:
        """Return up to `around` characters of the document's text on either side of the quote."""
        return text[max(0, self.start - around) : self.start], text[self.end : self.end + around]


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """Which row of a data set says it: `dataset` is its name, `row` the key of the row in it."""

    dataset: str
    row: str


Evidence = TextEvidence | RowEvidence


@dataclass(frozen=True, slots=True)
class ReaderTag:
    """Which reader made a statement, in which version, by which of its rules."""

    name: str
    version: str
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says that `actor` does `act` to `target`, and where.

    Example: The Daily says that Veldania supplies the Kesh Front, here: "Veldania armed the Kesh Front."

    Attributes:
        source: who holds it.
        actor: canonical name of the one who acts.
        act: a name of the code book.
        target: canonical name of the one acted upon.
        polarity: +1 with, -1 against, 0 neither. What the words say, before negation and modality count.
        weight: integer tenths, not negative.
        modality: how the holder puts it.
        negated: whether the words negate the act ("did not attack").
        date: when, as an interval of days, or None.
        evidence: the quoted characters and further ones, or the row of a data set.
        confidence: 0 to 1.
        reader: which reader and rule made it.
        marking: release marking (a TLP 2.0 label), empty for unmarked.
        actor_text: the surface words for the actor.
        target_text: the surface words for the target.
        qualifiers: further named words of the statement (condition, goods, via, ...), sorted by name.
        read_as: the names of actor and target as they were read, where a case shows either under another name; the id
            stays that of what was read.
    """

    source: Source
    actor: str
    act: str
    target: str
    polarity: int
    weight: int
    modality: Modality
    negated: bool
    date: DateInterval | None
    evidence: Evidence
    confidence: float
    reader: ReaderTag
    marking: str = ""
    actor_text: str = ""
    target_text: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()
    read_as: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        if self.polarity not in (-1, 0, 1):
            raise DataError(f"A statement's polarity is -1, 0 or 1, not {self.polarity}.")
        if self.weight < 0:
            raise DataError(
                f"A statement's weight is at least 0 (its sign is its polarity), not {self.weight}."
            )
        if not 0 <= self.confidence <= 1:
            raise DataError(f"A statement's confidence lies between 0 and 1, not {self.confidence}.")
        if not self.actor or not self.target:
            raise DataError("A statement needs an actor and a target.")

    @property
    def id(self) -> str:
        """A hash of what is said, by whom and where: the same statement has the same id on any machine.

        Marking and confidence don't count: they are judgements on a statement, and whoever judges anew must not rename it,
        or its reviews would belong to nobody.
        """
        return "s" + hashlib.sha256(self._content().encode("utf-8", "surrogatepass")).hexdigest()[:15]

    def _content(self) -> str:
        """Return what the id is a hash of, as JSON with sorted keys and no spaces, five times as fast as `json` can.

        Files hold millions of statements. It is `_fields` without marking and confidence.
        """
        evidence = self.evidence
        if isinstance(evidence, TextEvidence):
            spans = ",".join([f"[{start},{end}]" for start, end in evidence.also])
            also = f'"also":[{spans}],' if spans else ""
            where = (
                f'{{{also}"document":{_json(evidence.document)},"end":{evidence.end},"quote":{_json(evidence.quote)},'
                f'"start":{evidence.start}}}'
            )
        else:
            where = f'{{"dataset":{_json(evidence.dataset)},"row":{_json(evidence.row)}}}'
        qualifiers = ",".join(
            [f"{_json(name)}:{_json(value)}" for name, value in sorted(dict(self.qualifiers).items())]
        )
        when = f'"{self.date}"' if self.date else "null"
        actor, target = self.read_as or (self.actor, self.target)
        return (
            f'{{"act":{_json(self.act)},"actor":{_json(actor)},"actor_text":{_json(self.actor_text)},'
            f'"date":{when},"evidence":{where},"modality":{_json(self.modality)},'
            f'"negated":{"true" if self.negated else "false"},"polarity":{self.polarity},"qualifiers":{{{qualifiers}}},'
            f'"reader":{_json(str(self.reader))},"rule":{_json(self.reader.rule)},'
            f'"source":[{",".join(map(_json, self.source.chain))}],"target":{_json(target)},'
            f'"target_text":{_json(self.target_text)},"weight":{self.weight}}}'
        )

    def to_json(self) -> dict[str, Any]:
        """Return the statement under the documented keys of ``--json``."""
        read_as = {"read_as": list(self.read_as)} if self.read_as else {}
        return {"id": self.id, **self._fields(), **read_as}

    def _fields(self) -> dict[str, Any]:
        if isinstance(self.evidence, TextEvidence):
            evidence: dict[str, Any] = {
                "document": self.evidence.document,
                "start": self.evidence.start,
                "end": self.evidence.end,
                "quote": self.evidence.quote,
            }
            if self.evidence.also:
                evidence["also"] = [list(span) for span in self.evidence.also]
        else:
            evidence = {"dataset": self.evidence.dataset, "row": self.evidence.row}
        return {
            "source": list(self.source.chain),
            "actor": self.actor,
            "act": self.act,
            "target": self.target,
            "polarity": self.polarity,
            "weight": self.weight,
            "modality": self.modality.value,
            "negated": self.negated,
            "date": str(self.date) if self.date else None,
            "evidence": evidence,
            "confidence": self.confidence,
            "reader": str(self.reader),
            "rule": self.reader.rule,
            "marking": self.marking,
            "actor_text": self.actor_text,
            "target_text": self.target_text,
            "qualifiers": dict(self.qualifiers),
        }
