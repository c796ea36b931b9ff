from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

if TYPE_CHECKING:
    from running import Run

EVENTS = Path(__file__).resolve().parents[1] / "fixtures" / "events"


@pytest.fixture
def lake(tmp_path: Path, run: Run) -> Path:
    """Return a lake of two archives."""
    path = tmp_path / "lake"
    ran = run("lake", "add", path, EVENTS / "gdelt1_mixed.tsv", EVENTS / "icews_traps.tab")
    assert ran.code == 0, ran.err
    assert ran.out == ""
    return path


def test_adding_tells_each_count_and_reason(tmp_path: Path, run: Run) -> None:
    """Rows, rows used, statements and why rows were skipped are said for each archive; a second time, that it is there."""
    ran = run("lake", "add", tmp_path / "lake", EVENTS / "gdelt1_mixed.tsv", EVENTS / "gsdb.csv")
    assert "gdelt1_mixed.tsv: 14 rows, 6 of them used: 6 statements." in ran.err
    assert "1: both actors are the same" in ran.err
    ran = run("lake", "add", tmp_path / "lake", EVENTS / "gdelt1_mixed.tsv", EVENTS / "gsdb.csv")
    assert ran.code == 0
    assert ran.err.count("already in the lake") == 2


def test_a_broken_archive_among_others_ends_with_exit_code_3(tmp_path: Path, run: Run) -> None:
    """The others are in the lake; alone, the sentence is its own."""
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    ran = run("lake", "add", tmp_path / "lake", broken, EVENTS / "gdelt1_mixed.tsv")
    assert ran.code == 3
    assert "broken.zip is cut off or damaged" in ran.err
    assert "1 file could not be used; the others are in the lake." in ran.err
    ran = run("lake", "add", tmp_path / "lake", broken)
    assert (ran.code, ran.err.count("broken.zip")) == (3, 1)
    assert run("lake", "add", tmp_path / "lake", tmp_path / "nothing.zip").code == 2


def test_ties_are_written_and_questions_checked(tmp_path: Path, lake: Path, run: Run) -> None:
    """`lake ties` writes one Parquet file with the columns asked for; wrong words exit with 2."""
    target = tmp_path / "ties.parquet"
    ran = run("lake", "ties", lake, "--by", "source,year", "--since", "2016", "-o", target)
    assert ran.code == 0, ran.err
    assert duckdb.read_parquet(str(target)).columns == [
        *("source", "year", "actor", "target", "positive", "negative", "count", "outlets")
    ]
    assert run("lake", "ties", lake, "--by", "sauce", "-o", target).code == 2
    assert run("lake", "ties", lake, "--engine", "duck", "-o", target).code == 2
    assert run("lake", "ties", tmp_path, "-o", target).code == 2


def test_a_lake_stands_where_a_case_does(tmp_path: Path, lake: Path, run: Run) -> None:
    """Network and coalitions of a lake are those of a case with the same archives; the rows behind a tie add up to it."""
    case = tmp_path / "a.case"
    assert run("add", case, EVENTS / "gdelt1_mixed.tsv", EVENTS / "icews_traps.tab").code in (0, 3)
    keys = ("weight", "positive", "negative", "count", "sources")

    def ties(path: Path, *more: str) -> list[list[object]]:
        return sorted(
            [*sorted((tie["a"], tie["b"])), *(tie[key] for key in keys)]
            for tie in map(json.loads, run("network", path, "--json", *more).out.splitlines())
        )

    assert ties(lake) == ties(case) != []
    assert ties(lake, "--since", "2018") == ties(case, "--since", "2018")
    assert ties(lake, "--source", "GDELT") == ties(case, "--source", "GDELT")
    answers = [json.loads(run("coalitions", path, "--json").out) for path in (lake, case)]
    assert answers[0]["value"] == answers[1]["value"]
    for a, b, weight, _, _, count, _ in ties(lake):
        rows = [json.loads(line) for line in run("lake", "rows", lake, f"{a},{b}", "--json").out.splitlines()]
        assert len(rows) == count
        assert sum(row["tenths"] for row in rows) == pytest.approx(float(str(weight)) * 10)
    assert run("network", lake, "--count", "blocs=each").code == 2
    assert run("network", lake, "--source", "GDLT").code == 2


@pytest.mark.parametrize("words", [("asserted=50",), ("once=event",), ("once=source", "negated=-100")])
def test_a_lake_counts_as_a_case_does(tmp_path: Path, lake: Path, run: Run, words: tuple[str, ...]) -> None:
    """Under another policy of counting the ties of a lake are those of a case with the same archives."""
    case = tmp_path / "a.case"
    assert run("add", case, EVENTS / "gdelt1_mixed.tsv", EVENTS / "icews_traps.tab").code in (0, 3)
    options = [part for word in words for part in ("--count", word)]

    def ties(path: Path) -> list[list[object]]:
        found = map(json.loads, run("network", path, "--json", *options).out.splitlines())
        return sorted(
            [*sorted((tie["a"], tie["b"])), tie["positive"], tie["negative"], tie["count"]] for tie in found
        )

    assert ties(lake) == ties(case) != []


def test_explain_leads_from_an_answer_of_a_lake_to_its_rows(lake: Path, run: Run) -> None:
    """A tie, an actor and a coalition of a lake are explained with the rows that they are made of."""
    tie = max(map(json.loads, run("network", lake, "--json").out.splitlines()), key=lambda tie: tie["count"])
    found = json.loads(run("explain", lake, f"{tie['a']},{tie['b']}", "--json").out)
    assert found["kind"] == "tie"
    assert found["tie"]["weight"] == tie["weight"]
    assert sum(row["tenths"] for row in found["rows"]) == pytest.approx(tie["weight"] * 10)
    assert set(found["by_source"]) == {row["source"] for row in found["rows"]}
    found = json.loads(run("explain", lake, tie["a"], "--json").out)
    assert found["kind"] == "actor"
    assert tie["a"] in found["coalition"]
    assert all(tie["a"] in (row["actor"], row["target"]) for row in found["rows"])
    found = json.loads(run("explain", lake, "C1", "--json").out)
    assert found["kind"] == "coalition"
    assert all({row["actor"], row["target"]} <= set(found["coalition"]) for row in found["rows"])
    assert run("explain", lake, "C1").code == 0
    assert run("explain", lake, "C999").code == 2
    assert "Did you mean" in run("explain", lake, tie["a"][:-1]).err


def test_archives_are_added_with_weights_and_options_of_ones_own(tmp_path: Path, run: Run) -> None:
    """A code book of one's own weighs GDELT rows; the same archive with another is refused, as is an unknown option."""
    book = tmp_path / "book.yaml"
    book.write_text(
        "acts: {quarrel: {label: quarrels with, sign: -1, weight: 7, cameo: '11'}}\ncameo:\n"
        + "".join(f"  '{root:02}': [quarrel, -7]\n" for root in range(1, 21))
    )
    lake, events = tmp_path / "lake", EVENTS / "gdelt1_mixed.tsv"
    ran = run("lake", "add", lake, events, "--codebook", book)
    assert ran.code == 0, ran.err
    files = [str(path) for path in lake.glob("rows/*/*/*.parquet")]
    assert duckdb.read_parquet(files).aggregate("min(tenths), max(tenths), count(*)").fetchall() == [
        (-7, -7, 6)
    ]
    assert run("lake", "add", lake, events).code == 2
    ran = run("lake", "add", tmp_path / "other", events, "--set", "measure=s")
    assert (ran.code, "measure" in ran.err) == (2, True)


def test_many_files_of_texts_are_one_run_that_can_begin_again(tmp_path: Path, run: Run) -> None:
    """A folder and a file of articles go in one by one; run again, those that are there add nothing; a broken one is named."""
    pytest.importorskip("spacy", reason="reading text needs spaCy")
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, name in enumerate(("a.jsonl", "b.jsonl")):
        article = {"text": f"Russia attacked Ukraine on day {number}.", "outlet": "The Daily"}
        (folder / name).write_text(json.dumps(article) + "\n")
    broken = tmp_path / "c.jsonl"
    broken.write_text("no json\n")
    lake = tmp_path / "lake"
    ran = run("lake", "read", lake, "--texts", folder, "--texts", broken)
    assert ran.code == 3
    assert "1 file could not be used; the others are in the lake." in ran.err
    again = run("lake", "read", lake, "--texts", folder)
    assert (again.code, again.err.count("already in the lake")) == (0, 2)
    assert len(run("lake", "rows", lake, "Russia,Ukraine", "--json").out.splitlines()) == 2
    assert run("lake", "read", lake, "--texts", tmp_path / "nothing").code == 2


def test_rows_print_as_csv_and_unknown_names_get_a_hint(lake: Path, run: Run) -> None:
    """CSV has the documented columns; a mistyped actor exits with 2 and hears the nearest names."""
    names = {row["a"] for row in map(json.loads, run("network", lake, "--json").out.splitlines())}
    name = max(names, key=len)
    rows = list(csv.DictReader(io.StringIO(run("lake", "rows", lake, name, "--csv", "--limit", "1").out)))
    assert len(rows) == 1
    assert name in (rows[0]["actor"], rows[0]["target"])
    ran = run("lake", "rows", lake, name[:-1])
    assert ran.code == 2
    assert "Did you mean" in ran.err


def test_texts_are_coded_into_a_lake_and_quoted(tmp_path: Path, run: Run) -> None:
    """`lake read` codes articles; the rows quote them, and the same file a second time adds nothing."""
    pytest.importorskip("spacy", reason="reading text needs spaCy")
    texts = tmp_path / "texts.jsonl"
    article = "Russia attacked Ukraine on Monday, officials in Kyiv said. The war goes on, and nobody knows for how long."
    texts.write_text(
        json.dumps({"text": article, "outlet": "The Daily", "date": "2031-04-09"}) + "\nno json\n"
    )
    lake = tmp_path / "lake"
    ran = run("lake", "read", lake, "--texts", texts)
    assert ran.code == 0, ran.err
    assert "texts.jsonl: 2 texts, 1 of them used" in ran.err
    row = json.loads(run("lake", "rows", lake, "Russia,Ukraine", "--json").out.splitlines()[0])
    assert row["quote"] in article
    assert (row["outlet"], row["month"]) == ("The Daily", "2031-04-01")
    assert "already in the lake" in run("lake", "read", lake, "--texts", texts).err
    assert run("lake", "read", lake, "--texts", texts, "--reader", "rulez").code == 2
    texts.write_text("no json\n")
    assert run("lake", "read", lake, "--texts", texts).code == 3


@pytest.mark.parametrize("engine", ["polars", "spark"])
def test_an_engine_that_is_not_installed_is_named_with_its_extra(
    lake: Path, run: Run, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """Without the extra the rest works, and the sentence says what to install."""
    for name in ("polars", "pyspark", "pyspark.sql", "pyspark.errors"):
        monkeypatch.setitem(sys.modules, name, None)
    target = lake.parent / "ties.parquet"
    ran = run("lake", "ties", lake, "--engine", engine, "-o", target)
    assert ran.code == 5
    assert f"allegiance[{engine}]" in ran.err
    assert run("lake", "ties", lake, "-o", target).code == 0
