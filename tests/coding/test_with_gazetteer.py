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


def test_exiled_leaders_stand_for_their_movement(real: Callable[[str], list[Statement]]) -> None:
    """Exiled leaders of a movement are still its own, those of a state no longer speak for it."""
    (stmt,) = real("Kuwait pledged to expel exiled leaders of the Muslim Brotherhood.")
    assert (stmt.actor, stmt.act, stmt.target) == ("Kuwait", "coerce", "Muslim Brotherhood")
    assert real("Exiled leaders of Iran praised France.") == []


def test_it_is_who_announces(real: Callable[[str], list[Statement]]) -> None:
    """In "came as A announced it would free B" it is A that frees."""
    (stmt,) = real("The talks came as Egypt announced it would free over 200 Palestinian prisoners.")
    assert (stmt.actor, stmt.target, stmt.modality.value) == ("Egypt", "Palestine", "predicted")


def test_places_are_not_governments(real: Callable[[str], list[Statement]]) -> None:
    """A capital that is bombed is a city."""
    assert [stmt for stmt in real("Corsairs bombed Damascus.") if stmt.target == "Syria"] == []


def test_an_official_without_a_name_keeps_his_words(real: Callable[[str], list[Statement]]) -> None:
    """An official is an office in the table of names, but not Russia's own voice."""
    (stmt,) = real("A senior Russian official said Turkey attacked Syria.")
    assert stmt.source.chain == ("Gazette", "a senior Russian official")
    (stmt,) = real("The Russian foreign ministry said Turkey attacked Syria.")
    assert stmt.source.chain == ("Gazette", "Russia")


def test_what_an_opinion_piece_claims(real: Callable[[str], list[Statement]]) -> None:
    """The claims of a plain opinion piece are found: who is a real alliance, who a sham, who may not join, what feeds the enemy."""
    told = {
        (stmt.actor, stmt.act, stmt.target, stmt.modality.value, stmt.negated)
        for stmt in real(
            "Russia, Iran and Syria are a real alliance; the coalition led by the United States is a sham. "
            "Moscow and Washington agreed to share intelligence. If the incident repeats, cooperation would shrink. "
            "All states may join the alliance, barring Turkey and Qatar. "
            "France and Germany should drop their quarrel about President Assad. "
            "The Islamic State lives on smuggled oil that goes through Turkey."
        )
    }
    assert told >= {
        ("Russia", "ally", "Iran", "asserted", False),
        ("Iran", "ally", "Syria", "asserted", False),
        ("Gazette", "attitude", "coalition led by the United States", "asserted", False),
        ("Russia", "share-information", "United States", "predicted", False),
        ("Russia", "cooperate", "United States", "conditional", True),
        ("alliance", "reject", "Turkey", "asserted", False),
        ("alliance", "reject", "Qatar", "asserted", False),
        ("France", "retreat", "Syria", "demanded", False),
        ("Islamic State", "trade", "Turkey", "asserted", False),
    }
