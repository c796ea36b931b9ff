"""The loaders: what each format holds, what is left out and why, and what a broken file is told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError, UsageError
from allegiance.evaluation import dsa, factuality, own_gold, petrarch, plover, re3d

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.evaluation.corpus import Corpus
    from allegiance.evaluation.pair import Pair


def _told(one: Pair) -> tuple[str, str, int | None, str]:
    return one.words(one.a), one.words(one.b), one.polarity, one.direction


def test_dsa(annotated: Path) -> None:
    """Marks are taken out of the text, also in a row quoted as CSV; rows that don't mark p and q are left out."""
    corpus = dsa.load(annotated / "dsa_test.txt")
    assert [_told(one) for one in corpus.examples] == [
        ("Corvia", "Dravia", -1, "a->b"),
        ("Corvia", "Dravia", 1, "a->b"),
        ("Corvia", "Dravia", -1, "b->a"),
        ("Arland", "Belmark", -1, "a->b"),
        ("Dravia", "Corvia", 0, "none"),
        ("Arland", "Estmark", -1, "a->b"),
    ]
    assert corpus.examples[5].text == 'The envoy said: "Arland attacked Estmark." Nobody answered.'
    assert corpus.skipped == ("not just two marks", "the marks aren't p and q")


def test_plover(annotated: Path) -> None:
    """Nested marks, plain brackets, mutual events; the sign is that of the type's class."""
    corpus = plover.load(annotated / "plover.json")
    assert [(*_told(one), one.kind) for one in corpus.examples] == [
        ("Corvia", "Dravia", -1, "a->b", "ASSAULT"),
        ("Arland", "Belmark", 1, "a->b", "SUPPORT"),
        ("Arland", "Belmark", 1, "", "CONSULT"),
        ("Corvia", "Dravia", -1, "a->b", "REJECT"),
    ]
    assert corpus.examples[0].text == "Corvia attacked Dravia (again) on Monday."
    assert Counter(corpus.skipped) == Counter({"no event": 1, "only one actor is marked": 1, "no markup": 1})


def test_petrarch(annotated: Path) -> None:
    """Lines of a text are joined, entities resolved, impossible dates passed over; no events is an answer, no text none."""
    corpus = petrarch.load(annotated / "petrarch.xml")
    assert [(record.doc.text, [event.root for event in record.events]) for record in corpus.examples] == [
        ("French troops attacked Syria & left.", ["19"]),
        ("It rained in France.", []),
        ("France thanked Syria.", ["11"]),
    ]
    assert [str(record.doc.date) for record in corpus.examples] == ["2014-08-04", "None", "2014-08-05"]
    assert corpus.skipped == ("no text",)


def test_re3d(annotated: Path) -> None:
    """All actors of a sentence are paired; relations told both ways are one; what can't be asked is left out with a reason."""
    corpus = re3d.load(annotated / "re3d")
    assert [(one.words(one.a), one.words(one.b), one.polarity, one.kind) for one in corpus.examples] == [
        ("Corvia", "Dravia", -1, "fighting against"),
        ("Arland", "Belmark", -1, "dislikes"),
        ("Estmark", "Arland", None, "communicated with"),
        ("Estmark", "Belmark", 0, ""),
        ("Arland", "Belmark", 0, ""),
    ]
    assert corpus.examples[1].text.strip() == "Arland supports Belmark."
    assert Counter(corpus.skipped) == Counter(
        {
            "told the other way round already": 1,
            "CoLocated is no relation of this kind": 1,
            "its ends stand in no one sentence": 1,
            "its ends overlap": 1,
        }
    )


def test_factuality(annotated: Path) -> None:
    """Tokens become characters; events of several tokens are left out."""
    corpus = factuality.load(annotated / "factuality")
    assert [
        (one.text[start:end], label) for one in corpus.examples for (start, end), label in one.events
    ] == [
        ("attacked", 3.0),
        ("attack", -3.0),
        ("attack", 0.0),
        ("support", 1.0),
        ("say", 2.5),
        ("supports", -1.0),
    ]
    assert corpus.skipped == ("no event of one token",)


BROKEN: list[tuple[Callable[[Path], Corpus[object]], str, str]] = [
    (dsa.load, "one\ttwo\n", "row 1: it has 2 fields"),
    (dsa.load, "[A] hit [B].\tA\tB\t7\n", "row 1: the label is '7'"),
    (dsa.load, '"[A] hit [B].\tA\tB\t1\n', "no tab-separated row"),
    (plover.load, "{", "is no JSON"),
    (plover.load, "{}", "is no list of records"),
    (plover.load, "[]", "no record with marked source and target"),
    (petrarch.load, "<a/>", "holds no <Sentence>"),
    (factuality.load, "[]\n", "row 1: it is no JSON object"),
    (factuality.load, '{"text": "a b"}\n', "has no 'targets'"),
    (factuality.load, '{"text": "a b", "targets": [{"span1": [5, 6], "label": 1}]}\n', "span1"),
    (own_gold.load, '{"text": "a"}\n', "has no 'statements'"),
    (own_gold.load, '{"text": "a", "statements": [{"actor": "A"}]}\n', "has no 'source'"),
    (own_gold.load, '{"text": 3, "statements": []}\n', "has something else under 'text'"),
]


@pytest.mark.parametrize(("load", "content", "sentence"), BROKEN)
def test_broken_files(
    load: Callable[[Path], Corpus[object]], content: str, sentence: str, tmp_path: Path
) -> None:
    """A file of another form is told in one sentence, with the row where there is one."""
    file = tmp_path / "corpus"
    file.write_text(content)
    with pytest.raises(DataError, match=sentence):
        load(file)


@pytest.mark.parametrize(
    "load", [dsa.load, plover.load, petrarch.load, re3d.load, factuality.load, own_gold.load]
)
def test_missing_and_empty(load: Callable[[Path], Corpus[object]], tmp_path: Path) -> None:
    """No such path is the call's fault; a folder without such files is the data's."""
    with pytest.raises(UsageError, match="There is no file"):
        load(tmp_path / "missing")
    with pytest.raises((DataError, UsageError), match=r"folder|holds no"):
        load(tmp_path)


def test_re3d_needs_all_three_files(annotated: Path, tmp_path: Path) -> None:
    """A folder with documents alone isn't taken for re3d."""
    (tmp_path / "documents.json").write_bytes(
        (annotated / "re3d" / "Invented" / "documents.json").read_bytes()
    )
    with pytest.raises(DataError, match=r"has no entities\.json"):
        re3d.load(tmp_path)
