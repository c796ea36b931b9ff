from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError
from allegiance.events import formats, guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from events.conftest import Read


FILE = "mentions/20180101001500.mentions.CSV"


def test_each_mention_says_what_its_event_says_in_its_outlets_name(read: Callable[..., Read]) -> None:
    """Outlet, sentence, offsets and confidence are the mention's; actors, act and day are the event's."""
    stmts, _, _ = read(FILE, "gdelt-mentions")
    assert [(s.source.chain, s.actor, s.target, s.confidence) for s in stmts] == [
        (("GDELT", "daily.example"), "Veldania", "United Nations", 0.8),
        (("GDELT", "lantern.example"), "Veldania", "United Nations", 1.0),
        (("GDELT",), "Veldania", "Keshir", 0.2),
    ]
    first = dict(stmts[0].qualifiers)
    assert (first["sentence"], first["actor offset"], first["act offset"]) == ("4", "120", "140")
    assert "target offset" not in first  # -1: not known
    assert first["url"] == "http://daily.example/1"
    assert str(stmts[0].date) == "2018-01-01"
    assert len({stmt.id for stmt in stmts}) == 3


def test_mentions_without_their_event_are_skipped_with_the_reason(read: Callable[..., Read]) -> None:
    """An event in no file, an event without two actors, and broken rows have a reason each."""
    _, bad, tally = read(FILE, "gdelt-mentions")
    assert (tally.rows, tally.used) == (9, 3)
    assert [error.row for error in bad] == [4, 5, 6, 7, 8, 9]
    assert bad[0].problem == "its event tells no relation between two actors"
    assert bad[1].problem == "its event is in none of the events files beside it"
    assert bad[5].problem == "it has 15 columns, a GDELT mention has 16"


def test_events_files_are_found_by_the_time_in_their_names(
    tmp_path: Path, files: Path, read: Callable[..., Read]
) -> None:
    """Packed ones too; one of another quarter of an hour is not read; without any, the sentence says which is missing."""
    mentions = tmp_path / "20180101001500.mentions.CSV"
    mentions.write_bytes((files / FILE).read_bytes())
    events = (files / "mentions" / "20180101000000.export.CSV").read_bytes()
    with pytest.raises(DataError, match=r"such as 20180101000000\.export\.CSV"):
        read(mentions, "gdelt-mentions")
    (tmp_path / "20170101000000.export.CSV").write_bytes(events)
    assert formats()["gdelt-mentions"].companions(mentions) == ()
    with zipfile.ZipFile(tmp_path / "20180101000000.export.CSV.zip", "w") as archive:
        archive.writestr("20180101000000.export.CSV", events)
    assert [path.suffix for path in formats()["gdelt-mentions"].companions(mentions)] == [".zip"]
    assert len(read(mentions, "gdelt-mentions")[0]) == 3


@pytest.mark.shared_data
def test_every_row_of_the_real_file_is_a_mention(shared_data: Path, read: Callable[..., Read]) -> None:
    """Its events are in no file at hand, so all hundred rows are skipped for that reason and no other."""
    path = shared_data / "sources" / "gdelt" / "sparkgdelt_mentions.csv"
    assert guess(path) == "gdelt-mentions"
    stmts, _, tally = read(path, "gdelt-mentions")
    assert (tally.rows, tally.used, stmts) == (100, 0, [])
    assert dict(tally.skipped) == {"its event is in none of the events files beside it": 100}
