from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import AllegianceError, UnreadableTextError, UsageError
from allegiance.model import DateInterval
from allegiance.reading import documents
from allegiance.reading.decoding import LONGEST_DOCUMENT, decoded
from allegiance.reading.text import title_of

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "The café of Korvath was bombed by the Sable Reed, and that is what they said.\n"


def written(folder: Path, content: bytes, name: str = "note.txt") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """A text is the same text in each usual encoding, with or without its mark."""
    (doc,) = documents(written(tmp_path, SENTENCE.encode(encoding))).documents
    assert doc.text == SENTENCE


def test_given_encoding(tmp_path: Path) -> None:
    """A named encoding is used, refused where it doesn't fit, and questioned where there is none such."""
    path = written(tmp_path, SENTENCE.encode("cp437"))
    assert documents(path, source_encoding="cp437").documents[0].text == SENTENCE
    with pytest.raises(UnreadableTextError, match="not utf-8 text"):
        documents(path, source_encoding="utf-8")
    with pytest.raises(UsageError, match="no text encoding called 'klingon'"):
        documents(path, source_encoding="klingon")


def test_line_ends(tmp_path: Path) -> None:
    """Line ends of all systems become one, before any offset is counted."""
    (doc,) = documents(written(tmp_path, b"One of the lines.\r\nTwo of the lines.\rEnd.")).documents
    assert doc.text == "One of the lines.\nTwo of the lines.\nEnd."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (bytes(range(256)) * 10, "binary"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 50, "binary"),
        (b"\x01\x02\x03\x04\x05" * 50, "control characters"),
        (b"%PDF-1.7 text", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8bzipped", "compressed"),
        (b"\x89PNG\r\n", "picture"),
        (b"SQLite format 3\x00rest", "database"),
    ],
)
def test_no_text(tmp_path: Path, content: bytes, says: str) -> None:
    """Empty and binary files named .txt are refused in one sentence that names the file."""
    with pytest.raises(UnreadableTextError, match=says) as caught:
        documents(written(tmp_path, content))
    assert "note.txt" in str(caught.value)


def test_one_enormous_line(tmp_path: Path) -> None:
    """A single line of 50 MB is refused with the limit, in whatever format."""
    line = b"word " * 10_000_000
    for name in ("note.txt", "page.html", "unknown.dat"):
        with pytest.raises(UnreadableTextError, match=r"20,000,000|20 MB|80 MB"):
            documents(written(tmp_path, line, name))
    with pytest.raises(UnreadableTextError, match="row 1"):
        documents(written(tmp_path, b'{"text": "' + line + b'"}', "lines.jsonl"))


def test_a_file_too_large_to_open(tmp_path: Path) -> None:
    """A file beyond any text is refused by its size, before it is read."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as hole:
        hole.truncate(5 * LONGEST_DOCUMENT)
    with pytest.raises(UnreadableTextError, match="100 MB"):
        documents(path)


def test_no_file(tmp_path: Path) -> None:
    """A missing file, a folder and an impossible name are errors of the call."""
    with pytest.raises(UsageError, match="no file"):
        documents(tmp_path / "none.txt")
    with pytest.raises(UsageError, match="folder"):
        documents(tmp_path)
    for name in ("x" * 5_000, "a\x00b"):
        with pytest.raises(UsageError):
            documents(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Korvath signs\n\nThe pact is signed.", "Korvath signs"),
        ("\n\nKorvath signs\n\nThe pact is signed.", "Korvath signs"),
        ("Korvath signs.\n\nThe pact is signed.", ""),
        ("Korvath said: “No.”\n\nThe pact is signed.", ""),
        ("Korvath signs\nThe pact is signed.", ""),
        ("Korvath signs", ""),
        ("x" * 300 + "\n\nThe pact.", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    """A short first line that is no sentence and stands alone is the title."""
    assert title_of(text) == title


def test_origin(tmp_path: Path) -> None:
    """What the caller says of the origin stands in the document; the title stays in the text, for offsets count there."""
    text = "Korvath signs\n\nThe pact is signed.\n"
    (doc,) = documents(
        written(tmp_path, text.encode()),
        outlet="The Daily",
        author="A. Lind",
        date=DateInterval.parse("2031-02-11"),
        url="https://daily.example/1",
    ).documents
    assert (doc.text, doc.title, doc.outlet, doc.author) == (text, "Korvath signs", "The Daily", "A. Lind")
    assert (str(doc.date), doc.url, doc.language, doc.origin) == (
        "2031-02-11",
        "https://daily.example/1",
        "en",
        "note.txt",
    )
    assert documents(written(tmp_path, text.encode())).documents[0].outlet == "unknown"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    """Any bytes are decoded or refused with a sentence; nothing else happens."""
    try:
        text = decoded(raw, "note.txt")
    except AllegianceError as refused:
        assert "note.txt" in str(refused)  # noqa: PT017 - both outcomes are right
    else:
        assert text.strip()
        assert "\r" not in text
