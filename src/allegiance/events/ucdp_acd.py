"""UCDP/PRIO armed conflicts by year: who fights whom, and who fights at whose side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from allegiance.events.fields import earliest, latest, whole
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format
from allegiance.events.header import has_columns, read_header, table_rows
from allegiance.events.listed import names_listed
from allegiance.events.telling import told_by
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegiance.errors import BadRowError
    from allegiance.events.format import Intake
    from allegiance.events.header import Header

FIRST_YEAR, LAST_YEAR = 1946, 2024
# Intensity (1: 25 to 999 deaths in the year, 2: war) -> weight in tenths of the act "assault".
INTENSITY = {1: 90, 2: 100}
# A secondary party sends troops to one side: more than words of support, less than an alliance.
SECONDARY = ("support", 80)
_SIDES = ("a", "a_2nd", "b", "b_2nd")
_SOURCE = Source(("UCDP/PRIO ACD",))
_FIGHTS = ReaderTag("ucdp-acd", READER_VERSION, "primary parties")
_JOINS = ReaderTag("ucdp-acd", READER_VERSION, "secondary party")


@dataclass(frozen=True, slots=True)
class _Party:
    """One party of a conflict: who it is, and what the file calls it."""

    actor: str
    text: str


class _Rows:
    """Turns rows into statements; tables that repeat a conflict for each secondary party tell each thing once."""

    def __init__(self, intake: Intake, header: Header) -> None:
        self.intake = intake
        self.at_key = header.places(("conflict_id", "year", "intensity_level"))
        self.at_codes = header.places([f"gwno_{side}" for side in _SIDES])
        self.at_names = [header.place(f"side_{side}") for side in _SIDES]
        self.told: set[tuple[int, int, str, str, str]] = set()

    def statements(self, number: int, fields: list[str]) -> list[Statement] | BadRowError:
        """Return what a row tells for the first time, or why it tells nothing."""
        intake = self.intake
        try:
            conflict, year, intensity = (whole(fields[place]) for place in self.at_key)
            when = DateInterval(earliest(year or 0, None, None), latest(year or 0, None, None))
            sides = [self._parties(fields, side, when) for side in range(len(_SIDES))]
        except ValueError as wrong:
            return intake.bad(number, f"{str(wrong)[:60]!r} is no number, or no year of the calendar")
        if conflict is None or intensity not in INTENSITY or not FIRST_YEAR <= when.first.year <= LAST_YEAR:
            return intake.bad(
                number,
                f"it needs a conflict, a year from {FIRST_YEAR} to {LAST_YEAR}, and an intensity of 1 or 2",
            )
        if any(len(party.actor) > LONGEST_NAME for side in sides for party in side):
            return intake.bad(number, f"an actor's name has more than {LONGEST_NAME} characters")
        one, with_one, other, with_other = sides
        fights = [(a, b, "assault", -1, INTENSITY[intensity], _FIGHTS) for a, b in product(one, other)]
        joins = [
            (helper, party, SECONDARY[0], 1, SECONDARY[1], _JOINS)
            for helpers, parties in ((with_one, one), (with_other, other))
            for helper, party in product(helpers, parties)
        ]
        pairs = [pair for pair in (*fights, *joins) if pair[0].actor != pair[1].actor]
        if not pairs:
            return intake.no_relation(number, "it names only one party (rebels have no code here)")
        intake.tally.used += 1
        stmts: list[Statement] = []
        for doer, target, act, polarity, weight, reader in pairs:
            key = (conflict, when.first.year, doer.actor, act, target.actor)
            if key not in self.told:
                self.told.add(key)
                row = RowEvidence(intake.dataset, f"conflict {conflict}, {when.first.year}")
                stmts.append(_statement((doer, target), (act, polarity, weight), when, row, reader))
        return stmts

    def _parties(self, fields: list[str], side: int, when: DateInterval) -> list[_Party]:
        """Return the parties of one side: by their codes where they have codes, else by name.

        Raises:
            ValueError: a code is no number.
        """
        codes = [code for code in map(whole, fields[self.at_codes[side]].split(",")) if code is not None]
        place = self.at_names[side]
        names = names_listed(fields[place]) if place is not None else []
        resolve = self.intake.resolve
        if len(names) > len(codes):
            return [_Party(resolve("name:ucdp", name, when.first) or name, name) for name in names]
        texts = names if len(names) == len(codes) else [str(code) for code in codes]
        return [
            _Party(resolve("gw", str(code), when.first) or (text if names else f"GW {code}"), text)
            for code, text in zip(codes, texts, strict=True)
        ]


def _statement(
    parties: tuple[_Party, _Party],
    act: tuple[str, int, int],
    when: DateInterval,
    evidence: RowEvidence,
    reader: ReaderTag,
) -> Statement:
    doer, target = parties
    return Statement(
        source=_SOURCE,
        actor=doer.actor,
        act=act[0],
        target=target.actor,
        polarity=act[1],
        weight=act[2],
        modality=Modality.ASSERTED,
        negated=False,
        date=when,
        evidence=evidence,
        confidence=1.0,
        reader=reader,
        actor_text=doer.text,
        target_text=target.text,
    )


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    header = read_header(intake.path, intake.dataset)
    return told_by(table_rows(intake, header), _Rows(intake, header).statements)


def _sniff(path: Path) -> bool:
    return has_columns(path, ("conflict_id", "gwno_a_2nd", "intensity_level"))


UCDP_ACD = Format(
    name="ucdp-acd",
    title="UCDP/PRIO Armed Conflict Dataset",
    citation=(
        "Gleditsch, N. P., Wallensteen, P., Eriksson, M., Sollenberg, M. and Strand, H. (2002). Armed Conflict 1946-2001: "
        "A New Dataset. Journal of Peace Research 39(5), 615-637. https://doi.org/10.1177/0022343302039005007"
    ),
    terms="CC BY 4.0, with citation of the data set and its newest article.",
    url="https://ucdp.uu.se/downloads/",
    columns=(
        Column("conflict_id", "which conflict", ()),
        Column("year", f"{FIRST_YEAR} to {LAST_YEAR}", ()),
        Column("intensity_level", "1 or 2 (war); assault weighs 9 or 10", ()),
        Column(
            "gwno_a, gwno_b",
            "Gleditsch-Ward codes of the primary parties, parted by commas",
            ("", "-9", "NA"),
        ),
        Column("gwno_a_2nd, gwno_b_2nd", "those of the secondary parties at each side", ("", "-9", "NA")),
        Column(
            "side_a, side_b, side_a_2nd, side_b_2nd", "names, where the file has them; rebels have no code"
        ),
    ),
    notes=(
        (
            "The primary parties fight: one statement for each pair and year. A secondary party supports the primary "
            "party of its side (8)."
        ),
        "Columns are found as each edition writes them (side_a_2nd, SideA2nd); the dyadic edition loads as well.",
        "Tables that repeat a conflict for each secondary party give each statement once.",
        "Skipped: rows that name one party only, as tables without names do for conflicts with rebels.",
    ),
    sniff=_sniff,
    read=_read,
)
