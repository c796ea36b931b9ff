"""re3d (Dstl, Aleph Insights, Committed Software): press texts on a conflict with entities and sparsely annotated relations.

Because most relations in its texts are not annotated, it tells recall and sign; precision needs a human who reads a sample.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from allegiance.errors import BadRowError, DataError
from allegiance.evaluation import pair
from allegiance.evaluation.corpus import Corpus, field, files_below, json_lines
from allegiance.evaluation.pair import Pair
from allegiance.evaluation.scores import Measure

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.evaluation.corpus import Span
    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.task import Task

SIGNS = {"FightingAgainst": -1, "Dislikes": -1, "AlliesOf": 1, "Likes": 1}
UNSIGNED = "CommWith"
NAMES = {
    "FightingAgainst": "fighting against",
    "Dislikes": "dislikes",
    "AlliesOf": "allies of",
    "Likes": "likes",
    "CommWith": "communicated with",
}
_PLACE = re.compile(r"[0-9]{1,9}")
_ACTORS = frozenset({"Organisation", "Person"})

FOUND = Measure("annotated pairs found", "recall", "The two mentions are related, with whatever sign.")
SIGN = Measure("sign of those found", "share", "Of the annotated pairs that were found, the sign is right.")
ALL = Measure(
    "all pairs",
    "f1",
    "All organisations and persons of a sentence, each with each. Most true relations aren't annotated: precision is a floor.",
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Characters of a sentence, and the actors named in it."""

    start: int
    end: int
    actors: tuple[Span, ...]


def measure(task: Task, ledger: Ledger) -> None:
    """Ask the reader about every two actors of a sentence, and about every annotated pair."""
    corpus = load(task.path)
    ledger.skipped(corpus.skipped)
    for one, found in pair.asked(list(corpus.examples), task):
        ledger.scored(one.unit)
        if one.kind:
            ledger.count(one.unit, FOUND, one.kind, right=int(found.polarity != 0), gold=1)
        if one.polarity:
            right = int(found.polarity == one.polarity)
            ledger.count(one.unit, FOUND, "all with a sign", right=int(found.polarity != 0), gold=1)
            for group in ("all", one.kind):
                ledger.count(one.unit, SIGN, group, right=right, found=int(found.polarity != 0))
        if one.kind != NAMES[UNSIGNED]:
            pair.count_signed(ledger, ALL, one, found)
        pair.note(ledger, one, found)


def load(path: Path) -> Corpus[Pair]:
    """Return for each folder below `path` the pairs of its documents: annotated ones, and actors of the same sentence.

    Raises:
        DataError: it is no folder of re3d.
        BadRowError: a line lacks what re3d has.
    """
    pairs: list[Pair] = []
    skipped: list[str] = []
    for documents in files_below(path, "documents.json", "folder of re3d"):
        folder = documents.parent
        for name in ("entities.json", "relations.json"):
            if not (folder / name).is_file():
                raise DataError(f"{folder} has no {name}, so it is no folder of re3d.")
        found = _folder(folder)
        pairs += found.examples
        skipped += found.skipped
    return Corpus(tuple(pairs), tuple(skipped))


def _folder(folder: Path) -> Corpus[Pair]:
    texts = {
        field(row, "_id", str, folder / "documents.json", number): field(
            row, "text", str, folder / "documents.json", number
        )
        for number, row in json_lines(folder / "documents.json")
    }
    sentences = _sentences(folder / "entities.json", texts)
    gold, skipped = _relations(folder / "relations.json", texts)
    pairs: list[Pair] = []
    for doc, by_number in sentences.items():
        asked: set[tuple[Span, Span]] = set()
        for sentence in by_number.values():
            told = [ends for ends in gold.get(doc, {}) if _inside(ends, sentence)]
            others = [
                (one, other) for one, other in combinations(sorted(sentence.actors), 2) if one[1] <= other[0]
            ]
            for ends in dict.fromkeys((*told, *others)):
                if ends not in asked and _inside(ends, sentence):
                    asked.add(ends)
                    pairs.append(_pair(doc, texts[doc], sentence, ends, gold.get(doc, {}).get(ends)))
        skipped += ["its ends stand in no one sentence" for ends in gold.get(doc, {}) if ends not in asked]
    return Corpus(tuple(pairs), tuple(skipped))


def _sentences(path: Path, texts: dict[str, str]) -> dict[str, dict[int, _Sentence]]:
    """Ids of entities (document, sentence, place in the sentence, ...) tell where the sentences begin."""
    starts: dict[str, dict[int, int]] = defaultdict(dict)
    actors: dict[tuple[str, int], set[Span]] = defaultdict(set)
    for number, row in json_lines(path):
        doc, begin, end = (field(row, key, kind, path, number) for key, kind in _ENDS)
        parts = field(row, "_id", str, path, number).split("-")
        if doc not in texts or len(parts) < 4 or not all(_PLACE.fullmatch(part) for part in parts[1:3]):  # noqa: PLR2004 - see above
            raise BadRowError(path.name, number, "its document or the form of its _id isn't that of re3d.")
        starts[doc][int(parts[1])] = begin - int(parts[2])
        if row.get("type") in _ACTORS:
            actors[doc, int(parts[1])].add((begin, end))
    found: dict[str, dict[int, _Sentence]] = defaultdict(dict)
    for doc, by_number in starts.items():
        ordered = sorted(by_number.items(), key=lambda item: item[1])
        for (number, start), (_, behind) in zip(ordered, [*ordered[1:], (0, len(texts[doc]))], strict=True):
            line = texts[doc].find("\n", start, behind)
            found[doc][number] = _Sentence(
                start, line if line > start else behind, tuple(actors[doc, number])
            )
    return found


_ENDS: tuple[tuple[str, Any], ...] = (("documentId", str), ("begin", int), ("end", int))
_RELATION: tuple[tuple[str, Any], ...] = (
    ("documentId", str),
    ("type", str),
    ("sourceBegin", int),
    ("sourceEnd", int),
    ("targetBegin", int),
    ("targetEnd", int),
)


def _relations(
    path: Path, texts: dict[str, str]
) -> tuple[dict[str, dict[tuple[Span, Span], str]], list[str]]:
    """By document and ends in the order of the text: the type; relations told twice, one way and the other, are one."""
    gold: dict[str, dict[tuple[Span, Span], str]] = defaultdict(dict)
    skipped: list[str] = []
    for number, row in json_lines(path):
        doc, kind, *places = (field(row, key, what, path, number) for key, what in _RELATION)
        first, second = sorted([(places[0], places[1]), (places[2], places[3])])
        if kind not in NAMES:
            skipped.append(f"{kind} is no relation of this kind")
        elif doc not in texts:
            skipped.append("its document isn't there")
        elif not first[0] < first[1] <= second[0] < second[1] <= len(texts[doc]):
            skipped.append("its ends overlap")
        elif (first, second) in gold[doc]:
            same = gold[doc][first, second] == kind
            skipped.append(
                "told the other way round already" if same else "the same pair has another relation already"
            )
        else:
            gold[doc][first, second] = kind
    return gold, skipped


def _inside(ends: tuple[Span, Span], sentence: _Sentence) -> bool:
    return sentence.start <= ends[0][0] and ends[1][1] <= sentence.end


def _pair(doc: str, text: str, sentence: _Sentence, ends: tuple[Span, Span], kind: str | None) -> Pair:
    start = sentence.start
    (a, b), passage = ends, text[start : sentence.end]
    return Pair(
        f"{doc}:{a[0]}-{a[1]}:{b[0]}-{b[1]}",
        doc,
        passage,
        (a[0] - start, a[1] - start),
        (b[0] - start, b[1] - start),
        SIGNS.get(kind) if kind else 0,
        "",
        NAMES[kind] if kind else "",
    )
