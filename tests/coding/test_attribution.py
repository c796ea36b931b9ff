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


# text -> holders below the outlet, cues
CUES = [
    ("Kade said Corvia armed the Kesh Front.", ("Jon Kade",), "said"),
    ("According to Dravia, Corvia armed the Kesh Front.", ("Dravia",), "According"),
    ("Holt said that Kade had told her that Corvia armed the Kesh Front.", ("Mira Holt", "Jon Kade"), "said; told"),
    ("“Listen,” Lind said. “Corvia armed the Kesh Front.”", ("Anna Lind",), "said"),
    ("Lind's claim that Corvia armed the Kesh Front was false.", ("Anna Lind",), "claim"),
    ("In the words of Orsk, Corvia armed the Kesh Front.", ("Lena Orsk",), "words"),
    ("It is Lind's belief that Corvia armed the Kesh Front.", ("Anna Lind",), "belief"),
    ("Orsk is convinced that Corvia armed the Kesh Front.", ("Lena Orsk",), "convinced"),
    ("Lind expressed the view that Corvia armed the Kesh Front.", ("Anna Lind",), "view"),
    ("Lind had heard from Orsk that Corvia armed the Kesh Front.", ("Lena Orsk",), "heard"),
    ("The Herald, citing Vane, reported that Corvia armed the Kesh Front.", ("Herald", "Petr Vane"), "reported; citing"),
    ("A witness, quoted by the Lantern, said that Corvia armed the Kesh Front.", ("Lantern", "a witness"), "quoted; said"),
    ("Holt was quoted by Kade as saying that Corvia armed the Kesh Front.", ("Jon Kade", "Mira Holt"), "quoted; saying"),
    ("A source close to the Red Banner said Corvia armed the Kesh Front.", ("a source close to the Red Banner",), "said"),
    ("The archive shows that Corvia armed the Kesh Front.", ("the archive",), "shows"),
    ("The attack shows that Corvia armed the Kesh Front.", (), ""),
    ("Holt called the story that Corvia armed the Kesh Front “a plain lie”.", ("Mira Holt",), "called"),
    ("Holt described the claim that Corvia armed the Kesh Front as baseless.", ("Mira Holt",), "described"),
    ("Holt rejected Vane's assertion that Corvia armed the Kesh Front.", ("Mira Holt",), "rejected"),
    ("The Red Banner took credit on its website: “Corvia armed the Kesh Front.”", ("Red Banner",), "took"),
    ("No one in Dravos says that Corvia armed the Kesh Front.", (), ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holders", "cue"), CUES)
def test_cue_is_kept(
    read: Callable[[str], list[Statement]], text: str, holders: tuple[str, ...], cue: str
) -> None:
    """A statement keeps the word by which each of its speakers is quoted, and where it stands."""
    (stmt,) = [one for one in read(text) if one.act == "supply"]
    kept = dict(stmt.qualifiers)
    assert (stmt.source.chain[1:], kept.get("cue", "")) == (holders, cue)
    spans = [at.split("-") for at in kept["cue_at"].split("; ")] if cue else []
    assert "; ".join(text[int(start) : int(end)] for start, end in spans) == cue


def test_cue_stands_in_the_original(read: Callable[[str], list[Statement]]) -> None:
    """Characters that the reading copy leaves out count in where a cue stands."""
    text = "\u200bCor\u00advia armed the Kesh Front, Kade sa\u00adid."
    (stmt,) = read(text)
    kept = dict(stmt.qualifiers)
    start, end = map(int, kept["cue_at"].split("-"))
    assert (text[start:end], kept["cue"]) == ("sa\u00adid", "sa\u00adid")


def test_a_semicolon_parts_what_is_said(read: Callable[[str], list[Statement]]) -> None:
    """What one does before a semicolon isn't what another says behind it."""
    (stmt,) = read("Arland attacked Corvia; Vane said nothing new.")
    assert stmt.source.chain[1:] == ()
