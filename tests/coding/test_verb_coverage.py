"""Usual ways to tell an act, by what CAMEO and PLOVER count under it; one sentence a construction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Arland rejected a Belmarkian offer.", ("Arland", "reject", "Belmark")),
        ("Arland rejected a deal with Belmark.", ("Arland", "reject", "Belmark")),
        ("Arland's parliament endorsed the accord with Belmark.", ("Arland", "support", "Belmark")),
        ("Arland is opposed to Belmarkian mediation.", ("Arland", "reject", "Belmark")),
        ("A group of Arlandic diplomats met with Belmark's president.", ("Arland", "consult", "Belmark")),
        ("Hundreds of Arlandic soldiers attacked Belmark.", ("Arland", "assault", "Belmark")),
        ("Arland threatened to cut ties with Belmark.", ("Arland", "threaten", "Belmark")),
        ("Arland threatened action against Belmark.", ("Arland", "threaten", "Belmark")),
        ("Arland suspended part of an aid programme for Belmark.", ("Arland", "sanction", "Belmark")),
        ("Arland confiscated weapons from the Kesh Front.", ("Arland", "coerce", "Kesh Front")),
        ("Arland handed over 700 kg of medicine to Belmark.", ("Arland", "aid", "Belmark")),
        ("Arland granted asylum to the Red Banner.", ("Arland", "aid", "Red Banner")),
        ("The Kesh Front received weapons from Arland.", ("Arland", "supply", "Kesh Front")),
        ("Belmark received support from Arland.", ("Arland", "support", "Belmark")),
        ("Arland opened an investigation against the Kesh Front.", ("Arland", "accuse", "Kesh Front")),
        ("Arland lodged a protest with Belmark.", ("Arland", "accuse", "Belmark")),
        ("Arland demolished Belmarkian homes.", ("Arland", "assault", "Belmark")),
        ("Arland mediated between Belmark and Corvia.", ("Arland", "consult", "Corvia")),
        ("President Holt hosted talks between Belmark and Corvia.", ("Arland", "consult", "Belmark")),
        ("The Red Banner began a hunger strike to protest Arland's decision.", ("Red Banner", "protest", "Arland")),
        ("The Kesh Front network has bombed Arland.", ("Kesh Front", "assault", "Arland")),
        ("Arland promised aid to Belmark.", ("Arland", "aid", "Belmark")),
        ("Arland vowed to help Belmark.", ("Arland", "aid", "Belmark")),
        ("Holt held Corvia responsible for the raid.", ("Arland", "accuse", "Corvia")),
        ("Arland hit Corvia with new sanctions.", ("Arland", "sanction", "Corvia")),
        ("Arland supports Belmark in the fight against Corvia.", ("Belmark", "assault", "Corvia")),
        ("Arland and Belmark expelled each other's ambassadors.", ("Belmark", "sanction", "Arland")),
        ("Arland is a friend of Estmark.", ("Arland", "support", "Estmark")),
    ],
)  # fmt: skip
def test_the_act_is_found(
    read: Callable[[str], list[Statement]], text: str, told: tuple[str, str, str]
) -> None:
    """Actor, act and target are told as a reader of the code book would."""
    assert told in {(stmt.actor, stmt.act, stmt.target) for stmt in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Belmark received ministers from Arland.",
        "Arland met Belmark's demands.",
        "Arland delivered a message to Belmark.",
        "Arland beat Belmark 3-1 in the cup final.",
    ],
)
def test_the_verb_alone_tells_no_gift_no_talk_and_no_assault(
    read: Callable[[str], list[Statement]], text: str
) -> None:
    """One receives guests without being supplied with them, meets a demand without meeting anybody, and wins in a game."""
    assert not [stmt for stmt in read(text) if stmt.act != "consult" or "demands" in text]


def test_who_is_to_blame_is_judged(read: Callable[[str], list[Statement]]) -> None:
    """To call somebody responsible for harm is a judgement of the speaker's."""
    for text in (
        "Kade said Arland is to blame for the war.",
        "Kade said Arland was responsible for the massacre.",
    ):
        (told,) = [stmt for stmt in read(text) if stmt.act == "attitude"]
        assert (told.actor, told.target, told.polarity) == ("Belmark", "Arland", -1)


def test_what_is_promised_is_the_act_itself(read: Callable[[str], list[Statement]]) -> None:
    """Promised, pledged and agreed help is help, predicted."""
    for verb in ("promised", "pledged"):
        (told,) = read(f"Arland {verb} aid to Belmark.")
        assert (told.act, told.modality.value) == ("aid", "predicted")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Nobody in Dravos believes that Arland attacked Belmark.", "hypothetical"),
        ("Nobody in Dravos doubts that Arland attacked Belmark.", "asserted"),
        ("Reports that Arland had attacked Belmark were dismissed by Holt.", "denied"),
    ],
)
def test_what_nobody_believes_is_not_asserted(
    read: Callable[[str], list[Statement]], text: str, modality: str
) -> None:
    """A belief that nobody holds is a possibility, one that nobody doubts is told; a dismissed report is denied."""
    (told,) = read(text)
    assert (told.actor, told.target, told.modality.value) == ("Arland", "Belmark", modality)
