"""DSA: sentences of political news with two marked entities (Park, Pan, Joo 2021, Findings of ACL, "Who Blames or Endorses Whom?").

Tab-separated, quoted as CSV: sentence with both marks in square brackets, p, q, label.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError
from allegiance.evaluation import pair
from allegiance.evaluation.corpus import Corpus, text_of
from allegiance.evaluation.pair import Pair
from allegiance.evaluation.scores import Measure

if TYPE_CHECKING:
    from pathlib import Path

    from allegiance.evaluation.corpus import Span
    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.task import Task

SIGNED = Measure("pair and sign", "f1", "The two marked mentions are related with the annotated sign.")
DIRECTED = Measure("with direction", "f1", "Besides, the right one of the two acts on the other.")

# label: polarity and direction, p being a
LABELS = {"0": (0, "none"), "1": (1, "a->b"), "2": (1, "b->a"), "3": (-1, "a->b"), "4": (-1, "b->a")}
_FIELDS = 4
_MARK = re.compile(r"\[([^\[\]]+)\]")
_LONGEST_FIELD = 1_000_000


def measure(task: Task, ledger: Ledger) -> None:
    """Ask the reader about each sentence's pair; with `task.unseen` only of sentences that don't stand in that file."""
    corpus = load(task.path)
    seen = {_plain(one.text) for one in load(task.unseen).examples} if task.unseen else frozenset()
    ledger.skipped(corpus.skipped)
    ledger.skipped("stands in the training file" for one in corpus.examples if _plain(one.text) in seen)
    pairs = [one for one in corpus.examples if _plain(one.text) not in seen]
    for one, found in pair.asked(pairs, task):
        ledger.scored(one.unit)
        pair.count_signed(ledger, SIGNED, one, found)
        pair.count_directed(ledger, DIRECTED, one, found)
        pair.note(ledger, one, found)


def load(path: Path) -> Corpus[Pair]:
    """Return the pairs of a DSA file.

    Raises:
        BadRowError: a row has not four fields, or no such label.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    rows = csv.reader(io.StringIO(text_of(path)), delimiter="\t", strict=True)
    pairs: list[Pair] = []
    skipped: list[str] = []
    try:
        for row in rows:
            if not row:
                continue
            number = rows.line_num
            if len(row) != _FIELDS:
                raise BadRowError(
                    path.name, number, f"it has {len(row)} fields; a row of DSA has sentence, p, q and label."
                )
            if row[3].strip() not in LABELS:
                raise BadRowError(path.name, number, f"the label is {row[3][:40]!r}; it should be 0 to 4.")
            found = _pair(row, number)
            if isinstance(found, str):
                skipped.append(found)
            else:
                pairs.append(found)
    except csv.Error as broken:
        raise BadRowError(path.name, rows.line_num, f"it is no tab-separated row ({broken}).") from broken
    return Corpus(tuple(pairs), tuple(skipped))


def _pair(row: list[str], number: int) -> Pair | str:
    marked, p, q, label = row
    marks = list(_MARK.finditer(marked))
    if len(marks) != 2:  # noqa: PLR2004 - the two mentions of a pair
        return "not just two marks"
    text, spans = _unmarked(marked, marks)
    words = [text[start:end] for start, end in spans]
    if sorted(words) != sorted((p.strip(), q.strip())):
        return "the marks aren't p and q"
    if words[0] != p.strip():
        spans.reverse()
    polarity, direction = LABELS[label.strip()]
    return Pair(f"line {number}", _plain(text), text, spans[0], spans[1], polarity, direction)


def _unmarked(marked: str, marks: list[re.Match[str]]) -> tuple[str, list[Span]]:
    """Return the text without its brackets, and the characters of what they hold, blanks around it left out."""
    text, behind = "", 0
    spans: list[Span] = []
    for mark in marks:
        text += marked[behind : mark.start()]
        start = len(text) + len(mark[1]) - len(mark[1].lstrip())
        spans.append((start, start + len(mark[1].strip())))
        text, behind = text + mark[1], mark.end()
    return text + marked[behind:], spans


def _plain(text: str) -> str:
    """Return the sentence without regard to blanks, brackets and capitals: the same sentence is the same unit."""
    return " ".join(text.replace("[", "").replace("]", "").casefold().split())
