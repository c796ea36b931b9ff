"""What the words of a statement tell of a flow: which way it goes, what flows, and how much."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from allegiance.model import TextEvidence

if TYPE_CHECKING:
    from allegiance.model import Statement

MONEY = "money"
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "some",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "this",
        "that",
        "these",
        "those",
        "such",
        "any",
        "all",
        "more",
        "most",
        "much",
        "many",
        "of",
        "same",
    ]
)
_RECEIVING = re.compile(
    r"\b(?:buy\w*|bought|purchas\w+|import\w*|procur\w+|acquir\w+|receiv\w+|obtain\w*|get(?:s|ting)?|got)\b"
)
_GIVING = re.compile(
    r"\b(?:sell\w*|sold|export\w*|ship(?:s|ped|ping)?|smuggl\w+|deliver\w*|suppl(?:y|ies|ied|ying)|truck(?:ed|s|ing)?|"
    r"transport\w*|pump(?:s|ed|ing)?|peddl\w+|send\w*|sent|transfer\w*|funnel\w*|giv\w+|gave|pay\w*|paid|provid\w+|donat\w+)\b"
)
_TAKING = re.compile(r"\b(?:tax(?:es|ed|ing)?|levi\w+|levy\w*|tolls?|extort\w*)\b")
_AMOUNT = re.compile(
    r"(?:(?:about|some|around|nearly|almost|over|roughly|up to|more than|at least)\s+)?(\d[\d,]*(?:\.\d+)?)\s*"
    r"(thousand|million|billion)?\s+([^\W\d]+)(?:\s+of\s+(?:the\s+)?(.+))?",
    re.IGNORECASE,
)
_SIZES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_PER = re.compile(r"^[\w\s]{0,40}?\b(?:a|per|each|every)\s+(day|week|month|year)\b")
_COINS = frozenset(
    [
        "dollar",
        "euro",
        "pound",
        "ruble",
        "rouble",
        "yen",
        "yuan",
        "franc",
        "lira",
        "riyal",
        "dinar",
        "dirham",
        "rial",
        "crown",
        "peso",
        "rupee",
        "shekel",
    ]
)
_MEASURES = _COINS | frozenset(
    [
        "barrel",
        "ton",
        "tonne",
        "litre",
        "liter",
        "gallon",
        "kilo",
        "kilogram",
        "kilogramme",
        "gram",
        "pound",
        "ounce",
        "metre",
        "meter",
        "megawatt",
        "box",
        "crate",
        "container",
        "shipment",
        "truckload",
        "lorryload",
        "tanker",
        "bag",
        "sack",
        "load",
    ]
)


class Goods(NamedTuple):
    """What flows, in lower case without article, and how much of it in which unit, where that is told."""

    name: str
    amount: Decimal | None = None
    unit: str = ""


def direction(stmt: Statement) -> int:
    """Return +1 where goods go from actor to target, -1 where they come from the target, 0 where it isn't told.

    Money and supplies go to the target, unless the words tell of taxes or of getting something *from* the target. Trade
    goes both ways ("trades with"), unless they tell of selling or buying.
    """
    quote = stmt.evidence.quote.casefold() if isinstance(stmt.evidence, TextEvidence) else ""
    target = bare(stmt.target_text).casefold()
    origin = bare(dict(stmt.qualifiers).get("origin", "")).casefold()
    if target and (origin == target or re.search(rf"\bfrom\s+(?:the\s+)?{re.escape(target)}(?!\w)", quote)):
        return -1
    if stmt.act == "finance":
        return -1 if _TAKING.search(quote) else 1
    if stmt.act != "trade":
        return 1
    place = re.search(rf"(?<!\w){re.escape(target)}(?!\w)", quote) if target else None
    before = quote[: place.start()] if place else quote
    # Of several verbs the one nearest before the target is about it.
    last = max(
        (
            (found.start(), way)
            for words, way in ((_RECEIVING, -1), (_GIVING, 1))
            for found in words.finditer(before)
        ),
        default=(0, 0),
    )
    return last[1]


def goods_of(stmt: Statement) -> Goods:
    """Return what flows: the goods of the statement, "money" where somebody is financed with something unnamed."""
    told = dict(stmt.qualifiers).get("goods", "")
    if not told:
        return Goods(MONEY if stmt.act == "finance" else "")
    found = _AMOUNT.fullmatch(told.strip())
    if not found:
        name = bare(told).casefold()
        return Goods(name)
    number, size, noun, of = found.groups()
    amount = Decimal(number.replace(",", "")) * _SIZES.get((size or "").casefold(), 1)
    noun = noun.casefold()
    single = noun.removesuffix("s")
    quote = stmt.evidence.quote if isinstance(stmt.evidence, TextEvidence) else ""
    behind = quote.partition(told)[2]
    if of is None and (named := re.match(r"\s+of\s+(?:the\s+)?(\w+)", behind)):
        of = named[1]
    per = _PER.match(behind)
    unit = f"{noun} a {per[1]}" if per else noun
    if single in _COINS:
        return Goods(MONEY, amount, unit)
    return Goods((of or "").casefold() if single in _MEASURES else noun, amount, unit)


def bare(words: str) -> str:
    """Return words without the articles and the like before them.

    >>> bare("the port of Orlune")
    'port of Orlune'
    """
    parts = words.split()
    while len(parts) > 1 and parts[0].casefold() in _ARTICLES:
        parts = parts[1:]
    return " ".join(parts)
