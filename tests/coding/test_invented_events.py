"""What did not happen is never told as if it had: the fault of all coders before."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from allegiance.model import Modality

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

# {a} and {b} are the parties; the verb is given as base form, participle and -ing form.
FRAMES = [
    "{a} may {base} {b}.",
    "{a} might {base} {b} soon.",
    "{a} could {base} {b}.",
    "{a} would {base} {b}.",
    "{a} will {base} {b}.",
    "{a} did not {base} {b}.",
    "{a} has never {past} {b}.",
    "{a} denied that it had {past} {b}.",
    "{a} denied having {past} {b}.",
    "If {a} had {past} {b}, the war would have spread.",
    "If {a} {past} {b}, Estmark would answer.",
    "Unless {a} {past} {b}, peace will hold.",
    "{a} refused to {base} {b}.",
    "{a} plans to {base} {b}.",
    "{a} wants to {base} {b}.",
    "{a} is expected to {base} {b}.",
    "{a} should {base} {b}, the paper wrote.",
    "{a} was urged to {base} {b}.",
    "Has {a} {past} {b}?",
    "{a} tried to {base} {b}.",
    "{a} is ready to {base} {b}.",
    "It is not true that {a} {past} {b}.",
    "{a} stopped short without {ing} {b}.",
    "{a} is considering {ing} {b}.",
    "{a} ruled out {ing} {b}.",
    "Nobody believes that {a} will {base} {b}.",
]
VERBS = [
    ("attack", "attacked", "attacking"),
    ("arm", "armed", "arming"),
    ("support", "supported", "supporting"),
]
PAIRS = [("Corvia", "Dravia"), ("Arlandic troops", "the Kesh Front")]
INVENTED = [
    frame.format(a=a, b=b, base=base, past=past, ing=ing)
    for frame, (base, past, ing), (a, b) in product(FRAMES, VERBS, PAIRS)
] + [
    "Corvia's possible attack on Dravia worries Estmark.",
    "The alleged attack by Corvia on Dravia is being examined.",
    "Fears of a Corvian attack on Dravia grew.",
    "Corvia threatened to attack Dravia.",
    "Corvia threatened to impose sanctions on Dravia.",
    "Corvia condemned the pact and threatened to impose sanctions on Dravia.",
    "Corvia threatened sanctions on Dravia.",
    "Corvia vowed to launch an attack on Dravia.",
    "Corvia may impose sanctions on Dravia.",
    "Corvia did not impose sanctions on Dravia.",
    "Corvia denied launching an attack on Dravia.",
    "If Corvia imposes sanctions on Dravia, prices will rise.",
    "Corvia is preparing to carry out strikes on Dravia.",
    "No Corvian plane attacked Dravia.",
    "Neither Corvia nor Arland attacked Dravia.",
    "Lind asked whether Corvia had attacked Dravia.",
    "Corvia was prevented from attacking Dravia.",
    "Corvia proposed an attack on Dravia.",
    "There was no attack by Corvia on Dravia.",
    "Should Corvia attack Dravia, the league will answer.",
    "Vane rejected claims that Corvia had attacked Dravia.",
    "Corvia had planned an attack on Dravia.",
    "Corvia is not supporting the Red Banner.",
    "If the incident repeats, Corvia's support for Dravia will end.",
    "Corvia is accused of arming the Kesh Front.",
    "Corvia pledged arms to Dravia.",
    "Corvia, Vane insisted, would not attack Dravia.",
    "Corvia, a general said, may attack Dravia.",
    "Corvia supports neither Dravia nor Arland.",
    "Dravia called for an attack on Corvia.",
    "Corvia is ready to attack Dravia.",
    "Arland and Dravia called for strikes on the Kesh Front.",
    "Everyone but Corvia attacked Dravia.",
    "Corvia remains committed to the defeat of Dravia.",
    "If Corvia attacks Dravia, Estmark will answer.",
    "Lind accused Corvia of nothing, but Vane denied that Corvia had attacked Dravia.",
    "Analysts expect Corvia to attack Dravia.",
]


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
