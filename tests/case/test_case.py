"""The case: bringing in, asking, going back to the quotes, changing one's mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, Provenance, code_file, view_of
from allegiance.errors import DataError, UnknownNameError, UnreadableTextError, UsageError
from allegiance.model import TextEvidence
from allegiance.network import CountingPolicy
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from pathlib import Path

DAILY = """Summit ends in discord

Russia attacked Ukraine on Monday. Poland and Lithuania sent arms to Ukraine.
Belarus supports Russia. The Polish president condemned Belarus.
Germany did not attack Russia, and France may impose sanctions on Belarus.
"""
WIRE = "Russia supports Ukraine, an official said. Poland backs Ukraine. Belarus supports Russia in everything.\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a case with two articles of two outlets."""
    for name, text in (("daily.txt", DAILY), ("wire.txt", WIRE)):
        (tmp_path / name).write_text(text)
    opened = Case(tmp_path / "a.case", create=True)
    opened.read(tmp_path / "daily.txt", Provenance(outlet="The Daily", date="2031-04-09"))
    opened.read(tmp_path / "wire.txt", Provenance(outlet="The Wire", date="2031-05-01"))
    return opened


def test_every_statement_quotes_its_document(case: Case) -> None:
    """Each statement's quote stands at its offsets in the document kept in the case."""
    quotes = case.quotes()
    assert quotes
    for quote in quotes:
        assert quote.doc is not None
        evidence = quote.stmt.evidence
        assert isinstance(evidence, TextEvidence)
        assert quote.doc.text[evidence.start : evidence.end] == evidence.quote
        assert "".join(words for words, _ in quote.marked()) == evidence.quote
        assert quote.stmt.reader.rule


def test_what_the_texts_say_comes_out_per_source(case: Case) -> None:
    """The plain claims of an article are there, each held by its outlet, and outlets can be asked apart."""
    daily = {(s.actor, s.target) for s in case.statements(StatementFilter(source="The Daily")) if s.polarity}
    assert {
        ("Russia", "Ukraine"),
        ("Poland", "Ukraine"),
        ("Lithuania", "Ukraine"),
        ("Belarus", "Russia"),
    } <= daily
    split = case.coalitions(2, wanted=StatementFilter(source="The Daily"))
    assert split.proved
    assert split.value.of("Russia") == split.value.of("Belarus") != split.value.of("Ukraine")


def test_what_is_negated_or_only_possible_makes_no_tie(case: Case) -> None:
    """A negated act ("did not attack") and a possible one ("may impose") are kept as said, and make no tie."""
    assert {"Germany", "France"} <= {stmt.actor for stmt in case.statements()}
    assert not {"Germany", "France"} & set(case.network().actors)


def test_the_same_file_again_adds_nothing(case: Case) -> None:
    """Re-importing a file in the same way changes nothing, not even the history."""
    before = case.history().length
    report = case.read(case.path.with_name("daily.txt"), Provenance(outlet="The Daily", date="2031-04-09"))
    assert report.repeated
    assert case.history().length == before


def test_rejecting_a_statement_changes_the_answer_and_undo_brings_it_back(case: Case) -> None:
    """The tie between Russia and Ukraine loses the rejected statement, and has it again after undo."""
    wanted = StatementFilter(source="The Daily")
    (stmt,) = case.statements(StatementFilter(source="The Daily", pair=("Russia", "Ukraine")))
    before = case.network(wanted).actors
    case.review(stmt.id, "reject")
    explained = case.explain("Russia,Ukraine", wanted=wanted)
    assert explained.facts["tie"] is None
    case.undo()
    assert case.network(wanted).actors == before
    assert case.explain("Russia,Ukraine", wanted=wanted).facts["tie"]["negative"] == 9


def test_a_tie_shows_who_says_what(case: Case) -> None:
    """A contested tie is said to be contested, and each outlet's own sum is shown."""
    found = case.explain("Ukraine,Russia")
    assert found.kind == "tie"
    assert found.facts["tie"]["contested"]
    assert (
        found.facts["by_source"]["The Daily"]["weight"] < 0 < found.facts["by_source"]["The Wire"]["weight"]
    )
    assert {quote.stmt.source.outlet for quote in found.quotes} == {"The Daily", "The Wire"}


def test_an_explanation_shows_as_many_quotes_as_asked_for(case: Case) -> None:
    """What is computed rests on all statements, however few are shown, and how many aren't is said."""
    for what in ("Ukraine,Russia", "Belarus", "C1"):
        whole = case.explain(what)
        assert whole.left_out == 0
        found = case.explain(what, most=1)
        assert found.facts == whole.facts
        assert found.quotes == whole.quotes[:1]
        assert found.left_out == len(whole.quotes) - 1 > 0


def test_statement_actor_and_coalition_are_explained(case: Case) -> None:
    """Whatever can be named in an answer leads back to quotes."""
    stmt = next(iter(case.statements()))
    assert case.explain(stmt.id).quotes[0].stmt == stmt
    actor = case.explain("Belarus")
    assert "Russia" in actor.facts["coalition"]
    coalition = case.explain("C1", k=2)
    assert coalition.quotes
    assert set(coalition.facts["coalition"]) == set(case.coalitions(2).value.coalitions[0])
    with pytest.raises(UsageError, match="C1 to C"):
        case.explain("C99")


def test_unknown_names_are_answered_with_the_nearest(case: Case) -> None:
    """A typing error in actor or source says which was meant."""
    with pytest.raises(UnknownNameError, match="Did you mean 'Ukraine'"):
        case.explain("Russia,Ukrane")
    with pytest.raises(UnknownNameError, match="Did you mean 'Belarus'"):
        case.explain("Belarrus")
    with pytest.raises(UnknownNameError, match="Did you mean 'The Daily'"):
        case.network(StatementFilter(source="The Dayly"))


def test_own_actors_are_remembered(tmp_path: Path) -> None:
    """A table of actors given once is used for all later reading, and can be undone like everything."""
    (tmp_path / "actors.csv").write_text(
        "name,kind,aliases,capital\nVeldania,state,Copper House,Tarsk\nMaren,state,,\n"
    )
    (tmp_path / "a.txt").write_text("Copper House attacked Maren. The attack was the third this week.\n")
    with Case(tmp_path / "a.case", create=True) as case:
        assert case.add_actors(tmp_path / "actors.csv")
        assert not case.add_actors(tmp_path / "actors.csv")
        case.read(tmp_path / "a.txt")
        assert {(s.actor, s.actor_text) for s in case.statements()} == {("Veldania", "Copper House")}


def test_event_data_and_texts_live_in_one_case(case: Case, tmp_path: Path) -> None:
    """An edge list joins the texts; its rows are its statements' evidence."""
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target,weight\nRussia,Belarus,3\nPoland,Belarus,-2\nPoland,Poland,1\n")
    report = case.add(edges, "edges")
    assert report.statements == 2
    assert report.problems == ()
    assert sum(count for _, count in report.skipped) == 1
    (quote,) = case.explain("Poland,Belarus", wanted=StatementFilter(source="edges")).quotes
    assert quote.doc is None
    assert "edges.csv" in quote.marked()[0][0]
    with pytest.raises(UnknownNameError, match="Did you mean 'edges'"):
        case.add(edges, "edgs")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n \n"),
        ("binary.txt", bytes(range(256)) * 40),
        (
            "german.txt",
            "Die Regierung hat am Montag erklärt, dass sie den Vertrag nicht verlängern werde.".encode() * 5,
        ),
        ("arabic.txt", "أعلنت الحكومة يوم الاثنين أنها لن تجدد الاتفاق مع الدول المجاورة".encode() * 5),
        ("broken.jsonl", b'{"text": 3}\nnot json\n'),
    ],
)
def test_texts_that_can_t_be_read_leave_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    """One sentence that names the file, and no case comes into being for it."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=name), Case(tmp_path / "a.case", create=True) as case:
        case.read(path)
    assert [found.name for found in tmp_path.iterdir()] == [name]
    with pytest.raises(DataError, match=name):
        code_file(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_encodings_make_no_difference(tmp_path: Path, encoding: str) -> None:
    """The same text in UTF-8, UTF-16 or Latin-1 gives the same statements."""
    path = tmp_path / "a.txt"
    path.write_bytes(
        "Russia attacked Ukraine near the café. It was the third attack of the week.\n".encode(encoding)
    )
    stmts, problems = code_file(path)
    assert not problems
    assert {(s.actor, s.act, s.target) for s in stmts} == {("Russia", "assault", "Ukraine")}
    evidence = stmts[0].evidence
    assert isinstance(evidence, TextEvidence)
    assert "café" in evidence.quote


def test_a_line_of_50_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    """A text beyond what a reader can take is refused with its size, not read for hours."""
    path = tmp_path / "long.txt"
    path.write_text("Russia attacked Ukraine and " * (50 * 1024 * 1024 // 28))
    with pytest.raises(UnreadableTextError, match=r"long\.txt"):
        code_file(path)


def test_scripts_of_a_page_are_no_text(tmp_path: Path) -> None:
    """What stands in scripts, styles and navigation of an HTML page is never read as a statement."""
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>T</title><script>var x = 'China attacked Japan.'</script><style>p {}</style></head>"
        "<body><nav>Iran attacked Iraq.</nav><article><h1>T</h1><p>Russia attacked Ukraine on Monday, and the "
        "fighting went on through the night in several places.</p><script>China attacked Japan.</script></article></body>"
    )
    stmts, _ = code_file(path)
    assert {(s.actor, s.target) for s in stmts} == {("Russia", "Ukraine")}


def test_a_row_that_is_no_json_is_named_and_the_others_load(tmp_path: Path) -> None:
    """A broken line of a JSONL file is reported with its number; the good lines become documents."""
    path = tmp_path / "a.jsonl"
    good = '{"text": "Russia attacked Ukraine. It was the third attack of the week.", "outlet": "X", "date": "2031-01-02"}'
    path.write_text(f"{good}\nnot json\n")
    with Case(tmp_path / "a.case", create=True) as case:
        report = case.read(path)
        assert [str(problem) for problem in report.problems if "row 2" in str(problem)]
        assert [str(s.date) for s in case.statements()] == ["2031-01-02"]
        assert case.outlets() == ["X"]


def test_the_view_has_all_that_a_page_shows(case: Case) -> None:
    """All sources first, then each outlet; each tie's statements are there with their quotes, each actor has a place."""
    view = view_of(case)
    assert [str(one.k) for one in view.networks[0].answers] == ["any", "2"]
    assert [network.source for network in view.networks] == [None, "The Daily", "The Wire"]
    known = {quoted.stmt.id for quoted in view.statements}
    for network in view.networks:
        assert {answer.k for answer in network.answers} == {2, "any"}
        assert all(answer.proved for answer in network.answers)
        assert {stmt for tie in network.ties for stmt in tie.statements} <= known
        assert all(0 <= actor.x <= 1 and 0 <= actor.y <= 1 for actor in network.actors)
    assert view.to_json()["asking"] == {"case": case.path.name, "options": ()}
    places = [{actor.name: (actor.x, actor.y) for actor in network.actors} for network in view.networks]
    assert all(places[0][name] == place for other in places[1:] for name, place in other.items())


def test_the_view_has_what_the_editor_of_scenarios_begins_with(case: Case, tmp_path: Path) -> None:
    """Kept scenarios come first, then those of texts whose actors are in the network; counting comes as words of the command."""
    text = 'name = "kept"\n[[scenario.step]]\nkind = "omission"\nactor = "Nobody known"\n'
    case.keep_scenario("kept", f"[[scenario]]\n{text}")
    (tmp_path / "if.txt").write_text(
        "If the incident repeats, Russia will attack Ukraine. Russia would attack Peru, if asked."
    )
    case.read(tmp_path / "if.txt", Provenance(outlet="The Wire"))
    data = view_of(case, policy=CountingPolicy.parse(("demanded=50",), confidence=0.25)).to_json()
    assert [ready["origin"] for ready in data["scenarios"]] == ["kept", "offered"]
    assert data["scenarios"][0]["steps"] == [{"kind": "omission", "actors": ["Nobody known"]}]
    assert data["scenarios"][1]["steps"][0]["actors"] == ["Russia", "Ukraine"]
    assert data["asking"]["options"] == ("--count", "demanded=50", "--least-confidence", "0.25")
