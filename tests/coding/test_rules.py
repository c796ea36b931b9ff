"""One small table per rule; sentences and names are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.coding.confidence import BY_RULE
from allegiance.model import Modality

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

# rule -> (text, actor, act, target)
CASES: dict[str, list[tuple[str, str, str, str]]] = {
    "verb-object": [
        ("Arland attacked Belmark.", "Arland", "assault", "Belmark"),
        ("Estmarkian jets bombed Corvia's positions.", "Estmark", "assault", "Corvia"),
        ("The government of Dravia condemned Corvia.", "Dravia", "accuse", "Corvia"),
        ("Belmark's foreign minister praised Estmark.", "Belmark", "support", "Estmark"),
        ("Arland decided to arm the Kesh Front.", "Arland", "supply", "Kesh Front"),
        ("Corvia, which backs the Red Banner, kept silent.", "Corvia", "support", "Red Banner"),
        ("Estmark welcomed Dravia's decision.", "Estmark", "support", "Dravia"),
        ("Corvia shelled towns held by the Kesh Front.", "Corvia", "assault", "Kesh Front"),
        ("Corvgrad denounced Estmark.", "Corvia", "accuse", "Estmark"),
    ],
    "verb-passive": [
        ("Belmark was attacked by Arland.", "Arland", "assault", "Belmark"),
        ("Fighters funded by Corvia gathered in the hills.", "Corvia", "finance", "Fighters"),
        ("Arland is allied with Estmark.", "Arland", "ally", "Estmark"),
    ],
    "verb-preposition": [
        ("Corvia retaliated against Estmark.", "Corvia", "assault", "Estmark"),
        ("Dravia sided with Belmark.", "Dravia", "support", "Belmark"),
        ("Vane met with Lind in the mountains.", "Corvia", "consult", "Estmark"),
    ],
    "verb-phrase": [
        ("Corvia cut ties with Estmark.", "Corvia", "sanction", "Estmark"),
        ("Arland sent missiles to the Red Banner.", "Arland", "supply", "Red Banner"),
        ("Belmark gave Dravia money.", "Belmark", "finance", "Dravia"),
        ("Arland and Dravia signed a pact.", "Arland", "ally", "Dravia"),
        ("Estmark has shared intelligence with Belmark.", "Estmark", "share-information", "Belmark"),
    ],
    "threat-to": [
        ("Arland threatened to invade Belmark.", "Arland", "threaten", "Belmark"),
        ("Arland threatened to impose sanctions on Belmark.", "Arland", "threaten", "Belmark"),
        ("Arland threatened sanctions on Belmark.", "Arland", "threaten", "Belmark"),
    ],
    "demand-that": [
        ("Dravia demanded that Corvia stop arming the Red Banner.", "Dravia", "request", "Corvia"),
        ("Holt insists that Vane must go.", "Arland", "request", "Corvia"),
    ],
    "noun-owner": [
        ("Corvia's attack on Dravia went on.", "Corvia", "assault", "Dravia"),
        ("The Arlandic blockade of Dravia tightened.", "Arland", "coerce", "Dravia"),
    ],
    "noun-by": [("Sanctions by Estmark against Corvia came into force.", "Estmark", "sanction", "Corvia")],
    "noun-between": [("The alliance between Arland and Belmark is old.", "Arland", "ally", "Belmark")],
    "noun-blamed": [
        (
            "The Red Banner claimed responsibility for the attack on Estmark.",
            "Red Banner",
            "assault",
            "Estmark",
        ),
    ],
    "noun-of": [("Support from Corvia for Dravia is growing.", "Corvia", "support", "Dravia")],
    "light-verb": [
        ("Corvia imposed sanctions on Estmark.", "Corvia", "sanction", "Estmark"),
        ("Corvia carried out strikes on the Kesh Front.", "Corvia", "assault", "Kesh Front"),
        ("Estmark voiced support for Dravia.", "Estmark", "support", "Dravia"),
        ("Estmark lifted sanctions on Dravia.", "Estmark", "retreat", "Dravia"),
        ("Belmark is in talks with Corvia.", "Belmark", "consult", "Corvia"),
    ],
    "noun-suffered": [
        ("Vane's speech drew sharp criticism from Estmark.", "Estmark", "accuse", "Corvia"),
        ("Dravian troops came under attack from the Kesh Front.", "Kesh Front", "assault", "Dravia"),
    ],
    "with-help": [
        ("Corvia took the town with support from the Red Banner.", "Red Banner", "support", "Corvia")
    ],
    "role-copula": [
        ("Arland and Belmark are allies.", "Arland", "ally", "Belmark"),
        ("Estmark is a member of the Harbour League.", "Estmark", "member-of", "Harbour League"),
        ("Arland is one of Estmark's allies.", "Arland", "ally", "Estmark"),
    ],
    "role-apposition": [
        ("Corvia's ally Dravia closed its ports.", "Dravia", "ally", "Corvia"),
        ("Dravia, a backer of the Red Banner, kept silent.", "Dravia", "support", "Red Banner"),
    ],
    "adjective": [("Belmark is hostile to Corvia.", "Belmark", "reject", "Corvia")],
    "hyphen-backed": [("The Corvia-backed Kesh Front advanced.", "Corvia", "support", "Kesh Front")],
    "hyphen-pro-anti": [("The pro-Corvian Red Banner marched.", "Red Banner", "support", "Corvia")],
    "judgement": [
        ("The Kesh Front are puppets of Corvia.", "Gazette", "attitude", "Kesh Front"),
        ("Vane called Holt a liar.", "Corvia", "attitude", "Arland"),
        ('"The pact between Arland and Belmark is a sham," Vane said.', "Corvia", "attitude", "Arland"),
    ],
    "side-against": [
        ("Arland and Belmark formed an alliance against Corvia.", "Belmark", "reject", "Corvia"),
        ("Estmark joined the coalition against the Kesh Front.", "Estmark", "reject", "Kesh Front"),
        ("Arland and Dravia stand together against Corvia.", "Arland", "ally", "Dravia"),
    ],
    "exclusion": [
        ("Estmark opened the talks to all but Corvia.", "Estmark", "reject", "Corvia"),
        ('"All states may join, except Dravia," Vane said.', "Corvia", "reject", "Dravia"),
        ("The coalition is open to everyone but Dravia and Estmark.", "coalition", "reject", "Estmark"),
        ("Any state may join the new alliance, barring Dravia.", "new alliance", "reject", "Dravia"),
        (
            "Dravia and Estmark are excluded from the alliance of Arland and Belmark.",
            "Belmark",
            "reject",
            "Dravia",
        ),
    ],
    "alliance-of": [
        ("Arland, Belmark and Corvia are a real alliance.", "Belmark", "ally", "Corvia"),
        (
            "The only serious coalition against Dravia is the one made up of Arland and Belmark.",
            "Arland",
            "ally",
            "Belmark",
        ),
        ("The true alliance is that of Arland and Belmark.", "Arland", "ally", "Belmark"),
        ("The bloc comprises Arland, Belmark and Corvia.", "Arland", "ally", "Corvia"),
    ],
    "goods-way": [
        ("The Kesh Front lives on smuggled oil that goes through Dravia.", "Kesh Front", "trade", "Dravia"),
        (
            "The Kesh Front is financed by selling oil that passes through Dravia to Estmark.",
            "Kesh Front",
            "trade",
            "Estmark",
        ),
        ("Corvian gas flows through Dravia to Estmark.", "Corvia", "trade", "Estmark"),
        ("The Kesh Front relies on rifles that come through Dravia.", "Dravia", "supply", "Kesh Front"),
        ("Trucks carry grain from Corvia to Estmark.", "Corvia", "trade", "Estmark"),
        ("Money for the Kesh Front flows from Dravia through Estmark.", "Dravia", "finance", "Kesh Front"),
    ],
    "taken-up": [
        (
            "Arland and Belmark agreed to share intelligence. If the incident repeats, cooperation would shrink.",
            "Arland",
            "cooperate",
            "Belmark",
        ),
        (
            "Arland and Belmark signed an accord. The accord was suspended in May.",
            "Arland",
            "sanction",
            "Belmark",
        ),
    ],
    "position": [
        ("Lind said Vane must go.", "Estmark", "request", "Corvia"),
        (
            "Lind said Vane must go, but Orsk answered that this was up to the Corvian people.",
            "Dravia",
            "dispute",
            "Estmark",
        ),
        ("Orsk said the post was up to the people of Corvia.", "Dravia", "comment", "Corvia"),
    ],
    "group-listed": [
        ("Arland, Belmark and Corvia, together known as the Ring, met.", "Arland", "member-of", "Ring"),
    ],
    "flow-passive": [
        ("Oil is smuggled from Corvia through Dravia to Estmark.", "Corvia", "trade", "Estmark")
    ],
    "each-other": [("Corvia and Dravia blamed each other.", "Dravia", "accuse", "Corvia")],
}
FLAT = [(rule, *case) for rule, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("rule", "text", "actor", "act", "target"), FLAT, ids=[case[1] for case in FLAT])
def test_rule_finds(
    read: Callable[[str], list[Statement]], rule: str, text: str, actor: str, act: str, target: str
) -> None:
    """Each rule finds its sentence's relation and is named in the statement."""
    found = [(stmt.reader.rule, stmt.actor, stmt.act, stmt.target) for stmt in read(text)]
    assert (rule, actor, act, target) in found


def test_every_rule_has_a_case() -> None:
    """No rule of the confidence table goes without a sentence in this file."""
    assert set(CASES) == set(BY_RULE)


COORDINATED = [
    ("Arland, Belmark and Estmark fight the Kesh Front.", 3),
    ("Corvia supports the Kesh Front and the Red Banner.", 2),
    ("Arland and Belmark attacked Corvia and Dravia.", 4),
    ("Arland attacked Corvia and blockaded Dravia.", 2),
]


@pytest.mark.parametrize(("text", "count"), COORDINATED)
def test_coordination_is_distributed(read: Callable[[str], list[Statement]], text: str, count: int) -> None:
    """Each of the joined parties gets a statement of its own."""
    assert len(read(text)) == count


NOTHING = [
    "Protesters gathered in Port Bel on Sunday.",
    "A bomb exploded near Arlan City.",
    "The river divides Arland and Belmark.",
    "Corvian farmers expect a good harvest.",
    "The attack on the bridge killed six people.",
    "Estmark",
    "Arland attacked Arland.",
    "Oil prices in Corvia went through the roof.",
    "Corvian gold passed its test.",
    "Any state may join, barring a surprise.",
    "If it rains again, the talks will stop.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_read_where_nothing_is_told(read: Callable[[str], list[Statement]], text: str) -> None:
    """A place is no party, nobody acts on himself, and a relation needs two."""
    assert read(text) == []


def test_whom_an_alliance_is_against_is_not_its_name(read: Callable[[str], list[Statement]]) -> None:
    """Of "the coalition against X, made up of A and B" nobody is a member of X, and both oppose it."""
    found = read("The coalition against the Kesh Front, made up of Arland and Belmark, is real.")
    told = {(stmt.actor, stmt.act, stmt.target) for stmt in found if stmt.act != "attitude"}
    assert told == {
        ("Arland", "ally", "Belmark"),
        ("Arland", "reject", "Kesh Front"),
        ("Belmark", "reject", "Kesh Front"),
    }
    assert {(stmt.target, stmt.polarity) for stmt in found if stmt.act == "attitude"} == {
        ("Arland", 1),
        ("Belmark", 1),
    }


def test_relative_clause_behind_a_list(read: Callable[[str], list[Statement]]) -> None:
    """Whom a minister accuses in "barring A and B, which a minister accused of arming X" is A and B, and they arm X."""
    text = (
        "All may join, barring Dravia and Estmark, which a Corvian minister accused of arming the Kesh Front."
    )
    found = {(stmt.actor, stmt.act, stmt.target) for stmt in read(text)}
    assert found == {
        ("Corvia", "accuse", "Dravia"),
        ("Corvia", "accuse", "Estmark"),
        ("Dravia", "supply", "Kesh Front"),
        ("Estmark", "supply", "Kesh Front"),
    }


def test_condition_of_what_is_taken_up(read: Callable[[str], list[Statement]]) -> None:
    """Of a bare "cooperation" it is told that it would end between the two named before."""
    (_, stmt) = read(
        "Arland and Belmark agreed to share intelligence. If the incident repeats, cooperation would shrink."
    )
    assert (stmt.modality, stmt.negated) == (Modality.CONDITIONAL, True)
    assert dict(stmt.qualifiers)["condition"] == "If the incident repeats"


def test_quarrel_about_a_ruler(read: Callable[[str], list[Statement]]) -> None:
    """Two that should drop their quarrel about a third's ruler are asked to yield to that one, not to each other."""
    found = read("Arland and Belmark should drop their quarrel about President Petr Vane.")
    assert {(stmt.actor, stmt.act, stmt.target, stmt.modality) for stmt in found} == {
        ("Arland", "retreat", "Corvia", Modality.DEMANDED),
        ("Belmark", "retreat", "Corvia", Modality.DEMANDED),
    }


def test_qualifiers_name_goods_and_way(read: Callable[[str], list[Statement]]) -> None:
    """A flow keeps what is moved, through where."""
    (stmt,) = read("Corvia smuggled crude oil through Dravia to Estmark.")
    assert dict(stmt.qualifiers) == {"goods": "crude oil", "via": "Dravia"}


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Corvia smuggled weapons through Arland and Dravia to Estmark.", "Arland; Dravia"),
        (
            "Oil is smuggled from Corvia through Arland, Dravia and Belmark to Estmark.",
            "Arland; Dravia; Belmark",
        ),
    ],
)
def test_all_way_stations_are_kept(read: Callable[[str], list[Statement]], text: str, via: str) -> None:
    """A flow through several places names them all, in their order."""
    (stmt,) = read(text)
    assert dict(stmt.qualifiers)["via"] == via


def test_position_keeps_issue_and_words(read: Callable[[str], list[Statement]]) -> None:
    """A position names the disputed question, the same for both sides, and what is said on it."""
    found = read("Lind said Vane must go, but Orsk answered that his post was up to the Corvian people.")
    assert [dict(stmt.qualifiers) for stmt in found] == [
        {"issue": "future of Petr Vane", "position": "must go"},
        {"issue": "future of Petr Vane", "position": "was up to the Corvian people"},
    ]


NAMELESS = [
    "Near Rawah, two strikes destroyed Corvian tanks.",
    "USS Hopper joined Arland in the bay.",
    "Corvia destroyed a VBIED.",
    "The 407th Wing attacked Corvia.",
]


@pytest.mark.parametrize("text", NAMELESS)
def test_places_and_things_are_no_parties(read: Callable[[str], list[Statement]], text: str) -> None:
    """An unknown name of a place, a ship, a weapon or a numbered unit takes part in no relation."""
    assert read(text) == []


def test_weight_is_the_mode_s(read: Callable[[str], list[Statement]]) -> None:
    """Weight and polarity come from the code book, of the mode where one is plain."""
    (stmt,) = read("Belmark condemned Corvia.")
    assert (stmt.polarity, stmt.weight) == (-1, 20)


def test_nothing_is_told_twice_in_a_sentence(read: Callable[[str], list[Statement]]) -> None:
    """One sentence yields each relation once, a mutual one in one direction."""
    found = read("Arland and Belmark met, and Belmark met Arland.")
    assert [stmt.act for stmt in found] == ["consult"]
