"""What real texts bring along: length without end, tables, entities, scripts, capitals; read as far as it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.coding import RulesReader, reading_copy
from allegiance.model import Document, TextEvidence, check_evidence
from allegiance.naming import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.reading_copy import ReadingCopy
    from allegiance.model import Statement

Told = set[tuple[str, str, str]]

_FILLER = "The weather was fine in the valley and people walked home along the river. " * 30


@pytest.fixture(scope="module")
def real() -> RulesReader:
    """Return the reader with the shipped gazetteer."""
    pytest.importorskip("spacy")
    return RulesReader(Gazetteer.shipped())


def told(stmts: list[Statement]) -> Told:
    """Return (actor, act, target) of statements."""
    return {(stmt.actor, stmt.act, stmt.target) for stmt in stmts}


def test_a_text_of_several_segments_is_read_like_its_parts(
    read: Callable[[str], list[Statement]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quotes stand where they say, behind soft hyphens and across cuts, and the last segment is read like the first."""
    monkeypatch.setattr(reading_copy, "LONGEST_SEGMENT", 1_000)
    text = "Arland at\u00adtacked Belmark.\n\nCorvia condemned Dravia.\n\n" * 40
    found = check_evidence(read(text), Document(text, "Gazette"))
    assert len(found) == 80
    quotes = {stmt.evidence.quote for stmt in found if isinstance(stmt.evidence, TextEvidence)}
    assert quotes == {"Arland at\u00adtacked Belmark.", "Corvia condemned Dravia."}


def test_a_surname_is_known_from_a_full_name_segments_before(
    read: Callable[[str], list[Statement]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are looked for in the whole text, however long it is."""
    monkeypatch.setattr(reading_copy, "LONGEST_SEGMENT", 1_000)
    text = "Mira Holt spoke.\n\n" + _FILLER + "\n\nHolt condemned Corvia."
    assert ("Arland", "accuse", "Corvia") in told(read(text))


def test_no_more_than_a_segment_is_looked_at_at_once(
    rules: RulesReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the statements of a long text are kept, not its parse; docs/reading.md has what 10 MB take."""
    seen: list[int] = []
    of_segment = rules._told

    def noted(doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterable[Statement]:
        seen.append(len(discourse.text))
        return of_segment(doc, copy, discourse)

    monkeypatch.setattr(rules, "_told", noted)
    monkeypatch.setattr(reading_copy, "LONGEST_SEGMENT", 2_000)
    text = (_FILLER[:500] + ".\n\nArland attacked Belmark.\n\n") * 30
    assert len(rules.read(Document(text, "Gazette"))) == 30
    assert max(seen) <= 2_000
    assert sum(seen) == len(text)


def test_a_sentence_of_5000_words(read: Callable[[str], list[Statement]]) -> None:
    """It is read to its end."""
    text = (
        "Arland attacked Belmark, "
        + "and the wind blew over the hills, " * 700
        + "and Corvia condemned Dravia."
    )
    assert len(text.split()) > 4_900
    assert ("Arland", "assault", "Belmark") in told(read(text))


def test_a_table_tells_nothing_and_the_text_around_it_is_read(read: Callable[[str], list[Statement]]) -> None:
    """Cells are no sentences."""
    table = "Country\tTroops\tLosses\nArland\t1,200\t14\nBelmark\t900\t3\n| Corvia | 12 | Dravia |\n"
    assert told(read(table)) == set()
    assert told(read(f"Arland attacked Belmark.\n\n{table}\nCorvia condemned Dravia.\n")) == {
        ("Arland", "assault", "Belmark"),
        ("Corvia", "accuse", "Dravia"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ar\u00adland at\u00adtacked Bel\u00admark.",
        "Arland \U0001f4a5 attacked \U0001f600 Belmark \U0001f1fa\U0001f1f3!",
        '"Arland attacked Belmark.',
        "\u201cArland attacked Belmark.",
        "Arland\u00a0attacked\u2009Belmark .",
        "* Arland attacked Belmark",
        "Arland attacked Belmark",
    ],
)
def test_what_hides_in_a_text_changes_nothing(read: Callable[[str], list[Statement]], text: str) -> None:
    """Soft hyphens, emoji, open quotation marks, odd blanks, a bullet, a missing full stop."""
    assert told(read(text)) == {("Arland", "assault", "Belmark")}


def test_entities_of_html_stay_text(read: Callable[[str], list[Statement]]) -> None:
    """What a bad export left of HTML is read around, and quoted as it stands."""
    text = "Arland &amp; Corvia attacked Belmark. Dravia&nbsp;condemned Estmark."
    found = check_evidence(read(text), Document(text, "Gazette"))
    assert {
        ("Arland", "assault", "Belmark"),
        ("Corvia", "assault", "Belmark"),
        ("Dravia", "accuse", "Estmark"),
    } <= told(found)


def test_actors_that_are_common_words(real: RulesReader) -> None:
    """A turkey, a man called Jordan, a chad of paper: none of them is a country."""
    silent = (
        "The turkey was attacked by a dog. Michael Jordan praised China Smith. The chad fell to the floor."
    )
    named = {name for stmt in real.read(Document(silent, "Gazette")) for name in (stmt.actor, stmt.target)}
    assert not named & {"Turkey", "Jordan", "China", "Chad"}
    loud = "Turkey attacked Jordan. Chad condemned Georgia."
    assert told(real.read(Document(loud, "Gazette"))) == {
        ("Turkey", "assault", "Jordan"),
        ("Chad", "accuse", "Georgia"),
    }


def test_all_capitals_and_no_punctuation(real: RulesReader) -> None:
    """A headline in capitals and a text without stops are read where the parser can."""
    assert ("Russia", "assault", "Ukraine") in told(real.read(Document("RUSSIA ATTACKED UKRAINE", "Gazette")))
    assert ("Russia", "assault", "Ukraine") in told(
        real.read(Document("Russia attacked Ukraine yesterday", "Gazette"))
    )


def test_other_scripts_inside(real: RulesReader) -> None:
    """Names in Arabic or Cyrillic letters beside the Latin ones break nothing."""
    text = "Russia (\u0420\u043e\u0441\u0441\u0438\u044f) attacked Ukraine (\u0423\u043a\u0440\u0430\u0457\u043d\u0430), said \u0645\u062d\u0645\u062f."
    found = check_evidence(real.read(Document(text, "Gazette")), Document(text, "Gazette"))
    assert ("Russia", "assault", "Ukraine") in told(found)
