from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lake.conftest import gdelt_row

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
