"""Statements -> claims about routes: "A ships oil from B via C to D" becomes a path of arcs, each with its claimant."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from allegiance.model import Modality, TextEvidence
from allegiance.network.counting import CountingPolicy
from allegiance.network.route_claims import RouteClaim
from allegiance.network.route_words import bare, direction, goods_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from allegiance.model import Statement

ACTS = frozenset({"supply", "trade", "finance", "aid"})
WITHOUT_WAY = "trade of which it isn't told which way anything goes"
WITHOUT_GOODS = "help of which it isn't told that goods or money are given"
NOT_ASSERTED = "wishes, threats, predictions and conditions"
NO_WAY = "no second place or body is named"


@dataclass(frozen=True, slots=True)
class ToldRoutes:
    """What statements tell of routes.

    Attributes:
        claims: one for each arc of each statement's path, in the order of the statements.
        left_out: how many statements about flows tell no route, by reason.
    """

    claims: tuple[RouteClaim, ...]
    left_out: Mapping[str, int]


def told_routes(
    stmts: Iterable[Statement],
    policy: CountingPolicy | None = None,
    called: Callable[[str], str] = bare,
) -> ToldRoutes:
    """Return what statements tell of routes.

    A path leads from the origin over who gives or carries, the places on the way, and who gets it. What the policy lets
    count is claimed; denials and negated statements are kept as claims that are denied; the rest is left out.

    Args:
        stmts: any statements; those that tell of no flow are passed over.
        policy: what counts; by default what is asserted.
        called: what a place is called that a text names in so many words.
    """
    policy = policy or CountingPolicy()
    stmts = [stmt for stmt in stmts if stmt.act in ACTS]
    targets: dict[object, set[str]] = defaultdict(set)
    for stmt in stmts:
        targets[_passage(stmt)] |= {stmt.target, called(stmt.target_text)}
    claims: list[RouteClaim] = []
    left_out: Counter[str] = Counter()
    for stmt in stmts:
        way = _path(stmt, called, targets[_passage(stmt)])
        denied = _is_denied(stmt)
        if isinstance(way, str):
            left_out[way] += 1
        elif (
            not denied
            and policy.share(stmt.act, stmt.modality, negated=stmt.negated, confidence=stmt.confidence) <= 0
        ):
            left_out[NOT_ASSERTED] += 1
        else:
            goods = goods_of(stmt)
            claims += [
                RouteClaim(
                    start, end, stmt.source.chain, stmt.id, goods.name, goods.amount, goods.unit,
                    confidence=stmt.confidence, date=stmt.date, denied=denied,
                )
                for start, end in pairwise(way)
            ]  # fmt: skip
    return ToldRoutes(tuple(claims), dict(left_out))


def _is_denied(stmt: Statement) -> bool:
    """Whether the source says that nothing flows: a denial, or an asserted "did not"."""
    return stmt.negated != (stmt.modality is Modality.DENIED) and stmt.modality in (
        Modality.DENIED,
        Modality.ASSERTED,
    )


def _path(stmt: Statement, called: Callable[[str], str], targets: set[str]) -> tuple[str, ...] | str:
    """Return the places and bodies along a flow, or why there is none."""
    told = dict(stmt.qualifiers)
    if stmt.act == "aid" and "goods" not in told:
        return WITHOUT_GOODS
    way = direction(stmt)
    if not way:
        return WITHOUT_WAY
    giver, taker = (stmt.actor, stmt.target) if way > 0 else (stmt.target, stmt.actor)
    origin, goal = (called(told[name]) if told.get(name) else "" for name in ("origin", "destination"))
    # Several way stations stand in the order in which they are passed.
    stations = [called(one.strip()) for one in told.get("via", "").split(";") if one.strip()]
    # "sells fuel to A and to B": B is the target of a statement of its own, not behind A.
    if goal in targets or goal == taker:
        goal = ""
    ends = (goal, taker) if way > 0 else (taker, goal)
    path = tuple(dict.fromkeys(name for name in (origin, giver, *stations, *ends) if name))
    # What comes back to where it was is no way there.
    return path if len(path) > 1 else NO_WAY


def _passage(stmt: Statement) -> object:
    evidence = stmt.evidence
    return (evidence.document, evidence.quote) if isinstance(evidence, TextEvidence) else evidence
