"""`allegiance whatif` and `allegiance scenarios`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, Provenance

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

EDGES = "source,target,weight\nA,B,3\nB,C,2\nA,D,-2\nC,D,-1\nD,E,4\n"
RIFT = """[[scenario]]
name = "rift"
[[scenario.step]]
kind = "incident"
between = ["B", "C"]
weight = -5
"""
TEXT = """Russia and Turkey agreed to share intelligence, unless the incident repeats.
If the incident repeats, Turkey will break off relations with Russia. Russia supports Iran. Turkey supports Iran.
"""


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return an edge list."""
    path = tmp_path / "edges.csv"
    path.write_text(EDGES)
    return path


@pytest.fixture
def rift(tmp_path: Path) -> Path:
    """Return a scenario for it."""
    path = tmp_path / "rift.toml"
    path.write_text(RIFT)
    return path


@pytest.fixture
def gulf(tmp_path: Path) -> Path:
    """Return a case whose two outlets tell of a condition."""
    for outlet in ("Daily", "Wire"):
        (tmp_path / f"{outlet}.txt").write_text(TEXT if outlet == "Daily" else "Turkey attacked Iran.\n")
        with Case(tmp_path / "gulf.case", create=True) as case:
            case.read(tmp_path / f"{outlet}.txt", Provenance(outlet=outlet), reader="rules")
    return tmp_path / "gulf.case"


def test_an_edge_list_goes_straight_in(edges: Path, rift: Path, run: Run, tmp_path: Path) -> None:
    """JSON has the stages under numbers that stay, words tell who moved, and the page opens offline."""
    found = json.loads(run("whatif", edges, rift, "--json").out)
    before, after = found["stages"]
    assert before["coalitions"] == {"C1": ["A", "B", "C"], "C2": ["D", "E"]}
    assert after["coalitions"] == {"C1": ["A", "B"], "C2": ["D", "E"], "C3": ["C"]}
    assert after["moved"] == [{"actor": "C", "from": "C1", "to": "C3"}]
    assert after["ties"] == [{"a": "B", "b": "C", "before": 2, "after": -3, "statements": ["row 3"]}]
    assert found["proved"] is True
    ran = run("whatif", edges, rift, "--html", tmp_path / "w.html")
    assert "C moves from C1 to C3" in ran.out
    assert "not a forecast" in ran.err
    assert "<svg" in (tmp_path / "w.html").read_text()


def test_scenarios_are_kept_with_undo(gulf: Path, rift: Path, run: Run) -> None:
    """What is added is listed and asked by name; removing and undoing are changes like all others."""
    rift.write_text(RIFT.replace('"B", "C"', '"Russia", "Iran"').replace("-5", "-15"))
    assert "Kept" in run("scenarios", "add", gulf, rift).err
    assert json.loads(run("scenarios", "list", gulf, "--json").out)["name"] == "rift"
    stages = json.loads(run("whatif", gulf, "rift", "--json").out)["stages"]
    assert stages[1]["ties"][0]["after"] < 0
    assert "scenario rift" in run("scenarios", "remove", gulf, "rift").err
    assert "keeps no scenario" in run("scenarios", "list", gulf).out
    run("undo", gulf)
    assert "rift" in run("scenarios", "list", gulf).out
    assert "scenario rift" in run("history", gulf).out


def test_conditions_in_texts_are_offered_as_drafts_that_can_be_asked(
    gulf: Path, run: Run, tmp_path: Path
) -> None:
    """Each condition is a scenario, "unless" its opposite, each step with the sentence that it is taken from."""
    draft = tmp_path / "draft.toml"
    assert "2 scenarios drafted" in run("scenarios", "offer", gulf, "-o", draft).err
    assert 'name = "the incident repeats"' in draft.read_text()
    assert 'name = "not: the incident repeats"' in draft.read_text()
    assert "Turkey will break off relations with Russia" in draft.read_text()
    path = json.loads(run("whatif", gulf, draft, "--json").out)["stages"]
    by_name = {stage["scenario"]: stage for stage in path}
    assert by_name["the incident repeats"]["steps"][0]["weight"] < 0
    assert by_name["not: the incident repeats"]["steps"][0]["weight"] > 0


def test_who_is_only_spoken_of_in_a_condition_comes_in(run: Run, tmp_path: Path) -> None:
    """A draft from a condition names one who has no tie that counts; asked for, it comes in, and a stranger still doesn't."""
    (tmp_path / "a.txt").write_text(
        "Russia supports Syria. If the jets return, the United States will attack Syria.\n"
    )
    case, draft = tmp_path / "a.case", tmp_path / "draft.toml"
    run("read", case, tmp_path / "a.txt")
    run("scenarios", "offer", case, "-o", draft)
    before, after = json.loads(run("whatif", case, draft, "--json").out)["stages"]
    assert not any("United States" in group for group in before["coalitions"].values())
    assert [group for group in after["coalitions"].values() if "United States" in group] == [
        ["United States"]
    ]
    draft.write_text(draft.read_text().replace("United States", "Untied States"))
    refused = run("whatif", case, draft)
    assert refused.code == 2
    assert "no actor called 'Untied States'" in refused.err
    assert "United States" in refused.err


def test_a_source_can_be_disbelieved(gulf: Path, edges: Path, run: Run, tmp_path: Path) -> None:
    """Without the outlet that tells of an attack the attack is gone; an edge list has no sources."""
    doubt = tmp_path / "doubt.toml"
    doubt.write_text('[[scenario]]\nname = "d"\n[[scenario.step]]\nkind = "disbelief"\nsource = "Wire"\n')
    before, after = json.loads(run("whatif", gulf, doubt, "--json").out)["stages"]
    (tie,) = after["ties"]
    assert {tie["a"], tie["b"]} == {"Iran", "Turkey"}
    assert tie["after"] > tie["before"]
    assert before["scenario"] == "as it is"
    ran = run("whatif", edges, doubt)
    assert ran.code == 2
    assert "Only a case knows who says what" in ran.err
    doubt.write_text(doubt.read_text().replace("Wire", "Wirr"))
    ran = run("whatif", gulf, doubt)
    assert ran.code == 2
    assert "Did you mean 'Wire'" in ran.err


def test_what_is_wrong_is_one_sentence(edges: Path, rift: Path, gulf: Path, run: Run, tmp_path: Path) -> None:
    """Unknown names and files are the call's fault (2), broken scenarios the file's (3)."""
    assert run("whatif", edges, "rift").code == 2
    ran = run("whatif", edges, tmp_path / "none.toml")
    assert ran.code == 2
    assert "There is no file" in ran.err
    rift.write_text(RIFT.replace("incident", "incidnt"))
    ran = run("whatif", edges, rift)
    assert ran.code == 3
    assert "rift.toml, line 3" in ran.err
    rift.write_text(RIFT.replace('"C"', '"X"'))
    ran = run("whatif", edges, rift)
    assert ran.code == 2
    assert "no actor called 'X'" in ran.err
    assert "line 3" in ran.err
    ran = run("scenarios", "remove", gulf, "none")
    assert ran.code == 2
    rift.write_text("[[scenario]\n")
    ran = run("scenarios", "add", gulf, rift)
    assert ran.code == 3
    assert "line 1, column" in ran.err


def test_a_scenario_closes_routes_and_silences_sources_of_flows(run: Run, tmp_path: Path) -> None:
    """A closed route carries nothing, nor does one that only a disbelieved source tells of; an unknown one is refused."""
    routes = tmp_path / "routes.csv"
    routes.write_text("from,to,goods,capacity,source\nA,B,oil,3,Daily\nB,C,oil,3,Daily\nA,C,oil,2,Wire\n")
    closing = tmp_path / "closing.toml"
    closing.write_text('[[scenario]]\nname = "c"\n[[scenario.step]]\nkind = "closure"\nroute = ["A", "B"]\n')
    places = [word for name in "ABC" for word in ("--place", name)]
    ends = ["--from", "A", "--to", "C"]
    assert json.loads(run("flows", routes, *ends, *places, "--json").out)["value"] == 5
    assert json.loads(run("flows", routes, *ends, "--scenario", closing, "--json").out)["value"] == 2
    ran = run("interdict", routes, "--budget", "1", *ends, "--scenario", closing, "--json")
    assert json.loads(ran.out)["before"] == 2
    closing.write_text('[[scenario]]\nname = "d"\n[[scenario.step]]\nkind = "disbelief"\nsource = "Wire"\n')
    assert json.loads(run("flows", routes, *ends, "--scenario", closing, "--json").out)["value"] == 3
    closing.write_text('[[scenario]]\nname = "c"\n[[scenario.step]]\nkind = "closure"\nroute = ["A", "X"]\n')
    ran = run("flows", routes, "--scenario", closing)
    assert ran.code == 2
    assert "no route called 'A -> X'" in ran.err
