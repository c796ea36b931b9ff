"""PLOVER's gold records (Open Event Data Alliance, CC BY-SA 4.0): sentences with marked source, target and event type.

The sign of a type is that of its quad class in the PLOVER manual: cooperation +1, conflict -1.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError
from allegiance.evaluation import pair
from allegiance.evaluation.corpus import Corpus, text_of
from allegiance.evaluation.dsa import DIRECTED, SIGNED
from allegiance.evaluation.pair import Pair
from allegiance.evaluation.scores import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from allegiance.evaluation.corpus import Span
    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.task import Task

COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
CONFLICT = frozenset(
    {"ACCUSE", "ASSAULT", "COERCE", "DEMAND", "DISAPPROVE", "FIGHT", "INVESTIGATE", "MOBILIZE", "PROTEST", "REJECT",
     "REQUEST", "SANCTION", "THREATEN"}
)  # fmt: skip
BY_TYPE = Measure(
    "sign, by type", "recall", "The pair of a record of this type is related with the sign of its type."
)

_OPEN = re.compile(r"\((SRC/TAR|SRC|TAR|EVT|LOC): ?")


def measure(task: Task, ledger: Ledger) -> None:
    """Ask the reader about the marked source and target of each record."""
    corpus = load(task.path)
    ledger.skipped(corpus.skipped)
    for one, found in pair.asked(list(corpus.examples), task):
        ledger.scored(one.unit)
        pair.count_signed(ledger, SIGNED, one, found)
        if one.direction:
            pair.count_directed(ledger, DIRECTED, one, found)
        ledger.count(one.unit, BY_TYPE, one.kind, right=int(found.polarity == one.polarity), gold=1)
        pair.note(ledger, one, found)


def load(path: Path) -> Corpus[Pair]:
    """Return the pairs of a file of records, each source with each target.

    Raises:
        DataError: it is no such file.
    """
    try:
        records = json.loads(text_of(path))
    except (ValueError, RecursionError) as broken:
        raise DataError(
            f"{path.name} is no JSON ({broken}); give the file of PLOVER's gold records."
        ) from broken
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise DataError(f"{path.name} is no list of records; give the file of PLOVER's gold records.")
    pairs: list[Pair] = []
    skipped: list[str] = []
    for number, record in enumerate(records, start=1):
        found = _pairs(record, str(record.get("id", f"record {number}")))
        if isinstance(found, str):
            skipped.append(found)
        else:
            pairs += found
    if not pairs:
        raise DataError(
            f"{path.name} holds no record with marked source and target, so it is no file of PLOVER's gold records."
        )
    return Corpus(tuple(pairs), tuple(skipped))


def _pairs(record: dict[str, Any], name: str) -> list[Pair] | str:
    event, info = str(record.get("event", "")), record.get("textInfo")
    if event not in COOPERATION | CONFLICT:
        return "no event"
    markup = info.get("markup") if isinstance(info, dict) else None
    if not isinstance(markup, str):
        return "no markup"
    text, marks = unmarked(markup)
    both = [span for tag, span in marks if tag == "SRC/TAR"]
    sources = [span for tag, span in marks if tag == "SRC"]
    targets = [span for tag, span in marks if tag == "TAR"]
    ends = [(source, target, "a->b") for source in sources for target in targets]
    ends += [(one, other, "") for at, one in enumerate(both) for other in both[at + 1 :]]
    ends = [(one, other, way) for one, other, way in ends if _apart(one, other)]
    if not ends:
        return "only one actor is marked"
    sign = 1 if event in COOPERATION else -1
    return [
        Pair(f"{name}/{number}", name, text, one, other, sign, way, event)
        for number, (one, other, way) in enumerate(ends, start=1)
    ]


def unmarked(markup: str) -> tuple[str, list[tuple[str, Span]]]:
    """Return the text without its marks ``(SRC: ...)``, which may nest, and what each marks."""
    text, at = "", 0
    marks: list[tuple[str, Span]] = []
    opened: list[tuple[str, int]] = []  # plain brackets too, so that each closing one finds its own
    while at < len(markup):
        mark = _OPEN.match(markup, at)
        if mark:
            opened.append((mark[1], len(text)))
            at = mark.end()
            continue
        sign = markup[at]
        at += 1
        if sign == ")" and opened:
            tag, start = opened.pop()
            if tag:
                marks.append((tag, (start, len(text))))
                continue
        elif sign == "(":
            opened.append(("", 0))
        text += sign
    return text, sorted(_filled(marks), key=lambda mark: mark[1])


def _filled(marks: Iterable[tuple[str, Span]]) -> Iterable[tuple[str, Span]]:
    return (mark for mark in marks if mark[1][0] < mark[1][1])


def _apart(one: Span, other: Span) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
