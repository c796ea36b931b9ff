"""Mistakes of the small pipeline that are put right before the rules look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

MENDED = [
    ("Corvian jets bombed the Kesh Front, a Dravian officer claimed.", ("a Dravian officer",), "Corvia", "assault"),
    ("Belmark, its foreign minister stressed, will never recognise the Kesh Front.", ("Belmark",), "Belmark", "recognise"),
    ("If the raids go on, Corvian officials said, Corvia will attack Dravia.", ("Corvian officials",), "Corvia", "assault"),
    ("Estmark declared that it would stay neutral, arguing that Dravia had attacked Corvia.", ("Estmark",), "Dravia", "assault"),
    ("Dravia attacked Corvia, the commentator Mira Sand wrote.", ("Mira Sand",), "Dravia", "assault"),
    ("Belmark imports gas from Arland through a pipeline across Dravia.", (), "Belmark", "trade"),
    ("Belmark arms and trains the Red Banner.", (), "Belmark", "supply"),
    ("Belmark's finance minister met with Dravian President Lena Orsk Tuesday.", (), "Belmark", "consult"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holder", "actor", "act"), MENDED)
def test_mended(
    read: Callable[[str], list[Statement]], text: str, holder: tuple[str, ...], actor: str, act: str
) -> None:
    """A cue taken for a relative clause and a verb taken for a noun are read for what they are."""
    assert [(stmt.source.chain[1:], stmt.actor, stmt.act) for stmt in read(text)] == [(holder, actor, act)]


def test_relative_clause_stays(read: Callable[[str], list[Statement]]) -> None:
    """A real relative clause is no cue."""
    (stmt,) = read("Corvian jets bombed the Kesh Front, which officials said was weak.")
    assert stmt.source.chain == ("Gazette",)
