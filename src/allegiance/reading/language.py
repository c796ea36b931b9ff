"""English or not: by script and by function words, without any model.

The share of a language's commonest small words separates it from its neighbours in a sentence or two; a headline may
hold none of them, so a doubtful text in Latin letters counts as English.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from allegiance.errors import UnreadableTextError, clipped

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAMPLE = 40_000
_FEW_WORDS = 8
_OTHER_SCRIPT_SHARE = 0.5
# How many times as many function words the other language must show.
_CLEARLY = 1.5

_SCRIPTS = {
    "Cyrillic": re.compile(r"[\u0400-\u052f]"),
    "Arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Chinese or Japanese": re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"),
    "Korean": re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"),
    "Devanagari": re.compile(r"[\u0900-\u097f]"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]"),
    "Armenian": re.compile(r"[\u0530-\u058f]"),
    "Georgian": re.compile(r"[\u10a0-\u10ff]"),
}
_SCRIPT_CODES = {
    "Cyrillic": "ru",
    "Arabic": "ar",
    "Hebrew": "he",
    "Greek": "el",
    "Chinese or Japanese": "zh",
    "Korean": "ko",
    "Devanagari": "hi",
    "Thai": "th",
    "Armenian": "hy",
    "Georgian": "ka",
}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[a-z\u00df-\u024f]+")
_FUNCTION_WORDS = {
    "en": "the of and to in that is was for it with as on be at by this had not are but from or have an they which you were her "
    "she he his has would there their we been who will more if about when so said no its into than them could only some",
    "de": "der die und den das von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach "
    "wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont la avec ou son aux cette "
    "ses mais comme on nous vous leur elle été être ont deux même fait était ces sans",
    "es": "de la que el en y los del se las por un para con una su al lo como más pero sus le ya este sí porque esta entre cuando "
    "muy sin sobre también hasta hay donde quien desde todo nos fue son está ha era",
    "it": "di che il la un per in una non sono con da le si del come più anche dei nel alla della ma gli al delle ha lo questo era "
    "essere stato suo sua dal loro tra degli nella ed",
    "pt": "de que o do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem seu sua ou ser quando muito "
    "há nos já está eu também só pelo pela até isso ela entre era",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog door over ze hij naar heeft "
    "hebben wordt deze tot werd worden geen kan wel meer",
    "pl": "w i na z do się nie że to jest o jak po za od dla przez przy są ale był tym tego jego oraz było które który czy już może "
    "będzie przed tylko jednak",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra ama olduğu en değil her var göre ise taraf\u0131ndan "
    "ya diye kendi dedi",
    "sv": "och att det i en som på är av för med den till inte har de ett om var han men så från vid kan när ut sig efter hon "
    "nu eller mot ska",
    "id": "yang dan di untuk dengan dari ini dalam tidak pada itu akan adalah ke oleh juga telah karena sebagai atau mereka bisa "
    "ada tersebut",
    "ro": "și de în la a că cu din pe nu este un o care mai pentru ce se au fost sunt după prin ca dar sau lui fi",
}
_LANGUAGES = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_NAMES = {
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish",
    "tr": "Turkish", "sv": "Swedish or another Nordic language", "id": "Indonesian or Malay", "ro": "Romanian",
    "ru": "Russian or another language in Cyrillic letters", "ar": "Arabic or Persian", "he": "Hebrew", "el": "Greek",
    "zh": "Chinese or Japanese", "ko": "Korean", "hi": "Hindi", "th": "Thai", "hy": "Armenian", "ka": "Georgian",
}  # fmt: skip


def guessed_language(text: str) -> str:
    """Return the ISO 639-1 code of the language that `text` is mostly in; "en" where nothing speaks against it."""
    sample = _sample(text)
    latin = len(_LATIN.findall(sample))
    scripts = {name: len(letters.findall(sample)) for name, letters in _SCRIPTS.items()}
    foremost = max(scripts, key=lambda name: scripts[name])
    if scripts[foremost] > _OTHER_SCRIPT_SHARE * (latin + sum(scripts.values())):
        return _SCRIPT_CODES[foremost]
    words = Counter(_WORD.findall(sample.lower()))
    if words.total() < _FEW_WORDS:
        return "en"
    counts = {code: _count(words, small) for code, small in _LANGUAGES.items()}
    likeliest = max(counts, key=lambda code: counts[code])
    return likeliest if counts[likeliest] > _CLEARLY * counts["en"] + 1 else "en"


def check_english(text: str, what: str) -> None:
    """Refuse a text that isn't English.

    Raises:
        UnreadableTextError: says what the text looks like; `what` names it.
    """
    code = guessed_language(text)
    if code != "en":
        raise UnreadableTextError(
            f"{what} looks like {_NAMES[code]}; allegiance reads English. Translate it first, "
            f"or say --language en if this is wrong."
        )


def check_named_english(language: str, what: str) -> None:
    """Refuse a text that is said to be in another language; nothing said is no objection.

    Raises:
        UnreadableTextError: `language` is a code or name of another language.
    """
    named = language.strip().lower()
    if named and named != "english" and re.split(r"[-_]", named)[0] not in ("en", "eng"):
        raise UnreadableTextError(
            f"{what} is said to be in the language {clipped(language)!r}; allegiance reads English. Translate it first."
        )


def _sample(text: str) -> str:
    """Return the beginning, middle and end of a long text: a preface in another language is not the text."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]


def _count(words: Counter[str], small: Iterable[str]) -> int:
    return sum(words[word] for word in small)
