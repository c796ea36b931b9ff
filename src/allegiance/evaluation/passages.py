"""A reader on passages read with care: ties, who holds them, what hangs on them, who acts, and which coalitions come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance import coding
from allegiance.coding.given import TakesActors
from allegiance.errors import UsageError
from allegiance.evaluation import passage_scores as scores
from allegiance.evaluation.coalition_agreement import agreement
from allegiance.evaluation.output import Output
from allegiance.evaluation.passage import load, read_as_told
from allegiance.evaluation.passage_errors import misreadings
from allegiance.evaluation.scores import Measure
from allegiance.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.passage import Passage, Told
    from allegiance.evaluation.passage_scores import Count, Fact
    from allegiance.evaluation.task import Task
    from allegiance.model import Statement

TIE = Measure(
    "ties",
    "must",
    "Pairs and signs per passage, of what is not told as not so; in whatever direction and by whatever act.",
)
ASSERTED = Measure("asserted ties", "must", "The same, of what is told as fact: what networks are made of.")
TOLD = Measure(
    "told",
    "must",
    "Pair, sign, innermost holder, and whether it is told as fact, as something else, or as not so.",
)
QUALIFIERS = Measure(
    "qualifiers",
    "must",
    "Conditions, goods, stations, positions and bars on the right pair and sign, with half of the words right; all passages, "
    "also those that weren't annotated for them.",
)
SORT = Measure(
    "sort of act, tie found",
    "share",
    "Of ties found right: the act is of a group that is annotated for the tie (docs/kinds.md).",
)
DIRECTION = Measure(
    "direction, tie found",
    "share",
    "Of ties found right whose kind is not mutual: the right one of the two acts on the other.",
)
CLASS = Measure(
    "fact, else, not so; tie found",
    "share",
    "Of pairs and signs found right: told as fact, as something else, or as not so, as annotated.",
)
HOLDER = Measure(
    "holder, tie found", "share", "Of pairs and signs found right: the innermost holder is annotated for it."
)
ACTORS = Measure(
    "actors",
    "must",
    "Read: all parties and holders, right where the passage lists them. Gold: those of statements that must be found, hit where "
    "the reader reports them at all.",
)
COALITIONS = Measure(
    "coalitions (adjusted Rand)",
    "mean",
    "Agreement of the coalitions (as many as fit) that asserted ties make, read and annotated, over the passage's actors, two at "
    "least; one of several best splits is taken. 1 is equal, 0 is chance.",
)
BOTH_FOUND = "all, both actors found"
_FEWEST = 2


def measure(task: Task, ledger: Ledger) -> None:
    """Read all passages and compare.

    Raises:
        UsageError: the actors are to be given, and the reader takes none.
    """
    corpus = load(task.path)
    ledger.skipped(corpus.skipped)
    for passage, stmts in _read(corpus.examples, task):
        task.progress(1)
        ledger.scored(passage.id)
        told = read_as_told(stmts)
        count(ledger, passage, told)
        ledger.errors.extend(misreadings(passage, told))
        ledger.outputs.extend(_outputs(passage, stmts))


def _read(passages: Sequence[Passage], task: Task) -> Iterator[tuple[Passage, list[Statement]]]:
    """Yield each passage with what the reader says; the passage's id is the outlet, so no actor can be taken for it."""
    reader = coding.reader(task.reader, task.names, pipeline=task.pipeline)
    docs = [Document(one.text, one.id) for one in passages]
    if not task.given:
        for passage, (_, stmts) in zip(passages, reader.read_many(docs), strict=True):
            yield passage, stmts
        return
    if not isinstance(reader, TakesActors):
        able = ", ".join(name for name, make in coding.READERS.items() if hasattr(make, "read_given"))
        raise UsageError(
            f"The reader {task.reader!r} finds the actors itself and can't be given any; leave --given out"
            + (f", or take one of: {able}." if able else ".")
        )
    for passage, doc in zip(passages, docs, strict=True):
        yield passage, reader.read_given(doc, passage.names())


def count(ledger: Ledger, passage: Passage, told: Sequence[Told]) -> None:
    """Count what was read in a passage, for all passages and for its genre."""
    names = scores.Names(passage)
    gold, found = scores.facts(names, passage.told), scores.facts(names, told)
    gold_ties, found_ties = scores.ties(gold), scores.ties(found)
    gold_facts, found_facts = scores.asserted(gold), scores.asserted(found)
    actors, reported = scores.actors_of_must(gold), scores.reported(names, told)
    shared = {name for name in reported if not name.startswith(scores.UNKNOWN)}
    counts: list[tuple[Measure, Count]] = [
        (TIE, scores.counted(gold_ties, found_ties, _tie)),
        (ASSERTED, scores.counted(gold_facts, found_facts, _tie)),
        (TOLD, scores.counted(gold, found, _whole)),
        (ACTORS, scores.Count(len(shared), len(reported), len(actors & reported), len(actors))),
    ]
    shares = [
        (SORT, scores.sort_right(gold_ties, found_ties)),
        (DIRECTION, scores.direction_right(gold_ties, found_ties)),
        (CLASS, scores.class_right(gold, found)),
        (HOLDER, scores.holder_right(gold, found)),
    ]
    hanging, read_hanging = scores.hanging(names, passage.told), scores.hanging(names, told)
    counts.append((QUALIFIERS, scores.qualified(hanging, read_hanging)))
    for group in ("all", passage.genre):
        for measured, counted in counts:
            ledger.count_must(passage.id, measured, group, counted)
        for measured, (right, of) in shares:
            ledger.count(passage.id, measured, group, right=right, found=of)
        if len(passage.actors) >= _FEWEST:
            value = agreement(list(passage.actors), gold_facts, found_facts)
            ledger.number(passage.id, COALITIONS, group, value)
        ledger.finds(passage.id, group, _finds(gold_ties, found_ties), counts[0][1].must)
    both = scores.counted(scores.among(gold_ties, shared), scores.among(found_ties, shared), _tie)
    ledger.count_must(passage.id, TIE, BOTH_FOUND, both)
    for name in scores.QUALIFIERS:
        wanted, have = ([one for one in side if one.name == name] for side in (hanging, read_hanging))
        ledger.count_must(passage.id, QUALIFIERS, name, scores.qualified(wanted, have))


def _tie(fact: Fact) -> scores.Tie:
    return fact.tie


def _whole(fact: Fact) -> tuple[scores.Tie, str, str]:
    return fact.whole


def _finds(gold: Iterable[Fact], found: Iterable[Fact]) -> list[tuple[float, bool, bool]]:
    gold = list(gold)
    known, must = {one.tie for one in gold}, {one.tie for one in gold if one.told.must}
    return [(confidence, tie in known, tie in must) for tie, confidence in scores.sure(found).items()]


def _outputs(passage: Passage, stmts: Iterable[Statement]) -> Iterator[Output]:
    for stmt, one in zip(stmts, map(read_as_told, ([stmt] for stmt in stmts)), strict=True):
        told = one[0]
        yield Output(
            f"{passage.id}:{stmt.id}",
            passage.id,
            told.actor,
            _relation(told),
            told.target,
            told.rule,
            told.quote,
        )


def _relation(told: Told) -> str:
    held = f", according to {' > '.join(told.holder)}" if told.holder else ""
    return f"{told.act} ({told.sign:+d}), {told.modality}{', negated' if told.negated else ''}{held}"
