from __future__ import annotations

import unicodedata

import pytest

from allegiance.naming import Gazetteer
from allegiance.naming.tables import rows


def _named(text: str) -> list[tuple[str, str, str]]:
    return [(one.text, one.actor, one.person) for one in Gazetteer.shipped().mentions(text)]


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Georgia's Republican governor", ""),
        ("Georgia\u2019s governor", ""),
        ("Georgia Governor Brian Kemp", "Brian Kemp"),
        ("Georgia Gov. Brian Kemp", "Brian Kemp"),
        ("Georgia's attorney general", ""),
        ("Georgia's Democratic senator Jon Ossoff", "Jon Ossoff"),
        ("the governor of Georgia".removeprefix("the "), ""),
        ("senator from Georgia", ""),
        ("lieutenant governor of the state of Georgia", ""),
        ("Texas Attorney General Ken Paxton", "Ken Paxton"),
        ("New York attorney general Letitia James", "Letitia James"),
        ("West Virginia Sen. Joe Manchin", "Joe Manchin"),
        ("Lt. Gov. of Texas", ""),
        ("Republican Senator Tom Cotton", "Tom Cotton"),
        ("Democratic governor", ""),
        ("Sen. Tom Cotton", "Tom Cotton"),
    ],
)
def test_officials_of_a_state_belong_to_the_united_states(words: str, person: str) -> None:
    """A governor, a senator and a state's attorney general are the United States', with their names."""
    tag = " (R-Ark.)" if words.startswith("Sen.") else ""
    assert _named(f"Iran said the {words}{tag} accused Russia.")[1] == (words, "United States", person)


@pytest.mark.parametrize(
    "words",
    ["Kherson's governor", "the governor of Kherson", "Senator Risa Hontiveros", "a governor", "Bosnian Democratic senator",
     "Nigeria's Democratic senator", "Governor X (D)", "the Texas oilmen", "Georgia, governor of nothing,"],
)  # fmt: skip
def test_governors_and_senators_of_other_lands_do_not(words: str) -> None:
    """Without a state or a party of the United States, a governor or a senator isn't theirs."""
    assert "United States" not in {actor for _, actor, _ in _named(f"Iran said {words} accused Russia.")}


def test_each_state_has_its_officials() -> None:
    """For each of the fifty states, before and behind its name."""
    states = [row["name"] for row in rows("us_states")]
    assert len(states) == 50
    for state in states:
        assert [actor for _, actor, _ in _named(f"{state}'s governor accused Iran.")] == [
            "United States",
            "Iran",
        ]
        assert [actor for _, actor, _ in _named(f"The senator from {state} accused Iran.")] == [
            "United States",
            "Iran",
        ]


def test_who_left_the_office_acts_in_nobodys_name() -> None:
    """A former governor is a person, not the United States, and not the country of that name."""
    assert all(
        actor not in ("United States", "Georgia")
        for text in (
            "Former Georgia governor Roy Barnes praised Iran.",
            "Georgia's former governor praised Iran.",
        )
        for _, actor, _ in _named(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Georgia accused Russia of shelling a village near Gori.",
        "Georgia's president accused Russia.",
        "Georgia's central bank governor met Russia's envoy.",
        "Georgia's parliament in Tbilisi accused Russia.",
        "Georgia's governor accused nobody. Georgia accused Russia of shelling.",
        "Atlanta cheered the Republicans. Georgia accused Russia of shelling a village near Gori.",
    ],
)
def test_the_country_is_still_found(text: str) -> None:
    """The country Georgia is meant where nothing near it speaks of the state, whatever the rest of the text is about."""
    assert "Georgia" in {actor for _, actor, _ in _named(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Republicans in Georgia accused Iran. Georgia, in the Caucasus, is far.",
        "Voters in Fulton County, Georgia, feared Iran.",
        "The governor said Georgia would not help Iran.",
        "Georgia's Senate passed a bill on Iran.",
        "Voters in Georgia and Arizona feared Iran.",
    ],
)
def test_the_state_is_not_the_country(text: str) -> None:
    """A sentence that speaks of the state's towns, parties or governor doesn't name the country."""
    assert ("Georgia", "Georgia", "") not in _named(text)[:1]


@pytest.mark.parametrize(
    "name", ["Çelik", "Зеленский", "Dubé", "Ёлкин", "Nguyễn", "Łukasz Żółć", "Ђукановић", "Şimşek", "Āboliņš"]
)
def test_persons_keep_the_letters_of_their_names(name: str) -> None:
    """Who holds an office is called as the text calls it, however the letters are composed."""
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, name)
        for text in (f"Turkey's foreign minister {written} spoke.", f"Texas governor {written} spoke."):
            assert _named(text)[0][2] == name
