"""The reader's tables agree with the code book and with themselves."""

from __future__ import annotations

from itertools import chain

from allegiance.coding.lexicon import Lexicon
from allegiance.model import Codebook

# Told by other means than a lexicon's word, and kinds that only the taught reader tells apart.
NOT_IN_TABLES = {"comment", "tie"} | {"reconcile", "demand", "rival", "appeal", "oppose", "praise"}


def _frames() -> list[tuple[str, str]]:
    lexicon = Lexicon.shipped()
    tables = (lexicon.verbs, lexicon.nouns, lexicon.roles, lexicon.adjectives)
    framed = [frame for table in tables for frames in table.values() for frame in frames]
    framed += [*lexicon.compounds.values(), *lexicon.prefixes.values()]
    framed += [phrase.frame for phrase in chain.from_iterable(lexicon.phrases.values())]
    return [(frame.act, frame.mode) for frame in framed]


def test_every_act_and_mode_is_in_the_code_book() -> None:
    """No word tells an act or a mode that the code book doesn't know."""
    book = Codebook.shipped()
    for act, mode in set(_frames()):
        assert mode in ("", *dict(book.act(act).modes)), (act, mode)


def test_every_act_has_words() -> None:
    """The tables cover the whole code book."""
    assert {act for act, _ in _frames()} >= set(Codebook.shipped().acts) - NOT_IN_TABLES


def test_attitudes_have_a_sign() -> None:
    """An attitude's sign comes from its word, never from the code book."""
    for frames in Lexicon.shipped().verbs.values():
        assert all((frame.sign != 0) == (frame.act == "attitude") for frame in frames)


def test_british_spelling_is_known() -> None:
    """A word in -ize is also found in -ise."""
    assert Lexicon.shipped().verbs["criticise"] == Lexicon.shipped().verbs["criticize"]
