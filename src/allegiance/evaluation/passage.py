"""Passages read with care: whole stretches of real text with their actors and what is told of them, one JSON object a line.

``{"id", "from", "sentences", "actors": {name: [other names]}, "statements": [{s, holder, actor, target, sign, kind, modality,
negated, must, qualifiers}]}``. Only the form lives here: what counts as found is `passage_scores`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from allegiance.coding.kinds import KINDS, coded
from allegiance.errors import BadRowError, DataError
from allegiance.evaluation.corpus import Corpus, field, files_below, json_lines
from allegiance.model import Modality, TextEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from allegiance.model import Statement

AUTHOR = "author"
"""Who sides with somebody where the text itself does: no actor, and no member of a coalition."""

# By how the origin of a passage begins; the first that fits.
_GENRES = (
    ("US State Department, Office of the Historian", "history"),
    ("Voice of America", "newswire"),
    ("Wikinews", "Wikinews"),
    ("UN General Debate", "UN speeches"),
    ("Kremlin", "Kremlin"),
    ("White House", "White House"),
    ("CIA World Factbook", "backgrounds"),
    ("Opinion", "opinion"),
    ("US State Department", "other officials"),
    ("UK Government", "other officials"),
    ("U.S. Central Command", "other officials"),
    ("EU Delegation", "other officials"),
    ("Australian DFAT", "other officials"),
)
_OTHER_GENRE = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """One statement, annotated or read, in the words of the guide.

    Attributes:
        holder: who says so inside the text, the outermost first; empty for the author.
        actor, target: as written; `AUTHOR` for the text's own voice.
        sign: +1, -1 or 0, that of the content.
        modality: how it is put.
        negated: whether the content has "not".
        act: name in the code book; of what is annotated, the one that its kind is stored as.
        weight: integer tenths.
        kind: the guide's word; empty for what was read.
        must: whether every careful reader would write it down.
        qualifiers: name and words, one for each station of a way.
        sentences: which sentences of the passage carry it; empty for what was read.
        quote: the words that it was read from; empty for what is annotated.
        confidence: of what was read.
        rule: by which rule it was read.
    """

    holder: tuple[str, ...]
    actor: str
    target: str
    sign: int
    modality: Modality
    negated: bool
    act: str
    weight: int
    kind: str = ""
    must: bool = True
    qualifiers: tuple[tuple[str, str], ...] = ()
    sentences: tuple[int, ...] = ()
    quote: str = ""
    confidence: float = 1.0
    rule: str = ""

    @classmethod
    def of(cls, stmt: Statement) -> Told:
        """Return what a reader's statement tells: the outlet as a party is the author, the stations of a way stand apart."""
        outlet, *holder = stmt.source.chain
        actor, target = (AUTHOR if name == outlet else name for name in (stmt.actor, stmt.target))
        return cls(
            tuple(holder),
            actor,
            target,
            stmt.polarity,
            stmt.modality,
            stmt.negated,
            stmt.act,
            stmt.weight,
            qualifiers=tuple(
                (name, words)
                for name, value in stmt.qualifiers
                for words in (value.split("; ") if name == "via" else [value])
            ),
            quote=stmt.evidence.quote if isinstance(stmt.evidence, TextEvidence) else "",
            confidence=stmt.confidence,
            rule=stmt.reader.rule,
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as the guide writes found statements, and as its scorer reads them."""
        hanging: dict[str, Any] = {}
        for name, words in self.qualifiers:
            if name == "via":
                hanging.setdefault(name, []).append(words)
            else:
                hanging[name] = words
        return {
            "holder": list(self.holder),
            "actor": self.actor,
            "target": self.target,
            "sign": self.sign,
            "modality": self.modality.value,
            "negated": self.negated,
            "qualifiers": hanging,
        }

    def __str__(self) -> str:
        sign = {1: "+", -1: "-"}.get(self.sign, "0")
        said = f"{' > '.join(self.holder)}: " if self.holder else ""
        return (
            f"{said}{self.actor} {self.kind or self.act} {self.target} ({sign}), {self.modality}"
            f"{', negated' if self.negated else ''}"
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text and what a careful reader found in it.

    Attributes:
        id: as the file names it.
        genre: of which kind its origin is.
        sentences: the text, sentence by sentence.
        actors: each actor's name and its other names.
        told: what is annotated.
        qualified: whether it was also read for what hangs on statements (conditions, goods, ...).
    """

    id: str
    genre: str
    sentences: tuple[str, ...]
    actors: Mapping[str, tuple[str, ...]]
    told: tuple[Told, ...]
    qualified: bool = False

    @property
    def text(self) -> str:
        """The sentences with one blank between them, as a reader gets them."""
        return " ".join(self.sentences)

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return under each actor's name all its names, its own first."""
        return {name: (name, *others) for name, others in self.actors.items()}


def load(path: Path) -> Corpus[Passage]:
    """Return the passages of a file, or of all .jsonl files below a folder.

    Raises:
        UsageError: there is neither.
        DataError: there are none.
        BadRowError: a line isn't of this form, or its id stands twice.
    """
    found: dict[str, Passage] = {}
    for file in files_below(path, "*.jsonl", "corpus of passages"):
        for number, row in json_lines(file):
            one = _passage(row, file, number)
            if one.id in found:
                raise BadRowError(file.name, number, f"the id {one.id!r} stands twice; give each its own.")
            found[one.id] = one
    if not found:
        raise DataError(f"{path} holds no passage: a line with 'id', 'sentences', 'actors' and 'statements'.")
    return Corpus(tuple(found.values()))


def genre_of(origin: str) -> str:
    """Return the genre of a passage by its origin, as the field ``from`` tells it."""
    return next((genre for start, genre in _GENRES if origin.startswith(start)), _OTHER_GENRE)


def _passage(row: dict[str, Any], file: Path, number: int) -> Passage:
    sentences = _texts(field(row, "sentences", list, file, number), "sentences", file, number)
    if not any(one.strip() for one in sentences):
        raise BadRowError(file.name, number, "its 'sentences' hold no word.")
    actors = {
        name: _texts(others, f"actors: {name}", file, number)
        for name, others in field(row, "actors", dict, file, number).items()
    }
    told = tuple(
        _told(one if isinstance(one, dict) else {}, len(sentences), file, number)
        for one in field(row, "statements", list, file, number)
    )
    return Passage(
        field(row, "id", str, file, number),
        genre_of(str(row.get("from", ""))),
        sentences,
        MappingProxyType(actors),
        told,
        bool(row.get("qualified")),
    )


def _told(row: dict[str, Any], sentences: int, file: Path, number: int) -> Told:
    sign = field(row, "sign", int, file, number)
    if sign not in (-1, 0, 1):
        raise BadRowError(file.name, number, f"a statement's sign is {sign}; it should be 1, -1 or 0.")
    kind = field(row, "kind", str, file, number)
    if kind not in KINDS:
        raise BadRowError(file.name, number, f"{kind[:40]!r} is no kind; they are {', '.join(KINDS)}.")
    modality = row.get("modality", Modality.ASSERTED.value)
    if modality not in list(Modality):
        raise BadRowError(
            file.name, number, f"{str(modality)[:40]!r} is no modality; they are {', '.join(Modality)}."
        )
    places = row.get("s", [])
    if not isinstance(places, list) or not all(isinstance(at, int) and 0 <= at < sentences for at in places):
        raise BadRowError(
            file.name, number, f"'s' of a statement should list sentences, 0 to {sentences - 1}."
        )
    stored = coded(kind, sign)
    return Told(
        _texts(row.get("holder") or [], "holder", file, number),
        field(row, "actor", str, file, number),
        field(row, "target", str, file, number),
        sign,
        Modality(modality),
        bool(row.get("negated")),
        stored.act,
        stored.weight,
        kind,
        bool(row.get("must", True)),
        _hanging(row.get("qualifiers") or {}, file, number),
        tuple(places),
    )


def _hanging(value: object, file: Path, number: int) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise BadRowError(
            file.name, number, "'qualifiers' of a statement should be an object of names and words."
        )
    return tuple(
        (str(name), words)
        for name, told in value.items()
        for words in _texts(told if isinstance(told, list) else [told], f"qualifiers: {name}", file, number)
    )


def _texts(values: object, what: str, file: Path, number: int) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise BadRowError(file.name, number, f"'{what}' should be a list of texts.")
    return tuple(values)


def read_as_told(statements: Iterable[Statement]) -> tuple[Told, ...]:
    """Return what statements tell, each statement once, as a case keeps it."""
    return tuple(Told.of(stmt) for stmt in {stmt.id: stmt for stmt in statements}.values())
