"""Puts a document together for the rules: its sentences and names, and who answers for pronouns and speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding import coreference, speakers
from allegiance.coding.discourse import Discourse, Resolvers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Sentence
    from allegiance.model import Mention

_RESOLVERS = Resolvers(coreference.resolve, coreference.described, speakers.find_all)


def assemble(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], lexicon: Lexicon
) -> Discourse:
    """Return the document of the reading copy `text`; `mentions` are by offset into it."""
    return Discourse(text, sentences, mentions, lexicon, _RESOLVERS)
