from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lake.conftest import gdelt_row
from wired import OUTLETS, make_wired

if TYPE_CHECKING:
    from pathlib import Path

    from running import Run

URL = "https://www.paper1.example/1"


def knowledge(url: str) -> str:
    """Return a record of GDELT's knowledge graph with two quotations."""
    fields = [""] * 27
    fields[0], fields[1], fields[3], fields[4] = "20180101000000-1", "20180101000000", "paper1.example", url
    fields[15], fields[22] = "-4.2,1,5.2", "12|20|said|we will not yield#99|9|warned|beware"
    return "\t".join(fields)


@pytest.mark.parametrize("article", [URL, "https://elsewhere.example/"])
def test_an_event_is_shown_with_what_the_knowledge_graph_keeps_of_its_article(
    tmp_path: Path, run: Run, article: str
) -> None:
    """Tone and quotations of the article at an event's address are context beside it; those of other articles aren't."""
    events, graph, case = tmp_path / "a.export.CSV", tmp_path / "a.gkg.csv", tmp_path / "a.case"
    events.write_text(gdelt_row(1, day="20180101", first="RUS", second="UKR") + "\n")
    graph.write_text(knowledge(article) + "\n")
    assert run("add", case, events, graph).code == 0
    told = json.loads(run("explain", case, "Russia,Ukraine", "--json").out)
    assert [stmt["evidence"]["row"] for stmt in told["statements"]] == ["GLOBALEVENTID 1"]
    printed = run("explain", case, "Russia,Ukraine").out
    if article != URL:
        assert "articles" not in told
        assert "yield" not in printed
        return
    (found,) = told["articles"]
    assert (found["url"], found["quotations"]) == (URL, ["we will not yield", "beware"])
    assert "tone of the article -4.2" in found["title"]
    assert "tone of the article -4.2" in printed
    assert '"we will not yield"' in printed


def test_a_long_tie_is_shown_in_part_as_text_and_whole_as_json(tmp_path: Path, run: Run) -> None:
    """Text shows the first 100 statements and says how many more there are; JSON has all; --limit sets either."""
    events, case = tmp_path / "a.export.CSV", tmp_path / "a.case"
    rows = (gdelt_row(n, day="20180101", first="RUS", second="UKR") for n in range(1, 131))
    events.write_text("\n".join(rows) + "\n")
    assert run("add", case, events).code == 0
    printed = run("explain", case, "Russia,Ukraine").out
    assert printed.count("GLOBALEVENTID") == 100
    assert "130 statements" in printed
    assert "and 30 more statements" in printed
    told = json.loads(run("explain", case, "Russia,Ukraine", "--json").out)
    assert (len(told["statements"]), told["left_out"], told["tie"]["count"]) == (130, 0, 130)
    told = json.loads(run("explain", case, "Russia,Ukraine", "--json", "--limit", "7").out)
    assert (len(told["statements"]), told["left_out"], told["tie"]["count"]) == (7, 123, 130)
    assert run("explain", case, "Russia,Ukraine", "--limit", "120").out.count("GLOBALEVENTID") == 120


def test_explanations_say_that_a_wire_is_one_report(tmp_path: Path, run: Run) -> None:
    """Text shows a report once with all its outlets; JSON has each copy and what it is a copy of."""
    wired = make_wired(tmp_path / "wired.case")
    shown = run("explain", wired, "Maren,Veldania").out
    assert f"one report in 7 outlets: {', '.join(OUTLETS)}" in shown
    assert shown.count("Maren / + support / Veldania") == 2
    assert all(f"{name}: with 5" in shown for name in OUTLETS[:5])
    assert " ".join(run("statements", wired).out.split()).count("one report in") == 1
    told = json.loads(run("explain", wired, "Maren,Veldania", "--json").out)["statements"]
    assert len(told) == 8
    assert len({one["copy_of"] for one in told if one["copy_of"]}) == 1
    assert sum(not one["copy_of"] for one in told) == 2
