from __future__ import annotations

import pytest

from allegiance.errors import UnreadableTextError
from allegiance.reading import guessed_language
from allegiance.reading.language import check_english, check_named_english


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The government said on Monday that it would not accept the offer of the rebels.", "en"),
        ("Russia attacks Ukraine", "en"),
        ("RUSSIA ACCUSES TURKEY OF LYING", "en"),
        ("Putin", "en"),
        ("12 345 678", "en"),
        ("\U0001f600 \U0001f600", "en"),
        (
            "Die Regierung hat am Montag erklärt, dass sie das Angebot der Rebellen nicht annehmen werde.",
            "de",
        ),
        (
            "Le gouvernement a déclaré lundi qu'il n'accepterait pas l'offre des rebelles dans la région.",
            "fr",
        ),
        ("El gobierno dijo el lunes que no aceptaría la oferta de los rebeldes en la zona del norte.", "es"),
        (
            "Il governo ha detto che non avrebbe accettato la proposta dei ribelli, come si legge nel testo.",
            "it",
        ),
        ("O governo disse que não vai aceitar a proposta dos rebeldes, como foi dito em uma nota.", "pt"),
        ("De regering heeft maandag gezegd dat zij het aanbod van de rebellen niet zou aannemen.", "nl"),
        (
            "Hükümet pazartesi günü isyanc\u0131lar\u0131n teklifini kabul etmeyeceğini ve bu konuda bir karar için daha çok",
            "tr",
        ),
        (
            "Rząd powiedział w poniedziałek, że nie przyjmie oferty rebeliantów i że to jest jego decyzja.",
            "pl",
        ),
        ("Правительство заявило в понедельник, что не примет предложение повстанцев.", "ru"),
        ("قالت الحكومة يوم الاثنين إنها لن تقبل عرض المتمردين", "ar"),
        ("政府は月曜日に反政府勢力の提案を受け入れないと述べた", "zh"),
        ("הממשלה אמרה ביום שני שלא תקבל את הצעת המורדים", "he"),
    ],
)
def test_guess(text: str, language: str) -> None:
    """Languages are told apart in a sentence; what says little counts as English."""
    assert guessed_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "President Hassan Rouhani (حسن روحانی) said that the deal was dead and that Iran (ایران) would leave it.",
        "Владимир Путин, the president of Russia, said that he had not read it.",
        "The paper Die Zeit wrote of the “Ende der Geduld”, and the minister of Germany agreed with the paper.",
        "Party | Seats | Share\nLikud | 32 | 23.4\nShas | 11 | 8.2",
        "Smith v Jones [1999] 2 AC 12; see also Müller v Österreich.",
    ],
)
def test_foreign_words_inside(text: str) -> None:
    """Foreign names and quotations inside an English text, and tables, do no harm."""
    assert guessed_language(text) == "en"


def test_refusal() -> None:
    """The refusal names the language and the way out."""
    with pytest.raises(UnreadableTextError, match=r"note\.txt looks like German; allegiance reads English"):
        check_english(
            "Der Minister sagte, dass er nicht mit dem Bericht und den Zahlen zufrieden ist.", "note.txt"
        )


@pytest.mark.parametrize("language", ["en", "EN", "en-US", "en_GB", "eng", "English", ""])
def test_names_of_english(language: str) -> None:
    """English goes by several codes."""
    check_named_english(language, "the text")


def test_named_language() -> None:
    """A text that is said to be in another language is refused."""
    with pytest.raises(UnreadableTextError, match="'de'"):
        check_named_english("de", "the text")
