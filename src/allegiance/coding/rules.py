"""All rules together: what a document tells, as statements. Each statement names the rule that found it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegiance.coding import (
    against_rules,
    alliance_rules,
    attribution,
    dates,
    exclusion_rules,
    goods_rules,
    group_rules,
    idiom_rules,
    leaving_rules,
    noun_rules,
    position_rules,
    taken_up_rules,
    tie_rules,
    verb_rules,
)
from allegiance.coding.confidence import confidence
from allegiance.coding.modality import mood_of
from allegiance.coding.party import Party
from allegiance.model import Codebook, Modality, ReaderTag, Source, Statement, TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import Finding, View
    from allegiance.coding.reading_copy import ReadingCopy
    from allegiance.model import DateInterval, Document

NAME = "rules"
VERSION = "4"


def statements(doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterator[Statement]:
    """Yield the statements of `doc`, sentence by sentence."""
    doc_id = doc.id
    joint: tuple[int, Finding] | None = None  # what two last did together, and in which sentence
    for view in discourse.views:
        if len(view.sent.words) < 2:  # noqa: PLR2004 - a lone word tells of nobody
            continue
        found: dict[tuple[object, ...], Statement] = {}
        times = dates.expressions(discourse.text, view.sent.start, view.sent.end, doc.date)
        fresh = joint[1] if joint is not None and view.sent.number - joint[0] <= taken_up_rules.BACK else None
        for finding in (
            *findings(view),
            *position_rules.find(discourse, view),
            *group_rules.find(discourse, view),
            *taken_up_rules.find(view, fresh),
        ):
            if finding.frame.act in taken_up_rules.JOINT and finding.rule != "taken-up":
                joint = (view.sent.number, finding)
            when = (dates.date_of(view, finding.anchor, times) if times else None) or doc.date
            for stmt in _stated(doc, doc_id, copy, discourse, view, finding, when):
                key = _told(stmt)
                found[key] = _fuller(found[key], stmt) if key in found else stmt
        yield from _without_plans(found.values())


def _without_plans(stmts: Iterable[Statement]) -> Iterator[Statement]:
    """Leave out the talks that are only the purpose of talks: "A and B met to discuss a swap"."""
    told = list(stmts)
    held = {
        (stmt.source, frozenset((stmt.actor, stmt.target)))
        for stmt in told
        if stmt.act == "consult" and stmt.modality is Modality.ASSERTED and not stmt.negated
    }
    for stmt in told:
        ends = (stmt.source, frozenset((stmt.actor, stmt.target)))
        if stmt.act != "consult" or stmt.modality is not Modality.HYPOTHETICAL or ends not in held:
            yield stmt


def findings(view: View) -> Iterator[Finding]:
    """Yield what all rules find in one sentence."""
    phrased: set[int] = set()
    for finding in verb_rules.find(view):
        if finding.rule == "threat-to" or not verb_rules.is_only_threatened(view, finding):
            phrased.add(finding.anchor.i if finding.rule == "verb-phrase" else -1)
            yield finding
    # "signed a pact with" was told by the verb; its noun would tell it again.
    for finding in noun_rules.find(view):
        if finding.anchor.head not in phrased and (told := verb_rules.threatened(view, finding)) is not None:
            yield told
    yield from leaving_rules.find(view)
    yield from idiom_rules.find(view)
    yield from tie_rules.find(view)
    yield from against_rules.find(view)
    yield from exclusion_rules.find(view)
    yield from alliance_rules.find(view)
    yield from goods_rules.find(view)


def _fuller(one: Statement, other: Statement) -> Statement:
    """Of two findings of the same, the surer one, with what only the other says of it (issue, goods, way)."""
    surer, weaker = (other, one) if one.confidence < other.confidence else (one, other)
    words = dict(weaker.qualifiers) | dict(surer.qualifiers)
    return replace(surer, qualifiers=tuple(sorted(words.items())))


def _told(stmt: Statement) -> tuple[object, ...]:
    """What makes two statements of a sentence the same; a mutual act told both ways is told once."""
    ends = (stmt.actor, stmt.target)
    if stmt.act in ("ally", "consult", "agree", "dispute", "trade", "cooperate", "share-information"):
        ends = (min(ends), max(ends))
    return (stmt.source, ends, stmt.act, stmt.modality, stmt.negated)


def _stated(
    doc: Document,
    doc_id: str,
    copy: ReadingCopy,
    discourse: Discourse,
    view: View,
    finding: Finding,
    when: DateInterval | None,
) -> Iterator[Statement]:
    mood = mood_of(view, finding.anchor, finding.frame.act)
    start, end = copy.span(view.sent.start, view.sent.end)
    act = Codebook.shipped().act(finding.frame.act)
    qualifiers = dict(finding.qualifiers)
    if mood.condition:
        qualifiers["condition"] = mood.condition
    for whole in attribution.chains(discourse, view, finding.anchor):
        if finding.voice and not whole:
            continue  # nobody is quoted, and an outlet is no party
        speech = finding.voice == "speech"
        agent, chain = finding.agent or _speaking(doc, whole), whole[:-1] if speech else whole
        if agent.actor == finding.target.actor or not agent.actor.strip() or not finding.target.actor.strip():
            continue
        yield Statement(
            source=Source((doc.outlet, *(link.party.holder for link in chain))),
            actor=agent.actor,
            act=act.name,
            target=finding.target.actor,
            polarity=finding.frame.sign or act.sign,
            weight=act.mode_weight(finding.frame.mode),
            modality=Modality.ASSERTED if speech else mood.modality,
            negated=not speech and mood.negated != finding.negated,
            date=when,
            evidence=TextEvidence(doc_id, start, end, doc.text[start:end]),
            confidence=confidence(finding.rule, (agent, finding.target), hedged=mood.hedged),
            reader=ReaderTag(NAME, VERSION, finding.rule),
            actor_text=agent.text,
            target_text=finding.target.text,
            qualifiers=tuple(sorted((qualifiers | attribution.cue_qualifiers(doc, copy, chain)).items())),
        )


def _speaking(doc: Document, chain: tuple[attribution.Holder, ...]) -> Party:
    """Who judges: the innermost speaker, or the outlet in whose voice the text speaks."""
    return chain[-1].party if chain else Party(doc.outlet, doc.outlet, 0)
