"""The fold of what was judged of actors."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.naming.judgements import Judgement, Judgements, bare


def test_chains_of_merges_end_at_the_last_name() -> None:
    """What was merged into what was merged is shown under the last name, and falls apart into its parts."""
    merges = [Judgement("merge", "A", "B", "AB"), Judgement("merge", "AB", "C", "All")]
    folded = Judgements.fold(merges)
    assert {folded.name_of(name) for name in ("A", "B", "C", "AB")} == {"All"}
    apart = Judgements.fold([*merges, Judgement("split", "All", "", "")])
    assert [apart.name_of(name) for name in ("A", "B", "C")] == ["A", "B", "C"]
    assert not apart


def test_one_part_leaves_and_the_rest_stays() -> None:
    """Only the part that is split off is shown apart."""
    folded = Judgements.fold([Judgement("merge", "A", "B", "A"), Judgement("split", "A", "B", "B")])
    assert (folded.name_of("A"), folded.name_of("B")) == ("A", "B")


def test_surface_words_leave_whatever_their_case_and_article() -> None:
    """Words taken from an actor are another's, wherever statements name that actor by them, and may move on."""
    words = Judgement("split", "Arland", "the Council", "Arland Council")
    folded = Judgements.fold([words])
    assert folded.name_of("Arland", "The council") == "Arland Council"
    assert folded.name_of("Arland", "Arland") == folded.name_of("Arland") == "Arland"
    renamed = Judgements.fold([words, Judgement("merge", "Arland Council", "Senate", "Chambers")])
    assert renamed.name_of("Arland", "council") == "Chambers"
    again = Judgements.fold([words, Judgement("split", "Arland Council", "the Council", "Other")])
    assert again.name_of("Arland", "the council") == "Other"


def test_an_alias_is_what_later_reading_must_know() -> None:
    """Words given to an actor are shown as the actor, without their article as well, and kept for the gazetteer."""
    folded = Judgements.fold([Judgement("alias", "Arland", "the Old Land", "Arland")])
    assert {folded.name_of("the Old Land"), folded.name_of("Old Land")} == {"Arland"}
    assert folded.words == {"the Old Land": "Arland"}


def test_bare_words() -> None:
    """Case, blanks and the article don't tell words apart."""
    assert bare("The  Old\nLand") == bare("old land")


NAMES = st.sampled_from("ABCDE")
JUDGED = st.builds(Judgement, st.sampled_from(["merge", "split", "alias"]), NAMES, NAMES, NAMES)


@settings(max_examples=200)
@given(st.lists(JUDGED, max_size=8))
def test_no_history_makes_a_circle(judged: list[Judgement]) -> None:
    """Whatever was judged in whatever order, a shown name is shown as itself or belongs to the one it is shown as."""
    folded = Judgements.fold(judged)
    for name in "ABCDE":
        assert name in folded.parts(folded.name_of(name))
