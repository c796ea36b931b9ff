"""Pipelines of the user's own: what they must give, whatever their parts are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from allegiance.coding.pipeline import DEFAULT_PIPELINE, load
from allegiance.coding.reading_copy import ReadingCopy
from allegiance.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

spacy = pytest.importorskip("spacy")


def _kept(nlp: Any, folder: Path) -> str:
    nlp.to_disk(folder / "pipeline")
    return str(folder / "pipeline")


def test_parts_may_have_other_names(tmp_path: Path) -> None:
    """What counts is what a pipeline gives: a transformer's parts, or renamed ones, do as well."""
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.rename_pipe("parser", "dependencies")
    nlp.rename_pipe("tagger", "tags")
    pipeline = load(_kept(nlp, tmp_path))
    ((_, (sentence,)),) = pipeline.sentences([ReadingCopy.of("France attacked Syria.")])
    assert [(word.lemma, word.dep) for word in sentence.words[:3]] == [
        ("france", "nsubj"),
        ("attack", "ROOT"),
        ("syria", "dobj"),
    ]


def _without(*parts: str) -> Callable[[], Any]:
    def make() -> Any:
        return spacy.load(DEFAULT_PIPELINE, exclude=parts)

    return make


def _with_other_labels() -> Any:
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.get_pipe("attribute_ruler").add([[{"DEP": "dobj"}]], {"DEP": "obj"})
    nlp.remove_pipe("ner")
    # The ruler must run behind the parser to see its labels.
    ruler = nlp.get_pipe("attribute_ruler")
    later = nlp.add_pipe("attribute_ruler", name="relabel", last=True)
    later.from_bytes(ruler.to_bytes())
    return nlp


LACKING = [
    (_without("parser"), "gives no dependencies"),
    (_without("tagger", "attribute_ruler", "lemmatizer"), "gives no parts of speech"),
    (_without("lemmatizer"), "gives no base forms"),
    (lambda: spacy.blank("en"), "gives no parts of speech .* and no dependencies .* and no base forms"),
    (lambda: spacy.blank("de"), "is for 'de'; the rules read English"),
    (_with_other_labels, "names dependencies in another way"),
]


@pytest.mark.parametrize(("make", "sentence"), LACKING)
def test_what_is_lacking_is_named(make: Callable[[], Any], sentence: str, tmp_path: Path) -> None:
    """A pipeline that doesn't give what the rules look at is refused with what it lacks."""
    with pytest.raises(UsageError, match=sentence):
        load(_kept(make(), tmp_path))


def test_a_part_whose_library_is_missing(tmp_path: Path) -> None:
    """A pipeline whose parts come from a library that isn't installed (as a transformer's do) can't be loaded, and is told so."""
    kept = _kept(spacy.load(DEFAULT_PIPELINE), tmp_path)
    config = tmp_path / "pipeline" / "config.cfg"
    config.write_text(config.read_text().replace('factory = "tok2vec"', 'factory = "curated_transformer"'))
    with pytest.raises(UsageError, match=r"can't be loaded .* install what it needs beside spaCy"):
        load(kept)


def test_unknown_name() -> None:
    """A name that isn't installed is told with what to do."""
    with pytest.raises(UsageError, match="There is no spaCy pipeline called 'en_core_web_xxl'"):
        load("en_core_web_xxl")
