"""The Global Sanctions Data Base: who sanctions whom, from when to when."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError
from allegiance.events.fields import earliest, latest, whole
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.header import has_columns, read_header, table_rows
from allegiance.events.listed import names_listed
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.events.format import Intake

FIRST_YEAR, LAST_YEAR = 1949, 2023
KINDS = ("trade", "arms", "military", "financial", "travel", "other")
_SOURCE = Source(("GSDB",))
_READER = ReaderTag("gsdb", READER_VERSION, "row")


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset)
    places = header.places(("case_id", "sanctioned_state", "sanctioning_state", "begin", "end", *KINDS))
    weight = intake.codebook.act("sanction")
    for item in table_rows(intake, header):
        if isinstance(item, BadRowError):
            yield item
            continue
        number, fields = item
        case, targets, senders, begin, end, *flags = (fields[place].strip() for place in places)
        try:
            when = _years(begin, end)
        except ValueError as wrong:
            yield intake.bad(number, str(wrong))
            continue
        if max(len(name) for name in (*names_listed(targets), *names_listed(senders), "")) > LONGEST_NAME:
            yield intake.bad(number, f"an actor's name has more than {LONGEST_NAME} characters")
            continue
        # A bloc and its members may stand side by side, and both may resolve to one actor.
        kinds = ", ".join(kind for kind, flag in zip(KINDS, flags, strict=True) if flag == "1")
        pairs = {
            (_actor(intake, sender, when), _actor(intake, target, when)): (sender, target)
            for sender, target in product(names_listed(senders), names_listed(targets))
        }
        told = {pair: texts for pair, texts in pairs.items() if pair[0] != pair[1]}
        if not told:
            yield intake.no_relation(number, "it names no sender, no target, or only one actor")
            continue
        intake.tally.used += 1
        for (actor, target), (sender, sanctioned) in told.items():
            yield Statement(
                source=_SOURCE,
                actor=actor,
                act="sanction",
                target=target,
                polarity=weight.sign,
                weight=weight.weight,
                modality=Modality.ASSERTED,
                negated=False,
                date=when,
                evidence=RowEvidence(intake.dataset, f"case_id {case}"),
                confidence=1.0,
                reader=_READER,
                actor_text=sender,
                target_text=sanctioned,
                qualifiers=(("kinds", kinds),) if kinds else (),
            )


def _actor(intake: Intake, name: str, when: DateInterval) -> str:
    return intake.resolve("name:gsdb", name, when.first) or name


def _years(begin: str, end: str) -> DateInterval:
    """Return the interval of whole years.

    Raises:
        ValueError: with the sentence that says what is wrong.
    """
    try:
        first, last = whole(begin), whole(end)
    except ValueError:
        first = last = None
    if first is None or last is None or not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise ValueError(
            f"its years {begin[:20]!r} to {end[:20]!r} are not in order within {FIRST_YEAR} to {LAST_YEAR}"
        )
    return DateInterval(earliest(first, None, None), latest(last, None, None))


def _sniff(path: Path) -> bool:
    return has_columns(path, ("sanctioned_state", "sanctioning_state"))


GSDB = Format(
    name="gsdb",
    title="Global Sanctions Data Base",
    citation=(
        "Syropoulos, C., Felbermayr, G., Kirilakha, A., Yalcin, E. and Yotov, Y. V. (2024). The Global Sanctions Data "
        "Base, Release 3. Review of International Economics 32(1), 12-48. https://doi.org/10.1111/roie.12691"
    ),
    terms="Given on request by its authors, for research with citation; ask before passing it on.",
    url="https://www.globalsanctionsdatabase.com/",
    columns=(
        Column("case_id", "key of the row", ()),
        Column("sanctioned_state, sanctioning_state", "one or more parties, parted by commas", ("",)),
        Column("begin, end", f"first and last year, {FIRST_YEAR} to {LAST_YEAR}", ()),
        Column(", ".join(KINDS), "kinds of sanction, 1 where it applies; named in the qualifiers"),
    ),
    notes=(
        "Each sender sanctions each target, with the weight of the act in the code book.",
        "'Gambia, The', 'Yemen, North' and 'Congo, Republic of' are one state each in a list of states.",
        "A bloc stands for itself: its members are not added to those the row names.",
    ),
    sniff=_sniff,
    read=_read,
)
