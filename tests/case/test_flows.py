"""Flow networks from cases, tables and payments, and what names are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from allegiance.analysis.interdict import interdict, to_json
from allegiance.case import Case, Provenance
from allegiance.case.flows import FlowChoice, open_flows
from allegiance.case.name_kinds import NameKinds
from allegiance.case.readers import gazetteer
from allegiance.errors import DataError, UnknownNameError, UsageError
from allegiance.network.node_kinds import GIVING, PERSON, PLACE, POINT
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from pathlib import Path

ALL = StatementFilter()
TEXT = (
    "Turkey buys smuggled oil from the Islamic State. Russia sells gas to Austria through the Black Sea. "
    "Iran ships weapons to Hezbollah through Syria. Turkey denied that it bought oil from the Islamic State. "
    "Businessman Karim Latif sold oil to Syria. The two governments trade with each other, and Russia trades with Turkey. Nobody knows how long that will last.\n"
)


@pytest.fixture(scope="module")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case with one read article."""
    folder = tmp_path_factory.mktemp("flows")
    article = folder / "article.txt"
    article.write_text(TEXT)
    with Case(folder / "oil.case", create=True) as case:
        case.read(article, Provenance(outlet="The Daily", date="2031-04-09"), reader="rules")
    return folder / "oil.case"


def test_a_text_becomes_routes_that_lead_back_to_their_quotes(case_file: Path) -> None:
    """Sold, bought and shipped goods become arcs in their direction, over places on the way; ids are those of the case."""
    opened = open_flows(case_file, ALL)
    arcs = {(arc.start, arc.end): arc for arc in opened.net.arcs()}
    assert {
        ("Islamic State", "Turkey"),
        ("Russia", "Black Sea"),
        ("Black Sea", "Austria"),
        ("Iran", "Syria"),
    } <= set(arcs)
    oil = arcs["Islamic State", "Turkey"]
    assert [claim.source for claim in oil.denials] == [("The Daily", "Turkey")]
    with Case(case_file) as case:
        assert "smuggled oil" in case.explain(oil.statements[0]).quotes[0].stmt.evidence.quote  # type: ignore[union-attr]
    kinds = dict(zip(opened.net.nodes, opened.net.kinds, strict=True))
    assert (kinds["Russia"], kinds["Black Sea"], kinds["Islamic State"]) == ("state", PLACE, "armed-group")
    assert any("which way" in reason for reason in opened.notes)


def test_a_person_of_a_text_is_no_node_and_never_ranked(case_file: Path) -> None:
    """Who is called like a person stands with all persons in flows, and is no part of an interdiction at all."""
    net = open_flows(case_file, ALL).net
    assert net.persons == 1
    assert (GIVING, "Syria") in {(arc.start, arc.end) for arc in net.arcs()}
    result = interdict(net, 9)
    told = str(to_json(result)) + result.value._repr_html_()
    assert result.value.routes_of_persons == 1
    assert "Latif" not in told


def test_goods_and_sources_are_chosen_with_did_you_mean(case_file: Path) -> None:
    """Only the goods or the source asked for; what isn't there is answered with the nearest."""
    assert len(open_flows(case_file, ALL, choice=FlowChoice(goods="gas")).net) == 2
    with pytest.raises(UnknownNameError, match="'weapons'"):
        open_flows(case_file, ALL, choice=FlowChoice(goods="weapon s"))
    with pytest.raises(UnknownNameError, match="The Daily"):
        open_flows(case_file, StatementFilter(source="The Daly"))
    assert len(open_flows(case_file, StatementFilter(source="Turkey")).net) == 0


def table(folder: Path, text: str) -> Path:
    """Return a table of routes."""
    path = folder / "routes.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_table_is_chosen_by_source_and_day(tmp_path: Path) -> None:
    """Sources count anywhere in their chain; days need a column of dates."""
    path = table(tmp_path, "from,to,capacity,source,date\nA,B,1,D > X,2031\nB,C,2,E,2033\n")
    assert len(open_flows(path, StatementFilter(source="X")).net) == 1
    assert len(open_flows(path, StatementFilter(since=date(2032, 1, 1))).net) == 1
    with pytest.raises(UnknownNameError, match="source"):
        open_flows(path, StatementFilter(source="Y"))
    undated = table(tmp_path, "from,to,capacity\nA,B,1\n")
    with pytest.raises(UsageError, match="no dates"):
        open_flows(undated, StatementFilter(since=date(2032, 1, 1)))


def test_persons_of_a_table_are_put_together(tmp_path: Path) -> None:
    """Named as person, titled, or known as a leader: none of them is a node; other names are the author's points."""
    path = table(
        tmp_path,
        "from,to,capacity,from_kind\nKarim,B,1,person\nGeneral Voss,B,1,\nVladimir Putin,B,1,\nRussia,B,1,\nRaqqa,B,1,\n",
    )
    net = open_flows(path, ALL).net
    assert set(net.nodes) == {GIVING, "B", "Russia", "Raqqa"}
    assert net.persons == 3
    assert dict(zip(net.nodes, net.kinds, strict=True))["Raqqa"] == POINT


def test_the_user_can_say_what_a_name_is(tmp_path: Path) -> None:
    """A place that the user vouches for is one; a name that isn't there is refused."""
    path = table(tmp_path, "from,to,capacity\nGeneral Santos,B,1\n")
    assert open_flows(path, ALL, choice=FlowChoice(places=("General Santos",))).net.persons == 0
    with pytest.raises(UnknownNameError):
        open_flows(path, ALL, choice=FlowChoice(places=("Nowhere",)))


def test_what_names_are() -> None:
    """Leaders are persons, capitals and ground are places, states are states."""
    kind_of = NameKinds(gazetteer(()))
    assert kind_of("Vladimir Putin") == PERSON
    assert kind_of("Moscow") == PLACE
    assert kind_of("Strait of Hormuz") == PLACE
    assert kind_of("Russia") == "state"
    assert kind_of("Deir Zor") == "unknown"
    assert kind_of("Karim Latif") == PERSON
    assert kind_of("Vladimir Trading Ltd") == "unknown"


def test_other_files_are_refused_in_a_sentence(tmp_path: Path) -> None:
    """Nothing there, a folder, another table, and a table without a good row are errors."""
    with pytest.raises(UsageError, match="There is no file"):
        open_flows(tmp_path / "none.csv", ALL)
    with pytest.raises(UsageError, match="folder"):
        open_flows(tmp_path, ALL)
    with pytest.raises(DataError, match="no column 'from'"):
        open_flows(table(tmp_path, "a,b\n1,2\n"), ALL)
    with pytest.raises(DataError, match=r"No row .* could be used"):
        open_flows(table(tmp_path, "from,to,capacity\nA,B,-1\n"), ALL)


@pytest.mark.shared_data
def test_published_donations_name_no_donor_who_is_a_person(shared_data: Path) -> None:
    """Of the published donations no node is a person of the file's or titled like one."""
    net = open_flows(shared_data / "sources" / "ftm" / "donations.ijson", ALL).net
    assert (net.unit, net.counted) == ("EUR", "stated")
    assert net.persons >= 22
    assert not [name for name in net.nodes if name.startswith(("Frau ", "Herr ", "Dr. Gerhard"))]
    assert "Dr. Rath Health Programs B.V." in net.nodes
