"""`--reader llm` on the command line, against a real server on loopback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from allegiance.coding import relate
from model_server import Reply, answering, serving, told

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

ARTICLE = "France attacked Syria. Nobody else was there."
FOUND = told(quote="France attacked Syria.", actor="France", target="Syria")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return a small article."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return path


def test_code(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements go to stdout; tokens, and what was dropped, to stderr."""
    with serving(lambda *_: answering(FOUND, told())) as server:
        monkeypatch.setenv("ALLEGIANCE_LLM_URL", server.url)
        found = run("code", article, "--reader", "llm", "--outlet", "Gazette", "--json")
    assert found.code == 0, found.err
    (stmt,) = map(json.loads, found.out.splitlines())
    assert (stmt["actor"], stmt["act"], stmt["target"], stmt["reader"]) == (
        "France",
        "assault",
        "Syria",
        "llm/default",
    )
    assert "100 tokens asked, 10 answered" in found.err
    assert "dropped: 1 quotes that don't stand in the text" in found.err
    assert "leaves this machine" not in found.err


def test_read_into_a_case(run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case keeps the statements; the same file, read the same way, isn't asked for again."""
    case = tmp_path / "my.case"
    with serving(lambda *_: answering(FOUND)) as server:
        monkeypatch.setenv("ALLEGIANCE_LLM_URL", server.url)
        first = run("read", case, article, "--reader", "llm", "--outlet", "Gazette")
        again = run("read", case, article, "--reader", "llm", "--outlet", "Gazette")
    assert (first.code, again.code, len(server.questions)) == (0, 0, 1)
    assert "1 new statements" in first.err
    assert "dropped: none" in first.err


def test_nothing_half_written(
    run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the service breaks down the file isn't kept at all, and the exit code is its own."""
    case = tmp_path / "my.case"
    monkeypatch.setenv("ALLEGIANCE_LLM_ATTEMPTS", "1")
    with serving(lambda *_: Reply(status=500, raw=b"")) as server:
        monkeypatch.setenv("ALLEGIANCE_LLM_URL", server.url)
        broken = run("read", case, article, "--reader", "llm")
    assert broken.code == 6
    assert "gave no answer in 1 attempts: 500" in broken.err
    assert run("statements", case, "--json").out == ""


def test_a_word_before_texts_leave_the_machine(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever names a server elsewhere is told so, before anything is sent; the key is never shown."""
    monkeypatch.setenv("ALLEGIANCE_LLM_URL", "http://models.invalid/v1")
    monkeypatch.setenv("ALLEGIANCE_LLM_KEY", "secret-key")
    monkeypatch.setenv("ALLEGIANCE_LLM_ATTEMPTS", "1")
    found = run("code", article, "--reader", "llm")
    assert found.code == 6
    assert "sends every text to models.invalid: it leaves this machine, unencrypted." in found.err
    assert "secret-key" not in found.out + found.err


def test_known_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is asked about the two mentions; an answer in another form is no relation."""
    replies = ['{"polarity": -1, "direction": "a->b"}', '{"polarity": 2, "direction": "a->b"}', "no idea"]
    with serving(lambda _, number: Reply(replies[number])) as server:
        monkeypatch.setenv("ALLEGIANCE_LLM_URL", server.url)
        monkeypatch.setenv("ALLEGIANCE_LLM_AT_ONCE", "1")
        found = relate([ARTICLE] * 3, [(0, 6)] * 3, [(16, 21)] * 3, reader="llm")
    assert [(one.polarity, one.direction) for one in found] == [(-1, "a->b"), (0, "none"), (0, "none")]
    assert "a: France\nb: Syria" in server.questions[0]["messages"][1]["content"]
