"""How many ways of telling a relation are read, and what sounds like one and is none: set turns of speech, idioms, sport."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.coding import RulesReader
from allegiance.model import Document
from allegiance.naming import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

TOLD = [
    # set turns of speech, by act
    ("Arland and Estmark buried the hatchet in March.", ("Arland", "agree", "Estmark")),
    ("Lind and Holt saw eye to eye on fishing rights.", ("Estmark", "agree", "Arland")),
    ("An Arlandic envoy is shuttling between Dravos and Corvgrad.", ("Arland", "consult", "Dravia")),
    ("A delegation from Estmark arrived in Corvgrad for talks on gas.", ("Estmark", "consult", "Corvia")),
    ("The Harbour League took Corvia to court over the ships.", ("Harbour League", "accuse", "Corvia")),
    ("Belmark rushed to the defence of Estmark.", ("Belmark", "support", "Estmark")),
    ("Belmark's navy came to Estmark's rescue.", ("Belmark", "aid", "Estmark")),
    ("Corvia gave way to the Harbour League.", ("Corvia", "concede", "Harbour League")),
    ("Corvia handed the peninsula back to Dravia.", ("Corvia", "concede", "Dravia")),
    ("Arland brought its soldiers home from Estmark.", ("Arland", "retreat", "Estmark")),
    ("The Kesh Front set four Estmarkian sailors free.", ("Kesh Front", "retreat", "Estmark")),
    ("Arland leaned on Belmark to open its ports.", ("Arland", "request", "Belmark")),
    ("Lind flew to the islands at the invitation of Vane.", ("Corvia", "request", "Estmark")),
    ("Holt heaped scorn on the Harbour League.", ("Arland", "accuse", "Harbour League")),
    ("Kade brushed aside Vane's offer.", ("Belmark", "reject", "Corvia")),
    ("Corvia moved armour up to the Dravian border.", ("Corvia", "mobilize", "Dravia")),
    ("Corvia massed 30,000 troops along its border with Dravia.", ("Corvia", "mobilize", "Dravia")),
    ("Arland revoked the visas of all Corvian diplomats.", ("Arland", "sanction", "Corvia")),
    ("Arland slapped tariffs on Corvian steel.", ("Arland", "sanction", "Corvia")),
    ("Corvia banned imports of Estmarkian wine.", ("Corvia", "sanction", "Estmark")),
    ("Corvian troops laid siege to the Dravian river town.", ("Corvia", "coerce", "Dravia")),
    ("The Kesh Front took two Estmarkian engineers hostage.", ("Kesh Front", "assault", "Estmark")),
    ("Dravian soldiers retook Marn from the Kesh Front.", ("Dravia", "coerce", "Kesh Front")),
    ("Corvian tanks rolled into Dravia at dawn.", ("Corvia", "assault", "Dravia")),
    ("Corvian warships entered Dravian waters.", ("Corvia", "assault", "Dravia")),
    (
        "Four Dravian soldiers were killed in an attack by the Kesh Front.",
        ("Kesh Front", "assault", "Dravia"),
    ),
    ("Four Dravian soldiers died in a Kesh Front ambush.", ("Kesh Front", "assault", "Dravia")),
    ("The Kesh Front was behind the attack on the Arlandic embassy.", ("Kesh Front", "assault", "Arland")),
    ("Corvia has used gas against Dravian troops.", ("Corvia", "assault", "Dravia")),
    ("Corvia lost forty soldiers to the Kesh Front.", ("Kesh Front", "assault", "Corvia")),
    ("The Kesh Front violated its truce with Dravia.", ("Kesh Front", "assault", "Dravia")),
    ("Arland footed the bill for the Harbour League.", ("Arland", "finance", "Harbour League")),
    ("Corvia is Dravia's largest trading partner.", ("Corvia", "trade", "Dravia")),
    ("Dravia was admitted to the Harbour League.", ("Dravia", "member-of", "Harbour League")),
    ("The Northern Pact, of which Belmark is a member, met.", ("Belmark", "member-of", "Northern Pact")),
    ("Arland, once Corvia's closest ally, kept silent.", ("Arland", "ally", "Corvia")),
    ("Belmark is a guarantor of Estmark's independence.", ("Belmark", "support", "Estmark")),
    ("Arland and Corvia have been at loggerheads since May.", ("Arland", "dispute", "Corvia")),
    ("The Red Banner enjoys the backing of Corvia.", ("Corvia", "support", "Red Banner")),
    ("The Kesh Front is widely seen as a proxy of Corvia.", ("Corvia", "support", "Kesh Front")),
    ("Corvia has emerged as the main backer of the Red Banner.", ("Corvia", "support", "Red Banner")),
    ("Gunmen from the Kesh Front shelled an Estmarkian post.", ("Kesh Front", "assault", "Estmark")),
    # grammar
    ("Arland, along with Belmark, has bombed Corvia.", ("Belmark", "assault", "Corvia")),
    ("Together with Belmark, Arland bombed Corvia.", ("Belmark", "assault", "Corvia")),
    ("Arland, joined by Belmark, struck Corvia.", ("Belmark", "assault", "Corvia")),
    ("Corvia waged war on Dravia.", ("Corvia", "assault", "Dravia")),
    ("Arland cut ties with Corvia, accusing it of treason.", ("Arland", "accuse", "Corvia")),
    ("Arland fined Corvia over its support for the Red Banner.", ("Corvia", "support", "Red Banner")),
    ("Arland's ministers, meeting in Estholm, called on Corvia to leave.", ("Arland", "request", "Corvia")),
    ("Arland joined Belmark in condemning Corvia.", ("Belmark", "accuse", "Corvia")),
    ("Arland shared pictures of the coast with Estmark.", ("Arland", "share-information", "Estmark")),
    ("Arlandic officials met their Corvian counterparts.", ("Arland", "consult", "Corvia")),
    ("Talks between Corvia and Dravia brokered by Belmark broke down.", ("Belmark", "consult", "Dravia")),
    ("The government in Estholm outlawed the Red Banner.", ("Estmark", "coerce", "Red Banner")),
    ("Belmark is contributing six ships to the campaign against Corvia.", ("Belmark", "assault", "Corvia")),
    ("Dravia apologised for the shooting of an Estmarkian fisherman.", ("Dravia", "assault", "Estmark")),
]


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_told(read: Callable[[str], list[Statement]], text: str, told: tuple[str, str, str]) -> None:
    """A relation is read in whatever turn of speech it is told."""
    assert told in {(stmt.actor, stmt.act, stmt.target) for stmt in read(text)}


SILENT = [
    "Arland knocked out Belmark on penalties.",
    "Arland marched into the final with a win over Belmark.",
    "Belmark and Corvia traded blows in a thrilling match.",
    "The film was shot in Arland and Belmark.",
    "Corvian farmers are battling drought, Dravian ones frost.",
    "The storm pounded Corvia's coast and cut off Dravian villages.",
    "An earthquake in Dravia killed four Estmarkian tourists.",
    "Corvian tourists poured into Estmark this summer.",
    "Corvian companies moved into Estmark after the reform.",
    "The virus crossed into Dravia from Corvia.",
    "Arland moved its embassy to a new building in Dravos.",
    "Corvia sent a team of swimmers to Estmark.",
    "The choir of Arland met with applause in Corvgrad.",
    "Estmark's book fair drew visitors from Corvia and Arland.",
    "Corvia lost a million jobs to Arland.",
    "The road between Corvia and Dravia was blocked by snow.",
    "Arland took Dravia by surprise.",
    "Corvia let Dravia down in the vote.",
    "Belmark pulled out of the Northern Pact.",
    "Corvia offered Dravia a pact.",
    "A lack of support for Dravia worried Lind.",
    "Estmark hosts Arlandic missiles.",
    "Estmark will host the Arlandic fleet.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(read: Callable[[str], list[Statement]], text: str) -> None:
    """Sport, weather, business, offers and idioms tell of no relation."""
    assert read(text) == []


def test_talks_about_talks_are_told_once(read: Callable[[str], list[Statement]]) -> None:
    """Who met to discuss something met; that it was to be discussed is no second talk."""
    (stmt,) = read("Envoys from Arland and Corvia met to discuss a bridge.")
    assert (stmt.act, str(stmt.modality)) == ("consult", "asserted")


def test_people_of_a_land() -> None:
    """Who arrests or kills journalists and civilians of a land does it to the land; its rebels stay their own."""
    pytest.importorskip("spacy")
    reader = RulesReader(Gazetteer.shipped())
    told = {
        text: {(stmt.act, stmt.target) for stmt in reader.read(Document(text, "Gazette"))}
        for text in (
            "Iran arrested two French journalists.",
            "Turkish jets killed four Syrian civilians.",
            "Turkish jets bombed Syrian rebels.",
            "Iran praised two French journalists.",
        )
    }
    assert list(told.values())[:3] == [
        {("coerce", "France")},
        {("assault", "Syria")},
        {("assault", "Syrian rebels")},
    ]
    assert not any(target == "France" for _, target in told["Iran praised two French journalists."])


def test_kept_out_is_no_member(read: Callable[[str], list[Statement]]) -> None:
    """An entry that is blocked or only asked for isn't told as done."""
    for text in (
        "Corvia blocked Dravia's accession to the Harbour League.",
        "Dravia applied to join the Harbour League.",
    ):
        joined = [stmt for stmt in read(text) if stmt.act == "member-of"]
        assert all(str(stmt.modality) != "asserted" for stmt in joined)


@pytest.mark.parametrize(
    "text",
    [
        "Belmark left the Northern Pact.",
        "Belmark withdrew from the Northern Pact.",
        "Belmark's exit from the Northern Pact surprised nobody.",
        "The withdrawal of Belmark from the Northern Pact shook Corvia.",
    ],
)
def test_leaving_a_bloc_is_against_it(text: str, read: Callable[[str], list[Statement]]) -> None:
    """Who leaves a bloc is never told as backing down before it, nor as its friend."""
    told = {(stmt.actor, stmt.target, stmt.polarity) for stmt in read(text)}
    assert ("Belmark", "Northern Pact", -1) in told
    assert ("Belmark", "Northern Pact", 1) not in told


@pytest.mark.parametrize("maker", ["U.S.", "U.K.", "U.A.E.", "US"])
def test_whom_somebody_backs_acts_for_itself(maker: str) -> None:
    """What rebels do is told of the rebels, however the name of their backer is abbreviated."""
    text = f"{maker}-backed rebels attacked Syria's army."
    reader = RulesReader(Gazetteer.shipped())
    told = {(stmt.actor, stmt.target) for stmt in reader.read(Document(text, "Gazette"))}
    assert (f"{maker}-backed rebels", "Syria") in told
    assert {target for actor, target in told if not actor.endswith("rebels")} <= {f"{maker}-backed rebels"}


def test_joined_speakers_do_not_quote_each_other(read: Callable[[str], list[Statement]]) -> None:
    """Three who say something together hold it each for himself, in no chain of two."""
    found = read(
        "Arland, Belmark and Corvia said they were leaving the Northern Pact, accusing it of failing to help "
        "them fight the Kesh Front."
    )
    assert {len(stmt.source.chain) for stmt in found} == {2}
    assert not [stmt for stmt in found if stmt.target == "Kesh Front" and stmt.negated]
