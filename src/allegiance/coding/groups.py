"""Groups that a text makes itself by listing who is in them: "the four countries, A, B, C and D", "a pact of A and B, dubbed 'X'".

Works on the reading copy and the names in it, before any grammar: lists of names are where small parsers fail. A list that could
as well be another name of its last member is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.model import Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NUMBERS = {
    word: number
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=2
    )
}
_AND = re.compile(r"(?:\s*,)?\s*(?:,|and|&|as well as)\s+(?:the\s+)?")
_NAME = r"(?P<name>[A-Z][\w'\u2019-]{1,40}(?:\s+(?:(?:of|for|and|the|plus)\s+)?[A-Z][\w'\u2019-]{0,40}){0,4})"
_MARK = r"[\"'\u201c\u201d\u2018\u2019]?"
_NUMBERED = re.compile(
    rf"\b(?:the|these|all|those)\s+(?P<number>{'|'.join(NUMBERS)})\s+(?:[a-z-]+\s+)?(?P<noun>[a-z]+)"
    r"\s*(?:[,:(\u2013\u2014-]|\s-)\s*(?:namely\s+|that is,?\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_SIDES = r"(?:coalition|alliance|bloc|group|grouping|pact|front|union|league|axis|partnership)"
_MADE_OF = r"(?:made up of|composed of|consisting of|comprising|uniting|grouping|which (?:includes|comprises|unites))"
_OF = re.compile(rf"\b{_SIDES}(?:\s+(?:of|between|{_MADE_OF})|[^.;\n]{{1,60}}?\s{_MADE_OF})\s+(?:the\s+)?$")
_NAMED_BEFORE = re.compile(rf"{_NAME}{_MARK}\s*(?P<by>\(|,?\s+{_MADE_OF}\s+)(?:the\s+)?$")
_CALLED = re.compile(
    rf"\s*(?P<mark>[,(]?)\s*(?:which is\s+|which are\s+)?(?P<how>(?:also|collectively|together|jointly|commonly)\s+)*"
    rf"(?:known as|called|dubbed|named|nicknamed|referred to as|or)\s+{_MARK}(?:the\s+)?{_MARK}"
)
# "A, B and C - the Quartet - cut ties"
_INSERTED = re.compile(
    rf"\s*(?P<dash>[\u2013\u2014(]|\s-)\s*(?:the\s+)?(?:so-called\s+)?{_MARK}(?P<name>[A-Z][a-z]+){_MARK}\s*[\u2013\u2014)-](?!\w)"
)
_ANY_NAME = re.compile(_NAME)
_UNDER = re.compile(r"\b(?:against|of|with|by|on|for|from|to|in)\s+(?:the\s+)?$")
_TOGETHER = re.compile(r"\b(?:collectively|together|jointly)\b")
# Names that each text gives to a group of its own.
_OWN_WORDS = frozenset(
    {"trio", "troika", "quartet", "quad", "quint", "axis", "ring", "league", "bloc", "core", "front"}
)
# How far back a group's words may stand before its list.
_LEAD = 120
_LEAST_LISTED = 3


@dataclass(frozen=True, slots=True)
class Group:
    """A group that the text makes by a list.

    Attributes:
        name: its name, or empty where it is only counted ("the four countries") or listed.
        start: offset of the words for the group.
        members: whom the list names, in order.
    """

    name: str
    start: int
    members: tuple[Mention, ...]


def find_groups(text: str, mentions: Sequence[Mention], is_state: Callable[[str], bool]) -> list[Group]:
    """Return the groups that `text` makes of the actors in `mentions`, by offset.

    `is_state` tells whether an actor is a state: behind a list, "(also known as ...)" may otherwise be its last member's.
    """
    found: list[Group] = []
    for members in _lists(text, mentions):
        group = _of_list(text, members, mentions, is_state) or _unnamed(members)
        if group is not None and group.name not in {one.actor for one in members}:
            found.append(group)
    return found


def named(text: str, mentions: Sequence[Mention], groups: Sequence[Group]) -> list[Mention]:
    """Return `mentions` with those of the groups, wherever their names stand free of other names."""
    found = list(mentions)
    for name in dict.fromkeys(group.name for group in groups if group.name):
        article = r"(?:[Tt]he\s+)?" if name.lower() in _OWN_WORDS else ""
        for one in re.finditer(rf"(?<![\w-]){article}{re.escape(name)}(?![\w-])", text):
            inside = [other for other in found if one.start() <= other.start and other.end <= one.end()]
            touching = [other for other in found if other.start < one.end() and one.start() < other.end]
            # A known name stays; what is only a part of the group's name gives way, and so does a "Quartet" of others.
            if len(touching) == len(inside) and not any(
                other.known and other.text == name and not article for other in inside
            ):
                found = [other for other in found if other not in inside]
                found.append(Mention(one.end() - len(name), one.end(), name, name, known=False, via="group"))
    return sorted(found, key=lambda one: one.start)


def _lists(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the lists of at least two names that "and" ends."""
    run: list[Mention] = []
    for mention in mentions:
        if run and _AND.fullmatch(text, run[-1].end, mention.start):
            run.append(mention)
            continue
        yield from _closed(text, run)
        run = [mention]
    yield from _closed(text, run)


def _closed(text: str, run: list[Mention]) -> Iterator[list[Mention]]:
    if len(run) > 1 and text[run[-2].end : run[-1].start].strip(" ,") in (
        "and",
        "&",
        "as well as",
        "and the",
    ):
        yield run


def _of_list(
    text: str, members: list[Mention], mentions: Sequence[Mention], is_state: Callable[[str], bool]
) -> Group | None:
    start, end = members[0].start, members[-1].end
    lead = text[max(0, start - _LEAD) : start]
    away = start - len(lead)
    told = tuple(members)
    counted = _NUMBERED.search(lead)
    if counted and NUMBERS[counted["number"].lower()] == len(members):
        return Group("", away + counted.start("noun"), told)
    called = _CALLED.match(text, end)
    if called and (
        _OF.search(lead)
        or _TOGETHER.search(text, end, called.end())
        or (called["mark"] == "(" and is_state(members[-1].actor))
    ):
        known = next((one.actor for one in mentions if one.start == called.end()), "")
        free = _ANY_NAME.match(text, called.end())
        told_name = known or (" ".join(free["name"].split()) if free else "")
        if told_name:
            return Group(told_name, called.end(), told)
    inserted = _INSERTED.match(text, end)
    if inserted and len(members) >= _LEAST_LISTED:
        return Group(inserted["name"], inserted.start("name"), told)
    before = _NAMED_BEFORE.search(lead)
    if before is None:
        return None
    in_brackets = before["by"].startswith("(")
    # "the coalition against X, made up of A and B" is not called X
    against = not in_brackets and _UNDER.search(lead, 0, before.start("name"))
    too_few = in_brackets and (text[end : end + 1] != ")" or len(members) < _LEAST_LISTED)
    if against or too_few:
        return None
    name = before["name"].removeprefix("The ")
    return Group(" ".join(name.split()), away + before.end("name") - len(name), told)


def _unnamed(members: list[Mention]) -> Group | None:
    """A list of three or more may be taken up by its number ("the four states"), though nothing calls it a group."""
    return Group("", members[0].start, tuple(members)) if len(members) >= _LEAST_LISTED else None
