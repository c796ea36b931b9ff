"""`allegiance interdict`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from running import Run

ROUTES = (
    "from,to,goods,capacity,price,confidence,source\n"
    "North,Gate,oil,120,40,0.9,Daily\nNorth,Pass,oil,80,45,0.6,Post\nGate,Port,oil,90,50,0.8,Daily\nPass,Port,oil,60,55,0.5,Post\n"
)


DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def routes(tmp_path: Path) -> Path:
    """Return a table of routes."""
    path = tmp_path / "routes.csv"
    path.write_text(ROUTES)
    return path


def test_json_and_words(routes: Path, run: Run) -> None:
    """The best closure, that another is as good, what greedy gives, and whom one has to believe."""
    told = json.loads(run("interdict", routes, "--budget", "1", "--json").out)
    assert (told["before"], told["after"], told["lower_bound"], told["proved"], told["unique"]) == (
        150,
        60,
        60,
        True,
        False,
    )
    assert [one["source"] for one in told["by_source"]] == ["Daily", "Post"]
    assert told["closures"][0]["arcs"][0]["sources"] == ["Daily"]
    ran = run("interdict", routes, "--budget", "1")
    assert "proved: nothing within the budget leaves less" in ran.err
    assert "1 other set of closures leaves as little" in ran.err
    assert "Other closures would be better without: Daily" in ran.err
    assert "Gate" in ran.out


def test_nodes_costs_and_all(routes: Path, tmp_path: Path, run: Run) -> None:
    """Places can be closed, costs come from a file, and all stops everything at the least cost."""
    nodes = json.loads(run("interdict", routes, "--budget", "1", "--close", "nodes", "--json").out)
    assert nodes["closures"][0]["node"] == "Gate"
    costs = tmp_path / "costs.csv"
    costs.write_text("from,to,cost\nNorth,Gate,3\nGate,Port,2\nNorth,Pass,never\n")
    every = json.loads(run("interdict", routes, "--budget", "all", "--cost", costs, "--json").out)
    assert (every["after"], every["cost"], every["budget"]) == (0, 3, None)


def test_a_page_is_written(routes: Path, tmp_path: Path, run: Run) -> None:
    """--html shows the answer, the picture with what is closed, and the tables."""
    page = tmp_path / "closures.html"
    assert run("interdict", routes, "--budget", "1", "--html", page).code == 0
    text = page.read_text("utf-8")
    assert "; closed</title>" in text
    assert "If one believes all but one" in text


def test_persons_are_left_out_with_a_sentence(routes: Path, run: Run) -> None:
    """A person's route is no part of the answer, and the sentence names nobody."""
    routes.write_text(f"{ROUTES}Frau Lina Dachner,Port,oil,500,50,0.8,Daily\n")
    ran = run("interdict", routes, "--budget", "1")
    assert "1 person and 1 route of theirs are left out" in ran.err
    assert "Dachner" not in ran.out + ran.err


def test_nothing_to_stop_and_no_budget(routes: Path, run: Run) -> None:
    """No path, and a budget of nothing, are answered in words."""
    assert "nothing flows" in run("interdict", routes, "--budget", "1", "--from", "Port", "--to", "North").err
    assert "nothing within the budget lowers" in run("interdict", routes, "--budget", "0").err
    assert json.loads(run("interdict", routes, "--budget", "1e6", "--json").out)["after"] == 0


@pytest.mark.parametrize("budget", ["-1", "few", "nan"])
def test_a_wrong_budget_is_one_sentence(routes: Path, run: Run, budget: str) -> None:
    """A budget is a number of at least 0, or all; exit 2."""
    ran = run("interdict", routes, "--budget", budget)
    assert ran.code == 2
    assert "--budget is" in ran.err


def test_a_wrong_cost_names_its_row(routes: Path, tmp_path: Path, run: Run) -> None:
    """With a cost that is none there is no answer; exit 3, with the row."""
    costs = tmp_path / "costs.csv"
    costs.write_text("from,to,cost\nNorth,Gate,-3\n")
    ran = run("interdict", routes, "--budget", "1", "--cost", costs)
    assert ran.code == 3
    assert "costs.csv, row 2" in ran.err


def test_the_page_prints_what_the_command_prints(run: Run) -> None:
    """The worked example of docs/flows.md is what the command says, line for line; greedy is beaten there."""
    page = (DOCS / "flows.md").read_text("utf-8")
    for command in (("flows",), ("interdict", "--budget", "2")):
        ran = run(command[0], DOCS / "tamber-routes.csv", *command[1:])
        assert ran.code == 0
        lines = [line for line in ran.err.splitlines() if "Next:" not in line]
        assert [line for line in lines if line not in page] == []
