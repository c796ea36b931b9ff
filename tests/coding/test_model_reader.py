"""The readers with the trained model, as it ships."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.coding import reader, relate
from allegiance.coding.encoder import FILES
from allegiance.model import Document, Modality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.coding import Namer, Reader
    from allegiance.model import Statement

pytest.importorskip("spacy")
pytest.importorskip("onnxruntime")

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


@pytest.fixture(scope="module", params=["model", "combined"])
def trained(request: pytest.FixtureRequest, namer: Namer) -> Reader:
    """Return a reader that uses the model."""
    return reader(request.param, namer)


def _read(one: Reader, text: str) -> list[Statement]:
    return one.read(Document(text, "Gazette"))


def _hostile(stmts: Iterable[Statement]) -> set[tuple[str, str]]:
    return {(stmt.actor, stmt.target) for stmt in stmts if stmt.polarity < 0}


def test_plain_sentences_are_read(trained: Reader) -> None:
    """What anyone would read is read, with sign and direction."""
    assert ("Arland", "Belmark") in _hostile(_read(trained, "Arland bombed Belmark on Tuesday."))
    assert ("Corvia", "Dravia") in _hostile(_read(trained, "Dravia was attacked by Corvia last week."))
    praised = _read(trained, "Arland praised Belmark on Tuesday.")
    assert {(stmt.actor, stmt.target, stmt.polarity) for stmt in praised} == {("Arland", "Belmark", 1)}


def test_statements_name_model_and_version(namer: Namer) -> None:
    """What the model read is tagged so, has the act of the word between the two, and says how sure it is."""
    (stmt,) = _read(reader("model", namer), "Arland bombed Belmark on Tuesday.")
    assert (stmt.reader.name, stmt.reader.rule, stmt.act) == ("model", "pair-word", "assault")
    assert 0.5 < stmt.confidence <= 1


def test_without_a_telling_word_it_is_a_bare_tie(namer: Namer) -> None:
    """Where no word between the two tells an act of the sign, only the sign is told."""
    (stmt,) = _read(reader("model", namer), "Arland warmed to Belmark on Tuesday.")
    assert (stmt.reader.rule, stmt.act, stmt.polarity) == ("pair", "tie", 1)


def test_no_third_tie_is_made_up(namer: Namer) -> None:
    """Of "A accused B of arming C" the two ties are the rules'; A and C have none."""
    stmts = _read(reader("combined", namer), "Arland accused Corvia of arming the Kesh Front.")
    assert ("Arland", "Kesh Front") not in {(stmt.actor, stmt.target) for stmt in stmts}


def test_rules_keep_their_statements(namer: Namer) -> None:
    """Where the rules read something, the combined reader tells it as theirs, with act and rule."""
    text = "Arland bombed Belmark on Tuesday. Corvia, an official said, may attack Dravia."
    by_rules = _read(reader("rules", namer), text)
    combined = _read(reader("combined", namer), text)
    assert {stmt.id for stmt in by_rules} <= {stmt.id for stmt in combined}
    assert all(stmt.reader.name in ("rules", "model") for stmt in combined)


def test_the_model_never_adds_trust_to_a_rule(namer: Namer) -> None:
    """Where the model reads otherwise, a statement of the rules is trusted less, and never more."""
    lines = (GOLD / "articles.jsonl").read_text("utf-8").splitlines()
    docs = [Document(json.loads(line)["text"], "Gazette") for line in lines]
    told = [_trust(reader(name, namer), docs) for name in ("rules", "combined")]
    assert set(told[0]) == set(told[1])
    assert all(told[1][key] <= told[0][key] for key in told[0])
    assert any(told[1][key] < told[0][key] for key in told[0])


def _trust(one: Reader, docs: list[Document]) -> dict[Statement, float]:
    """Return the rules' statements, without their confidence, and that."""
    found = (stmt for _, stmts in one.read_many(docs) for stmt in stmts if stmt.reader.name == "rules")
    return {replace(stmt, confidence=1.0): stmt.confidence for stmt in found}


def test_quoted_speech_is_held_by_its_speaker(namer: Namer) -> None:
    """Who says it holds it, with the model as with the rules."""
    stmts = _read(reader("model", namer), "Estmark's foreign minister said that Arland had bombed Belmark.")
    held = [stmt for stmt in stmts if {stmt.actor, stmt.target} == {"Arland", "Belmark"}]
    assert held
    assert all(stmt.source.chain == ("Gazette", "Estmark") for stmt in held)


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


def test_answers_do_not_depend_on_neighbours(namer: Namer) -> None:
    """A document is read alike alone and among others."""
    one = reader("combined", namer)
    docs = [
        Document(f"Arland {verb} Belmark over the grain.", "Gazette") for verb in ("backed", "scolded", "met")
    ]
    together = [stmts for _, stmts in one.read_many(docs)]
    assert together == [one.read(doc) for doc in docs]


def test_a_pair_far_apart_keeps_both_marks() -> None:
    """Five thousand words between two mentions: the model still sees both."""
    text = "Arland " + "and then " * 2500 + "attacked Belmark."
    (found,) = relate([text], [(0, 6)], [(len(text) - 8, len(text) - 1)], reader="model")
    assert found.polarity in (-1, 0, 1)


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
        "try: relate(*pair, reader='model')\n"
        "except MissingExtraError as missing: print(missing)\n"
        "print(relate(*pair, reader='rules')[0].polarity)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "allegiance[reading]" in said
    assert said.splitlines()[-1] == "1"
