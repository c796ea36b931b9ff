"""GDELT's Global Knowledge Graph 1.0 and 2.1: what articles mention, quote, and in what tone. No relation follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, clipped
from allegiance.events.format import LONGEST_NAME, Column, Format
from allegiance.events.gdelt import GDELT
from allegiance.events.header import first_line
from allegiance.events.periods import compact_day
from allegiance.events.textfile import lines, require_text
from allegiance.model import DateInterval, Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake

# Version 1.0 has a header line and no quotations.
FIRST_HEADER = ("DATE", "NUMARTS", "COUNTS", "THEMES")
FIRST_WIDTH, SECOND_WIDTH = 11, 27
_ID, _DATE, _OUTLET, _URL, _TONE, _QUOTATIONS = 0, 1, 3, 4, 15, 22
_PARTS = 4  # offset, length, verb, quotation
NO_QUOTATION = "its article quotes nobody"
VERSION_1 = "GKG 1.0 holds no quotations, and themes and persons in one article are no relation between them"


def quotations(cell: str) -> list[str]:
    """Return the quoted words of a cell ``offset|length|verb|words#...``, in the order of the article.

    >>> quotations("12|20|said|we will not yield#99|9|warned|not | now")
    ['we will not yield', 'not | now']
    """
    found: list[str] = []
    for block in cell.split("#"):
        parts = block.split("|", _PARTS - 1)
        if len(parts) == _PARTS and parts[0].isdigit() and parts[1].isdigit():
            found.append(parts[-1])
        elif found:
            found[-1] += f"#{block}"  # the quotation itself holds a #
    return [words.strip() for words in found if words.strip()]


def _read(intake: Intake) -> Iterator[Document | BadRowError]:
    require_text(intake.path)
    for number, line, fault in lines(intake.path):
        fields = line.split("\t")
        if number == 1 and tuple(fields[:4]) == FIRST_HEADER:
            continue
        intake.tally.rows += 1
        if fault:
            yield intake.bad(number, fault)
        elif len(fields) == SECOND_WIDTH:
            yield _document(intake, number, fields)
        elif len(fields) == FIRST_WIDTH:
            yield intake.no_relation(number, VERSION_1)
        else:
            problem = (
                f"it has {len(fields)} columns, a GKG record has {SECOND_WIDTH} (2.1) or {FIRST_WIDTH} (1.0)"
            )
            yield intake.bad(number, problem)


def _document(intake: Intake, number: int, fields: list[str]) -> Document | BadRowError:
    """Return the quotations of an article as a text, or why there is none."""
    try:
        day = compact_day(fields[_DATE][:8])
    except ValueError:
        return intake.bad(number, f"{clipped(fields[_DATE], 20)!r} is no time (YYYYMMDDHHMMSS)")
    words = quotations(fields[_QUOTATIONS])
    if not words:
        return intake.no_relation(number, NO_QUOTATION)
    tone = fields[_TONE].partition(",")[0]
    intake.tally.used += 1
    return Document(
        text="\n".join(words),
        outlet=fields[_OUTLET].strip()[:LONGEST_NAME] or "GDELT",
        title=f"quotations in GKG record {clipped(fields[_ID], 60)}; tone of the article {clipped(tone, 12) or 'not known'}",
        date=DateInterval.day(day) if day else None,
        url=fields[_URL].strip(),
        origin=intake.dataset,
    )


def _sniff(path: Path) -> bool:
    fields = first_line(path).split("\t")
    if tuple(fields[:4]) == FIRST_HEADER:
        return True
    return len(fields) == SECOND_WIDTH and fields[_DATE].isdigit() and len(fields[_DATE]) == 14  # noqa: PLR2004


GKG = Format(
    name="gkg",
    title="GDELT Global Knowledge Graph 1.0 and 2.1 (context: quotations and tone)",
    citation=GDELT.citation,
    terms=GDELT.terms,
    url=GDELT.url,
    columns=(
        Column("GKGRECORDID", "key of the record", ()),
        Column("V2.1DATE", "when, YYYYMMDDHHMMSS", ()),
        Column("V2SOURCECOMMONNAME", "the outlet"),
        Column("V2DOCUMENTIDENTIFIER", "the article's address"),
        Column("V1.5TONE", "first number: tone of the article, from negative to positive"),
        Column("V2.1QUOTATIONS", "offset|length|verb|words, parted by #"),
    ),
    notes=(
        (
            "Gives no statements: a record says which persons, places and words stand in one article, not who does what to "
            "whom, and a quotation there has no named speaker. To make relations of them would be invention."
        ),
        (
            "A record with quotations becomes a text of the case, under the article's address: the quotations are its lines, the "
            "tone stands in its title. No statement cites it."
        ),
        "Skipped: records without quotations, and all of version 1.0, which has none.",
    ),
    sniff=_sniff,
    read=_read,
)
