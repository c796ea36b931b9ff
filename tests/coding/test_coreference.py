"""Whom pronouns, descriptions and short names mean; nobody where it isn't plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

# text -> the last statement's holder below the outlet, actor, act, target
PLAIN = [
    ("An analyst said Corvia arms the Kesh Front. It also arms the Red Banner, he said.", "an analyst", "Corvia"),
    ("Corvia arms the Kesh Front, a Dravian general said. Arland arms the Red Banner, he added.", "a Dravian general", "Arland"),
    ("The Kesh Front took a village. Corvia arms the group.", "", "Corvia"),
    ("The Kesh Front took a village. Corvia arms the militants.", "", "Corvia"),
    ("The Kesh Front took a village. Corvia arms it.", "", "Corvia"),
    ("The Free Hill Army (FHA) took a village. Corvia arms the FHA.", "", "Corvia"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holder", "actor"), PLAIN)
def test_plain_ones_are_resolved(
    read: Callable[[str], list[Statement]], text: str, holder: str, actor: str
) -> None:
    """A speaker goes on as "he", a group named shortly before is "the group", an abbreviation is its long name."""
    last = read(text)[-1]
    assert (last.source.chain[1:], last.actor, last.act) == ((holder,) if holder else (), actor, "supply")
    assert last.target in ("Kesh Front", "Red Banner", "Free Hill Army")


OPEN = [
    "The Kesh Front and the Red Banner met. Corvia arms the group.",
    "The band played in Arland. Corvia praised the group.",
    "The raid shocked Arland. Corvia rejected it.",
    "Arland, Belmark and Dravia voted. Corvia praised the two countries.",
    "Vane spoke in Estmark to Holt. Both countries signed the treaty.",
]


@pytest.mark.parametrize("text", OPEN)
def test_open_ones_stay_open(read: Callable[[str], list[Statement]], text: str) -> None:
    """Where two could be meant, or a thing, nobody is."""
    wanted = {"supply", "support", "reject"}
    assert [stmt for stmt in read(text) if stmt.act in wanted] == []


def test_the_two_are_both(read: Callable[[str], list[Statement]]) -> None:
    """Two countries of the sentence before act together."""
    last = read("Arland and Estmark talked. The two countries then formed an alliance against Corvia.")
    assert [(stmt.actor, stmt.act, stmt.target) for stmt in last if stmt.act != "consult"] == [
        ("Arland", "ally", "Estmark"),
        ("Arland", "reject", "Corvia"),
        ("Estmark", "reject", "Corvia"),
    ]


def test_known_name_keeps_its_actor(read: Callable[[str], list[Statement]]) -> None:
    """An abbreviation that the text gives to a known actor is that actor."""
    (stmt,) = read("The Northern Pact (NP) met. Corvia threatened the NP.")
    assert (stmt.target, stmt.target_text) == ("Northern Pact", "NP")


def test_other_brackets_define_nothing(read: Callable[[str], list[Statement]]) -> None:
    """Only initials define a short name: what else stands in brackets doesn't."""
    assert read("The Free Hill Army (Rome) met. Corvia attacked Rome.") == []


def test_both_are_the_two_of_the_same_sentence(read: Callable[[str], list[Statement]]) -> None:
    """Before "both presidents" two states are named in the sentence: these are meant, not two of the sentence before."""
    found = read(
        "Grain went to Belmark and Dravia. When Arland left the accord, Corvia blamed Arland, "
        "while Estmark's president urged both presidents to return to it."
    )
    asked = {(stmt.actor, stmt.target) for stmt in found if stmt.act == "request"}
    assert asked == {("Estmark", "Arland"), ("Estmark", "Corvia")}


def test_who_only_admits_it_is_not_its(read: Callable[[str], list[Statement]]) -> None:
    """In "A arms C, as even B admits, and its tanks ..." nothing is told of B's tanks."""
    found = read("Corvia still arms the Kesh Front, as even Dravia admits, and its tanks attacked Estmark.")
    assert not any(stmt.actor == "Dravia" for stmt in found)
