"""When a surname alone names a leader: "Putin" does, "Brown" only after "Gordon Brown" or "Prime Minister"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.naming.senses import nearest, short_senses
from allegiance.naming.words import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from allegiance.naming.lexicon import Phrase, Sense


def meant_short(
    phrase: Phrase, day: date | None, introduced: Mapping[str, Sense], *, titled: bool
) -> Sense | None:
    """Return whom a surname alone means on `day`, or None where that isn't certain.

    Args:
        phrase: the surname.
        day: the day of the text.
        introduced: by surname, who stood in the text with the full name before.
        titled: whether a title stands directly before the surname.
    """
    key = " ".join(phrase.words).casefold()
    if key in introduced:
        return introduced[key]
    holding = [sense for sense in short_senses(phrase.senses) if day is None or sense.period.holds_on(day)]
    # Two persons of one state (a president and his son) leave the actor certain.
    if len({sense.actor for sense in holding}) != 1:
        return None
    certain = titled or key not in word_list("common surname") or any(sense.by_user for sense in holding)
    return nearest(holding) if certain else None


def short_names_introduced(sense: Sense) -> dict[str, Sense]:
    """Return, by surname, whom the surname means after the full name stood in the text."""
    return {short.casefold(): sense for short in sense.shorts}
