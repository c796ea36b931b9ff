"""Speakers, claims and accusations that the small pipeline hangs on the wrong word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.model import Statement

# text -> what it tells: holders below the outlet, actor, act, target, modality, negated
MENDED = [
    (
        "The government in Dravos accused Corvia on Sunday of attacking Belmark and of arming the Kesh Front.",
        (("Dravia",), "Corvia", "supply", "Kesh Front", "asserted", False),
    ),
    ("Kade blamed Corvia for the attack on Arland.", ((), "Belmark", "accuse", "Corvia", "asserted", False)),
    (
        "Estmark demands that Arland stop arming the Kesh Front.",
        (("Estmark",), "Arland", "supply", "Kesh Front", "demanded", True),
    ),
    (
        "Kade's claim that Arland finances the Red Banner was greeted with laughter.",
        (("Jon Kade",), "Arland", "finance", "Red Banner", "asserted", False),
    ),
    (
        "Vane's admission that Corvia had shelled Dravia surprised nobody.",
        (("Petr Vane",), "Corvia", "assault", "Dravia", "asserted", False),
    ),
    (
        "Lind doubts that Belmark will support the Harbour League.",
        (("Anna Lind",), "Belmark", "support", "Harbour League", "hypothetical", False),
    ),
    (
        "Vane maintained until the end that Arland had attacked Corvia.",
        (("Petr Vane",), "Arland", "assault", "Corvia", "asserted", False),
    ),
    (
        "“Why does Arland support Corvia?” asked an Estmarkian senator.",
        (("an Estmarkian senator",), "Arland", "support", "Corvia", "hypothetical", False),
    ),
    (
        "Lind told Orsk, according to two aides, that Estmark would not attack Corvia.",
        (("two aides", "Anna Lind"), "Estmark", "assault", "Corvia", "predicted", True),
    ),
    (
        "Critics in Port Bel have called for Belmark to impose sanctions on Arland.",
        (("critics in Port Bel",), "Belmark", "sanction", "Arland", "demanded", False),
    ),
    ("Corvian generals threatened on Monday to bomb Estmark.", ((), "Corvia", "threaten", "Estmark", "asserted", False)),
    (
        "Dravia had never attacked Belmark, nor had Dravia financed the Kesh Front.",
        ((), "Dravia", "assault", "Belmark", "asserted", True),
    ),
    (
        "Dravia had never attacked Belmark, nor had Dravia financed the Kesh Front.",
        ((), "Dravia", "finance", "Kesh Front", "asserted", True),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), MENDED)
def test_it_is_read(read: Callable[[str], list[Statement]], text: str, told: tuple[object, ...]) -> None:
    """What the sentence says is read, with its holder, though the parse goes astray."""
    assert told in [
        (stmt.source.chain[1:], stmt.actor, stmt.act, stmt.target, stmt.modality.value, stmt.negated)
        for stmt in read(text)
    ]
