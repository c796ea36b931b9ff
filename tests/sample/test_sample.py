from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import allegiance.sample
from allegiance.model.act import Codebook
from allegiance.model.statement import Modality

SAMPLE = Path(allegiance.sample.__file__).parent
ARTICLES = SAMPLE / "articles"
GOLD = Path(__file__).resolve().parents[1] / "fixtures" / "gold" / "sample.jsonl"
KINDS = {"state", "bloc", "armed-group", "company", "organisation", "province", "person", "office"}


@cache
def actor_rows() -> list[dict[str, str]]:
    """Return the rows of the actors table."""
    with (SAMPLE / "actors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def gold() -> list[dict[str, Any]]:
    """Return the gold statements."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


@cache
def manifest() -> list[dict[str, Any]]:
    """Return the entries of articles.toml."""
    with (ARTICLES / "articles.toml").open("rb") as file:
        return list(tomllib.load(file)["article"])


@cache
def texts() -> dict[str, str]:
    """Return the text of each article whose offsets are unambiguous, by file name or URL."""
    found = {path.name: path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.txt")}
    for path in ARTICLES.glob("*.jsonl"):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        found.update({row["url"]: row["text"] for row in rows})
    return found


def values(cell: str) -> list[str]:
    """Return the values of a cell."""
    return [value for value in cell.split("|") if value]


def test_each_gold_quote_is_where_it_says() -> None:
    """The offsets of a gold statement cut exactly its quote out of its document."""
    for stmt in gold():
        assert texts()[stmt["document"]][stmt["start"] : stmt["end"]] == stmt["quote"], stmt


def test_gold_has_no_statement_twice() -> None:
    """A sentence gives one line for each source, actor, act, target, modality and negation."""
    counts = Counter(json.dumps(stmt, sort_keys=True) for stmt in gold())
    assert [line for line, count in counts.items() if count > 1] == []


def test_gold_actors_are_in_the_actors_table() -> None:
    """Both parties of each gold statement are canonical names of actors.csv."""
    named = {stmt[party] for stmt in gold() for party in ("actor", "target")}
    assert named - {row["name"] for row in actor_rows()} == set()


def test_gold_uses_the_code_book_and_its_signs() -> None:
    """Each gold act is one of the code book, with the sign it has there; each modality is one of the model's."""
    codebook = Codebook.shipped()
    for stmt in gold():
        assert stmt["polarity"] == codebook.act(stmt["act"]).sign, stmt
        assert Modality(stmt["modality"])
        assert isinstance(stmt["negated"], bool)


def test_gold_sources_begin_with_the_outlet() -> None:
    """The outermost source of a gold statement is the outlet of its document, and the chains reach a quote in a quote."""
    outlets = {"meridian-wire": "Meridian Wire", "https://tarsk-lantern": "Tarsk Lantern"}
    for stmt in gold():
        assert [stmt["source"][0]] == [outlets[key] for key in outlets if stmt["document"].startswith(key)]
    assert max(len(stmt["source"]) for stmt in gold()) == 3


def test_manifest_names_every_file() -> None:
    """articles.toml has exactly one entry for each article file, with all that the reader is told about it."""
    files = {path.name for path in ARTICLES.iterdir()} - {"articles.toml"}
    assert sorted(entry["file"] for entry in manifest()) == sorted(files)
    for entry in manifest():
        own = {"file", "outlet", "language"}
        given = own if entry["file"].endswith(".jsonl") else own | {"author", "date", "url"}
        assert set(entry) == given


def test_outlets_and_formats() -> None:
    """Three outlets tell the case in 12 to 14 articles: one as JSONL, one as HTML, one as plain text."""
    formats = {(entry["outlet"], Path(entry["file"]).suffix) for entry in manifest()}
    assert {suffix for _, suffix in formats} == {".jsonl", ".html", ".txt"}
    assert len(formats) == len({outlet for outlet, _ in formats}) == 3
    assert 12 <= len(texts()) + len(list(ARTICLES.glob("*.html"))) <= 14


def test_jsonl_rows_carry_their_own_metadata() -> None:
    """Each JSONL row has the documented keys, none of them empty."""
    for path in ARTICLES.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert set(row) == {"text", "title", "outlet", "author", "date", "url", "language"}
            assert all(row.values())


def test_each_name_belongs_to_one_actor_only() -> None:
    """No name, alias, demonym or capital, whatever its case, stands in the rows of two actors."""
    owners: Counter[str] = Counter()
    for row in actor_rows():
        words = [row["name"], row["capital"], *values(row["aliases"]), *values(row["demonyms"])]
        owners.update({word.casefold() for word in words if word})
    assert [word for word, count in owners.items() if count > 1] == []


def test_actors_table_is_sound() -> None:
    """With their leaders they are 14 to 18, of known kinds; groups named in cells are rows themselves."""
    names = {row["name"] for row in actor_rows()}
    leaders = [cell for row in actor_rows() for cell in values(row["leader"])]
    assert len(names) == len(actor_rows())
    assert 14 <= len(names) + len(leaders) <= 18
    assert {row["kind"] for row in actor_rows()} <= KINDS
    for row in actor_rows():
        for cell in values(row["member_of"]):
            assert cell.partition(" (")[0] in names, cell


@pytest.mark.parametrize("row", actor_rows(), ids=lambda row: row["name"])
def test_each_actor_occurs_in_the_articles(row: dict[str, str]) -> None:
    """Each actor of the table is named in at least one article."""
    pages = [path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.html")]
    assert any(row["name"] in text for text in (*texts().values(), *pages))
