"""`allegiance flows`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

ROUTES = (
    "from,to,goods,capacity,price,confidence,source\n"
    "North,Gate,oil,120,40,0.9,Daily\nNorth,Pass,oil,80,45,0.6,Post\nGate,Port,oil,90,50,0.8,Daily\nPass,Port,oil,60,55,0.5,Post\n"
)


@pytest.fixture
def routes(tmp_path: Path) -> Path:
    """Return a table of routes."""
    path = tmp_path / "routes.csv"
    path.write_text(ROUTES)
    return path


def test_json_and_words(routes: Path, run: Run) -> None:
    """JSON has the documented keys; for people the paths and routes come as tables, what is proved and counted in words."""
    told = json.loads(run("flows", routes, "--json").out)
    assert (told["value"], told["proved"], told["from"], told["to"]) == (150, True, ["North"], ["Port"])
    assert told["goods"] == {"oil": 4}
    assert told["paths"][0]["nodes"] == ["North", "Gate", "Port"]
    ran = run("flows", routes, "--paths", "1")
    assert ran.code == 0
    assert "North → Gate → Port" in ran.out
    assert "at most 150" in ran.err
    assert "somebody's claim" in ran.err
    assert "--paths tells more" in ran.err


def test_a_page_is_written_with_the_picture(routes: Path, tmp_path: Path, run: Run) -> None:
    """--html writes one file with the Sankey picture and its claimants."""
    page = tmp_path / "flows.html"
    assert run("flows", routes, "--html", page).code == 0
    text = page.read_text("utf-8")
    assert "<svg" in text
    assert "North to Gate: 90 of 120 units; claimed by Daily (1 statement)" in text
    assert "<script" not in text


def test_broken_rows_are_named_and_the_others_count(routes: Path, run: Run) -> None:
    """Negative and missing capacities name their row, exit 3, and the rest is computed."""
    routes.write_text(f"{ROUTES}Gate,Port,oil,-5,50,0.8,Daily\nGate,Port,oil,,50,0.8,Daily\n")
    ran = run("flows", routes, "--json")
    assert ran.code == 3
    assert json.loads(ran.out)["value"] == 150
    assert "row 6: the capacity is negative (-5)" in ran.err
    assert "row 7: the capacity is missing" in ran.err


def test_no_path_is_a_flow_of_nothing(routes: Path, run: Run) -> None:
    """From where no path leads nothing flows, and that is said."""
    ran = run("flows", routes, "--from", "Port", "--to", "North")
    assert ran.code == 0
    assert "no path leads there" in ran.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--goods", "oill"), "Did you mean 'oil'"),
        (("--from", "Nort"), "Did you mean 'North'"),
        (("--from", "North", "--to", "North"), "both where flows begin"),
        (("--unit", "EUR"), "no unit called"),
        (("--source", "Dayly"), "Did you mean 'Daily'"),
    ],
)
def test_wrong_calls_are_one_sentence(
    routes: Path, run: Run, options: tuple[str, ...], sentence: str
) -> None:
    """What isn't there is answered with what is near; exit 2."""
    ran = run("flows", routes, *options)
    assert ran.code == 2
    assert sentence in ran.err
