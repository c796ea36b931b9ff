"""The real corpora, read by path where they are there: every record is an example or left out with a reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from allegiance.evaluation import dsa, factuality, petrarch, plover, re3d
from allegiance.evaluation.judging import read_verdicts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared_data


def test_dsa(shared_data: Path) -> None:
    """All rows of both files have two marks that are p and q; the sentences of the two files overlap."""
    train, valid = (dsa.load(shared_data / "reading" / "dsa" / name) for name in ("train.txt", "valid.txt"))
    assert (len(train.examples), len(valid.examples)) == (12_742, 1_418)
    assert train.skipped == valid.skipped == ()
    seen = {one.unit for one in train.examples}
    assert sum(one.unit not in seen for one in valid.examples) == 1_024
    assert all(one.words(one.a) and one.words(one.b) for one in train.examples)


def test_plover(shared_data: Path) -> None:
    """323 records, two of them of the same name: 300 give 318 pairs, the others name one actor only or no event."""
    corpus = plover.load(shared_data / "reading" / "plover" / "PLOVER_GSR_CAMEO.txt")
    assert len(corpus.examples) == 318
    assert len({one.unit for one in corpus.examples}) + len(corpus.skipped) == 322
    assert Counter(corpus.skipped) == Counter({"only one actor is marked": 21, "no event": 1, "no markup": 1})


def test_petrarch(shared_data: Path) -> None:
    """78 records, one of them without text."""
    corpus = petrarch.load(shared_data / "reading" / "petrarch" / "PETR2_GSR_validation.xml")
    assert (len(corpus.examples), corpus.skipped) == (77, ("no text",))
    assert sum(not record.events for record in corpus.examples) > 0


def test_re3d(shared_data: Path) -> None:
    """981 relations: those of the kinds asked for are examples, told both ways once; the rest has its reason."""
    corpus = re3d.load(shared_data / "reading" / "re3d")
    annotated = sum(bool(one.kind) for one in corpus.examples)
    assert annotated + len(corpus.skipped) == 981
    assert sum(bool(one.polarity) for one in corpus.examples) == 246
    assert all("\n\n" not in one.text.strip() for one in corpus.examples)


def test_judged_sample_is_of_this_corpus(shared_data: Path, annotated: Path) -> None:
    """The ids that were judged by hand are those of pairs of this corpus, and there are a hundred."""
    pairs = {one.id for one in re3d.load(shared_data / "reading" / "re3d").examples}
    verdicts = read_verdicts(annotated / "re3d_judged.csv")
    assert len(verdicts) == 100
    assert {name.rsplit(":", 2)[0] for name in verdicts} <= pairs


def test_factuality(shared_data: Path) -> None:
    """All ten files are read; sentences without an event of one token are left out."""
    corpus = factuality.load(shared_data / "reading" / "factuality")
    assert len({one.id.split(":")[0] for one in corpus.examples}) == 10
    assert len(corpus.examples) + len(corpus.skipped) == 21_483
