"""Faults that came to light on other people's texts, each told again in own words about the invented world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

# What it is about; the text; (speakers, actor, act, target, modality) of what must be told.
_TOLD = [
    ("quoted as saying", "Holt quoted Vane as saying that Dravia had shelled Estmark.",
     ("Mira Holt > Petr Vane", "Dravia", "assault", "Estmark", "asserted")),
    ("cleft", "It was Dravia, Vane said, that shelled Estmark.",
     ("Petr Vane", "Dravia", "assault", "Estmark", "asserted")),
    ("as A put it", 'As Vane put it, "Dravia betrayed and attacked Estmark."',
     ("Petr Vane", "Dravia", "assault", "Estmark", "asserted")),
    ("described a tie", "In an interview Vane described the alliance between Dravia and Estmark as a mistake.",
     ("Petr Vane", "Dravia", "ally", "Estmark", "asserted")),
    ("said of", '"They attacked us without warning," Vane said of the Red Banner.',
     ("Petr Vane", "Red Banner", "assault", "Corvia", "asserted")),
    ("its fighters", "The Red Banner said in a statement that its fighters had attacked Corvia.",
     ("Red Banner", "Red Banner", "assault", "Corvia", "asserted")),
    ("a condition before said", '"If Dravia helps the Red Banner," said Vane, "Corvia will impose sanctions on Dravia."',
     ("Petr Vane", "Corvia", "sanction", "Dravia", "conditional")),
    ("called an ally", "The newspaper called Dravia a loyal ally of Estmark.",
     ("the newspaper", "Dravia", "ally", "Estmark", "asserted")),
    ("described as an ally", "Vane described Dravia as a partner of Estmark.",
     ("Petr Vane", "Dravia", "ally", "Estmark", "asserted")),
    ("brag", "Vane bragged that Corvia had defeated Estmark.",
     ("Petr Vane", "Corvia", "assault", "Estmark", "asserted")),
    ("they of the plural behind", "Arland stands with the Belmarkians as they fight Corvia.",
     ("", "Belmark", "assault", "Corvia", "asserted")),
    ("supported in its effort", "Arland supported Belmark in its effort to defeat Corvia.",
     ("", "Belmark", "assault", "Corvia", "hypothetical")),
    ("work of another", "Vane spoke on Dravia's work to support Estmark.",
     ("", "Dravia", "support", "Estmark", "hypothetical")),
    ("along with what is expected", "Holt is expected to visit Dravia in May, making friends by backing Estmark.",
     ("", "Arland", "support", "Estmark", "predicted")),
    ("by what will be done", "Arland will help Dravia by arming Estmark.",
     ("", "Arland", "supply", "Estmark", "predicted")),
    ("by what was done", "Arland helped Dravia by arming Estmark.",
     ("", "Arland", "supply", "Estmark", "asserted")),
    ("along with what was not done", "Arland did not help Dravia, backing Estmark instead.",
     ("", "Arland", "support", "Estmark", "asserted")),
    ("encouraged to", "Arland encouraged Dravia to leave the talks.",
     ("", "Arland", "request", "Dravia", "asserted")),
    ("commissioned to", "Arland commissioned Dravia to negotiate with Estmark.",
     ("Arland", "Dravia", "consult", "Estmark", "demanded")),
    ("expelled from the country", "Corvia expelled leaders of the Red Banner.",
     ("", "Corvia", "coerce", "Red Banner", "asserted")),
    ("expelled an envoy", "Corvia expelled the Estmarkian ambassador.",
     ("", "Corvia", "sanction", "Estmark", "asserted")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [case[1:] for case in _TOLD], ids=[case[0] for case in _TOLD])
def test_it_is_told(read: Callable[[str], list[Statement]], text: str, told: tuple[str, ...]) -> None:
    """Holder, both ends, act and modality are read, and the act is told of nobody else."""
    found = [
        (" > ".join(stmt.source.chain[1:]), stmt.actor, stmt.act, stmt.target, stmt.modality.value)
        for stmt in read(text)
    ]
    assert told in found
    assert [one for one in found if one[2:4] == told[2:4]] == [told]


_ONLY = [
    ("a relative clause before", "Arland, which fears for its gas, accused Corvia of blackmail.", {("Arland", "accuse", "Corvia")}),
    ("an apposition before", "Petr Vane, the president of Corvia, announced sanctions on Arland.", {("Corvia", "sanction", "Arland")}),
    ("the group by name", "Arland accuses the group Red Banner of shipping oil from Dravia to Estmark.", {
        ("Arland", "accuse", "Red Banner"), ("Red Banner", "trade", "Estmark"),
    }),
    ("alongside", "Red Banner fighters are fighting alongside the Corvian army.", {("Red Banner", "support", "Corvia")}),
    ("fight for", "Dravian soldiers were sent to fight for Corvia.", {("Dravia", "support", "Corvia")}),
    ("an ultimatum", "Arland delivered an ultimatum to Corvia.", {("Arland", "threaten", "Corvia")}),
    ("drills that end", "Arland and Belmark ended their drills.", {("Arland", "cooperate", "Belmark")}),
    ("assured of", "Arland assured Belmark of its support.", {("Arland", "support", "Belmark")}),
    ("called a fool", "Vane called Holt a fool.", {("Corvia", "attitude", "Arland")}),
    ("that it says", "Arland sanctioned two firms that it says help Corvia.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [case[1:] for case in _ONLY], ids=[case[0] for case in _ONLY])
def test_just_this_is_told(
    read: Callable[[str], list[Statement]], text: str, told: set[tuple[str, str, str]]
) -> None:
    """Who fights beside another supports him, what ends by itself is not broken off, a paper is no supply."""
    assert {(stmt.actor, stmt.act, stmt.target) for stmt in read(text)} == told


_UNTOLD = [
    ("aid to a list", "This aid will support Arland, Dravia and Belmark."),
    ("a list behind a colon", "Five parliaments approved plans to trade cotton: Arland, Belmark, Corvia and Dravia."),
    ("a town's fall", "After the fall of Marn to the Red Banner, Vane said the war was lost."),
    ("a month", "Vane reported on a strike on Jan. 3."),
    ("a need", "The report underscores the need to involve banks in assisting Dravia."),
]  # fmt: skip


@pytest.mark.parametrize("text", [case[1] for case in _UNTOLD], ids=[case[0] for case in _UNTOLD])
def test_nothing_is_told(read: Callable[[str], list[Statement]], text: str) -> None:
    """What only stands beside one another in a list, across a clause's border or as a date is no tie."""
    assert read(text) == []
