from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.model import Source, TextEvidence
from allegiance.network import CountingPolicy
from allegiance.network.counting import Row, dated_row
from allegiance.network.stories import Stories, copies
from builders import statement

WIRE = (
    "PORT MAREN, April 9 - Veldania closed the strait of Oss to ships of Tolmeria on Tuesday, two days after a patrol boat had "
    "been fired at off the island of Sable. The defence ministry in Port Maren said in a statement that the closure would last "
    "until Tolmeria apologised and paid for the damage. Tolmeria called the closure an act of piracy and asked the council of "
    "the league to meet at once. A spokesman for the fishermen of the eastern shore said that forty boats had been turned back "
    "during the night and that nobody had been hurt. Analysts expect the price of grain to rise if the strait stays closed for "
    "more than a week, because most of the harvest of the northern plains passes through it in spring."
)
OTHER = (
    "Two neighbours are quarrelling over a narrow water. After shots at one of its vessels Veldania no longer lets anybody from "
    "Tolmeria pass through the strait of Oss, and says that it wants money and an apology. In the capital of Tolmeria the word "
    "piracy is heard. Fishermen stay ashore; bakers in the north fear for their flour, as spring is when the grain comes "
    "through. The league may sit on it this week, diplomats say, although few believe that it can do much."
)
OUTLETS = ("Daily", "Herald", "Lantern", "Mirror", "Observer", "Post", "Times")


def edited(text: str, seed: int) -> str:
    """Return a wire as an outlet prints it: a word changed, a headline of its own before it, perhaps cut short."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = text.split()
    words[chance.randrange(len(words))] = chance.choice(["reportedly", "officials", "yesterday", "late"])
    kept = words[: chance.choice([len(words), len(words) - 20, len(words) // 2])]
    return " ".join([f"Strait closed, by our desk {seed}:", *kept])


def test_seven_edited_wires_are_one_story() -> None:
    """A wire that seven outlets print with a word changed and ends cut is one report in seven outlets."""
    found = Stories.found((f"d{i}", outlet, edited(WIRE, i)) for i, outlet in enumerate(OUTLETS))
    assert len(set(found.of.values())) == 1
    assert found.outlets_of("d3") == OUTLETS


def test_two_texts_about_one_event_are_two_stories() -> None:
    """Who writes an own text about the same event is a witness of their own."""
    found = Stories.found([("d1", "Daily", WIRE), ("d2", "Herald", OTHER)])
    assert found.of == {"d1": "d1", "d2": "d2"}
    assert found.outlets_of("d1") == ("Daily",)


def test_quoting_at_length_makes_no_copy() -> None:
    """An article that quotes a short text in full is no copy of it, nor are two such articles copies of each other."""
    brief = " ".join(WIRE.split()[:30])
    one, two = (
        f"{OTHER} The wire had it so: {brief}",
        f"{brief} ... {' '.join(f'word{i}' for i in range(200))}",
    )
    found = Stories.found([("d1", "Daily", brief), ("d2", "Herald", one), ("d3", "Post", two)])
    assert len(set(found.of.values())) == 3


def test_half_of_a_wire_is_the_wire() -> None:
    """Cut to its first half, and with whole paragraphs of another text behind it, a wire is still that story."""
    half = " ".join(WIRE.split()[: len(WIRE.split()) // 2])
    assert len(set(Stories.found([("a", "A", half), ("b", "B", WIRE)]).of.values())) == 1


@pytest.mark.parametrize("text", ["", "Short.", "Seven words are no run of eight"])
def test_texts_too_short_for_a_run_are_copies_only_of_their_like(text: str) -> None:
    """A text of fewer than eight words has the same story only as a text of the same words."""
    found = Stories.found([("a", "A", text), ("b", "B", text + "!"), ("c", "C", f"{text} more")])
    assert found.of["a"] == found.of["b"] != found.of["c"]


POOL = [edited(base, seed) for base in (WIRE, OTHER, f"{OTHER} {WIRE}") for seed in range(4)] + [
    WIRE[:200],
    WIRE,
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(POOL))), st.integers(1, len(POOL)))
def test_the_order_of_documents_makes_no_difference(order: list[int], count: int) -> None:
    """Whatever comes first, the same texts are the same stories under the same names."""
    texts = [(f"d{i}", OUTLETS[i % 7], POOL[i]) for i in sorted(order[:count])]
    assert Stories.found((f"d{i}", OUTLETS[i % 7], POOL[i]) for i in order[:count]) == Stories.found(texts)


def told(outlet: str, document: str, *, at: int = 0, speaker: str = "", **fields: Any) -> Row:
    """Return the row of a statement in a text."""
    source = Source((outlet, speaker)) if speaker else Source((outlet,))
    evidence = TextEvidence(document, at, at + 4, "word")
    return dated_row(statement(source=source, evidence=evidence, **fields))


def once(rows: list[Row], *texts: tuple[str, str, str], words: tuple[str, ...] = ()) -> set[str]:
    """Return the ids of the rows that count."""
    left_out = copies(rows, CountingPolicy.parse(words), lambda: Stories.found(texts))
    assert not set(left_out.values()) & set(left_out)
    return {row[0] for row in rows} - set(left_out)


TEXTS = (("d1", "Daily", WIRE), ("d2", "Post", edited(WIRE, 2)), ("d3", "Times", OTHER))


def test_a_story_tells_each_thing_once() -> None:
    """Of two copies one counts, a text of its own counts too; other speakers, acts and signs are other things."""
    same = [told(outlet, doc) for doc, outlet, _ in TEXTS]
    assert len(once(same, *TEXTS)) == 2
    others = [
        told("Post", "d2", speaker="A minister"),
        told("Post", "d2", act="aid"),
        told("Post", "d2", polarity=-1),
    ]
    assert len(once([*same, *others], *TEXTS)) == 5


def test_what_a_text_tells_twice_counts_twice_however_many_copies() -> None:
    """The second time in a copy is the second time in the other."""
    rows = [told("Daily", "d1"), told("Daily", "d1", at=90), told("Post", "d2"), told("Post", "d2", at=80)]
    rows.append(told("Post", "d2", at=300))
    assert once(rows, *TEXTS) == {rows[0][0], rows[1][0], rows[4][0]}
    alone = [told("Daily", "d1", at=at) for at in (0, 90)]
    assert len(once(alone, *TEXTS)) == 2


def test_what_counts_nothing_stands_for_nothing() -> None:
    """A statement below the least confidence doesn't take the place of one above it in a copy."""
    sure = told("Post", "d2", confidence=0.9)
    policy = CountingPolicy(confidence=0.5)
    assert not copies([told("Daily", "d1", confidence=0.2), sure], policy, lambda: Stories.found(TEXTS))


def test_texts_are_compared_only_where_two_tell_the_same() -> None:
    """Nothing is asked of texts that have no statement in common."""

    def never() -> Stories:
        raise AssertionError

    assert not copies([told("Daily", "d1"), told("Post", "d2", act="aid")], CountingPolicy(), never)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(["aid", "support"])), unique=True
    ),
    st.permutations(range(3)),
)
def test_which_copy_counts_does_not_hang_on_the_order_of_documents(
    said: list[tuple[int, int, str]], order: list[int]
) -> None:
    """Texts read in another order leave out the same statements for the same ones."""
    rows = [
        (place, told(TEXTS[place][1], TEXTS[place][0], at=at, act=act)) for place, at, act in sorted(said)
    ]
    mixed = sorted(rows, key=lambda one: order[one[0]])
    one, two = (
        copies([row for _, row in chosen], CountingPolicy(), lambda: Stories.found(TEXTS))
        for chosen in (rows, mixed)
    )
    assert one == two
