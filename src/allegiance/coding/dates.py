"""When it happened, by the words of the sentence: "on 12 March 2014", "in 2019", "last week", seen from the document's date.

Conservative: a date counts for an act only where it hangs on the act's own verb or noun; where two differ, or where it is open
at one end ("before 2013"), the statement keeps its document's date. "A said on Monday that B ..." dates the saying, not B's act.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from allegiance.model import DateInterval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from allegiance.coding.finding import View
    from allegiance.coding.parse import Word

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            "a an one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        start=1,
    )
    for word in words.split()
}
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_UNIT = r"(?P<unit>day|week|month|year)"
# Open at one end: nobody knows how far such a time reaches.
_OPEN = re.compile(
    r"\b(?:before|until|till|after|by|prior to|from)\s+(?:the\s+|early\s+|late\s+)?$", re.IGNORECASE
)
_LEAD = 20
_WEEK = 7
_HALF_YEAR = 183


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that tell a time.

    Attributes:
        start: offset of the first character in the reading copy.
        end: offset behind the last.
        interval: the days that they mean.
        bare: whether it is only a number before a noun ("the 2014 annexation").
    """

    start: int
    end: int
    interval: DateInterval
    bare: bool = False


def expressions(text: str, start: int, end: int, told: DateInterval | None) -> list[Expression]:
    """Return the times that the characters ``start:end`` of `text` name, as seen from the document's date `told`."""
    found: list[Expression] = []
    for pattern, meaning in _FORMS:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            lead = text[max(start, match.start() - _LEAD) : match.start()]
            interval = None if _OPEN.search(lead) else _meant(meaning, match, told)
            if interval is not None:
                found.append(Expression(match.start(), match.end(), interval, bare=match[0].isdigit()))
    return found


def _meant(
    meaning: Callable[[re.Match[str], DateInterval | None], DateInterval | None],
    match: re.Match[str],
    told: DateInterval | None,
) -> DateInterval | None:
    try:
        return meaning(match, told)
    except (ValueError, OverflowError):
        return None  # "31 June", or a day before the calendar begins: no date


def date_of(view: View, anchor: Word, times: list[Expression]) -> DateInterval | None:
    """Return when the act that `anchor` tells happened, or None where the sentence doesn't say it plainly."""
    mine = {one.interval for one in times if _belongs(view, one, anchor)}
    return mine.pop() if len(mine) == 1 else None


def _belongs(view: View, time: Expression, anchor: Word) -> bool:
    """Whether a time hangs on the act's own word, or on the verb that governs it."""
    inside = [word for word in view.sent.words if word.start < time.end and word.end > time.start]
    top = next((word for word in inside if view.sent.head(word) not in inside), None)
    if top is None:
        return False
    if time.bare and top.dep in ("nummod", "compound", "amod", "nmod"):
        return view.sent.head(top) == anchor
    governing = {verb.i for verb in _governing(view, anchor, top)}
    for word in view.sent.up(top):
        if word == anchor or word.i in governing:
            return True
        if word.is_verb:
            return False
    return False


def _governing(view: View, anchor: Word, time: Word) -> Iterator[Word]:
    """Yield the verb of the act, and those that share its time: "decided in 2014 to arm", "in 2014, A bombed B and armed C"."""
    verb = anchor if anchor.is_verb else next((one for one in view.sent.up(anchor) if one.is_verb), None)
    while verb is not None:
        yield verb
        head = view.sent.head(verb)
        own = view.sent.kid(verb, "nsubj", "nsubjpass") is not None
        shared = verb.dep == "xcomp" or (
            verb.dep == "conj" and not own and head is not None and time.i < head.i
        )
        verb = head if shared and head is not None and head.is_verb else None


# -- what each form means -----------------------------------------------------------------------------


def _full_date(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    day, month = int(match["day"]), _month(match["month"])
    if match["year"]:
        return DateInterval.day(date(int(match["year"]), month, day))
    if told is None:
        return None
    near = [date(year, month, day) for year in range(told.first.year - 1, told.first.year + 2)]
    return DateInterval.day(min(near, key=lambda one: abs((one - told.first).days)))


def _month_of_year(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    month = _month(match["month"])
    if match["year"]:
        return _whole_month(int(match["year"]), month)
    if told is None:
        return None
    near = [_whole_month(year, month) for year in range(told.first.year - 1, told.first.year + 1)]
    best = max((one for one in near if one.first <= told.last), key=lambda one: one.first)
    return best if (told.first - best.last).days < 2 * _HALF_YEAR else None


def _years(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    del told
    first, last = int(match["year"]), match["last"]
    end = int(last) if len(last) > 2 else first // 100 * 100 + int(last)  # noqa: PLR2004 - "2011-13"
    return _between(date(first, 1, 1), date(end, 12, 31))


def _since(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    month = _month(match["month"]) if match["month"] else 1
    return _between(date(int(match["year"]), month, 1), told.last) if told is not None else None


def _year(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    year = int(match["year"])
    # A number far ahead of the document is a count or a goal.
    return _whole_year(year) if told is None or year <= told.last.year + 1 else None


def _decade(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    del told
    first = int(match["year"])
    return _between(date(first, 1, 1), date(first + 9, 12, 31))


def _near_day(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    day = _single(told)
    away = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(match[0].lower(), 0)
    return DateInterval.day(day + timedelta(away)) if day is not None else None


def _weekday(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    day = _single(told)
    if day is None:
        return None
    back = (day.weekday() - _DAYS.index(match["weekday"].lower())) % _WEEK
    if (match["which"] or "").lower() == "next":
        return DateInterval.day(day + timedelta(_WEEK - back))
    return DateInterval.day(day - timedelta(back or (_WEEK if match["which"] else 0)))


def _ago(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    return _shifted(told, match["unit"].lower(), -count)


def _this_last_next(match: re.Match[str], told: DateInterval | None) -> DateInterval | None:
    return _shifted(
        told, match["unit"].lower(), {"last": -1, "past": -1, "next": 1}.get(match["which"].lower(), 0)
    )


def _shifted(told: DateInterval | None, unit: str, count: int) -> DateInterval | None:
    """The day, calendar week, month or year so many of them away from the document's."""
    if told is None:
        return None
    first, last = told.first, told.last
    if unit == "year":
        return _whole_year(first.year + count) if first.year == last.year else None
    if unit == "month":
        months = first.year * 12 + first.month - 1 + count
        same = (first.year, first.month) == (last.year, last.month)
        return _whole_month(months // 12, months % 12 + 1) if same else None
    if first != last:
        return None
    if unit == "week":
        monday = first - timedelta(first.weekday()) + timedelta(_WEEK * count)
        return DateInterval(monday, monday + timedelta(_WEEK - 1))
    return DateInterval.day(first + timedelta(count))


def _single(told: DateInterval | None) -> date | None:
    return told.first if told is not None and told.first == told.last else None


def _month(name: str) -> int:
    return next(
        number
        for number, month in enumerate(_MONTHS, start=1)
        if month.startswith(name.lower().rstrip(".")[:3])
    )


def _whole_month(year: int, month: int) -> DateInterval:
    return DateInterval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _whole_year(year: int) -> DateInterval:
    return DateInterval(date(year, 1, 1), date(year, 12, 31))


def _between(first: date, last: date) -> DateInterval | None:
    return DateInterval(first, last) if first <= last else None


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}", re.IGNORECASE)


# Longer forms before those that they contain.
_FORMS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], DateInterval | None], DateInterval | None]], ...
] = (
    (_form(rf"(?:between|from)\s+{_YEAR}\s+(?:and|to|until)\s+(?P<last>(?:1[89]|20)\d\d)\b"), _years),
    (_form(rf"(?:in|during)\s+{_YEAR}\s?[-\u2013]\s?(?P<last>(?:(?:1[89]|20)\d\d|\d\d))\b"), _years),
    (_form(rf"since\s+(?:early\s+|late\s+)?(?:{_MONTH}\s+)?{_YEAR}\b"), _since),
    (_form(rf"(?:on\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b"), _full_date),
    (_form(rf"(?:on\s+)?{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+{_YEAR}\b)?"), _full_date),
    (_form(rf"(?:in|during|of|early|late|mid)[\s-]+(?:early\s+|late\s+|mid-?)?{_MONTH}(?:,?\s+{_YEAR})?\b"), _month_of_year),
    (_form(r"in the (?:early |late |mid-)?(?P<year>(?:1[89]|20)\d0)s\b"), _decade),
    (_form(rf"(?:in|during)\s+(?:early[\s-]|late[\s-]|mid-?|the\s+\w+\s+of\s+)?{_YEAR}\b(?!\s?[-\u2013]\s?\d)"), _year),
    (_form(r"(?:yesterday|today|tomorrow|tonight|last night|this morning|this evening|this afternoon)\b"), _near_day),
    (_form(rf"(?:on\s+)?(?:(?P<which>last|next)\s+)?(?P<weekday>{'|'.join(_DAYS)})\b"), _weekday),
    (_form(rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})\s+{_UNIT}s?\s+ago\b"), _ago),
    (_form(rf"(?P<which>last|this|next)\s+{_UNIT}\b"), _this_last_next),
    (_form(rf"{_YEAR}\b(?=\s+[a-z])"), _year),
)  # fmt: skip
