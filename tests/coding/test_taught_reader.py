"""The taught reader, with the networks that ship."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import allegiance.sample
from allegiance.coding import reader
from allegiance.coding.encoder import FILES
from allegiance.coding.given import TakesActors
from allegiance.model import Document, Modality, TextEvidence, check_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.coding import Namer, Reader
    from allegiance.model import Statement

pytest.importorskip("spacy")
pytest.importorskip("onnxruntime")

SAMPLE = Path(allegiance.sample.__file__).parent / "articles"
GOLD = Path(__file__).resolve().parents[1] / "fixtures" / "gold"
ODD = [
    "",
    " ",
    "Arland",
    "\u2603\ufe0f \U0001f680",
    "ARLAND ATTACKED BELMARK",
    "Arland attacked Belmark \U0001f680\U0001f680.",
    "\u0391\u03c1\u03bb\u03ac\u03bd\u03c4 Arland \u0431\u043e\u043c\u0431\u0438\u043b Belmark",
    "Arland\u00ad attacked\u200b Belmark.",
    "Arland | Belmark | Corvia\n1 | 2 | 3\n",
    '"Arland attacked Belmark, he said.',
    "Arland " + "and then " * 2500 + "Belmark.",
    "Arland, Belmark, Corvia, Dravia, Estmark, the Kesh Front, Red Banner and the Northern Pact met. " * 3,
]


@pytest.fixture(scope="module")
def trained(namer: Namer) -> Reader:
    """Return the taught reader."""
    return reader("taught", namer)


def _read(one: Reader, text: str) -> list[Statement]:
    return one.read(Document(text, "Gazette"))


def _hostile(stmts: Iterable[Statement]) -> set[tuple[str, str]]:
    return {(stmt.actor, stmt.target) for stmt in stmts if stmt.polarity < 0}


def test_further_sentences_are_evidence(trained: Reader) -> None:
    """Where several sentences say it, the others' spans stand with the evidence, whole sentences of the text, and are checked."""
    lines = (SAMPLE / "tarsk-lantern.jsonl").read_text("utf-8").splitlines()
    doc = Document(json.loads(lines[0])["text"], "Tarsk Lantern")
    stmts = check_evidence(trained.read(doc), doc)
    further = [
        doc.text[start:end]
        for stmt in stmts
        if isinstance(stmt.evidence, TextEvidence)
        for start, end in stmt.evidence.also
    ]
    assert further
    assert all(words.strip()[-1] in '.!?"\u201d' for words in further)
    assert not any(name == "also" for stmt in stmts for name, _ in stmt.qualifiers)


def test_plain_sentences_are_read(trained: Reader) -> None:
    """What anyone would read is read, with sign and direction."""
    assert ("Arland", "Belmark") in _hostile(_read(trained, "Arland bombed Belmark on Tuesday."))
    assert ("Corvia", "Dravia") in _hostile(_read(trained, "Dravia was attacked by Corvia last week."))
    praised = _read(trained, "Arland praised Belmark on Tuesday.")
    assert {(stmt.actor, stmt.target, stmt.polarity) for stmt in praised} == {("Arland", "Belmark", 1)}


def test_statements_name_reader_and_rule(trained: Reader) -> None:
    """A statement says who read it, in which version, by which rule or as which kind, and how sure that is; told once."""
    (stmt,) = _read(trained, "Arland bombed Belmark on Tuesday.")
    assert (stmt.reader.name, stmt.reader.rule, stmt.act) == ("taught", "verb-object", "assault")
    assert 0.5 < stmt.confidence <= 1


def test_quoted_speech_is_held_by_its_speaker(trained: Reader) -> None:
    """Who says it holds it."""
    stmts = _read(trained, "Estmark's foreign minister said that Arland had bombed Belmark.")
    held = [stmt for stmt in stmts if {stmt.actor, stmt.target} == {"Arland", "Belmark"}]
    assert held
    assert ("Gazette", "Estmark") in {stmt.source.chain for stmt in held}


def test_who_is_given_is_not_looked_for(namer: Namer) -> None:
    """With the actors given, statements bear the names that were given, whatever the tables know."""
    text = "The old lion bombed the harbour town on Tuesday."
    actors = {"Lionland": ("The old lion",), "Harbour": ("the harbour town",)}
    taught = reader("taught", namer)
    assert isinstance(taught, TakesActors)
    found = taught.read_given(Document(text, "Gazette"), actors)
    assert ("Lionland", "Harbour") in _hostile(found)
    assert {name for stmt in found for name in (stmt.actor, stmt.target)} <= {
        "Lionland",
        "Harbour",
        "Gazette",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Arland may attack Belmark.",
        "If Arland attacks Belmark, Corvia will answer.",
        "Arland denied it had attacked Belmark.",
        "Arland did not attack Belmark.",
        "Arland plans to bomb Belmark.",
        "Corvia's possible attack on Dravia worries Estmark.",
        "Lind asked whether Corvia had attacked Dravia.",
        "No Corvian plane attacked Dravia.",
        "Everyone but Corvia attacked Dravia.",
        "Corvia pledged arms to Dravia.",
    ],
)
def test_invented_events_are_not_asserted(trained: Reader, text: str) -> None:
    """What may be, or is denied, is never told as if it had happened."""
    told = [stmt for stmt in _read(trained, text) if stmt.modality is Modality.ASSERTED and not stmt.negated]
    assert not [
        stmt for stmt in told if {stmt.actor, stmt.target} <= {"Arland", "Belmark", "Corvia", "Dravia"}
    ]


def test_none_of_the_invented_events_is_asserted(trained: Reader) -> None:
    """None of the sentences of the gold that only speak of an attack or of help is told as if it had happened."""
    lines = (GOLD / "invented.jsonl").read_text("utf-8").splitlines()
    docs = [Document(json.loads(line)["text"], "Gazette") for line in lines]
    assert len(docs) >= 100
    told = [
        doc.text
        for doc, stmts in trained.read_many(docs)
        for stmt in stmts
        if stmt.act in ("assault", "supply", "support")
        and stmt.modality is Modality.ASSERTED
        and not stmt.negated
    ]
    assert told == []


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_read_without_harm(trained: Reader, text: str) -> None:
    """Empty, endless, mixed and broken texts give statements whose quotes stand in them, or none."""
    doc = Document(text, "Gazette")
    for stmt in trained.read(doc):
        assert text[stmt.evidence.start : stmt.evidence.end] == stmt.evidence.quote  # type: ignore[union-attr]


def test_answers_do_not_depend_on_neighbours(trained: Reader) -> None:
    """A document is read alike alone and among others."""
    docs = [
        Document(f"Arland {verb} Belmark over the grain.", "Gazette") for verb in ("backed", "scolded", "met")
    ]
    together = [stmts for _, stmts in trained.read_many(docs)]
    assert together == [trained.read(doc) for doc in docs]


def test_model_file_is_small() -> None:
    """The model fits into 30 MB."""
    assert (FILES / "relations.onnx").stat().st_size <= 30_000_000


def test_missing_onnxruntime_says_what_to_install() -> None:
    """Without onnxruntime the sentence names the extra, and the rules still read."""
    code = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from allegiance.coding import relate\n"
        "from allegiance.errors import MissingExtraError\n"
        "pair = ['Smith praised Jones.'], [(0, 5)], [(14, 19)]\n"
        "try: relate(*pair, reader='taught')\n"
        "except MissingExtraError as missing: print(missing)\n"
        "print(relate(*pair, reader='rules')[0].polarity)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "allegiance[reading]" in said
    assert said.splitlines()[-1] == "1"
