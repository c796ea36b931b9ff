"""Groups that a text makes itself, and allies whom nobody lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement


def told(read: Callable[[str], list[Statement]], text: str) -> set[tuple[str, str, str]]:
    """Return (actor, act, target) of what a text tells."""
    return {(stmt.actor, stmt.act, stmt.target) for stmt in read(text)}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Arland, Belmark and Corvia (also known as the Shield) met. The Shield attacked Dravia.", "Shield"),
        (
            'A pact of Arland, Belmark and Corvia, dubbed "the Iron Ring", was signed. The Iron Ring attacked Dravia.',
            "Iron Ring",
        ),
        ("The Iron Trio, made up of Arland, Belmark and Corvia, attacked Dravia.", "Iron Trio"),
        ("The Iron Trio (Arland, Belmark and Corvia) attacked Dravia.", "Iron Trio"),
        ("Arland, Belmark and Corvia, together known as the Ring, met. The Ring attacked Dravia.", "Ring"),
        ("Arland, Belmark and Corvia - the Trio - met. The Trio attacked Dravia.", "Trio"),
        (
            "The pact is the one made up of Arland, Belmark and Corvia, known as the Shield. The Shield attacked Dravia.",
            "Shield",
        ),
    ],
)
def test_a_named_group_acts_and_its_list_are_its_members(
    read: Callable[[str], list[Statement]], text: str, group: str
) -> None:
    """The group is an actor under its name; each of the list is told to be a member of it."""
    found = told(read, text)
    assert (group, "assault", "Dravia") in found
    assert {(one, "member-of", group) for one in ("Arland", "Belmark", "Corvia")} <= found


def test_a_counted_group_is_taken_up_by_its_number(read: Callable[[str], list[Statement]]) -> None:
    """Words like "the four states" mean the four that were listed; another number is nobody."""
    text = (
        "The four countries, Arland, Belmark, Corvia and Dravia, met. The {} states condemned the Kesh Front."
    )
    found = told(read, text.format("four"))
    assert {(one, "accuse", "Kesh Front") for one in ("Arland", "Belmark", "Corvia", "Dravia")} <= found
    assert not any(act == "accuse" for _, act, _ in told(read, text.format("three")))


def test_a_list_is_taken_up_by_its_number(read: Callable[[str], list[Statement]]) -> None:
    """Three or more that were only named together are "the three states" later."""
    found = told(read, "Arland, Belmark and Corvia met. Estmark called on the three states to leave Dravia.")
    assert {("Estmark", "request", one) for one in ("Arland", "Belmark", "Corvia")} <= found


@pytest.mark.parametrize(
    "text",
    [
        "Arland, Belmark and the Kesh Front (also known as the Falcons) attacked Dravia.",
        "The three countries, Arland and Belmark, attacked Dravia.",
        "The Iron Road (Arland and Belmark) was built by Corvia.",
    ],
)
def test_a_list_that_may_be_none_makes_no_group(read: Callable[[str], list[Statement]], text: str) -> None:
    """Another name of the last in the list, a number that doesn't fit, a place: nobody becomes a member of anything."""
    assert not any(act == "member-of" for _, act, _ in told(read, text))


def test_allies_are_a_group_of_their_own(read: Callable[[str], list[Statement]]) -> None:
    """Behind "A and its allies" stand A and A's allies; who these are is never guessed; named allies are named."""
    acting = told(read, "Arland and its allies bombed Belmark.")
    assert acting == {("Arland", "assault", "Belmark"), ("Arland's allies", "assault", "Belmark")}
    acted_upon = told(read, "Corvia fights Arland and its allies.")
    assert acted_upon == {("Corvia", "assault", "Arland"), ("Corvia", "assault", "Arland's allies")}
    assert ("Belmark", "accuse", "Corvia") in told(
        read, "Arland's allies Belmark and Dravia condemned Corvia."
    )
