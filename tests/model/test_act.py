"""The code book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError, UnknownNameError
from allegiance.model import Codebook

if TYPE_CHECKING:
    from pathlib import Path

BOOK = Codebook.shipped()


def test_plover_types_and_missing_ties_are_there() -> None:
    """PLOVER's sixteen types and the ties that event ontologies lack are acts."""
    assert len({act.plover for act in BOOK.acts.values() if act.plover}) == 16
    lacking = {"ally", "member-of", "finance", "trade", "supply", "share-information", "recognise", "dispute"}
    assert lacking <= set(BOOK.acts)


def test_the_signs_that_go_wrong_elsewhere() -> None:
    """ACCUSE is negative with modes of 2 to 3.5, and CAMEO root 09 is negative although its quad class cooperates."""
    accuse = BOOK.act("accuse")
    assert accuse.sign == -1
    assert {weight for _, weight in accuse.modes} == {20, 35}
    assert BOOK.from_cameo("090") is not None
    assert {(coded.polarity, coded.weight) for code, coded in BOOK.cameo.items() if code[:2] == "09"} == {
        (-1, 20)
    }


def test_cameo_codes_are_text_and_fall_back_to_broader_ones() -> None:
    """Codes "010" and "10" differ; an unknown finer code means its root; what is no code means nothing."""
    ten, one = BOOK.from_cameo("10"), BOOK.from_cameo("010")
    assert ten is not None
    assert one is not None
    assert (ten.act, one.act) == ("request", "comment")
    assert BOOK.from_cameo("1951") == BOOK.from_cameo("195")
    assert BOOK.from_cameo("9") is BOOK.from_cameo("99") is BOOK.from_cameo("") is None


def test_an_unknown_act_offers_the_nearest() -> None:
    """A typing error in an act's name is answered with the right name."""
    with pytest.raises(UnknownNameError, match="supply"):
        BOOK.act("suply")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "no table"),
        ("acts: {x: {sign: 1}}", "needs label"),
        ("acts: {x: {label: x, sign: 3, weight: 1, cameo: '01'}}", "sign of -1"),
        ("acts: {x: {label: x, sign: 1, weight: 1, cameo: '01'}}\ncameo: {010: [x, 3]}", "quotes"),
        ("acts: {x: {label: x, sign: 1, weight: 1, cameo: '01'}}\ncameo: {'010': [y, 3]}", "known act"),
        ("acts: [", "no YAML"),
    ],
)
def test_a_broken_code_book_says_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    """A user's own code book that is wrong raises one sentence that names the entry."""
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(DataError, match=words):
        Codebook.load(path)
