"""The rule on groups that a text makes by a list: each of the list is told to be a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.coding.finding import Finding
from allegiance.coding.lexicon import Frame
from allegiance.coding.party import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word
    from allegiance.model import Mention

_MEMBER = Frame("member-of", "", 0, ("of",))


def find(discourse: Discourse, view: View) -> Iterator[Finding]:
    """Yield who is told to be in the groups that this sentence names and lists."""
    for group in discourse.groups:
        if not group.name or not view.sent.start <= group.start < view.sent.end:
            continue
        anchor = _word_at(view, group.start)
        mention = view.finder.mention_at(anchor)
        if mention is None:
            continue
        itself = _party(mention, anchor)
        for member in group.members:
            if member.actor != itself.actor:
                yield Finding(
                    anchor, _MEMBER, _party(member, _word_at(view, member.start)), itself, "group-listed"
                )


def _word_at(view: View, offset: int) -> Word:
    return next((word for word in view.sent.words if word.end > offset), view.sent.words[-1])


def _party(mention: Mention, word: Word) -> Party:
    return Party(mention.actor, mention.text, word.i, mention.known, mention.via, mention.person)
