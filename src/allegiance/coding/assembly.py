"""Puts a document together for the rules: its sentences and names, and who answers for pronouns and speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding import coreference, definitions, descriptions, groups, speakers
from allegiance.coding.discourse import Discourse, Resolvers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Sentence
    from allegiance.model import Mention

_RESOLVERS = Resolvers(coreference.resolve, descriptions.described, speakers.find_all)


def assemble(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
    kind: Callable[[str], str] | None = None,
) -> Discourse:
    """Return the document of the reading copy `text`.

    Args:
        text: the reading copy.
        sentences: its sentences, in order.
        mentions: who is named, by offset into `text`; names that the text defines itself are added.
        lexicon: the reader's tables.
        kind: what kind of actor a name stands for (state, armed-group ...), empty where the table doesn't know.
    """
    kind = kind or _of_no_kind
    known = definitions.completed(text, mentions)
    made = groups.find_groups(text, known, lambda actor: lexicon.has("state_kinds", kind(actor)))
    named = groups.named(text, known, made)
    return Discourse(text, sentences, named, lexicon, _RESOLVERS, kind, made)


def _of_no_kind(actor: str) -> str:
    """Answer for all names where no table is at hand."""
    del actor
    return ""
