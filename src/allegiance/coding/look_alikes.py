"""What has the words of an act and tells of another thing: a victory in sport, an exchange of blows, a joint doing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegiance.coding.finding import View
    from allegiance.coding.lexicon import Frame
    from allegiance.coding.parse import Word

_SCORE = re.compile(r"\d{1,3}[-\u2013:]\d{1,3}")


def is_something_else(view: View, verb: Word, frame: Frame) -> bool:
    """Whether `verb` with its subject and object doesn't tell the act of `frame` after all."""
    return is_sport(view, verb, frame) or _is_joint(view, verb, frame) or _is_exchanged(view, verb, frame)


def is_sport(view: View, verb: Word, frame: Frame) -> bool:
    """Whether it is a victory in a game: "A beat B 3-1 in the cup final"."""
    return (
        frame.act == "assault"
        and (
            view.lexicon.has("winning", verb.lemma)
            or view.lexicon.has("winning", view.clauses.key(verb))
            or verb.lemma in view.lexicon.phrases
        )
        and any(
            view.lexicon.has("sport", word.lemma) or _SCORE.fullmatch(word.text) for word in view.sent.words
        )
    )


def _is_joint(view: View, verb: Word, frame: Frame) -> bool:
    """Whether it is "A joined B in condemning C", which makes A no member of B."""
    joined = (one for one in view.sent.kids(verb, "prep") if one.lower == "in")
    return frame.act == "member-of" and any(view.sent.kid(one, "pcomp") for one in joined)


def _is_exchanged(view: View, verb: Word, frame: Frame) -> bool:
    """Whether blows, insults or prisoners are traded, and no goods."""
    others = [one for one in view.lexicon.phrases.get(verb.lemma, ()) if one.frame.act != "trade"]
    things = view.clauses.undergoers(verb) if frame.act == "trade" else []
    return any(thing.lemma in one.objects for thing in things for one in others)
