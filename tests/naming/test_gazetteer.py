from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.naming import ActorEntry, Gazetteer, Leader, Period


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the gazetteer as it ships."""
    return Gazetteer.shipped()


def named(gazetteer: Gazetteer, text: str, day: date | None = None) -> list[tuple[str, str]]:
    """Return the words and actors of the mentions."""
    return [(mention.text, mention.actor) for mention in gazetteer.mentions(text, day=day)]


def actors(gazetteer: Gazetteer, text: str, day: date | None = None) -> list[str]:
    """Return the actors of the mentions."""
    return [mention.actor for mention in gazetteer.mentions(text, day=day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia attacked Ukraine.", [("Russia", "Russia"), ("Ukraine", "Ukraine")]),
        ("He spoke in the U.S.", [("U.S.", "United States")]),
        ("The U.S.-led force left.", [("U.S.", "United States")]),
        ("Ankara\u2019s jets and Iran's oil", [("Ankara", "Turkey"), ("Iran", "Iran")]),
        ("Russian-backed rebels", [("Russian", "Russia")]),
        ("RUSSIA ACCUSES TURKEY", [("RUSSIA", "Russia"), ("TURKEY", "Turkey")]),
        ("Hezbol\u00adlah and Da'esh", [("Hezbol\u00adlah", "Hezbollah"), ("Da'esh", "Islamic State")]),
        (
            "Côte d\u2019Ivoire, Cote d'Ivoire",
            [("Côte d\u2019Ivoire", "Ivory Coast"), ("Cote d'Ivoire", "Ivory Coast")],
        ),
        ("al-Shabaab, Al Shabaab", [("al-Shabaab", "al-Shabaab"), ("Al Shabaab", "al-Shabaab")]),
        ("Москва: Russia — روسيا", [("Russia", "Russia")]),
        ("OPEC+ is not OPEC.", [("OPEC+", "OPEC+"), ("OPEC", "OPEC")]),
        ("talks of the P5+1", [("P5+1", "P5+1")]),
        ("the West armed them", [("the West", "The West")]),
        ("South Korea warned North Korea", [("South Korea", "South Korea"), ("North Korea", "North Korea")]),
        ("Recep Tayyip Erdoğan", [("Recep Tayyip Erdoğan", "Turkey")]),
    ],
)
def test_names_in_text(gazetteer: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    """Names are found with their exact span: abbreviations, possessives, compounds, capitals, accents, soft hyphens."""
    assert named(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They told us nothing and it is what it is.",
        "TELL US WHAT IS WRONG HERE",
        "a turkey on a china plate, jordan almonds, polish the silver",
        "Polish the silver.",
        "Michael Jordan praised Chad Smith.",
        "Sail the South China Sea to New Mexico.",
        "anti-Russian and pro-Iranian slogans",
        "a French-speaking, Swiss-born singer",
        "The Washington Post wrote it.",
        "Georgia sent its Republican electors; Atlanta cheered.",
        "Parma is known for ham.",
        "Russiaish Irans_",
        "West",
    ],
)
def test_words_that_name_nobody(gazetteer: Gazetteer, text: str) -> None:
    """Ordinary words, persons, places and newspapers that contain an actor's name are no mention of it."""
    assert named(gazetteer, text) == []


@pytest.mark.parametrize("state", ["Turkey", "Jordan", "Chad", "Georgia"])
def test_states_that_are_common_words(gazetteer: Gazetteer, state: str) -> None:
    """Where a sentence treats it as a state, the state is found, at its beginning and inside."""
    assert actors(gazetteer, f"{state} accused Iran.") == [state, "Iran"]
    assert actors(gazetteer, f"Officials in Iran accused {state} on Monday.") == ["Iran", state]
    assert actors(gazetteer, f"{state} President X") == [state]


def test_kinds_of_names(gazetteer: Gazetteer) -> None:
    """Each mention says by what kind of name it was found, so that capitals can be judged by syntax."""
    kinds = {
        mention.text: mention.via
        for mention in gazetteer.mentions(
            "Russia, the UK, Syrian jets, the Kremlin, Vladimir Putin, Iran's army"
        )
    }
    assert kinds == {
        "Russia": "name",
        "UK": "alias",
        "Syrian": "demonym",
        "the Kremlin": "capital",
        "Vladimir Putin": "leader",
        "Iran's army": "office",
    }


class TestOffices:
    """Offices beside names."""

    def test_titles_and_names_are_one_mention(self, gazetteer: Gazetteer) -> None:
        """State, office and person in one breath are one mention of the state, with the person."""
        (mention,) = gazetteer.mentions("Russian President Vladimir Putin spoke.")
        assert (mention.text, mention.actor, mention.via, mention.person) == (
            "Russian President Vladimir Putin",
            "Russia",
            "leader",
            "Vladimir Putin",
        )

    def test_office_of_a_state(self, gazetteer: Gazetteer) -> None:
        """An office behind or before a state is the state; its holder on that day is named."""
        (mention,) = gazetteer.mentions("The president of the United States agreed.", day=date(2010, 1, 1))
        assert (mention.text, mention.actor, mention.person) == (
            "president of the United States",
            "United States",
            "Barack Obama",
        )
        assert named(gazetteer, "Iran's foreign ministry") == [("Iran's foreign ministry", "Iran")]

    @pytest.mark.parametrize(
        ("words", "year", "person"),
        [
            ("Russian president", 2010, "Dmitry Medvedev"),
            ("Russian prime minister", 2010, "Vladimir Putin"),
            ("Russian president", 2015, "Vladimir Putin"),
            ("Turkish prime minister", 2010, "Recep Tayyip Erdogan"),
            ("British foreign secretary", 2015, "Philip Hammond"),
            ("Iranian oil minister", 2015, ""),
        ],
    )
    def test_who_held_the_office(self, gazetteer: Gazetteer, words: str, year: int, person: str) -> None:
        """The person behind an office is the one who held this office on the day, or nobody named."""
        (mention,) = gazetteer.mentions(f"The {words} agreed.", day=date(year, 6, 1))
        assert (mention.text, mention.via, mention.person) == (words, "office", person)

    def test_unknown_office_holder(self, gazetteer: Gazetteer) -> None:
        """A person whom no table knows stands for the state that the title names."""
        (mention,) = gazetteer.mentions("Turkish President Ivan al-Unknown spoke.")
        assert (mention.actor, mention.via, mention.person) == ("Turkey", "office", "Ivan al Unknown")

    def test_people_apart_from_the_state(self, gazetteer: Gazetteer) -> None:
        """Rebels and opposition are not their state, and stay as their own words; a group's fighters are the group."""
        (mention,) = gazetteer.mentions("Syrian rebels fled.")
        assert (mention.actor, mention.known, mention.via) == ("Syrian rebels", False, "group")
        assert actors(gazetteer, "Houthi rebels and IS militants") == ["Houthis", "Islamic State"]

    def test_belongings_of_a_body(self, gazetteer: Gazetteer) -> None:
        """A military plane is no military: only the adjective is the mention."""
        assert named(gazetteer, "a Russian military plane") == [("Russian", "Russia")]
        assert named(gazetteer, "the Russian military said") == [("Russian military", "Russia")]

    def test_seat_behind_another_state(self, gazetteer: Gazetteer) -> None:
        """The Foreign Office of Germany is not the United Kingdom's."""
        assert named(gazetteer, "the German Foreign Office") == [("German Foreign Office", "Germany")]

    def test_former_office_holders(self, gazetteer: Gazetteer) -> None:
        """Who no longer holds the office speaks for nobody else."""
        assert actors(gazetteer, "former US President Barack Obama") == ["Barack Obama"]
        assert actors(gazetteer, "former President Barack Obama") == ["Barack Obama"]
        assert actors(gazetteer, "the former Turkish president") == ["Turkey"]


class TestLeaders:
    """Persons who stand for a state or group."""

    def test_surname_of_a_leader_in_office(self, gazetteer: Gazetteer) -> None:
        """An unmistakable surname is the state while its bearer is in office, and nobody afterwards."""
        assert actors(gazetteer, "Ahmadinejad refused.", date(2009, 1, 1)) == ["Iran"]
        assert actors(gazetteer, "Ahmadinejad refused.", date(2019, 1, 1)) == []

    def test_full_name_out_of_office(self, gazetteer: Gazetteer) -> None:
        """After the term the person is meant, not the state; the surname then follows the full name."""
        text = "Barack Obama spoke. Obama left."
        assert actors(gazetteer, text, date(2012, 1, 1)) == ["United States"] * 2
        assert actors(gazetteer, text, date(2020, 1, 1)) == ["Barack Obama"] * 2

    def test_common_surnames_need_an_introduction(self, gazetteer: Gazetteer) -> None:
        """A common surname counts after a title or once the full name stood before it."""
        assert actors(gazetteer, "Brown refused.", date(2008, 6, 1)) == []
        assert actors(gazetteer, "Prime Minister Brown refused.", date(2008, 6, 1)) == ["United Kingdom"]
        assert (
            actors(gazetteer, "Gordon Brown came. Brown refused.", date(2008, 6, 1)) == ["United Kingdom"] * 2
        )

    def test_relatives(self, gazetteer: Gazetteer) -> None:
        """A surname behind a stranger's first name is that stranger."""
        assert actors(gazetteer, "In the end it was Ivanka Trump who refused.", date(2018, 1, 1)) == []

    def test_one_name_two_offices(self, gazetteer: Gazetteer) -> None:
        """Whom a person stands for depends on the day."""
        assert actors(gazetteer, "Jens Stoltenberg", date(2010, 1, 1)) == ["Norway"]
        assert actors(gazetteer, "Jens Stoltenberg", date(2020, 1, 1)) == ["NATO"]


class TestTime:
    """What depends on the day."""

    @pytest.mark.parametrize(
        ("words", "year", "actor"),
        [
            ("Moscow", 1975, "Soviet Union"),
            ("Moscow", 2015, "Russia"),
            ("Belgrade", 1995, "Yugoslavia"),
            ("Belgrade", 2010, "Serbia"),
            ("Sanaa", 1985, "North Yemen"),
            ("the Federal Republic of Germany", 1970, "West Germany"),
            ("the Federal Republic of Germany", 2000, "Germany"),
        ],
    )
    def test_names_of_several_states(self, gazetteer: Gazetteer, words: str, year: int, actor: str) -> None:
        """A name that several states bore means the one of that day."""
        assert actors(gazetteer, f"Then {words} objected.", date(year, 6, 1)) == [actor]

    def test_members(self, gazetteer: Gazetteer) -> None:
        """Membership in a bloc is dated."""
        assert "Finland" not in gazetteer.members("NATO", date(2020, 1, 1))
        assert "Finland" in gazetteer.members("NATO", date(2024, 1, 1))
        assert "United Kingdom" not in gazetteer.members("European Union", date(2021, 1, 1))
        assert gazetteer.members("no such bloc") == ()


class TestUserActors:
    """The user's own actors."""

    own = (
        ActorEntry("Veldania", "state", demonyms=("Veldanian",), capitals=("Tarsk",), titles=("archon",)),
        ActorEntry("Ilvar Dessin", "person", aliases=("Dessin",)),
        ActorEntry("Turkey Farm", "company", aliases=("Turkey",)),
    )

    def test_user_names_take_precedence(self, gazetteer: Gazetteer) -> None:
        """What the user's table says of a name counts, and the shipped names stay."""
        mine = gazetteer.with_actors(self.own)
        assert actors(mine, "Turkey met Veldanian farmers and Iran.") == ["Turkey Farm", "Veldania", "Iran"]
        assert actors(gazetteer, "Turkey met Veldanian farmers.") == ["Turkey"]

    def test_a_leader_with_a_row_of_its_own(self, gazetteer: Gazetteer) -> None:
        """A leader who is an actor is that actor, whether by name, title or office."""
        leader = Leader("Ilvar Dessin", "archon", Period(date(2027, 5, 1)), short=("Dessin",))
        led = ActorEntry("Veldania", "state", demonyms=("Veldanian",), leaders=(leader,), titles=("archon",))
        mine = gazetteer.with_actors((led, self.own[1]))
        text = "Veldanian Archon Ilvar Dessin came. Dessin left. The Veldanian archon returned."
        assert actors(mine, text, date(2031, 1, 1)) == ["Ilvar Dessin"] * 3


def test_spans_of_the_language_pipeline(gazetteer: Gazetteer) -> None:
    """Names that only the language pipeline sees become unknown actors; those touching known names don't."""
    text = "Acme Corp sued Russia."
    found = gazetteer.mentions(text, spans=[(0, 9), (15, 22), (0, 9), (5, 400)])
    assert [(mention.text, mention.actor, mention.known, mention.via) for mention in found] == [
        ("Acme Corp", "Acme Corp", False, "ner"),
        ("Russia", "Russia", True, "name"),
    ]


def test_resolve(gazetteer: Gazetteer) -> None:
    """Whole words are resolved, in any case and with "the"; parts and strangers are not."""
    resolved = {
        words: gazetteer.resolve(words) for words in ("the Kremlin", "the kremlin", "hezbollah", "usa")
    }
    assert [mention and mention.actor for mention in resolved.values()] == [
        "Russia",
        "Russia",
        "Hezbollah",
        "United States",
    ]
    for words in ("", "a", "friends of Russia and others", "x" * 10_000, "nobody"):
        assert gazetteer.resolve(words) is None


def test_actor(gazetteer: Gazetteer) -> None:
    """An actor's record carries kind, aliases and memberships."""
    actor = gazetteer.actor("France")
    assert actor is not None
    assert actor.kind == "state"
    assert "NATO" in {membership.group for membership in actor.memberships}
    assert gazetteer.actor("Nowhere") is None


_PIECES = st.sampled_from(
    ["Russia", "the ", "US", "U.S.", "-led ", " ", "\u2019s ", "Russian ", "president ", "of ", "Putin", "\n\n", ".", "\u00ad", "й",
     "Islamic State ", "IS", "former ", "King ", "OPEC+", "(", "\U0001f600", "Al-", "Qaeda", "e\u0301"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map("".join)))
def test_spans_always_hold(text: str) -> None:
    """On any text mentions stand in order, never overlap, and each quotes its own span."""
    found = Gazetteer.shipped().mentions(text, day=date(2015, 1, 1), spans=[(0, 3), (2, 9)])
    ends = [0]
    for mention in found:
        assert ends[-1] <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.actor
        ends.append(mention.end)


@pytest.mark.parametrize(
    "text", ["", " ", "x" * 1_000_000, "Russia " * 50_000, "the " * 100_000, "-" * 500_000]
)
def test_long_and_empty_texts(gazetteer: Gazetteer, text: str) -> None:
    """Texts of any length are gone through once."""
    assert len(gazetteer.mentions(text)) == text.count("Russia")
