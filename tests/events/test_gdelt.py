from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from allegiance.events import guess
from allegiance.events.gdelt_actor import ActorColumns, gdelt_actor
from allegiance.model import RowEvidence
from lake.conftest import gdelt_row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from allegiance.model import Statement
    from events.conftest import Read


def _nobody(scheme: str, code: str, day: date | None) -> str | None:  # noqa: ARG001 - the signature of the room
    return None


def _row(stmt: Statement) -> str:
    assert isinstance(stmt.evidence, RowEvidence)
    return stmt.evidence.row


def test_rows_of_57_and_58_columns_load_from_one_file(read: Callable[..., Read]) -> None:
    """A row without SOURCEURL has GDELT alone as its source, a row with it the article's host inside."""
    stmts, _, _ = read("gdelt1_mixed.tsv", "gdelt")
    by_row = {_row(stmt): stmt for stmt in stmts}
    assert by_row["GLOBALEVENTID 101"].source.chain == ("GDELT",)
    assert by_row["GLOBALEVENTID 103"].source.chain == ("GDELT", "example-daily.com")
    assert by_row["GLOBALEVENTID 114"].source.chain == ("GDELT", "bbc monitoring")


def test_codes_keep_their_leading_zero(read: Callable[..., Read]) -> None:
    """0834 is read as 0834 and 010 as 010, with the sign and weight of the code book; 10 is refused."""
    stmts, bad, _ = read("gdelt1_mixed.tsv", "gdelt")
    acts = {dict(stmt.qualifiers)["cameo"]: (stmt.act, stmt.polarity, stmt.weight) for stmt in stmts}
    assert acts["0834"] == ("concede", 1, 50)
    assert acts["010"] == ("comment", 0, 0)
    assert acts["190"] == ("assault", -1, 100)
    assert any("'10' is no CAMEO event code" in str(error) for error in bad)


def test_a_role_of_the_state_is_the_state_and_a_rebel_is_not(read: Callable[..., Read]) -> None:
    """VLDGOV counts as Veldania, a known name behind KESREB as itself, KESMED as Keshir's media."""
    first, _, _ = read("gdelt1_mixed.tsv", "gdelt")
    second, _, _ = read("gdelt2_traps.CSV", "gdelt")
    pairs = {(stmt.actor, stmt.target) for stmt in first + second}
    assert ("Veldania", "Kesh Front") in pairs
    assert ("KURDISH", "Keshir (media)") in pairs
    assert ("MERIDIAN TRADING", "Keshir") in pairs
    assert ("Veldania", "United Nations") in pairs


def test_without_a_who_is_who_codes_of_countries_stand_for_themselves(read: Callable[..., Read]) -> None:
    """Where nobody is known the actor keeps the file's country code, or its own name."""
    stmts, _, _ = read("gdelt1_mixed.tsv", "gdelt", known=False)
    assert {stmt.actor for stmt in stmts} == {"VLD", "KES", "KES (rebels)"}
    assert {stmt.actor_text for stmt in stmts} == {"VELDANIA", "ARNA PRESIDENT", "KESHIR", "KESH FRONT"}


def test_the_country_code_na_is_no_missing_value(read: Callable[..., Read]) -> None:
    """A country whose code is NA is an actor."""
    stmts, _, _ = read("gdelt2_traps.CSV", "gdelt")
    assert any(stmt.target == "Namibia" for stmt in stmts)


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Broken rows and rows without a relation are skipped one by one, and the others load."""
    _, bad, tally = read("gdelt1_mixed.tsv", "gdelt")
    assert (tally.rows, tally.used) == (14, 6)
    assert {error.row: error.problem for error in bad} == {
        5: "it has no second actor",
        6: "it has no first actor",
        7: "an actor is only a role or a religion without a country, which names nobody",
        8: "both actors are the same",
        10: "its day lies after the day on which GDELT added it",
        11: "'20161345' is no day (YYYYMMDD)",
        12: "'10' is no CAMEO event code (three or four digits; has a leading zero been lost?)",
        13: "'---' is no CAMEO event code",
    }


def test_an_unknown_day_gives_a_statement_without_date_and_says_so(read: Callable[..., Read]) -> None:
    """A day of zeros is not known; the statement is kept and the notice counts it."""
    stmts, _, tally = read("gdelt1_mixed.tsv", "gdelt")
    assert [stmt.date for stmt in stmts].count(None) == 1
    assert sum(tally.notices.values()) == 1


def test_broken_lines_cost_only_themselves(read: Callable[..., Read]) -> None:
    """Too few or too many columns and a NUL byte skip their row; a Latin-1 line among UTF-8 is read."""
    stmts, bad, tally = read("gdelt2_traps.CSV", "gdelt")
    assert (tally.rows, tally.used) == (9, 6)
    assert [error.row for error in bad] == [7, 8, 9]
    assert bad[2].problem == "it holds a NUL byte"
    assert any(stmt.target_text == "CAFÉ KESHIR" for stmt in stmts)


def test_counts_below_zero_change_nothing(tmp_path: Path, read: Callable[..., Read]) -> None:
    """Numbers of mentions, sources and articles are no part of a statement, so that -5 of them cost no row."""
    fields = gdelt_row(1).split("\t")
    stmts = []
    for number, count in enumerate(("3", "-5")):
        fields[31:34] = [count] * 3
        path = tmp_path / f"{number}.CSV"
        path.write_text("\t".join(fields) + "\n", "utf-8")
        (stmt,), bad, _ = read(path, "gdelt")
        assert bad == []
        stmts.append(replace(stmt, evidence=RowEvidence("", "")))
    assert stmts[0] == stmts[1]


def test_one_group_is_one_actor_whatever_the_article_called_it() -> None:
    """THE UN and UNITED NATIONS have one code and are one actor, also where nobody is known."""
    names = {
        gdelt_actor(ActorColumns("IGOUNO", name, "", "UNO", "", "", "", "IGO", "", ""), None, _nobody)
        for name in ("THE UN", "UNITED NATIONS", "THE SECURITY COUNCIL")
    }
    assert names == {"United Nations"}


def test_peoples_and_religions_of_a_country_are_not_the_state() -> None:
    """A country's people, religion or role is an actor of its own; a region is no state but named."""
    codes = {
        ("IRQ", "kur", "", ""): "IRQ (people kur)",
        ("EGY", "", "MOS", ""): "EGY (Muslims)",
        ("EGY", "", "", "OPP"): "EGY (opposition)",
        ("EUR", "", "", ""): "Europe",
    }
    for (country, ethnic, religion, role), name in codes.items():
        columns = ActorColumns(country, "CAIRO", country, "", ethnic, religion, "", role, "", "")
        assert gdelt_actor(columns, None, _nobody) == name


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "rows", "statements", "skipped"),
    [
        (
            "20180101000000.export.CSV",
            2414,
            538,
            {"second": 766, "first": 244, "role": 784, "same": 82},
        ),
        (
            "gdelt1_events_58col_710rows.tsv",
            710,
            163,
            {"second": 196, "first": 43, "role": 269, "same": 39},
        ),
    ],
)
def test_real_files_give_each_row_or_its_reason(
    shared_data: Path,
    read: Callable[..., Read],
    name: str,
    rows: int,
    statements: int,
    skipped: dict[str, int],
) -> None:
    """The counts of the real files are what they were: rows = statements + rows skipped, by reason."""
    path = shared_data / "sources" / "gdelt" / name
    assert guess(path) == "gdelt"
    stmts, bad, tally = read(path, "gdelt", known=False)
    assert (tally.rows, len(stmts)) == (rows, statements)
    reasons = Counter(
        next(word for word in skipped if word in error.problem.replace("religion", "")) for error in bad
    )
    assert reasons == skipped
    assert not tally.notices
