"""Who says it, in the midst of what is said: both parts are parsed alone and put together again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.coding import interjections
from allegiance.coding.lexicon import Lexicon
from allegiance.coding.pipeline import load
from allegiance.coding.reading_copy import ReadingCopy

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

# text -> holders below the outlet, actor, act, target, modality of its only statement
SPLIT = [
    ("NATO, Vane told parliament, had attacked Corvia.", ("Petr Vane",), "NATO", "assault", "asserted"),
    ("“If Belmark shells us,” Holt told the Herald, “we will attack Belmark.”", ("Mira Holt",), "Arland", "assault", "conditional"),
    ("“The Northern Pact,” said Lind, who has led us for years, “will attack Corvia.”", ("Anna Lind",), "Northern Pact", "assault", "predicted"),
    ("“Estmark,” the Herald quoted Vane as saying, “is financing the Red Banner.”", ("Herald", "Petr Vane"), "Estmark", "finance", "asserted"),
    ("“Estmark,” in the words of Vane, “has attacked the Red Banner.”", ("Petr Vane",), "Estmark", "assault", "asserted"),
    ("The Harbour League, Lind claims, has been financing the Red Banner.", ("Anna Lind",), "Harbour League", "finance", "asserted"),
    ("Should Corvia enter the bay, Lind warned, Estmark would attack Corvia.", ("Anna Lind",), "Estmark", "assault", "conditional"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holders", "actor", "act", "modality"), SPLIT)
def test_what_is_interrupted_is_read_whole(
    read: Callable[[str], list[Statement]],
    text: str,
    holders: tuple[str, ...],
    actor: str,
    act: str,
    modality: str,
) -> None:
    """The halves of what is said make one clause, held by who interrupts it."""
    told = [(stmt.source.chain[1:], stmt.actor, stmt.act, stmt.modality.value) for stmt in read(text)]
    assert (holders, actor, act, modality) in told


WHOLE = [
    "Corvia attacked Dravia.",
    "Holt accused Corvia of paying the Kesh Front, an allegation Vane rejected.",
    "When Corvia attacked, Lind protested.",
    "“Arland,” he said.",
    "Vane said that Belmark, which arms the Kesh Front, had attacked Corvia.",
    "As Corvia attacked, Vane warned.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_others_are_left_whole(text: str) -> None:
    """A sentence that no speaker interrupts or closes is parsed once."""
    pytest.importorskip("spacy")
    ((_, sentences),) = load().sentences([ReadingCopy.of(text)])
    assert [interjections.find(sent, Lexicon.shipped()) for sent in sentences] == [None] * len(sentences)


def test_words_stay_where_they_were() -> None:
    """The second parse moves no word: each is the text between its offsets, and every word hangs on one of the sentence."""
    pytest.importorskip("spacy")
    text = "“Belmark,” said Lind, “has armed the Kesh Front.” Vane, two officials claim, paid Arland."
    ((_, sentences),) = load().sentences([ReadingCopy.of(text)])
    for sent in sentences:
        assert [text[word.start : word.end] for word in sent.words] == [word.text for word in sent.words]
        assert all(0 <= word.head < len(sent.words) and word.i == at for at, word in enumerate(sent.words))
        assert sum(word.head == word.i for word in sent.words) == 1
