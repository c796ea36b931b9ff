"""`allegiance coalitions` on edge lists, and what it says to bad ones."""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING

import pytest

from allegiance.cli.coalitions import _limit

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

TRIANGLE = "source,target,weight\nA,B,1\nB,C,1\nA,C,-1\n"


def edges(folder: Path, text: str) -> Path:
    """Write an edge list."""
    path = folder / "edges.csv"
    path.write_text(text)
    return path


def test_json_has_the_documented_keys_and_units(tmp_path: Path, run: Run) -> None:
    """The keys that others rely on are there, and a weight of 1 counts 1."""
    ran = run("coalitions", edges(tmp_path, TRIANGLE), "--k", "2", "--json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert {
        *(
            "value",
            "lower_bound",
            "gap",
            "proved",
            "k",
            "coalitions",
            "violated",
            "method",
            "seed",
            "seconds",
        ),
    } <= set(found)
    assert (found["value"], found["lower_bound"], found["gap"], found["proved"], found["k"]) == (
        1,
        1,
        0,
        True,
        2,
    )
    (violated,) = found["violated"]
    assert set(violated) == {"a", "b", "weight", "statements"}
    assert violated["statements"][0].startswith("row ")
    assert sorted(name for members in found["coalitions"] for name in members) == ["A", "B", "C"]


def test_constraints_are_kept_and_contradictions_named(tmp_path: Path, run: Run) -> None:
    """Actors wished together or apart are so in the answer; wishes that exclude each other are named, exit 2."""
    path = edges(tmp_path, TRIANGLE)
    found = json.loads(run("coalitions", path, "--together", "A,C", "--apart", "A,B", "--json").out)
    assert sorted(map(sorted, found["coalitions"])) == [["A", "C"], ["B"]]
    assert found["value"] == 3
    ran = run("coalitions", path, "--together", "A,B", "--together", "B,C", "--apart", "A,C")
    assert ran.code == 2
    assert all(name in ran.err for name in "ABC")


def test_sides_and_sizes_of_two_coalitions(tmp_path: Path, run: Run) -> None:
    """Fixed sides and limits on sizes are kept, impossible ones refused, and unknown to as many as fit."""
    path = edges(tmp_path, "source,target,weight\nA,B,1\nB,C,1\nC,D,1\nD,E,1\nE,F,1\n")
    fixed = json.loads(run("coalitions", path, "--k", "2", "--first", "A", "--second", "C,F", "--json").out)
    assert sorted(map(sorted, fixed["coalitions"])) in (
        [["A"], ["B", "C", "D", "E", "F"]],
        [["A", "B"], ["C", "D", "E", "F"]],
    )
    sized = json.loads(run("coalitions", path, "--k", "2", "--smallest", "3", "--json").out)
    assert sorted(map(sorted, sized["coalitions"])) == [["A", "B", "C"], ["D", "E", "F"]]
    assert (sized["value"], sized["proved"]) == (1, True)
    assert run("coalitions", path, "--k", "2", "--smallest", "4").code == 2
    assert run("coalitions", path, "--first", "A", "--second", "C").code == 2
    assert run("coalitions", path, "--k", "2", "--smallest", "3", "--all").code == 2


def test_an_unknown_actor_is_answered_with_the_nearest(tmp_path: Path, run: Run) -> None:
    """A typing error in --together says which actor was meant, exit 2."""
    path = edges(tmp_path, "source,target,weight\nVeldania,Maren,1\n")
    ran = run("coalitions", path, "--together", "Veldanja,Maren")
    assert ran.code == 2
    assert "Did you mean 'Veldania'?" in ran.err


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,B,1\nB,C,often\n", "row 3"),
        ("A,B,1\nB,C,1e400\n", "row 3"),
        ("A,B,1\nB,C,NaN\n", "row 3"),
        ("A,B,1\nB,C,inf\n", "row 3"),
        ("A,B,1\nB,C\n", "row 3"),
        ("A,B,1\n,C,1\n", "row 3"),
        ("A,B,1\n" + "x" * 10_000 + ",C,1\n", "row 3"),
    ],
)
def test_a_bad_row_is_named_and_the_good_rows_count(tmp_path: Path, run: Run, rows: str, words: str) -> None:
    """One broken row: a sentence with file and row, exit 3, and the answer from the good rows all the same."""
    ran = run("coalitions", edges(tmp_path, f"source,target,weight\n{rows}"), "--json")
    assert ran.code == 3
    assert "edges.csv" in ran.err
    assert words in ran.err
    assert json.loads(ran.out)["coalitions"] == [["A", "B"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 3),
        (b"source,target\nA,B\n", 3),
        (b"\x00\x01\x02\xff\xfe" * 100, 3),
        (b"source,target,weight\nA,B,x\n", 3),
    ],
)
def test_a_file_that_is_no_edge_list_is_refused(tmp_path: Path, run: Run, content: bytes, code: int) -> None:
    """Empty, binary, without the column of weights, without one good row: one sentence, exit 3, no answer."""
    path = tmp_path / "edges.csv"
    path.write_bytes(content)
    ran = run("coalitions", path)
    assert ran.code == code
    assert ran.out == ""
    assert ran.err.startswith("allegiance: ")
    assert "edges.csv" in ran.err


def test_a_name_with_a_comma_is_given_in_quotation_marks(tmp_path: Path, run: Run) -> None:
    """Options that take names joined by commas read quotation marks as CSV does."""
    path = tmp_path / "edges.csv"
    path.write_text('a,b,weight\n"A, Inc",B,-1\nB,C,1\n')
    ran = run("coalitions", path, "--together", '"A, Inc", B', "--json")
    assert json.loads(ran.out)["coalitions"] == [["A, Inc", "B", "C"]]


def test_weights_that_all_round_to_nothing_are_told(tmp_path: Path, run: Run) -> None:
    """A list whose weights are all below a tenth gives no empty answer but a sentence that says what to do."""
    path = tmp_path / "edges.csv"
    path.write_text("a,b,weight\nA,B,0.001\nB,C,-0.01\n")
    ran = run("coalitions", path)
    assert (ran.code, ran.out) == (3, "")
    assert "multiply them all" in ran.err


def test_a_field_that_spans_lines_names_nobody(tmp_path: Path, run: Run) -> None:
    """Both halves of a record broken by a line end are left out and told; the second half is no actor."""
    path = tmp_path / "edges.csv"
    path.write_text('a,b,weight\nA,B,1\n"new\nline",A,-1\n')
    ran = run("coalitions", path, "--json")
    assert ran.code == 3
    assert json.loads(ran.out)["coalitions"] == [["A", "B"]]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=cmd()", "[bold]x[/bold]", "Ä ö 中", "a'b\"c"]
)
def test_hostile_names_are_only_names(tmp_path: Path, run: Run, name: str) -> None:
    """Names that look like markup or formulas come out as they went in, and tame where a spreadsheet reads them."""
    path = tmp_path / "edges.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["source", "target", "weight"], [name, "B", "1"]])
    assert json.loads(run("coalitions", path, "--json").out)["coalitions"] == [sorted([name, "B"])]
    assert name in run("coalitions", path).out
    table = run("network", path, "--csv").out
    assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(table.splitlines()) for cell in row)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--k", "0"),
        ("--k", "two"),
        ("--source", "The Daily"),
        ("--since", "2031"),
        ("--since", "yesterday"),
        ("--period", "1950"),
        ("--together", "A"),
        ("--time-limit", "-1"),
        ("--time-limit", "nan"),
        ("--seed", "-1"),
        ("--together", '"A, B'),
        ("--count", "wished=5"),
        ("--no-such-option",),
    ],
)
def test_a_wrong_call_exits_with_2_and_a_sentence(
    tmp_path: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    """What the caller got wrong is said in one sentence, exit 2, nothing on stdout."""
    ran = run("coalitions", edges(tmp_path, TRIANGLE), *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_periods_slice_an_edge_list(tmp_path: Path, run: Run) -> None:
    """--period takes one period as it is spelled; --since and --until take all that overlap the days."""
    path = edges(tmp_path, "source,target,weight,year\nA,B,1,46-49\nA,B,-1,50-53\nB,C,1,50-53\n")
    assert json.loads(run("coalitions", path, "--period", "46-49", "--json").out)["coalitions"] == [
        ["A", "B"]
    ]
    found = json.loads(run("coalitions", path, "--since", "1950", "--json").out)
    assert found["coalitions"] == [["B", "C"], ["A"]]
    ran = run("coalitions", path, "--period", "46-48")
    assert ran.code == 2
    assert "46-49" in ran.err


def test_a_missing_file_is_a_wrong_call(tmp_path: Path, run: Run) -> None:
    """No such file: exit 2, and the sentence names it."""
    ran = run("coalitions", tmp_path / "none.csv")
    assert ran.code == 2
    assert "none.csv" in ran.err


def test_an_unknown_command_is_answered_with_the_nearest(run: Run) -> None:
    """A typing error in a command says which was meant."""
    ran = run("coalition")
    assert ran.code == 2
    assert "'coalitions'" in ran.err


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("period", "value"),
    [("46-49", 17), ("60-63", 39), ("70-73", 26), ("80-83", 48), ("90-93", 44), ("96-99", 45)],
)
def test_known_values_of_the_correlates_of_war(shared_data: Path, run: Run, period: str, value: int) -> None:
    """The two-coalition optima of the COW windows are the known ones, and proved."""
    path = shared_data / "signed" / "cow_all.csv"
    found = json.loads(run("coalitions", path, "--period", period, "--k", "2", "--json").out)
    assert (found["value"], found["proved"]) == (value, True)


@pytest.mark.shared_data
def test_the_highland_tribes_have_their_three_blocs(shared_data: Path, run: Run) -> None:
    """Read's (1954) Gahuku-Gama fall into the published three blocs when as many as fit are asked for."""
    found = json.loads(run("coalitions", shared_data / "signed" / "highlandtribes.csv", "--json").out)
    assert found["proved"]
    assert len(found["coalitions"]) == 3


@pytest.mark.parametrize(
    ("asked", "statements", "seconds"),
    [(None, 10, 60.0), (None, 2_000_000, 10.0), (5.0, 2_000_000, 5.0), (math.inf, 10, None)],
)
def test_a_search_has_an_end_unless_told_otherwise(
    asked: float | None, statements: int, seconds: float | None
) -> None:
    """Without --time-limit a search ends after a minute, sooner where millions of statements were read; inf has no end."""
    assert _limit(asked, statements) == seconds


def test_the_limit_stands_among_the_parameters(tmp_path: Path, run: Run) -> None:
    """The answer tells the limit that it was searched under, also where it was proved before."""
    found = json.loads(run("coalitions", edges(tmp_path, TRIANGLE), "--json").out)
    assert (found["proved"], found["parameters"]["time_limit"]) == (True, 60.0)
    found = json.loads(run("coalitions", edges(tmp_path, TRIANGLE), "--json", "--time-limit", "inf").out)
    assert found["parameters"]["time_limit"] is None
