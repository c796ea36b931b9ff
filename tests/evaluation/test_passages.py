"""Passages read with care: what counts as found, and that it is counted as the scorer beside the annotations does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from allegiance import coding
from allegiance.errors import BadRowError, DataError, UsageError
from allegiance.evaluation import evaluate, passages
from allegiance.evaluation.coalition_agreement import agreement, coalitions
from allegiance.evaluation.curve import LEAST_MUST, LEAST_UNITS, Finds
from allegiance.evaluation.page import sections
from allegiance.evaluation.passage import Passage, genre_of, load, read_as_told
from allegiance.evaluation.passage_scores import Names, asserted, facts
from allegiance.evaluation.task import Task
from allegiance.model import Document
from allegiance.naming import Gazetteer
from allegiance.report.answer_page import answer_page
from reciting import Lines, Reciting, RecitingOfGiven, line, maker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegiance.evaluation import Evaluation, Score
    from allegiance.evaluation.passage_scores import Fact
    from allegiance.evaluation.scores import Measure
    from allegiance.model import Result, Statement

INVENTED = Path(__file__).resolve().parents[1] / "fixtures" / "passages" / "invented.jsonl"
SCORED = {
    "tie": passages.TIE,
    "asserted": passages.ASSERTED,
    "told": passages.TOLD,
    "qualifiers": passages.QUALIFIERS,
}
# Right, wrong, reversed, of unknown actors, as not so, by the author: some of everything.
RECITED: Lines = {
    "wire-1": [
        line("Harsund", "assault", "the Tarnow's", -1, confidence=0.95),
        line("Velmark", "supply", "Ostria", 1, qualifiers={"goods": "the weapons"}, confidence=0.4),
        line("Reed Brigade", "aid", "Velmark", 1, holder=("Nobody", "Lesk")),
        line("Reed Brigade", "aid", "Velmark", 1, holder=("Brint",), modality="denied"),
        line("Atlantis", "ally", "Tarnow", 1, confidence=0.2),
        line("Ostria", "trade", "Tarnow", 1, negated=True, qualifiers={"condition": "the border opens"}),
    ],
    "speech-1": [
        line("Velmark", "accuse", "Reed Brigade", 1),
        line("Velmark", "demand", "Tarnow", -1, modality="demanded", qualifiers={"via": "Ostria; Lesk"}),
        line("Velmark", "comment", "Ostria", 0),
    ],
    "column-1": [
        line("outlet", "attitude", "the pact", -1),
        line("Ostria", "ally", "Tarnow", 1),
        line(
            "Velmark", "reject", "Tarnow", -1, qualifiers={"position": "valley is ours", "barred": "the pact"}
        ),
    ],
}


@pytest.fixture
def recite(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that evaluates a reciting reader on the invented passages."""

    def ask(lines: Lines, reader: type[Reciting] = Reciting, **options: Any) -> Result[Evaluation]:
        readers = {"reciting": maker(reader, lines), "rules": coding.RulesReader}
        monkeypatch.setattr(coding, "READERS", readers)
        monkeypatch.setattr("allegiance.coding.registry.READERS", readers)
        task = Task(options.pop("path", INVENTED), "reciting", Gazetteer.shipped(), **options)
        return evaluate("passages", task)

    return ask


def _score(found: Evaluation, measure: Measure, group: str = "all") -> Score:
    return next(one for one in found.scores if (one.measure, one.group) == (measure, group))


def _counts(found: Evaluation, measure: Measure, group: str = "all") -> tuple[int, int, int, int]:
    one = _score(found, measure, group)
    return one.right, one.found, one.hit, one.gold


def test_known_counts(recite: Any) -> None:
    """Counted by hand: nine ties read, of which seven are annotated; of seven that must be found five are."""
    found = recite(RECITED).value
    assert _counts(found, passages.TIE) == (7, 9, 5, 7)
    assert _counts(found, passages.TIE, "opinion")[2:] == (2, 2)
    assert _counts(found, passages.QUALIFIERS, "via") == (1, 2, 0, 0)
    assert _counts(found, passages.QUALIFIERS, "condition") == (1, 1, 1, 1)
    assert _counts(found, passages.QUALIFIERS, "position") == (0, 1, 0, 1)


def test_nothing_read_and_all_read(recite: Any) -> None:
    """Who reads nothing has no recall and coalitions of single actors; who reads what is annotated has all of everything."""
    nothing = recite({}).value
    assert (_score(nothing, passages.TIE).precision, _counts(nothing, passages.TIE)[:3]) == (None, (0, 0, 0))
    gold = {one.id: [_recited(told) for told in one.told] for one in load(INVENTED).examples}
    perfect = recite(gold).value
    for measure in (*SCORED.values(), passages.ACTORS):
        one = _score(perfect, measure)
        assert one.f1 is not None
        assert one.f1.value == pytest.approx(1.0)
    for measure in (passages.SORT, passages.DIRECTION, passages.CLASS, passages.HOLDER):
        one = _score(perfect, measure)
        assert one.right == one.found > 0
    mean = _score(perfect, passages.COALITIONS).mean
    assert mean is not None
    assert mean.value == 1.0
    assert perfect.errors == ()


def _recited(told: Any) -> dict[str, Any]:
    row = told.to_json()
    row["actor"] = "outlet" if told.actor == "author" else told.actor
    row["qualifiers"] = {
        name: "; ".join(words) if isinstance(words, list) else words
        for name, words in row["qualifiers"].items()
    }
    return {**row, "act": told.act}


def test_given_the_tie(recite: Any) -> None:
    """Supplies from the wrong end have the right sort of act and the wrong direction; a wrong speaker is a wrong holder."""
    found = recite({"wire-1": RECITED["wire-1"][:3]}).value
    assert (_score(found, passages.DIRECTION).right, _score(found, passages.DIRECTION).found) == (2, 3)
    assert _score(found, passages.SORT).right == 3
    assert (_score(found, passages.HOLDER).right, _score(found, passages.HOLDER).found) == (3, 3)
    wrong = recite(
        {"wire-1": [line("Velmark", "consult", "Tarnow", -1, holder=("Ostria",), modality="predicted")]}
    )
    for measure in (passages.SORT, passages.HOLDER, passages.CLASS):
        assert (_score(wrong.value, measure).right, _score(wrong.value, measure).found) == (0, 1)


def test_actors_found(recite: Any) -> None:
    """Parties and holders count as found under any of their names; whom the passage doesn't list counts against precision."""
    found = recite({"wire-1": [line("Brint", "ally", "Atlantis", 1, holder=("Lesk",))]}).value
    assert _counts(found, passages.ACTORS, "newswire") == (2, 3, 2, 4)
    assert _counts(found, passages.TIE, passages.BOTH_FOUND) == (0, 0, 0, 1)


def test_errors_are_told_with_their_sentences(recite: Any) -> None:
    """Missed, wrong sign, unknown actors and wrong holders stand on the page with both parties marked."""
    result = recite(RECITED)
    kinds = {error.kind: error for error in result.value.errors}
    assert set(kinds) == {
        *("missed", "wrong sign", "read of an actor that isn't annotated"),
        *("wrong manner",),
    }
    missed = kinds["missed"]
    assert missed.text == "Velmark thanks Ostria for its help."
    assert [missed.text[start:end] for start, end, _ in missed.marks] == ["Velmark", "Ostria"]
    page = answer_page("Errors", sections(result))
    assert "<mark>" in page
    assert "Velmark praise Ostria (+), asserted" in page


def test_a_curve_needs_enough_texts(recite: Any, tmp_path: Path) -> None:
    """Of three passages no curve is drawn; of many there is one, each point with its interval, the least sure last."""
    assert recite(RECITED).value.curves == ()
    rows = [json.loads(one) for one in INVENTED.read_text("utf-8").splitlines()]
    many = tmp_path / "many.jsonl"
    lines: Lines = {}
    with many.open("w", encoding="utf-8") as file:
        for number in range(12):
            for row in rows:
                name = f"{row['id']}/{number}"
                file.write(json.dumps({**row, "id": name}) + "\n")
                lines[name] = RECITED[row["id"]]
    result = recite(lines, path=many)
    curve = result.value.curves[0]
    assert (curve.group, curve.units) == ("all", 36)
    assert [point.confidence for point in curve.points] == [0.95, 0.9, 0.4, 0.2]
    last = _score(result.value, passages.TIE)
    assert (curve.points[-1].precision.value, curve.points[-1].recall.value) == (
        last.precision and last.precision.value,
        last.recall and last.recall.value,
    )
    page = answer_page("Curves", sections(result))
    assert "<polyline" in page
    assert "from confidence 0.40" in page
    assert json.dumps(result.value.to_json())


def test_surer_finds_come_first() -> None:
    """Recall never falls as less sure finds are let in, and a part with few texts has no curve."""
    finds = Finds()
    for unit in range(LEAST_UNITS):
        finds.add(str(unit), [(0.9, True, True), (0.5, False, False), (0.1 * (unit % 4), True, True)], 4)
    assert finds.enough
    recalls = [point.recall.value for point in finds.curve("all", 0).points]
    assert recalls == sorted(recalls)
    few = Finds()
    few.add("one", [(0.9, True, True)], LEAST_MUST)
    assert not few.enough


def _facts(*told: tuple[str, str, str, int]) -> list[Fact]:
    one = load(INVENTED).examples[0]
    reader = Reciting({one.id: [line(*each) for each in told]})
    return asserted(facts(Names(one), read_as_told(reader.read(_document(one)))))


def _document(passage: Passage) -> Document:
    return Document(passage.text, passage.id)


def test_coalitions_are_those_of_the_ties() -> None:
    """Friends are together, enemies apart, who has no tie alone; also whom only an unlisted party joins are together."""
    actors = ["Velmark", "Tarnow", "Ostria", "Reed Brigade"]
    told = _facts(
        ("Velmark", "ally", "Atlantis", 1),
        ("Atlantis", "ally", "Ostria", 1),
        ("Tarnow", "oppose", "Ostria", -1),
    )
    velmark, tarnow, ostria, brigade = coalitions(actors, told).tolist()
    assert velmark == ostria
    assert len({velmark, tarnow, brigade}) == 3
    assert agreement(actors, told, told) == 1.0
    assert agreement(actors, told, []) == 0.0
    assert agreement(actors, [], []) == 1.0


def test_the_author_is_in_no_coalition() -> None:
    """That the author is for two of them doesn't join them."""
    told = _facts(("outlet", "attitude", "Velmark", 1), ("outlet", "attitude", "Tarnow", 1))
    assert len(told) == 2
    assert len(set(coalitions(["Velmark", "Tarnow"], told).tolist())) == 2


@pytest.mark.parametrize(
    ("origin", "genre"),
    [
        ("US State Department, Office of the Historian, The War of 2031", "history"),
        ("US State Department, On the Occasion", "other officials"),
        ("UN General Debate: SYR, 1976", "UN speeches"),
        ("Kremlin.ru, 2031", "Kremlin"),
        ("Opinion text, invented world", "opinion"),
        ("A village paper", "other"),
    ],
)
def test_genres(origin: str, genre: str) -> None:
    """The genre is told by how the origin begins."""
    assert genre_of(origin) == genre


def test_actors_given(recite: Any) -> None:
    """A reader that takes actors is handed those of each passage, with all their names, its own first."""
    found = recite({}, RecitingOfGiven, given=True)
    assert _counts(found.value, passages.TIE) == (1, 3, 1, 7)
    assert found.parameters["given"] is True


def test_actors_given_to_a_reader_that_takes_none(recite: Any) -> None:
    """A reader that finds its actors itself is no reader for --given, and other kinds of data have no actors to give."""
    with pytest.raises(UsageError, match="'reciting' finds the actors itself"):
        recite({}, given=True)
    with pytest.raises(UsageError, match="--given is for --data passages only"):
        evaluate("gold", Task(INVENTED, "rules", Gazetteer.shipped(), given=True))


BAD: list[tuple[dict[str, Any], str]] = [
    ({"sentences": []}, "hold no word"),
    ({"sentences": [1]}, "'sentences' should be a list of texts"),
    ({"actors": []}, "something else under 'actors'"),
    ({"actors": {"A": "B"}}, "'actors: A' should be a list"),
    ({"statements": ["x"]}, "no 'sign'"),
    ({"statements": [{"sign": 2}]}, "sign is 2"),
    ({"statements": [{"sign": 1, "kind": "likes"}]}, "'likes' is no kind"),
    ({"statements": [{"sign": 1, "kind": "ally", "modality": "told"}]}, "'told' is no modality"),
    ({"statements": [{"sign": 1, "kind": "ally", "s": [9]}]}, "should list sentences, 0 to 0"),
    ({"statements": [{"sign": 1, "kind": "ally"}]}, "no 'actor'"),
    (
        {"statements": [{"sign": 1, "kind": "ally", "actor": "A", "target": "B", "qualifiers": []}]},
        "",
    ),
    (
        {"statements": [{"sign": 1, "kind": "ally", "actor": "A", "target": "B", "qualifiers": ["x"]}]},
        "should be an object",
    ),
]


@pytest.mark.parametrize(("part", "sentence"), BAD)
def test_broken_passages_are_named(part: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    """What is no passage is refused in one sentence with its row; empty qualifiers are none."""
    row = {"id": "a", "sentences": ["A helps B."], "actors": {"A": [], "B": []}, "statements": [], **part}
    file = tmp_path / "broken.jsonl"
    file.write_text(json.dumps(row))
    if not sentence:
        assert load(file).examples[0].told[0].qualifiers == ()
        return
    with pytest.raises(BadRowError, match=f"row 1: .*{sentence}"):
        load(file)


def test_ids_and_emptiness(tmp_path: Path) -> None:
    """An id that stands twice would be counted as one passage, so it is refused; a file of nothing is no corpus."""
    twice = tmp_path / "twice.jsonl"
    twice.write_text(2 * ('{"id": "a", "sentences": ["A."], "actors": {}, "statements": []}\n'))
    with pytest.raises(BadRowError, match="row 2: the id 'a' stands twice"):
        load(twice)
    twice.write_text("\n\n ")
    with pytest.raises(DataError):
        load(twice)


def _scored_elsewhere(
    script: Path, gold: Path, told: Iterable[tuple[str, list[dict[str, Any]]]]
) -> dict[str, Any]:
    found = gold.parent / "found.jsonl"
    found.write_text(
        "".join(json.dumps({"id": name, "statements": rows}) + "\n" for name, rows in told), "utf-8"
    )
    ran = subprocess.run([sys.executable, script, gold, found], capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def _same_figures(found: Evaluation, other: dict[str, Any]) -> None:
    for name, measure in SCORED.items():
        one = _score(found, measure)
        assert (one.found, one.gold) == (other[name]["found"], other[name]["must"]), name
        for part, share in (("precision", one.precision), ("recall", one.recall), ("f1", one.f1)):
            assert (share.value if share else 0.0) == pytest.approx(other[name][part], abs=0.0006), (
                name,
                part,
            )
        assert one.f1 is not None
        # Drawn with other random numbers.
        assert (one.f1.low, one.f1.high) == pytest.approx(tuple(other[name]["interval"]), abs=0.03)
    for name in ("condition", "goods", "via", "position", "barred"):
        one = _score(found, passages.QUALIFIERS, name)
        shares = [share.value if share else 0.0 for share in (one.precision, one.recall, one.f1)]
        assert [*shares, one.gold] == pytest.approx(other["qualifiers"][name], abs=0.006), name


@pytest.mark.shared_data
def test_counts_as_the_scorer_beside_the_annotations(recite: Any, shared_data: Path, tmp_path: Path) -> None:
    """On the invented passages, with all sorts of mistakes, every figure is that of score.py."""
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(INVENTED.read_bytes())
    found = recite(RECITED).value
    told = [
        (one.id, [each.to_json() for each in read_as_told(Reciting(RECITED).read(_document(one)))])
        for one in load(gold).examples
    ]
    other = _scored_elsewhere(shared_data / "gold" / "score.py", gold, told)
    for name, measure in SCORED.items():
        one = _score(found, measure)
        assert (one.found, one.gold) == (other[name]["found"], other[name]["must"]), name
        for part, share in (("precision", one.precision), ("recall", one.recall), ("f1", one.f1)):
            assert (share.value if share else 0.0) == pytest.approx(other[name][part], abs=0.0006), (
                name,
                part,
            )


@pytest.mark.shared_data
@pytest.mark.slow
def test_counts_as_the_scorer_on_real_passages(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the rules read in real passages gives the figures and intervals that score.py gives for the same statements."""
    pytest.importorskip("spacy")
    gold = tmp_path / "gold.jsonl"
    lines = (shared_data / "gold" / "dev.jsonl").read_text("utf-8").splitlines()
    gold.write_text("\n".join(lines[:40]), "utf-8")
    names = Gazetteer.shipped()
    read = list(coding.reader("rules", names).read_many(_document(one) for one in load(gold).examples))

    class Once:
        def read_many(self, docs: Iterable[Document]) -> Iterable[tuple[Document, list[Statement]]]:
            assert [doc for doc, _ in read] == list(docs)
            return read

    monkeypatch.setattr(coding, "reader", lambda *_, **__: Once())
    found = evaluate("passages", Task(gold, "rules", names)).value
    told = [(doc.outlet, [each.to_json() for each in read_as_told(stmts)]) for doc, stmts in read]
    _same_figures(found, _scored_elsewhere(shared_data / "gold" / "score.py", gold, told))
