"""Gold in the form of this project's own: texts with the statements that they tell, and texts of what did not happen.

A line is ``{"id", "text", "statements": [{source, actor, act, target, polarity, modality, negated}, ...]}``, or
``{"id", "text", "not_asserted": [acts]}`` where none of the acts may be read as asserted. A statement may name its ``cues``,
one word for each holder below the outlet. docs/reading.md has the guideline.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance import coding
from allegiance.errors import DataError
from allegiance.evaluation.corpus import Corpus, field, files_below, json_lines
from allegiance.evaluation.ledger import Misreading
from allegiance.evaluation.scores import Measure
from allegiance.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from allegiance.evaluation.ledger import Ledger
    from allegiance.evaluation.task import Task
    from allegiance.model import Statement

OUTLET = "Gazette"
MUTUAL = frozenset({"ally", "consult", "agree", "dispute", "trade", "cooperate", "share-information"})

FULL = Measure("all of it", "f1", "Holder, ends, act, sign, modality and negation are those annotated.")
ENDS = Measure("ends and sign", "f1", "Actor, target and sign are those annotated.")
ATTRIBUTED = Measure(
    "attribution",
    "f1",
    "Of statements that somebody is quoted with: the whole chain of holders, and what is said (ends, act, sign, modality, "
    "negation); the cue left aside.",
)
CUED = Measure(
    "attribution, with cue",
    "f1",
    "The same, and the word that tells of each holder (said, according, claim) is the one annotated; in files that annotate it.",
)
HOLDER = Measure(
    "holder, content found",
    "share",
    "Of the contents found, attributed in gold: the chain of holders is right.",
)
SILENT = Measure("silent texts", "share", "Texts that tell of no relation and from which none is read.")
INVENTED = Measure(
    "invented",
    "share",
    "Texts of what may, should or did not happen from which it is read as asserted (less is better).",
)

_PARTS: dict[str, type] = {
    "source": list,
    "actor": str,
    "act": str,
    "target": str,
    "polarity": int,
    "modality": str,
    "negated": bool,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a statement tells, as far as gold says it; the two ends of a mutual act stand in the order of the alphabet."""

    source: tuple[str, ...]
    actor: str
    act: str
    target: str
    polarity: int
    modality: str
    negated: bool

    @classmethod
    def of(cls, stmt: Mapping[str, Any]) -> Told:
        """Return what an annotated statement, or one in its JSON form, tells."""
        actor, target = stmt["actor"], stmt["target"]
        if stmt["act"] in MUTUAL:
            actor, target = sorted((actor, target))
        return cls(
            tuple(stmt["source"]),
            actor,
            stmt["act"],
            target,
            stmt["polarity"],
            str(stmt["modality"]),
            stmt["negated"],
        )

    @property
    def content(self) -> tuple[object, ...]:
        """All but the holder."""
        return (self.actor, self.act, self.target, self.polarity, self.modality, self.negated)

    @property
    def ends(self) -> tuple[object, ...]:
        """Actor, target and sign; whether the act is mutual decides on their order, as in gold."""
        return (self.actor, self.target, self.polarity)

    @property
    def attributed(self) -> bool:
        """Whether anybody but the outlet holds it."""
        return len(self.source) > 1

    def __str__(self) -> str:
        sign = {1: "+", -1: "-"}.get(self.polarity, "0")
        told = f"{' > '.join(self.source)}: {self.actor} {self.act} {self.target} ({sign})"
        return f"{told}, {self.modality}{', negated' if self.negated else ''}"


Cued = tuple[Told, tuple[str, ...]]
"""What is told, and the cue of each holder below the outlet, in lower case."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """An annotated text.

    Attributes:
        id: file and line.
        file: name of the file.
        text: as it stands.
        told: what it tells.
        not_asserted: which acts it must not assert; None for texts of the first kind.
        cued: what somebody is quoted with, and by which cues; None where the file annotates no cues.
    """

    id: str
    file: str
    text: str
    told: frozenset[Told] = frozenset()
    not_asserted: frozenset[str] | None = None
    cued: frozenset[Cued] | None = None


def measure(task: Task, ledger: Ledger) -> None:
    """Read all texts and compare."""
    corpus = load(task.path)
    ledger.skipped(corpus.skipped)
    reader = coding.reader(task.reader, task.names, pipeline=task.pipeline)
    docs = (Document(gold.text, OUTLET) for gold in corpus.examples)
    for gold, (_, stmts) in zip(corpus.examples, reader.read_many(docs), strict=True):
        task.progress(1)
        ledger.scored(gold.id)
        found = {Told.of(stmt.to_json()): stmt.reader.rule for stmt in stmts}
        if gold.cued is not None:
            cued = {_cued(stmt.to_json(), _cues_of(stmt)) for stmt in stmts if len(stmt.source.chain) > 1}
            _count(ledger, gold, CUED, "all", gold.cued, cued)
        if gold.not_asserted is not None:
            _count_invented(ledger, gold, gold.not_asserted, found)
        else:
            _count_told(ledger, gold, found)


def load(path: Path) -> Corpus[GoldText]:
    """Return the texts of a file, or of all .jsonl files of a folder.

    Raises:
        DataError: there are none, or the files are no such gold.
    """
    found: list[GoldText] = []
    skipped: list[str] = []
    for file in files_below(path, "*.jsonl", "gold of this form"):
        rows = list(json_lines(file))
        with_cues = any("cues" in stmt for _, row in rows for stmt in row.get("statements", ()))
        for number, row in rows:
            one = _text(row, file, number, with_cues=with_cues)
            if one is None:
                skipped.append("a statement without its text")
            else:
                found.append(one)
    if not found:
        raise DataError(f"{path} holds no line with 'text' and 'statements', so it is no gold of this form.")
    return Corpus(tuple(found), tuple(skipped))


def _text(row: dict[str, Any], file: Path, number: int, *, with_cues: bool) -> GoldText | None:
    if "text" not in row and "quote" in row:
        return None
    name, text = str(row.get("id", number)), field(row, "text", str, file, number)
    if "not_asserted" in row:
        acts = frozenset(field(row, "not_asserted", list, file, number))
        return GoldText(f"{file.stem}:{name}", file.name, text, not_asserted=acts)
    told = field(row, "statements", list, file, number)
    for stmt in told:
        for part, kind in _PARTS.items():
            field(stmt if isinstance(stmt, dict) else {}, part, kind, file, number)
    cued = frozenset(_cued(stmt, stmt.get("cues", ())) for stmt in told if len(stmt["source"]) > 1)
    return GoldText(
        f"{file.stem}:{name}",
        file.name,
        text,
        frozenset(map(Told.of, told)),
        cued=cued if with_cues else None,
    )


def _cued(stmt: Mapping[str, Any], cues: Iterable[str]) -> Cued:
    return Told.of(stmt), tuple(cue.casefold() for cue in cues)


def _cues_of(stmt: Statement) -> tuple[str, ...]:
    """Return the cues that a reader kept with a statement."""
    kept = dict(stmt.qualifiers).get("cue", "")
    return tuple(kept.split("; ")) if kept else ()


def _count_told(ledger: Ledger, gold: GoldText, found: dict[Told, str]) -> None:
    told = gold.told
    for group in ("all", gold.file):
        _count(ledger, gold, FULL, group, told, found)
        _count(ledger, gold, ENDS, group, {one.ends for one in told}, {one.ends for one in found})
    for sign, name in ((1, "positive"), (-1, "negative")):
        _count(
            ledger,
            gold,
            ENDS,
            name,
            {one.ends for one in told if one.polarity == sign},
            {one.ends for one in found if one.polarity == sign},
        )
    for part in ("act", "modality"):
        for value in sorted({getattr(one, part) for one in (*told, *found)}):
            of_told = {one for one in told if getattr(one, part) == value}
            _count(
                ledger,
                gold,
                FULL,
                f"{part} {value}",
                of_told,
                {one for one in found if getattr(one, part) == value},
            )
    held = {one for one in told if one.attributed}
    _count(ledger, gold, ATTRIBUTED, "all", held, {one for one in found if one.attributed})
    contents = {one.content for one in found}
    for one in held:
        if one.content in contents:
            ledger.count(gold.id, HOLDER, "all", right=int(one in found), found=1)
    if not told:
        ledger.count(gold.id, SILENT, "all", right=int(not found), found=1)
    _note(ledger, gold, found)


def _count(
    ledger: Ledger,
    gold: GoldText,
    measure: Measure,
    group: str,
    told: Iterable[object],
    found: Iterable[object],
) -> None:
    wanted, got = set(told), set(found)
    ledger.count(gold.id, measure, group, right=len(wanted & got), found=len(got), gold=len(wanted))


def _count_invented(ledger: Ledger, gold: GoldText, acts: frozenset[str], found: dict[Told, str]) -> None:
    invented = [one for one in found if one.act in acts and one.modality == "asserted" and not one.negated]
    ledger.count(gold.id, INVENTED, "all", right=int(bool(invented)), found=1)
    for one in invented:
        ledger.errors.append(
            Misreading("invented", gold.id, gold.text, (), f"no {one.act} asserted", str(one), found[one])
        )


def _note(ledger: Ledger, gold: GoldText, found: dict[Told, str]) -> None:
    missed, extra = gold.told - found.keys(), found.keys() - gold.told
    # What differs in one respect only is one error, not two.
    for want in sorted(missed, key=str):
        near = sorted((got for got in extra if _parts_wrong(want, got) == 1), key=str)
        if near:
            extra = extra - {near[0]}
            kind = f"wrong {next(part for part in _PARTS if getattr(want, part) != getattr(near[0], part))}"
            read, rule = str(near[0]), found[near[0]]
        else:
            kind, read, rule = "missed", "nothing of it", ""
        ledger.errors.append(Misreading(kind, gold.id, gold.text, (), str(want), read, rule))
    for got in sorted(extra, key=str):
        ledger.errors.append(
            Misreading(
                "read where nothing is annotated",
                gold.id,
                gold.text,
                (),
                "nothing of it",
                str(got),
                found[got],
            )
        )


def _parts_wrong(one: Told, other: Told) -> int:
    return Counter(getattr(one, part) != getattr(other, part) for part in _PARTS)[True]
