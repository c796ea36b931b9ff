"""`allegiance landscape`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from running import Run

FOLDER = Path(__file__).parents[1] / "fixtures" / "landscape"


def test_words_json_and_page(tmp_path: Path, run: Run) -> None:
    """The seventeen nations in words, as JSON and as a page."""
    sizes, page = tmp_path / "sizes.csv", tmp_path / "page.html"
    sizes.write_text((FOLDER / "europe_1938_sizes.csv").read_text("utf-8") + "Andorra,0.1\n", "utf-8")
    ran = run("landscape", FOLDER / "europe_1938.csv", "--sizes", sizes, "--html", page)
    assert ran.code == 0, ran.err
    assert "proved: each of 65,536" in ran.err
    assert "1 actor of sizes.csv is not in the network" in ran.err
    assert "The valleys of the landscape" in page.read_text("utf-8")
    found = json.loads(run("landscape", FOLDER / "europe_1938.csv", "--sizes", sizes, "--json").out)
    assert found["proved"]
    assert found["count"] == len(found["minima"]) == 1
    assert found["parameters"]["sizes"] == "given"


def test_many_actors_are_searched(tmp_path: Path, run: Run) -> None:
    """Beyond 24 actors the answer says that it was a search and is not proved."""
    path = tmp_path / "edges.csv"
    rows = [f"A{i},A{i + 1},{1 if i % 3 else -1}" for i in range(30)]
    path.write_text("source,target,weight\n" + "\n".join(rows))
    ran = run("landscape", path, "--starts", "200")
    assert ran.code == 0
    assert "not proved" in ran.err


def test_what_cannot_be_is_one_sentence(tmp_path: Path, run: Run) -> None:
    """A size that is missing or broken is exit 3, a file that isn't there exit 2; a broken tie is named and the others count."""
    edges, sizes = tmp_path / "edges.csv", tmp_path / "sizes.csv"
    edges.write_text("source,target,weight\nA,B,1\nB,C,x\n")
    assert run("landscape", edges, "--sizes", tmp_path / "none.csv").code == 2
    sizes.write_text("actor,size\nA,1\n")
    ran = run("landscape", edges, "--sizes", sizes)
    assert ran.code == 3
    assert "No size is given for 'B'" in ran.err
    ran = run("landscape", edges, "--json")
    assert ran.code == 3
    assert json.loads(ran.out)["minima"][0]["camps"] == [["A", "B"], []]


def test_a_seed_below_0_is_refused(tmp_path: Path, run: Run) -> None:
    """More actors than can be gone through are searched from a seed, which can't be negative."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,weight\n" + "".join(f"A{i},A{i + 1},1\n" for i in range(30)))
    assert run("landscape", path, "--seed", "-1").code == 2
