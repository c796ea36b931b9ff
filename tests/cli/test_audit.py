"""How well one's own texts were read, judged by oneself."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, Provenance

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

pytest.importorskip("spacy")

TEXT = "Russia attacked Ukraine. Poland supports Ukraine. Iran sold drones to Russia.\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case with three texts, of which one tells of no relation."""
    with Case(tmp_path / "a.case", create=True) as opened:
        texts = {
            "Daily": TEXT,
            "Wire": "France accused Iran. On Friday France condemned Iran.\n",
            "Post": "It rained all day.\n",
        }
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text)
            opened.read(tmp_path / f"{name}.txt", Provenance(outlet=name), reader="rules")
    return tmp_path / "a.case"


def _judge(path: Path, verdicts: list[str], missed: str) -> None:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    told = iter(verdicts)
    for row in rows:
        row["verdict"] = missed if row["id"].startswith("text:") else next(told, "")
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_verdicts_give_precision_and_recall_with_intervals(case: Path, run: Run, tmp_path: Path) -> None:
    """Of four statements three are right; in each of three texts one more relation was missed, also where none was read."""
    table = tmp_path / "judge.csv"
    assert run("audit", case, "--to-judge", table).code == 0
    first = table.read_bytes()
    assert run("audit", case, "--to-judge", table).code == 0
    assert table.read_bytes() == first
    _judge(table, ["yes", "yes", "no", "yes"], "1")
    found = json.loads(run("audit", case, "--judged", table, "--json").out)
    assert (found["right"], found["judged"], found["told"], found["missed"], found["texts"]) == (
        3,
        4,
        4,
        3,
        3,
    )
    assert found["precision"]["value"] == 0.75
    assert found["precision"]["low"] < 0.75 < found["precision"]["high"]
    assert found["recall"]["value"] == 0.5
    said = run("audit", case, "--judged", table).out
    assert "Precision: 0.75" in said
    assert "Recall: 0.50" in said


def test_what_nobody_judged_is_not_told(case: Path, run: Run, tmp_path: Path) -> None:
    """Without counts of what was missed there is no recall; a rejected statement is no longer judged."""
    table = tmp_path / "judge.csv"
    run("audit", case, "--to-judge", table, "--texts", "0")
    _judge(table, ["yes", "yes", "yes", "no"], "")
    with table.open(newline="") as file:
        wrong = next(row["id"] for row in csv.DictReader(file) if row["verdict"] == "no")
    assert run("review", case, wrong, "--reject").code == 0
    found = json.loads(run("audit", case, "--judged", table, "--json").out)
    assert (found["right"], found["judged"], found["recall"]) == (3, 3, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [(("yes", "perhaps"), 3), (("id,verdict", "name,verdict"), 3), (("yes", ""), 3)],
)
def test_a_table_that_cannot_be_counted_is_refused(
    case: Path, run: Run, tmp_path: Path, change: tuple[str, str], code: int
) -> None:
    """Senseless verdicts, missing columns and empty tables end in a sentence."""
    table = tmp_path / "judge.csv"
    run("audit", case, "--to-judge", table, "--texts", "0")
    _judge(table, ["yes"] * 4, "")
    table.write_text(table.read_text().replace(*change))
    ran = run("audit", case, "--judged", table)
    assert ran.code == code
    assert "judge.csv" in ran.err
    assert run("audit", case).code == 2
