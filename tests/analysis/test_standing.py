"""How firmly actors stand: by the split, and by what the statements bear."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis import Wishes, coalitions
from allegiance.analysis.doubt import MOST_DRAWN, RESAMPLES, borne
from allegiance.analysis.standing import Standing, Witness, standing
from allegiance.model import RowEvidence, Source, TextEvidence
from allegiance.network import Contributions
from builders import statement

CAMPS = [("A", "B", 1), ("B", "C", 1), ("A", "C", 1), ("X", "Y", 1), ("A", "X", -1), ("C", "Y", -1)]


def read(
    *told: tuple[int, str, str, int], confidence: float = 1.0, start: int | None = None
) -> Contributions:
    """Return counted statements read from texts (text, actor, target, sign), each in a sentence of its own unless told."""
    return Contributions.from_statements(
        statement(
            *(actor, target, sign),
            source=Source((f"outlet {text % 3}",)),
            evidence=TextEvidence(f"d{text}", *((at, at + 1) if start is None else (start, start + 1)), "x"),
            confidence=confidence,
        )
        for at, (text, actor, target, sign) in enumerate(told)
    )


def coded(*pairs: tuple[str, str], dataset: str = "ICEWS") -> Contributions:
    """Return counted rows of a data set."""
    return Contributions.from_statements(
        statement(a, b, source=Source((dataset,)), evidence=RowEvidence("f", f"{i}"), confidence=1.0)
        for i, (a, b) in enumerate(pairs)
    )


def stand(counted: Contributions, k: int | None = None, **how: Any) -> Standing:
    """Return the standing of the best split."""
    net = counted.network()
    return standing(net, counted, coalitions(net, k, **how))


MANY = [(text, *tie) for text in range(20) for tie in CAMPS]


def test_many_texts_bear_a_place_that_one_does_not() -> None:
    """By the split alone both stand at 100 %; joined, who is told of once falls to the share of draws with that text."""
    found = stand(read(*MANY, (0, "D", "B", 1)))
    assert found.borne is not None
    assert found.firmness["B"] == 1
    assert found.firmness["D"] == found.borne["D"] == pytest.approx(1 - (19 / 20) ** 20, abs=0.12)
    assert found.draws == RESAMPLES


@pytest.mark.parametrize("confidence", [0.9, 0.4])
def test_misreading_is_part_of_the_doubt(confidence: float) -> None:
    """In a single text, the only statement on an actor is kept in as many draws as its confidence says."""
    found = stand(read((0, "A", "B", 1), confidence=confidence))
    assert found.firmness["A"] == pytest.approx(confidence, abs=0.12)


def test_the_split_still_bounds_what_statements_bear() -> None:
    """However much is told, who would be as well off elsewhere stands at 0."""
    found = stand(read(*MANY, *((text, "P", other, 1) for text in range(20) for other in "AX")), 2)
    assert found.firmness["P"] == 0


def test_no_more_is_drawn_than_a_fixed_number() -> None:
    """Draws times ties decide, never the clock; beyond, under wishes, and of ties added up elsewhere, the split alone counts."""
    counted = read(*MANY)
    split = coalitions(counted.network())
    ties = len(counted.network())
    assert borne(counted, split, resamples=MOST_DRAWN // ties) is not None
    assert borne(counted, split, resamples=MOST_DRAWN // ties + 1) is None
    assert stand(counted, wishes=Wishes(apart=(("A", "B"),))).borne is None
    alone = standing(counted.network(), None, split)
    assert (alone.borne, alone.draws, alone.firmness) == (None, 0, split.value.firmness)


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (read((0, "A", "B", 1)), "1 statement, 1 source: thin"),
        (read((0, "A", "B", 1), (1, "A", "B", 1)), "2 statements, 2 sources: thin"),
        (read((0, "A", "B", 1), (1, "A", "B", 1), (2, "A", "B", 1)), "3 statements, 3 sources"),
        (
            read((0, "A", "B", 1), (0, "A", "C", 1), (0, "A", "D", 1), start=5),
            "3 statements in one sentence: thin",
        ),
        (coded(("A", "B")), "one coded row of ICEWS"),
        (coded(("A", "B"), ("A", "C")), "2 coded rows of ICEWS"),
    ],
)
def test_what_speaks_of_an_actor_is_said_in_words(counted: Contributions, words: str) -> None:
    """Texts are thin below three statements or in one sentence; rows of data are named as rows, with their own count."""
    witness = stand(counted).witnesses["A"]
    assert witness.words == words
    assert witness.thin == words.endswith("thin")


def test_texts_and_rows_are_told_apart() -> None:
    """Who has a row of data besides a text isn't thin, and both are counted."""
    witness = Witness(3, ("Daily", "ICEWS"), 1, 2, ("ICEWS",))
    assert witness.words == "1 statement, 1 source; 2 coded rows of ICEWS"
    assert not witness.thin


TOLD = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from("ABCD"), st.sampled_from("ABCD"), st.sampled_from([-1, 1])
    ).filter(lambda row: row[1] != row[2]),
    min_size=1,
    max_size=8,
    unique=True,
)


@settings(max_examples=20, deadline=None)
@given(TOLD, st.sampled_from([2, None]))
def test_the_same_input_gives_the_same_answer(told: list[tuple[int, str, str, int]], k: int | None) -> None:
    """To the last digit, and never firmer than the split alone has it."""
    counted = read(*told, confidence=0.7)
    one, two = stand(counted, k), stand(counted, k)
    assert one.to_json() == two.to_json()
    margin = coalitions(counted.network(), k).value.firmness
    assert all(one.firmness[actor] <= margin[actor] for actor in margin)
