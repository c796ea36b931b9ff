"""The guide's kinds and the acts that they are stored as."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from allegiance.coding.kinds import (
    FREE,
    KINDS,
    KINDS_AGAINST,
    KINDS_WITH,
    SIDES,
    Kinds,
    act_of,
    coded,
    group_of,
    is_mutual,
)
from allegiance.errors import DataError, UnknownNameError
from allegiance.model import Codebook

BOOK = Codebook.shipped()
DOCS = Path(__file__).resolve().parents[2] / "docs"
SHIPPED = (resources.files("allegiance.coding") / "kinds.yaml").read_text("utf-8")


def test_the_guide_has_twenty_eight_kinds() -> None:
    """Each kind stands on one side only, and on the right one: it names an act for that side."""
    assert len(set(KINDS)) == len(KINDS_WITH) + len(KINDS_AGAINST) == 28
    table = Kinds.shipped()
    assert all(1 in table.kind(name).acts for name in KINDS_WITH)
    assert all(-1 in table.kind(name).acts and 1 not in table.kind(name).acts for name in KINDS_AGAINST)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sign", SIDES)
def test_an_act_never_contradicts_the_sign(kind: str, sign: int) -> None:
    """For every kind and sign there is an act of that sign, or one that takes the statement's sign; the weight is in range."""
    stored = coded(kind, sign)
    act = BOOK.act(act_of(kind, sign))
    assert stored.act == act.name
    assert stored.polarity == sign
    assert act.sign == sign or act.name in FREE
    assert 20 <= stored.weight <= 100 if sign else stored.weight <= 20


@pytest.mark.parametrize("kind", KINDS)
def test_on_its_own_side_a_kind_tells_more_than_a_bare_tie(kind: str) -> None:
    """Nothing that the guide knows by name is stored as a mere tie or attitude."""
    assert act_of(kind, 1 if kind in KINDS_WITH else -1) not in FREE


@pytest.mark.parametrize(
    ("kind", "sign", "act", "weight"),
    [
        *(("demand", 1, "appeal", 20), ("demand", -1, "demand", 30), ("demand", 0, "request", 0)),
        *(("position", 0, "attitude", 20), ("condemn", -1, "accuse", 20), ("arrest", -1, "coerce", 70)),
        *(("fight", 1, "tie", 20), ("ally", -1, "tie", 20), ("ally", 1, "ally", 100)),
    ],
)
def test_known_kinds(kind: str, sign: int, act: str, weight: int) -> None:
    """What has either sign is stored by its sign; a finer kind of PLOVER's gives its weight."""
    assert (coded(kind, sign).act, coded(kind, sign).weight) == (act, weight)


def test_every_signed_act_has_one_group() -> None:
    """Acts with a sign are in just one group, so that any reader's acts can be compared; acts of one group share their sign."""
    groups = Kinds.shipped().groups
    signed = {act.name for act in BOOK.acts.values() if act.sign}
    assert set(groups) == signed
    for group in set(groups.values()):
        assert len({BOOK.act(act).sign for act, of in groups.items() if of == group}) == 1
    assert group_of("supply", 1) == group_of("finance", 1) == "help with"
    assert group_of("tie", -1) == "bare against"


def test_mutual_kinds() -> None:
    """An alliance is mutual, an attack is not."""
    assert is_mutual("ally")
    assert not is_mutual("attack")


def test_an_unknown_kind_offers_the_nearest() -> None:
    """A typing error is answered with the right name."""
    with pytest.raises(UnknownNameError, match="reconcile"):
        act_of("reconcil", 1)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("with: ally,", "with: assault,", "'ally' names 'assault' for with, an act of another sign"),
        ("with: ally,", "with: alley,", "alley"),
        ("coerce/arrest", "coerce/arest", "names the mode 'arest'"),
        ("  join:  ", "  joins: ", "each of the 28 kinds and no other: join, joins"),
        ("{against: dispute,", "{beside: dispute,", "'dispute' needs an act under"),
    ],
)
def test_a_table_that_contradicts_the_code_book_is_refused(
    old: str, new: str, sentence: str, tmp_path: Path
) -> None:
    """Acts, modes, signs and kinds are checked when the table is loaded."""
    assert old in SHIPPED
    broken = tmp_path / "kinds.yaml"
    broken.write_text(SHIPPED.replace(old, new), "utf-8")
    with pytest.raises((DataError, UnknownNameError), match=sentence):
        Kinds.load(broken, BOOK)


def test_the_page_is_the_table() -> None:
    """docs/kinds.md is what the table says; `python tests/house/kinds_page.py` renews it."""
    from kinds_page import page  # noqa: PLC0415 - in tests/house

    assert (DOCS / "kinds.md").read_text("utf-8") == page()


@pytest.mark.shared_data
def test_kinds_are_those_of_the_annotated_passages(shared_data: Path) -> None:
    """Every kind and sign that was annotated has an act, and on its own side no bare tie."""
    told = set()
    for name in ("train", "columns", "dev"):
        for line in (shared_data / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines():
            told |= {(one["kind"], one["sign"]) for one in json.loads(line)["statements"]}
    assert {kind for kind, _ in told} == set(KINDS)
    assert {(kind, sign) for kind, sign in told if act_of(kind, sign) == "tie"} == {("fight", 1)}
