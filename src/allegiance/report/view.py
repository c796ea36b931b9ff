"""The view of a case: all that a drawing may show, as plain data with a version.

No answer is computed here and no HTML is made here. Weights are in units (tenths / 10), as people see them, except
inside statements, which keep the integer tenths of the model.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - named by the annotations of the frozen records
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from allegiance.model import Codebook, TextEvidence
from allegiance.model.scenario import to_json

if TYPE_CHECKING:
    from allegiance.model import Document, Statement
    from allegiance.model.scenario import Scenario

VERSION = "allegiance-view/1"

NOTE = (
    "Every line here reports what a source said, not what is so. "
    "Two sources that disagree give two networks, shown side by side."
)

Number = int | float


def shipped_labels() -> Mapping[str, str]:
    """Return the verb phrase of each act of the package's code book, by name."""
    return {name: act.label for name, act in Codebook.shipped().acts.items()}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where quotes of one document come from; the keys of `View.documents` are document ids."""

    outlet: str
    title: str = ""
    author: str = ""
    date: str | None = None
    url: str = ""

    @classmethod
    def of(cls, doc: Document) -> Origin:
        """Return what a view shows of `doc`."""
        return cls(doc.outlet, doc.title, doc.author, str(doc.date) if doc.date else None, doc.url)


@dataclass(frozen=True, slots=True)
class QuotedStatement:
    """A statement with the words of its document around the quote (each up to some 200 characters), and who had the text.

    `outlets` are those that had the text or a copy of it; empty for a row of a data set.
    """

    stmt: Statement
    before: str = ""
    after: str = ""
    outlets: tuple[str, ...] = ()

    @classmethod
    def within(cls, stmt: Statement, text: str, *, around: int = 200) -> QuotedStatement:
        """Return `stmt`, which quotes the document text `text`, with `around` characters on either side."""
        if not isinstance(stmt.evidence, TextEvidence):
            return cls(stmt)
        return cls(stmt, *stmt.evidence.context(text, around))

    def to_json(self) -> dict[str, Any]:
        """Return the keys of ``Statement.to_json``, `before`, `after` and `report_in`."""
        told = {"before": self.before, "after": self.after, "report_in": list(self.outlets)}
        return {**self.stmt.to_json(), **told}


@dataclass(frozen=True, slots=True)
class ViewActor:
    """One actor of a drawn network.

    Attributes:
        name: the canonical name.
        kind: state, bloc, armed-group, ...
        x: position from left, 0 to 1.
        y: position from the top, 0 to 1.
        positive: weight of all that ties it to others (with), in units.
        negative: the same against others.
        ties: number of its ties.
        told: how much speaks of it, in words ("2 statements, 1 source: thin").
        thin: whether that is too little; its name is then drawn pale.
    """

    name: str
    kind: str
    x: float
    y: float
    positive: Number = 0
    negative: Number = 0
    ties: int = 0
    told: str = ""
    thin: bool = False


@dataclass(frozen=True, slots=True)
class ViewTie:
    """What the statements between two actors add up to.

    Attributes:
        a: one actor's name.
        b: the other's.
        weight: positive minus negative part, in units.
        positive: the part that binds them, in units.
        negative: the part that sets them against each other, in units.
        count: number of statements.
        sources: who says so, outlets by name.
        contested: whether some statements bind the two and others set them against each other.
        statements: ids of the statements, keys of `View.statements`.
    """

    a: str
    b: str
    weight: Number
    positive: Number
    negative: Number
    count: int
    sources: tuple[str, ...] = ()
    contested: bool = False
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViolatedTie:
    """A tie that a split violates: with across coalitions, or against within one."""

    a: str
    b: str
    weight: Number
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A coalition structure of one network, with how far it is proved.

    Attributes:
        k: 2 for two coalitions, N for at most N, "any" for as many as fit.
        value: violated weight, in units.
        lower_bound: no split violates less than this, in units.
        proved: whether `value` is proved the least possible.
        gap: (value - lower_bound) / value, 0 when proved.
        method: in words, how it was computed.
        seconds: how long that took.
        coalitions: names, largest coalition first.
        violated: the ties that the split violates.
        firmness: how firmly an actor belongs where it stands, by name, at most 1: by the split and by what the statements
            bear (see `analysis.standing`); 0 means that another place is as good, below 0 that only a constraint keeps it
            there; an actor may be missing.
        unaffiliated: actors without enough evidence to be placed; the page shows them apart, even where `coalitions`
            names them.
    """

    k: int | Literal["any"]
    value: Number
    lower_bound: Number
    proved: bool
    gap: float
    method: str
    seconds: float
    coalitions: tuple[tuple[str, ...], ...]
    violated: tuple[ViolatedTie, ...] = ()
    firmness: Mapping[str, float] = field(default_factory=dict)
    unaffiliated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkView:
    """One network ready to be drawn.

    Attributes:
        source: name of the outlet or speaker whose statements it adds up; None for all sources.
        label: what the page calls it ("All sources").
        actors: with positions; give an actor the same position in each network, so that it stays put.
        ties: all ties between them.
        answers: one for each question asked (two coalitions, as many as fit).
    """

    source: str | None
    label: str
    actors: tuple[ViewActor, ...]
    ties: tuple[ViewTie, ...]
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """How the command line is asked about the same networks: what comes behind `allegiance whatif`.

    Attributes:
        case: the name of the case file, without its folder, which concerns nobody who reads the page.
        options: the words by which statements count as they do here ("--count", "negated=-50").
    """

    case: str = "CASE"
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyScenario:
    """A scenario that the page's editor can begin with.

    Attributes:
        origin: whether the case keeps it, or texts suggest it.
        scenario: its steps.
    """

    origin: Literal["kept", "offered"]
    scenario: Scenario

    def to_json(self) -> dict[str, Any]:
        """Return it with its steps as ``--json`` has them."""
        return {
            "origin": self.origin,
            "name": self.scenario.name,
            "note": self.scenario.note,
            "steps": [to_json(step) for step in self.scenario.steps],
        }


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a page shows of a case.

    Attributes:
        title: name of the case.
        generated_by: the program and its version.
        documents: origin of the quoted documents, by document id.
        statements: all statements that a tie cites.
        networks: the network of all sources first, then one for each source.
        note: the sentence that says what such a page is and is not.
        acts: verb phrase of each act by name, so that a claim reads as a sentence; the shipped code book's.
        asking: how the command line is asked about the same networks.
        scenarios: what the editor of scenarios can begin with.
    """

    title: str
    generated_by: str
    documents: Mapping[str, Origin]
    statements: tuple[QuotedStatement, ...]
    networks: tuple[NetworkView, ...]
    note: str = NOTE
    acts: Mapping[str, str] = field(default_factory=shipped_labels)
    asking: Asking = Asking()
    scenarios: tuple[ReadyScenario, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the view as JSON-ready data with its version under `format`."""
        return {
            "format": VERSION,
            "title": self.title,
            "generated_by": self.generated_by,
            "note": self.note,
            "acts": dict(self.acts),
            "asking": asdict(self.asking),
            "scenarios": [ready.to_json() for ready in self.scenarios],
            "documents": {key: asdict(origin) for key, origin in self.documents.items()},
            "statements": [quoted.to_json() for quoted in self.statements],
            "networks": [asdict(network) for network in self.networks],
        }
