"""What did not happen is never told as if it had: the fault of all coders before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.evaluation import own_gold
from allegiance.model import Modality

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

GOLD = Path(__file__).resolve().parents[1] / "fixtures" / "gold"
INVENTED = [gold.text for gold in own_gold.load(GOLD / "invented.jsonl").examples]


@pytest.mark.parametrize("text", INVENTED)
def test_never_asserted(read: Callable[[str], list[Statement]], text: str) -> None:
    """Neither attack nor help is asserted, un-negated, where the sentence only speaks of it."""
    invented = [
        stmt
        for stmt in read(text)
        if stmt.act in ("assault", "supply", "support")
        and stmt.modality is Modality.ASSERTED
        and not stmt.negated
    ]
    assert invented == []


HAPPENED = [
    "Corvia attacked Dravia.",
    "There is no doubt that Corvia attacked Dravia.",
    "Corvia managed to attack Dravia.",
    "After Corvia attacked Dravia, nobody may trade with Estmark.",
    "Belmark did not condemn Corvia's attack on Dravia.",
]


@pytest.mark.parametrize("text", HAPPENED)
def test_asserted_where_it_is(read: Callable[[str], list[Statement]], text: str) -> None:
    """Caution about other words in the sentence doesn't spill over on what is told as fact."""
    assert ("Corvia", "assault", "Dravia", Modality.ASSERTED, False) in [
        (stmt.actor, stmt.act, stmt.target, stmt.modality, stmt.negated) for stmt in read(text)
    ]


MOODS = [
    ("Arland denied attacking Belmark.", Modality.DENIED, False),
    ("Dravia should stop helping the Kesh Front.", Modality.DEMANDED, True),
    ("Corvia will attack Dravia.", Modality.PREDICTED, False),
    ("Corvia may attack Dravia.", Modality.HYPOTHETICAL, False),
    ("Estmark will help Dravia if the strait closes.", Modality.CONDITIONAL, False),
    ("Estmark did not help Dravia.", Modality.ASSERTED, True),
    ("Holt said Arland would help Dravia.", Modality.PREDICTED, False),
    ("Estmark will help Dravia once the strait closes.", Modality.CONDITIONAL, False),
    ("Arland, an officer said, would help Dravia.", Modality.PREDICTED, False),
    ("Corvia is accused of helping Dravia.", Modality.HYPOTHETICAL, False),
    ("Arland pledged aid to Dravia.", Modality.PREDICTED, False),
]


@pytest.mark.parametrize(("text", "modality", "negated"), MOODS)
def test_modality(
    read: Callable[[str], list[Statement]], text: str, modality: Modality, *, negated: bool
) -> None:
    """Modality and negation are fields; the sign stays what the act's words say."""
    found = [stmt for stmt in read(text) if stmt.act in ("assault", "aid")]
    assert [(stmt.modality, stmt.negated) for stmt in found] == [(modality, negated)]


def test_condition_is_kept(read: Callable[[str], list[Statement]]) -> None:
    """The words of the condition stand beside the statement."""
    (stmt,) = read("Estmark will help Dravia if the strait closes.")
    assert dict(stmt.qualifiers)["condition"] == "if the strait closes"
