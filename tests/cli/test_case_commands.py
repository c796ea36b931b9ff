"""The commands on a case, one after the other as a user calls them."""

from __future__ import annotations

import csv
import json
import re
import resource
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

ARTICLE = (
    "Russia attacked Ukraine on Monday. Poland supports Ukraine. Belarus supports Russia in everything.\n"
)


@pytest.fixture
def case(tmp_path: Path, run: Run) -> Path:
    """Return a case with one article, made by `read`."""
    (tmp_path / "article.txt").write_text(ARTICLE)
    ran = run(
        "read",
        tmp_path / "a.case",
        tmp_path / "article.txt",
        "--reader",
        "rules",
        "--outlet",
        "The Daily",
        "--date",
        "2031-04-09",
    )
    assert ran.code == 0
    assert ran.out == ""
    assert "3 new statements" in ran.err
    return tmp_path / "a.case"


def lines(text: str) -> list[dict[str, Any]]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_statements_as_json_csv_and_table(case: Path, run: Run) -> None:
    """The three forms tell the same statements; JSON has the documented keys and canonical names."""
    found = lines(run("statements", case, "--json").out)
    assert {(one["actor"], one["target"]) for one in found} == {
        ("Russia", "Ukraine"),
        ("Poland", "Ukraine"),
        ("Belarus", "Russia"),
    }
    for one in found:
        assert one["source"] == ["The Daily"]
        # The text tells of a Monday, the one before the day on which it was published.
        assert one["date"] == ("2031-04-07" if one["actor"] == "Russia" else "2031-04-09")
        assert set(one["evidence"]) == {"document", "start", "end", "quote"}
        assert ARTICLE[one["evidence"]["start"] : one["evidence"]["end"]] == one["evidence"]["quote"]
    rows = list(csv.DictReader(run("statements", case, "--csv").out.splitlines()))
    assert [row["id"] for row in rows] == [one["id"] for one in found]
    assert all(one["id"] in run("statements", case).out for one in found)
    assert len(lines(run("statements", case, "--actor", "Russia", "--json").out)) == 2


def test_code_gives_the_same_statements_without_a_case(case: Path, run: Run) -> None:
    """`code` prints what `read` would keep, and makes no file."""
    before = sorted(case.parent.iterdir())
    options = ("--reader", "rules", "--outlet", "The Daily", "--date", "2031-04-09", "--json")
    assert run("code", case.with_name("article.txt"), *options).out == run("statements", case, "--json").out
    assert sorted(case.parent.iterdir()) == before


def test_network_and_coalitions_of_a_case(case: Path, run: Run) -> None:
    """Ties carry the ids of their statements; coalitions come with proof; a slice without statements is empty."""
    ids = {one["id"] for one in lines(run("statements", case, "--json").out)}
    ties = lines(run("network", case, "--json").out)
    assert {stmt for tie in ties for stmt in tie["statements"]} == ids
    assert {(tie["a"], tie["b"], tie["weight"]) for tie in ties} >= {("Russia", "Ukraine", -9)}
    found = json.loads(run("coalitions", case, "--k", "2", "--json").out)
    assert sorted(map(sorted, found["coalitions"])) == [["Belarus", "Russia"], ["Poland", "Ukraine"]]
    assert found["proved"]
    assert json.loads(run("coalitions", case, "--since", "2032", "--json").out)["coalitions"] == []


def test_explain_review_undo_redo(case: Path, run: Run) -> None:
    """From a tie to its quote, rejecting it, and back: the tie is gone, and there again."""
    found = json.loads(run("explain", case, "Russia,Ukraine", "--json").out)
    (stmt,) = found["statements"]
    assert stmt["evidence"]["quote"] == "Russia attacked Ukraine on Monday."
    shown = run("explain", case, stmt["id"]).out
    assert "«Russia»" in shown
    assert "The Daily" in shown
    assert stmt["rule"] in shown
    assert run("review", case, stmt["id"], "--reject").code == 0
    assert len(lines(run("network", case, "--json").out)) == 2
    assert "rejected" in run("explain", case, stmt["id"]).out
    assert run("undo", case).code == 0
    assert len(lines(run("network", case, "--json").out)) == 3
    assert run("redo", case).code == 0
    assert len(lines(run("network", case, "--json").out)) == 2
    done = lines(run("history", case, "--json").out)
    assert [one["kind"] for one in done] == ["import", "reject", "undo", "redo"]
    assert run("redo", case).code == 2
    assert run("review", case, "s000", "--reject").code == 2
    assert run("review", case, stmt["id"], "s000", "--reject").code == 2
    assert run("review", case, "--reject").code == 2
    assert run("review", case, stmt["id"], "--rule", "verb-object", "--reject").code == 2
    assert run("review", case, "--rule", "none", "--reject").code == 2
    assert run("review", case, stmt["id"]).code == 2


def test_all_of_a_rule_are_reviewed_at_once(case: Path, run: Run) -> None:
    """A rule or a source is rejected in one call, which names how many; each verdict is taken back alone."""
    found = lines(run("statements", case, "--json").out)
    of_rule = [one["id"] for one in found if one["rule"] == found[0]["rule"]]
    assert len(of_rule) > 1
    ran = run("review", case, "--rule", found[0]["rule"], "--reject")
    assert ran.code == 0
    assert f"{len(of_rule)} statements, rejected" in ran.err
    left = {one["id"] for one in lines(run("statements", case, "--json").out)}
    assert left == {one["id"] for one in found} - set(of_rule)
    assert run("undo", case).code == 0
    assert len(lines(run("statements", case, "--json").out)) == len(left) + 1


def test_report_is_one_file_with_the_quotes(case: Path, run: Run) -> None:
    """The report holds the quotes and refers to nothing outside itself."""
    page = case.with_name("r.html")
    ran = run("report", case, "-o", page)
    assert ran.code == 0
    assert str(page) in ran.err
    text = page.read_text("utf-8")
    assert "Russia attacked Ukraine on Monday." in text
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", text)


def test_formats_are_listed_with_citations(run: Run) -> None:
    """Each format of `add` says how to cite its source."""
    found = {one["name"]: one for one in lines(run("formats", "--json").out)}
    assert {"gdelt", "icews", "cow-mid", "cow-alliance", "edges"} <= set(found)
    assert all(one["citation"] and one["terms"] for one in found.values())
    assert all(name in run("formats").out for name in found)


def test_good_files_are_kept_when_one_is_bad(tmp_path: Path, run: Run) -> None:
    """One unreadable file among three: it is named, exit 3, and the other two are in the case."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE.replace("Monday", f"the day {name}"))
    (tmp_path / "bad.txt").write_bytes(b"\x00" * 100)
    files = (tmp_path / name for name in ("a.txt", "bad.txt", "b.txt"))
    ran = run("read", tmp_path / "c.case", *files, "--reader", "rules")
    assert ran.code == 3
    assert "bad.txt" in ran.err
    assert len(lines(run("statements", tmp_path / "c.case", "--json").out)) == 6


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("read", "{tmp}/a.case", "{tmp}/none.txt"), 2),
        (("read", "{tmp}/a.case", "{tmp}"), 2),
        (("read", "{tmp}/none/a.case", "{tmp}/a.txt"), 2),
        (("read", "{tmp}/a.case", "{tmp}/a.txt", "--reader", "oracle"), 2),
        (("read", "{tmp}/a.case", "{tmp}/a.txt", "--date", "yesterday"), 2),
        (("read", "{tmp}/a.case", "{tmp}/a.txt", "--pipeline", "no_such_pipeline"), 2),
        (("read", "{tmp}/a.case", "{tmp}/a.txt", "--actors", "{tmp}/a.txt"), 3),
        (("read", "{tmp}/a.txt", "{tmp}/a.txt"), 3),
        (("add", "{tmp}/a.case", "{tmp}/a.txt", "--format", "gdelt"), 3),
        (("add", "{tmp}/a.case", "{tmp}/a.txt", "--format", "gdlet"), 2),
        (("add", "{tmp}/a.case", "{tmp}/a.txt"), 2),
        (("statements", "{tmp}/none.case"), 2),
        (("explain", "{tmp}/a.txt", "A,B"), 3),
        (("report", "{tmp}/none.case", "-o", "{tmp}/r.html"), 2),
        (("undo", "{tmp}/none.case"), 2),
    ],
)
def test_wrong_calls_and_wrong_files(tmp_path: Path, run: Run, arguments: tuple[str, ...], code: int) -> None:
    """Each is one sentence with the right exit code, prints nothing to stdout, and leaves no case behind."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    ran = run(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert ran.err.strip()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == ARTICLE


def test_a_report_that_can_t_be_written_says_so(case: Path, run: Run) -> None:
    """A folder that isn't there, or a folder in the place of the file: a sentence, and nothing half-written."""
    assert run("report", case, "-o", case.parent / "none" / "r.html").code in (2, 4)
    assert run("report", case, "-o", case.parent).code in (2, 4)
    assert sorted(path.name for path in case.parent.iterdir()) == ["a.case", "article.txt"]


def big_edges(folder: Path, rows: int) -> Path:
    """Write an edge list of many rows."""
    path = folder / "big.csv"
    with path.open("w") as file:
        file.write("source,target,weight\n")
        file.writelines(f"N{i % 997},M{i % 991},{1 - 2 * (i % 2)}\n" for i in range(rows))
    return path


def test_a_full_disk_while_importing_keeps_what_was_there(case: Path, run: Run) -> None:
    """When the disk fills up in an import, it is said, exit 4, and the case answers as before."""
    before = run("statements", case, "--json").out
    edges = big_edges(case.parent, 30_000)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (case.stat().st_size + 300_000, limit[1]))
    try:
        ran = run("add", case, edges, "--format", "edges")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert ran.code == 4
    assert "disk is full" in ran.err
    assert run("statements", case, "--json").out == before


def test_kill_9_in_an_import_then_again(case: Path, run: Run) -> None:
    """After kill -9 in the middle of `add` the case is as before; the same command again completes, nothing twice."""
    before = run("statements", case, "--json").out
    edges = big_edges(case.parent, 60_000)
    command = [sys.executable, "-c", "from allegiance.cli import main; main()", "add", str(case), str(edges)]
    child = subprocess.Popen([*command, "--format", "edges"], stderr=subprocess.DEVNULL)
    log = case.with_name(case.name + "-wal")
    # The log beside the case grows only while the import's transaction is being written.
    deadline = time.monotonic() + 60
    while (not log.exists() or log.stat().st_size < 1_000_000) and time.monotonic() < deadline:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL, "the import was over before it could be killed"
    assert run("statements", case, "--json").out == before
    assert run("add", case, edges, "--format", "edges").code == 0
    again = run("add", case, edges, "--format", "edges")
    assert "nothing was added" in again.err
    assert len(lines(run("statements", case, "--json").out)) == 60_000 + len(lines(before))


def test_output_into_a_closed_pipe_is_no_error(case: Path) -> None:
    """`allegiance statements ... | head -1` ends quietly."""
    program = (
        f"{sys.executable} -c 'from allegiance.cli import main; main()' statements {case} --json | head -1"
    )
    ran = subprocess.run(["/bin/sh", "-c", program], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout.count("\n") == 1


def test_demo_runs_twice(tmp_path: Path, run: Run) -> None:
    """The demo writes a case and a report, prints coalitions per outlet, names the next commands, and can be run again."""
    first = run("demo", "-o", tmp_path / "demo")
    assert first.code == 0
    assert "According to Meridian Wire" in first.out
    assert "allegiance explain" in first.err
    assert {path.name for path in (tmp_path / "demo").iterdir()} == {"sample.case", "sample.html"}
    assert run("demo", "-o", tmp_path / "demo").out == first.out
