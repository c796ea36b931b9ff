"""Which acts a word can tell, by the reader's tables: for those who compare statements with annotated events."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.coding.lexicon import Lexicon
from allegiance.coding.pipeline import load
from allegiance.coding.reading_copy import ReadingCopy

if TYPE_CHECKING:
    from collections.abc import Mapping


class TellingWords:
    """The acts of each base form in the reader's tables."""

    def __init__(self, pipeline: str | None) -> None:
        """Gather the tables; `pipeline` finds base forms."""
        self._pipeline = load(pipeline)
        found: dict[str, set[str]] = defaultdict(set)
        lexicon = Lexicon.shipped()
        for table in (lexicon.verbs, lexicon.nouns, lexicon.roles, lexicon.adjectives):
            for word, frames in table.items():
                # "carry out" is told by its verb; which preposition follows is up to the reader.
                found[word.partition("_")[0]].update(frame.act for frame in frames)
        for verb, phrases in lexicon.phrases.items():
            found[verb.partition("_")[0]].update(phrase.frame.act for phrase in phrases)
            for phrase in phrases:
                for noun in phrase.objects:
                    found[noun].add(phrase.frame.act)
        self._acts: Mapping[str, set[str]] = found

    @lru_cache(maxsize=100_000)  # noqa: B019 - there is one object for each pipeline, kept as long as that
    def acts(self, word: str) -> frozenset[str]:
        """Return the acts that `word`, in whatever form, can tell."""
        if not word.isalpha():
            return frozenset()
        # A verb's form is only known beside a subject.
        copy = ReadingCopy.of(f"They {word} it.")
        _, sentences = next(iter(self._pipeline.sentences([copy])))
        lemmas = {one.lemma for sent in sentences for one in sent.words if one.text == word}
        return frozenset(act for lemma in (*lemmas, word.lower()) for act in self._acts.get(lemma, ()))


@lru_cache(maxsize=4)
def telling_words(pipeline: str | None = None) -> TellingWords:
    """Return the acts of words, with base forms by the pipeline called `pipeline`.

    Raises:
        MissingExtraError: spaCy isn't installed.
        UsageError: there is no such pipeline.
    """
    return TellingWords(pipeline)
