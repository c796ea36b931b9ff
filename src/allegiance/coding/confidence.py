"""How far each rule is trusted, before calibration: a table anyone can read and argue with."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegiance.coding.party import Party

BY_RULE: Mapping[str, float] = MappingProxyType(
    {
        "verb-object": 0.8,
        "verb-passive": 0.8,
        "verb-preposition": 0.75,
        "verb-phrase": 0.8,
        "threat-to": 0.75,
        "demand-that": 0.7,
        "noun-owner": 0.7,
        "noun-by": 0.75,
        "noun-between": 0.7,
        "noun-of": 0.55,
        "noun-blamed": 0.65,
        "light-verb": 0.7,
        "with-help": 0.7,
        "noun-suffered": 0.7,
        "role-copula": 0.8,
        "role-apposition": 0.75,
        "adjective": 0.7,
        "hyphen-backed": 0.8,
        "hyphen-pro-anti": 0.65,
        "judgement": 0.5,
        "side-against": 0.7,
        "exclusion": 0.65,
        "group-listed": 0.75,
        "position": 0.65,
        "flow-passive": 0.65,
        "goods-way": 0.65,
        "alliance-of": 0.7,
        "taken-up": 0.55,
        "each-other": 0.75,
    }
)
_UNKNOWN_PARTY = 0.8
_PRONOUN = 0.8
_HEDGED = 0.8


def confidence(rule: str, parties: tuple[Party, ...], *, hedged: bool) -> float:
    """Return the trust in a statement found by `rule` between `parties`, from 0 to 1."""
    trust = BY_RULE[rule]
    for party in parties:
        trust *= 1.0 if party.known else _UNKNOWN_PARTY
        trust *= _PRONOUN if party.via == "pronoun" else 1.0
    return round(trust * (_HEDGED if hedged else 1.0), 3)
