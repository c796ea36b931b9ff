"""The reader together with the project's own gazetteer, on sentences of ours about real states; no claim about the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.coding import RulesReader
from allegiance.model import Document
from allegiance.naming.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement


@pytest.fixture(scope="module")
def real() -> Callable[[str], list[Statement]]:
    """Return a reader of texts that knows the shipped names."""
    pytest.importorskip("spacy")
    reader = RulesReader(Gazetteer.shipped())
    return lambda text: reader.read(Document(text, "Gazette"))


CASES = [
    (
        "Russia, Iran and Syria fight ISIL.",
        {("Russia", "assault"), ("Iran", "assault"), ("Syria", "assault")},
    ),
    ("Ankara accused Damascus of arming the PKK.", {("Turkey", "accuse"), ("Syria", "supply")}),
    ("A bomb exploded in Ankara.", set()),
    ("Turkey was served cold with Brie from France.", set()),
    ("Turkey's foreign minister said Russian jets had bombed Hezbollah.", {("Russia", "assault")}),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_real_names(real: Callable[[str], list[Statement]], text: str, found: set[tuple[str, str]]) -> None:
    """Names, demonyms and capitals resolve to states where these act or speak, and nowhere else."""
    assert {(stmt.actor, stmt.act) for stmt in real(text)} == found


def test_places_are_not_governments(real: Callable[[str], list[Statement]]) -> None:
    """A capital that is bombed is a city."""
    assert [stmt for stmt in real("Corsairs bombed Damascus.") if stmt.target == "Syria"] == []
