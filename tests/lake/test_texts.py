from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from allegiance.errors import BadRowError, DataError
from allegiance.lake.texts import BATCH, SILENT, TextTally, TextTask, code_batches, code_here, records
from allegiance.model import Document, Source, Statement, TextEvidence
from builders import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Parrot:
    """A reader that finds "A supports B" in each text with the word "supports"; small enough to be sent anywhere."""

    def read_many(self, docs: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Read documents in order."""
        for doc in docs:
            at = doc.text.find("supports")
            evidence = TextEvidence(doc.id, at, at + 8, "supports")
            found = replace(statement(), source=Source((doc.outlet, "a minister")), evidence=evidence)
            yield doc, [found] if at >= 0 else []


def plain_document(record: str, file: str, number: int) -> Document | BadRowError:
    """Make a document of a JSON record."""
    try:
        return Document(**json.loads(record))
    except ValueError:
        return BadRowError(file, number, "it is no JSON object")


def article(number: int) -> str:
    """Return a record; every third holds no statement."""
    verb = "ignores" if number % 3 == 0 else "supports"
    return json.dumps({"text": f"No. {number}: A {verb} B.", "outlet": f"Paper {number % 5}"})


def test_each_record_gives_rows_or_one_reason() -> None:
    """Texts with statements give rows, silent and broken ones their reason, and the tally counts them all."""
    task = TextTask("t.jsonl", Parrot, plain_document)
    batch: dict[str, list[Any]] = {
        "number": list(range(10)),
        "record": [*(article(number) for number in range(9)), "{"],
    }
    tally = TextTally()
    rows = list(tally.rows(code_batches([batch], task), lambda _: None))
    assert sum(len(batch["actor"]) for batch in rows) == 6
    member = tally.member("t.jsonl", 6)
    assert (member.rows, member.used, member.skipped) == (10, 6, {SILENT: 3, "it is no JSON object": 1})
    assert tally.readable == 9
    assert rows[0]["outlet"][0] == "Paper 1"
    assert rows[0]["speaker"][0] == "a minister"
    assert rows[0]["row"][0].endswith(" 9-17")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_pool_gives_the_same_rows_in_the_same_order(tmp_path: Path, jobs: int) -> None:
    """One process or several: the rows are the same, and stand in the order of the texts."""
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(article(number) for number in range(3 * BATCH)) + "\n\nno json\n")
    task = TextTask(path.name, Parrot, plain_document)
    found = [number for batch in code_here(path, task, jobs) for number in batch["number"]]
    assert found == [*range(1, 3 * BATCH + 1), 3 * BATCH + 2]


def test_json_lines_gzip_and_parquet_hold_the_same_records(tmp_path: Path) -> None:
    """Whatever the file's form, the records are the same; columns without a value are left out."""
    lines = [article(number) for number in range(5)]
    plain, packed, table = tmp_path / "t.jsonl", tmp_path / "t.jsonl.gz", tmp_path / "t.parquet"
    plain.write_text("\r\n".join(lines))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    duckdb.execute(f"COPY (SELECT *, NULL AS url FROM read_json('{plain}')) TO '{table}' (FORMAT parquet)")  # noqa: S608 - the test's
    found = [
        [json.loads(record) for batch in records(path) for record in batch["record"]]
        for path in (plain, packed, table)
    ]
    assert found[0] == found[1] == found[2] == [json.loads(line) for line in lines]


def test_an_endless_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line longer than any article is one sentence, and isn't read into memory."""
    monkeypatch.setattr("allegiance.lake.texts.LONGEST_RECORD", 1000)
    (tmp_path / "t.jsonl").write_bytes(b"x" * 2000)
    with pytest.raises(DataError, match="line of more than 1,000 bytes"):
        list(records(tmp_path / "t.jsonl"))
