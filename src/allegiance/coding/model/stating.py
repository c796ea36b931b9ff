"""From findings to statements: thresholds, who tells it, how it is put, where it stands, what hangs on it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from allegiance.coding import attribution, dates
from allegiance.coding.kinds import coded
from allegiance.coding.modality import mood_of
from allegiance.coding.model.cast import Bars as CastBars
from allegiance.coding.model.findings import AUTHOR, Told
from allegiance.model import Modality, ReaderTag, Source, Statement, TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.finding import View
    from allegiance.coding.modality import Mood
    from allegiance.coding.model.cast import Member
    from allegiance.coding.model.findings import Finding
    from allegiance.coding.parse import Word
    from allegiance.coding.reading_copy import ReadingCopy
    from allegiance.model import Document

Span = tuple[int, int]
FACT, ELSE, NOT_SO = 0, 1, 2
# How a finding that is not told as fact is put, where the grammar says nothing: by the first of these words in its sentence.
_BY_WORD = (
    (Modality.CONDITIONAL, frozenset(["if", "unless", "provided"])),
    (
        Modality.HYPOTHETICAL,
        frozenset(
            [
                "may",
                "might",
                "could",
                "reportedly",
                "allegedly",
                "perhaps",
                "possibly",
                "suspected",
                "whether",
            ]
        ),
    ),
    (Modality.PREDICTED, frozenset(["will", "would", "shall", "expected", "plans", "planned", "going"])),
)
_WEAKER = frozenset((Modality.DEMANDED, Modality.PREDICTED, Modality.CONDITIONAL, Modality.HYPOTHETICAL))
_THREATS = frozenset(("threaten", "threat"))
_PLEDGING = frozenset(("pledge", "promise", "vow", "offer"))
_TOWARDS = (" to", " for", " to the", " for the")
_EXCEPTION = re.compile(
    r"\b(?:all|every\w*|any\w*|the (?:others?|rest|world))\b[\w\s']{0,40}"
    r"\b(?:but|except(?: for)?|save|barring|excluding|besides|apart from|other than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# So many words between two mentions belong to one clause.
_FEW = 2
# A further sentence is kept as evidence from this chance on; at most so many.
_ALSO, _MOST_ALSO = 0.5, 3


@dataclass(frozen=True, slots=True)
class Bars:
    """Chances from which on something is told; chosen on passages kept aside (training/README.md).

    Attributes:
        cast: of the finder.
        tie: that two stand with, and against, each other.
        author: the same where one of the two is the author.
        told: that somebody tells it as fact or otherwise.
        not_so: that somebody tells that it is not so.
        hangs: by name of what hangs on a statement.
        via: of a station of goods.
        calibration: the network's chance of a tie and the share that was right, points of a line.
    """

    cast: CastBars
    tie: tuple[float, float]
    author: float
    told: float
    not_so: float
    hangs: Mapping[str, float]
    via: float
    calibration: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, numbers: Mapping[str, object]) -> Bars:
        """Read them from the file beside the networks."""
        n: Mapping[str, float] = {k: v for k, v in numbers.items() if isinstance(v, int | float)}
        hangs = numbers["hangs"]
        points = numbers["calibration"]
        if not isinstance(hangs, dict) or not isinstance(points, list):
            raise TypeError("bars.json is not as put_bars.py writes it")
        return cls(
            CastBars(n["mention"], n["same"], n["stranger"]),
            (n["with"], n["against"]),
            n["author"],
            n["told"],
            n["not_so"],
            dict(hangs),
            n["via"],
            tuple((float(a), float(b)) for a, b in points),
        )

    def confidence(self, chance: float) -> float:
        """Return the share of findings of this chance that were right on passages kept aside."""
        points = self.calibration
        at = bisect_right([a for a, _ in points], chance)
        if at == 0:
            return round(points[0][1], 3)
        if at == len(points):
            return round(points[-1][1], 3)
        (a, x), (b, y) = points[at - 1], points[at]
        return round(x + (y - x) * (chance - a) / (b - a), 3)


@dataclass(frozen=True, slots=True)
class Telling:
    """The document that is read."""

    doc: Document
    copy: ReadingCopy
    discourse: Discourse
    members: Sequence[Member]
    tag: ReaderTag

    def name(self, number: int) -> str:
        """Return under which name an actor is told of; the author is the outlet."""
        return self.doc.outlet if number == AUTHOR else self.members[number - 1].name

    def nearest(self, one: int, other: int, view: View) -> tuple[Span | None, Span | None]:
        """Return where two actors are mentioned in a sentence, as near to each other as they are."""
        ones, others = self._spans(one, view), self._spans(other, view)
        pairs: Iterable[tuple[Span | None, Span | None]] = product(ones or (None,), others or (None,))
        return min(pairs, key=lambda pair: abs(pair[0][0] - pair[1][0]) if pair[0] and pair[1] else 0)

    def _spans(self, number: int, view: View) -> list[Span]:
        if number == AUTHOR:
            return []
        return [s for s in self.members[number - 1].spans if view.sent.start <= s[0] < view.sent.end]

    def words(self, number: int, span: Span | None) -> str:
        """Return the words for an actor: those of its mention, else of its first."""
        if number == AUTHOR:
            return self.doc.outlet
        start, end = span or self.members[number - 1].spans[0]
        return self.discourse.text[start:end]


def statements(found: Sequence[Finding], telling: Telling, bars: Bars) -> list[Statement]:
    """Return the statements of all findings that are likely enough."""
    # Told as something else and told as not so can come to the same once grammar has spoken.
    return list(dict.fromkeys(stmt for finding in found for stmt in _of_finding(finding, telling, bars)))


def _of_finding(finding: Finding, telling: Telling, bars: Bars) -> Iterator[Statement]:
    if telling.name(finding.actor) == telling.name(finding.target):
        return
    views = telling.discourse.views
    order = sorted(finding.sentences, key=lambda n: -finding.sentences[n])
    view = views[order[0]]
    also = [n for n in order[1 : 1 + _MOST_ALSO] if finding.sentences[n] > _ALSO]
    spans = telling.nearest(finding.actor, finding.target, view)
    anchor, between = _joined(view, *spans)
    threatens = finding.sign < 0 and any(word.lemma in _THREATS for word in between)
    kind = "threaten" if threatens else finding.kind
    act = coded(kind, finding.sign)
    mood = _mood(view, between, act.act)
    if _neither(telling.discourse.text, *spans) or _excepted(telling.discourse.text, view, spans):
        mood = replace(mood, negated=True)
    if _only_pledged(telling.discourse.text, between, spans[1]) and mood.modality is Modality.ASSERTED:
        mood = replace(mood, modality=Modality.PREDICTED)
    qualifiers = _qualifiers(finding, telling, bars, mood)
    further = tuple(telling.copy.span(views[n].sent.start, views[n].sent.end) for n in also)
    start, end = telling.copy.span(view.sent.start, view.sent.end)
    times = dates.expressions(telling.discourse.text, view.sent.start, view.sent.end, telling.doc.date)
    when = (dates.date_of(view, anchor, times) if times else None) or telling.doc.date
    several = _told(finding, bars)
    # What hangs on a tie hangs where it is told most plainly: told thrice, it would seem to hang on three ties.
    main = max(several, key=lambda one: finding.told[one], default=None)
    for told in several:
        modality, negated = _put(told.how, mood, view)
        chain, cue = _chain(told.holder, telling, view, anchor)
        yield Statement(
            source=Source((telling.doc.outlet, *chain)),
            actor=telling.name(finding.actor),
            act=act.act,
            target=telling.name(finding.target),
            polarity=finding.sign,
            weight=act.weight,
            modality=modality,
            negated=negated,
            date=when,
            evidence=TextEvidence(telling.doc.id, start, end, telling.doc.text[start:end], further),
            confidence=bars.confidence(max(finding.chance, finding.told[told])),
            reader=ReaderTag(telling.tag.name, telling.tag.version, kind),
            actor_text=telling.words(finding.actor, spans[0]),
            target_text=telling.words(finding.target, spans[1]),
            qualifiers=tuple(sorted(((qualifiers if told == main else {}) | cue).items())),
        )


def _told(finding: Finding, bars: Bars) -> list[Told]:
    """Return who tells it and how; of a likely tie at least the likeliest way in which it is told."""
    likely = [t for t, chance in finding.told.items() if t.how == NOT_SO and chance > bars.not_so]
    bar = bars.tie[0 if finding.sign > 0 else 1]
    if AUTHOR in (finding.actor, finding.target):
        bar = max(bar, bars.author)
    if finding.chance > bar:
        so = {t: chance for t, chance in finding.told.items() if t.how != NOT_SO}
        some = [t for t, chance in so.items() if chance > bars.told]
        likely += some or ([max(so, key=lambda t: so[t])] if so else [])
    return sorted(likely, key=lambda t: (t.holder, t.how))


def _put(how: int, mood: Mood, view: View) -> tuple[Modality, bool]:
    """Return modality and negation: the network's class, made finer, or weaker, by grammar."""
    if how == NOT_SO or mood.negated or mood.modality is Modality.DENIED:
        return (Modality.DENIED, False) if mood.modality is Modality.DENIED else (Modality.ASSERTED, True)
    if mood.modality in _WEAKER:
        return mood.modality, False
    if how == FACT:
        return Modality.ASSERTED, False
    words = {word.lower for word in view.sent.words}
    return next((modality for modality, some in _BY_WORD if some & words), Modality.DEMANDED), False


def _joined(
    view: View, one: tuple[int, int] | None, other: tuple[int, int] | None
) -> tuple[Word, tuple[Word, ...]]:
    """Return the word by which two mentions hang together, and the verbs and nouns on the way; else the root alone."""
    words = view.sent.words
    ends = [_last_word(view, span) for span in (one, other) if span is not None]
    root = next((word for word in words if word.head == word.i), words[0])
    if len(ends) < 2:  # noqa: PLR2004 - a way has two ends
        return root, (root,)
    ways = [[end, *view.sent.up(end)] for end in ends]
    places = {word.i for word in ways[0]}
    anchor = next((word for word in ways[1] if word.i in places), root)
    between = {anchor.i: anchor}
    for way, span in zip(ways, (one, other), strict=True):
        for word in way:
            if word.i == anchor.i:
                break
            if (word.is_verb or word.is_noun) and not (span and span[0] <= word.start < span[1]):
                between[word.i] = word
    return anchor, tuple(between.values())


def _last_word(view: View, span: tuple[int, int]) -> Word:
    words = view.sent.words
    return next((word for word in reversed(words) if word.start < span[1]), words[0])


def _mood(view: View, between: Sequence[Word], act: str) -> Mood:
    """Return how the words between two mentions put it: the weakest of few, not so if any says so; of many, that of the first.

    Over a long way stand words of other clauses: on passages kept aside, asking all of them costs .04 of F1 of what is told.
    """
    moods = [mood_of(view, word, act) for word in (between if len(between) <= _FEW else between[:1])]
    weakest = max(moods, key=lambda mood: (mood.modality is Modality.DENIED, mood.modality in _WEAKER))
    return replace(
        weakest,
        negated=any(mood.negated for mood in moods),
        condition=next((mood.condition for mood in moods if mood.condition), ""),
    )


def _chain(holder: int, telling: Telling, view: View, anchor: Word) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return who passes it on, outermost first, and the words that say so; grammar knows the links before the holder."""
    if holder == AUTHOR:
        return (), {}
    name = telling.name(holder)
    for links in attribution.chains(telling.discourse, view, anchor):
        if links and name in (links[-1].party.holder, links[-1].party.actor):
            chain = tuple(link.party.holder for link in links)
            return chain, attribution.cue_qualifiers(telling.doc, telling.copy, links)
    return (name,), {}


def _qualifiers(finding: Finding, telling: Telling, bars: Bars, mood: Mood) -> dict[str, str]:
    """Return what hangs on the statement."""
    text = telling.discourse.text
    found = {
        name: text[start:end].strip(" ,;")
        for name, (chance, start, end) in finding.hangs.items()
        if chance > bars.hangs[name] and text[start:end].strip(" ,;")
    }
    if mood.condition:
        found.setdefault("condition", mood.condition)
    if "position" in found:
        found["issue"] = telling.name(finding.target)
    through = [telling.name(n) for n, chance in finding.via.items() if chance > bars.via]
    if "goods" in found and through:
        found["via"] = "; ".join(through)
    if finding.sign > 0:
        found.pop("barred", None)
    return found


def _excepted(text: str, view: View, spans: Iterable[Span | None]) -> bool:
    """Whether one of two is told to be the exception: "everyone but A attacked B", "all except A"."""
    before = (text[view.sent.start : span[0]] for span in spans if span is not None)
    return any(_EXCEPTION.search(words) for words in before)


def _only_pledged(text: str, between: Sequence[Word], target: Span | None) -> bool:
    """Whether it is pledged to somebody, and so not yet given: "pledged arms to B"."""
    pledged = any(word.lemma in _PLEDGING for word in between)
    return pledged and target is not None and text[: target[0]].rstrip().endswith(_TOWARDS)


def _neither(text: str, one: Span | None, other: Span | None) -> bool:
    """Whether "neither" or "nor" stands between two mentions: "supports neither A nor B"."""
    if one is None or other is None:
        return False
    low, high = sorted((one, other))
    return any(word in ("neither", "nor") for word in text[low[1] : high[0]].lower().split())
