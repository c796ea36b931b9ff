"""Who holds a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

# text -> holders below the outlet of its statement(s) with the given act
CHAINS = [
    ("Corvia armed the Kesh Front.", "supply", [()]),
    ("Belmark said that Corvia armed the Kesh Front.", "supply", [("Belmark",)]),
    ("Kade said Corvia armed the Kesh Front.", "supply", [("Jon Kade",)]),
    ("According to Dravia, Corvia armed the Kesh Front.", "supply", [("Dravia",)]),
    (
        "A senior Belmarkian official said Corvia armed the Kesh Front.",
        "supply",
        [("a senior Belmarkian official",)],
    ),
    (
        "Holt said that Kade had told her that Corvia armed the Kesh Front.",
        "supply",
        [("Mira Holt", "Jon Kade")],
    ),
    ('"Corvia armed the Kesh Front," Lind said.', "supply", [("Anna Lind",)]),
    ("\u201cCorvia armed the Kesh Front,\u201d said Lind.", "supply", [("Anna Lind",)]),
    ('Lind said: "Corvia armed the Kesh Front."', "supply", [("Anna Lind",)]),
    ('"Listen," Lind said. "Corvia armed the Kesh Front."', "supply", [("Anna Lind",)]),
    ("\"Vane told me, 'Arland armed the Kesh Front,'\" Lind said.", "supply", [("Anna Lind", "Petr Vane")]),
    ('Orsk said Corvia was "helping the Kesh Front" with fuel.', "aid", [("Lena Orsk",)]),
    ("Estmark and Belmark said that Corvia armed the Kesh Front.", "supply", [("Estmark",), ("Belmark",)]),
    ("Arland accused Corvia of arming the Kesh Front.", "supply", [("Arland",)]),
    ("Arland accused Corvia of arming the Kesh Front.", "accuse", [()]),
    ("Arland denied attacking Belmark.", "assault", [("Arland",)]),
    ("Orsk did not say that Corvia armed the Kesh Front.", "supply", [()]),
]


@pytest.mark.parametrize(("text", "act", "holders"), CHAINS)
def test_chain(
    read: Callable[[str], list[Statement]], text: str, act: str, holders: list[tuple[str, ...]]
) -> None:
    """The chain runs from the outlet to the innermost speaker; nobody quoted means the outlet alone."""
    assert [stmt.source.chain for stmt in read(text) if stmt.act == act] == [
        ("Gazette", *one) for one in holders
    ]


def test_we_inside_a_quotation_is_the_speaker_s_side(read: Callable[[str], list[Statement]]) -> None:
    """The first person of a quotation stands for the actor the speaker speaks for."""
    (stmt,) = read('"We attacked Corvia," said Lind.')
    assert (stmt.actor, stmt.actor_text) == ("Estmark", "We")


def test_a_quotation_runs_over_sentences(read: Callable[[str], list[Statement]]) -> None:
    """All sentences of one quotation have the same speaker."""
    found = read('"Corvia armed the Kesh Front. It bombed Dravia. Arland helped Corvia," Kade said.')
    assert {stmt.source.speaker for stmt in found} == {"Jon Kade"}
    assert len(found) == 3


def test_an_unclosed_quotation_ends_with_its_paragraph(read: Callable[[str], list[Statement]]) -> None:
    """A missing mark doesn't put the rest of the text into somebody's mouth."""
    found = read('"Corvia armed the Kesh Front, Kade said.\n\nArland attacked Belmark.')
    assert [stmt.source.chain for stmt in found if stmt.act == "assault"] == [("Gazette",)]
