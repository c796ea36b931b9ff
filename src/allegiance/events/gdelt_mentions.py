"""GDELT 2.0 mentions: who wrote of an event, in which sentence; what the event is stands in the events file beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from allegiance import unfinished
from allegiance.errors import BadRowError, DataError, clipped
from allegiance.events.archive import is_archive, unpack
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format, Intake, Tally
from allegiance.events.gdelt import GDELT
from allegiance.events.header import first_line
from allegiance.events.textfile import lines, require_text
from allegiance.model import ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WIDTH = 16
_STAMP = 14  # YYYYMMDDHHMMSS
_EXPORT = re.compile(r"\d{14}\.export\.csv(\.zip|\.gz)?", re.IGNORECASE)
_READER = ReaderTag("gdelt-mentions", READER_VERSION, "mention")
NO_EVENT = "its event is in none of the events files beside it"
NO_STATEMENT = "its event tells no relation between two actors"


@dataclass(frozen=True, slots=True)
class _Mention:
    """One row: where an event is mentioned; offsets below 0 are not known."""

    event: str
    outlet: str
    address: str
    sentence: int
    offsets: tuple[int, int, int]
    confidence: int

    @classmethod
    def of(cls, fields: list[str]) -> _Mention:
        """Read the columns of a row.

        Raises:
            ValueError: with the sentence that says what is wrong with it.
        """
        event, _, _, _, outlet, address, sentence, one, two, action, _, confidence = fields[:12]
        if not event.isdigit():
            raise ValueError(f"{clipped(event, 20)!r} is no GLOBALEVENTID")
        try:
            numbers = [int(text) for text in (sentence, one, two, action, confidence)]
        except ValueError:
            raise ValueError("its sentence, offsets or confidence are no whole numbers") from None
        if not 0 <= numbers[-1] <= 100 or numbers[0] < 0:  # noqa: PLR2004 - percent
            raise ValueError("its sentence is negative, or its confidence not 0 to 100")
        if len(outlet) > LONGEST_NAME:
            raise ValueError(f"its source's name has more than {LONGEST_NAME} characters")
        return cls(
            event, outlet.strip(), address, numbers[0], (numbers[1], numbers[2], numbers[3]), numbers[4]
        )

    def statement(self, dataset: str, event: Statement) -> Statement:
        """Return what the event says, as this outlet's mention of it."""
        words = zip(("actor offset", "target offset", "act offset"), self.offsets, strict=True)
        qualifiers = {
            **dict(event.qualifiers),
            **{name: str(offset) for name, offset in words if offset >= 0},
            "sentence": str(self.sentence),
            "url": self.address,
        }
        return replace(
            event,
            source=Source(("GDELT", self.outlet) if self.outlet else ("GDELT",)),
            evidence=RowEvidence(
                dataset, f"GLOBALEVENTID {self.event}, sentence {self.sentence} of {self.address}"
            ),
            confidence=self.confidence / 100,
            reader=_READER,
            qualifiers=tuple(sorted((name, value) for name, value in qualifiers.items() if value)),
        )


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    require_text(intake.path)
    files = _companions(intake.path)
    if not files:
        raise DataError(
            f"{intake.dataset} says where events were mentioned, not who they are between: put GDELT's events file of the "
            f"same time (such as {_first_export(intake.path)}) beside it, or into the same archive."
        )
    events, known = _events(intake, files)
    for number, line, fault in lines(intake.path):
        intake.tally.rows += 1
        fields = line.split("\t")
        if fault or len(fields) != WIDTH:
            yield intake.bad(number, fault or f"it has {len(fields)} columns, a GDELT mention has {WIDTH}")
            continue
        try:
            mention = _Mention.of(fields)
        except ValueError as wrong:
            yield intake.bad(number, str(wrong))
            continue
        event = events.get(mention.event)
        if event is None:
            yield intake.no_relation(number, NO_STATEMENT if mention.event in known else NO_EVENT)
            continue
        intake.tally.used += 1
        yield mention.statement(intake.dataset, event)


def _events(intake: Intake, files: tuple[Path, ...]) -> tuple[dict[str, Statement], set[str]]:
    """Return the statements of the events that the file mentions, and the ids of all events that were found."""
    wanted = {line.partition("\t")[0] for _, line, fault in lines(intake.path) if not fault}
    found: dict[str, Statement] = {}
    known: set[str] = set()
    with unfinished.scratch() as folder:
        for number, file in enumerate(files):
            packed = unpack(file, folder / str(number)) if is_archive(file) else ((None, file),)
            for _, plain in packed:
                known |= {line.partition("\t")[0] for _, line, fault in lines(plain) if not fault} & wanted
                for stmt in GDELT.read(Intake(plain, plain.name, intake.resolve, intake.codebook, Tally())):
                    if isinstance(stmt, Statement) and isinstance(stmt.evidence, RowEvidence):
                        key = stmt.evidence.row.removeprefix("GLOBALEVENTID ")
                        if key in wanted:
                            found[key] = stmt
    return found, known


def _companions(path: Path) -> tuple[Path, ...]:
    """Return the events files beside a file of mentions: those of the times at which its events were added.

    GDELT names an events file for the quarter of an hour in which its events were added, and a mention says when its
    event was. Files of events that bear other names (joined, renamed) are taken as well.
    """
    stamps = {
        fields[1] for _, line, fault in lines(path) if not fault and len(fields := line.split("\t")) == WIDTH
    }
    found = []
    for other in sorted(path.parent.iterdir()):
        if other == path or not other.is_file():
            continue
        if _EXPORT.fullmatch(other.name):
            if other.name[:_STAMP] in stamps:
                found.append(other)
        elif GDELT.sniff(other):
            found.append(other)
    return tuple(found)


def _first_export(path: Path) -> str:
    fields = first_line(path).split("\t")
    return (
        f"{fields[1] if len(fields) == WIDTH and len(fields[1]) == _STAMP else 'YYYYMMDDHHMMSS'}.export.CSV"
    )


def _sniff(path: Path) -> bool:
    fields = first_line(path).split("\t")
    return (
        len(fields) == WIDTH
        and fields[0].isdigit()
        and all(len(stamp) == _STAMP and stamp.isdigit() for stamp in fields[1:3])
    )


GDELT_MENTIONS = Format(
    name="gdelt-mentions",
    title="GDELT mentions 2.0, with the events they mention",
    citation=GDELT.citation,
    terms=GDELT.terms,
    url=GDELT.url,
    columns=(
        Column("GLOBALEVENTID", "which event", ()),
        Column("EventTimeDate", "when GDELT added the event: names the events file it stands in", ()),
        Column("MentionSourceName", "who wrote it"),
        Column("MentionIdentifier", "the article's address"),
        Column("SentenceID", "in which sentence, from 1; 0 is not known", ()),
        Column("Actor1CharOffset, Actor2CharOffset, ActionCharOffset", "where in the article", ("-1",)),
        Column("Confidence", "percent; the statement's confidence", ()),
    ),
    notes=(
        (
            "A mention doesn't say who did what to whom: the events files are looked for beside the file (or in the same "
            "archive), by the time in their names; events files under other names are taken, too."
        ),
        "One statement a mention: what the event says, from the outlet that mentions it, with sentence and offsets.",
        (
            "Add mentions instead of their events, or an event counts once for itself and once for each mention. In a folder "
            "or an archive that holds both, the events are only read with the mentions."
        ),
        "Skipped: mentions of events that no file beside it holds, or that have no two actors.",
    ),
    sniff=_sniff,
    read=_read,
    companions=_companions,
)
