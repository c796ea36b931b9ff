"""A cue in the midst of what is said ("A, C told reporters, arms B"), taken out so that both parts are parsed alone.

A small pipeline hangs the halves of such a sentence on the wrong words. Here the stretch is found by its marks, and the
two parses are put together again; the parsing itself is `pipeline.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from allegiance.coding.climb import CLAIM_NOUNS, is_wording
from allegiance.coding.parse import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.coding.lexicon import Lexicon
    from allegiance.coding.parse import Word

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSE = _FINITE | {"MD", "WDT", "WP", "WRB"}
_DASHES = frozenset({"\u2014", "\u2013", "--", "-"})
_CLOSING = frozenset({"\u201d", "''", '"', "\u00bb"})
_OPENING = frozenset({"\u201c", "``", '"', "\u00ab"})
_QUOTE_MARKS = _CLOSING | _OPENING
# "a Dravian admiral warned on Monday" is short; between quotation marks also "said Lind, who has led Estmark for six years"
_LONGEST = 12
_LONGEST_BETWEEN_QUOTES = 40
_LONGEST_SENTENCE = 120
# Whom one says it to stands right behind these, and only behind these.
_TELLING = frozenset({"tell", "inform", "assure", "remind"})
_BEHIND_CUE = ("RB", "IN", "TO", "VBG", "JJ")
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today"}
)
_BEFORE_SUBJECT = (
    "DT",
    "RB",
    "EX",
    "NN",
    "PRP",
    "JJ",
    "CD",
    "POS",
    "IN",
    "FW",
    "HYPH",
    "VBG",
    "VBN",
    ",",
    "CC",
)
# What these begin is a circumstance, with a comma behind it.
_CIRCUMSTANCE = ("IN", "WRB", "MD", "RB", "VBG", "VBN", "TO")
# A clause that these begin says nothing alone.
_SUBORDINATE = frozenset(
    {
        "as",
        "when",
        "while",
        "after",
        "before",
        "since",
        "because",
        "although",
        "though",
        "if",
        "unless",
        "once",
    }
)
# Something that a cue clause may hang on when it is parsed alone.
DUMMY = ("It", "is", "so", ",")


@dataclass(frozen=True, slots=True)
class Interjection:
    """Where it stands in its sentence.

    Attributes:
        cue: the places of its words, without the marks around it.
        said: the places of the words of what is said, with the marks that its parse needs.
    """

    cue: tuple[int, ...]
    said: tuple[int, ...]


def find(sent: Sentence, lexicon: Lexicon) -> Interjection | None:
    """Return the interjection in the midst of what `sent` says, or None."""
    words = sent.words
    if len(words) > _LONGEST_SENTENCE or not any(
        lexicon.has("cue", word.lemma) or is_wording(word) for word in words
    ):
        return None
    found = _between_quotes(words, lexicon) or _between_commas(words, lexicon)
    if found is None:
        return None
    first, last = found
    before = [word for word in words[:first] if word.text not in _QUOTE_MARKS]
    behind = [word for word in words[last + 1 :] if word.text not in _QUOTE_MARKS]
    while behind and behind[0].text in (",", *_DASHES):
        behind = behind[1:]
    if behind and behind[0].tag == "VBG" and _has_main_verb(before):
        return None  # "..., C said, standing before D": what C does besides is no part of what is said
    mark = before[-1] if before and before[-1].text in (",", *_DASHES) else None
    if mark is not None and not (mark.text == "," and _needs_comma(before, behind)):
        before = before[:-1]
    if not _says_something(before, behind):
        return None
    return Interjection(tuple(range(first, last + 1)), tuple(word.i for word in (*before, *behind)))


def _needs_comma(before: Sequence[Word], behind: Sequence[Word]) -> bool:
    """Whether a comma would stand there without the cue: behind "If A stays", before "and C goes"."""
    opens = before[0].tag.startswith(_CIRCUMSTANCE) or before[0].lower in ("had", "were")
    return opens or (bool(behind) and behind[0].lower in ("and", "but", "or", "nor"))


def _says_something(before: Sequence[Word], behind: Sequence[Word]) -> bool:
    """Whether what is said has a verb; where nothing of it stands behind the cue, one that isn't of a condition only."""
    alive = [word for word in behind if word.text[:1].isalnum()]
    verbs = any(word.tag in _FINITE or word.tag == "MD" for word in (*before, *behind))
    if not alive:
        verbs = (
            verbs
            and len(before) > 1
            and (before[0].lower not in _SUBORDINATE or any(word.text == "," for word in before[:-1]))
        )
    return bool(before) and verbs and len(alive) != 1


def _between_quotes(words: Sequence[Word], lexicon: Lexicon) -> tuple[int, int] | None:
    """The stretch between two quotations that are one sentence: “A,” said C, who ..., “arms B.”."""
    marks = [word.i for word in words if word.text in _QUOTE_MARKS]
    if not marks or marks[0] != 0 or len(marks) < 3:  # noqa: PLR2004 - the second quotation may be closed elsewhere
        return None
    first, last = marks[1] + 1, marks[2] - 1
    inside = words[first:last]
    if words[marks[1] - 1].text not in (",", *_DASHES) or not 1 < len(inside) <= _LONGEST_BETWEEN_QUOTES:
        return None
    spoken = any(lexicon.has("cue", word.lemma) and word.is_verb for word in inside) or (
        inside[0].lower in ("in", "by") and any(is_wording(word) for word in inside)
    )
    return (first, last - 1) if spoken and words[last].text in (",", ":", *_DASHES) else None


def _between_commas(words: Sequence[Word], lexicon: Lexicon) -> tuple[int, int] | None:
    commas = [word.i for word in words if word.text == "," or word.text in _DASHES]
    end = len(words) - 1
    while end > 0 and (words[end].text in _QUOTE_MARKS or words[end].text == "."):
        end -= 1
    # The last comma may be followed by who said it all, the others by who interrupts it.
    for left, right in pairwise([*commas, end + 1]):
        inside = words[left + 1 : right]
        # "A, which fears B, accused C": what stands before has no verb of its own, so A is who accuses
        goes_on = inside and inside[0].tag in _FINITE and not _has_main_verb(words[:left])
        if 1 < len(inside) <= _LONGEST and not goes_on and _is_cue_clause(inside, lexicon):
            return left + 1, right - 1
    return None


def _has_main_verb(words: Sequence[Word]) -> bool:
    """Whether a stretch has a finite verb outside its relative clauses."""
    relative = False
    for word in words:
        if word.text == ",":
            relative = False
        relative = relative or word.tag in ("WDT", "WP", "WP$", "WRB")
        if not relative and (word.tag in _FINITE or word.tag == "MD"):
            return True
    return False


def _is_cue_clause(inside: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether it is "C said", "said C", "C told reporters on Monday" and no more."""
    cues = [at for at, word in enumerate(inside) if lexicon.has("cue", word.lemma) and word.tag in _FINITE]
    if (
        not cues
        and inside[-1].tag == "NNS"
        and inside[-2].tag.startswith("NNP")
        and lexicon.has("cue", inside[-1].lemma)
    ):
        cues = [len(inside) - 1]  # ", Lind claims,"
    if len(cues) != 1 or any(word.tag in _CLAUSE for at, word in enumerate(inside) if at != cues[0]):
        return False
    at = cues[0]
    subject, rest = inside[:at], inside[at + 1 :]
    if not subject:
        return bool(rest) and rest[0].tag.startswith(("DT", "NNP", "PRP", "JJ", "NNS", "CD"))
    if any(word.text[:1].isalpha() and not word.tag.startswith(_BEFORE_SUBJECT) for word in subject):
        return False
    speaker = any(word.tag.startswith(("NN", "PRP")) for word in subject)
    # "A accused B, an allegation C rejected": no cue of the whole.
    claim = any(word.lemma in CLAIM_NOUNS for word in subject)
    if subject[0].tag.startswith(("IN", "VB", "CC", "RB")) or not speaker or claim:
        return False
    return (
        not rest
        or inside[at].lemma in _TELLING
        or rest[0].tag.startswith(_BEHIND_CUE)
        or rest[0].lower in _DAYS
    )


def _with_verb_seen(clause: Sequence[Word]) -> Sequence[Word]:
    """Mend "Lind claims" where both were taken for a name."""
    if len(clause) < 2 or clause[-1].tag != "NNS" or any(word.is_verb for word in clause):  # noqa: PLR2004
        return clause
    name, verb = clause[-2], clause[-1]
    seen = replace(verb, tag="VBZ", head=verb.i, dep="ROOT")
    return (*clause[:-2], replace(name, head=verb.i, dep="nsubj"), seen)


def put_together(sent: Sentence, where: Interjection, said: Sentence, cue: Sentence) -> Sentence | None:
    """Return `sent` with the tree of `said` for what is said and of `cue` (behind `DUMMY`) for the cue hung beside it.

    None where a parse came out in another number of words, or the cue's has no cue on top.
    """
    if len(said.words) != len(where.said) or len(cue.words) != len(DUMMY) + len(where.cue) + 1:
        return None
    roots = [word for word in said.words if word.head == word.i]
    top = where.said[roots[0].i]
    moved: dict[int, Word] = {}
    for place, word in zip(where.said, said.words, strict=True):
        # Of several trees the later ones are read beside the first.
        head = where.said[word.head] if word.head != word.i or word is roots[0] else top
        dep = word.dep if head != top or word.head != word.i or word is roots[0] else "parataxis"
        moved[place] = replace(sent.words[place], lemma=word.lemma, tag=word.tag, dep=dep, head=head)
    alone = _with_verb_seen(cue.words[len(DUMMY) : -1])
    outside = [
        word for word in alone if not len(DUMMY) <= word.head < len(cue.words) - 1 or word.head == word.i
    ]
    # "in the words of C" has no verb, but its preposition may stand above all of it.
    verb = next((word for word in outside if word.is_verb), alone[0] if alone[0].tag == "IN" else None)
    if verb is None:
        return None
    for place, word in zip(where.cue, alone, strict=True):
        head, dep = (
            where.cue[word.head - len(DUMMY)] if word not in outside else where.cue[verb.i - len(DUMMY)],
            word.dep,
        )
        if word is verb:
            head, dep = top, "parataxis" if verb.is_verb else "prep"
        moved[place] = replace(sent.words[place], lemma=word.lemma, tag=word.tag, dep=dep, head=head)
    words = tuple(moved.get(word.i) or replace(word, dep="punct", head=top) for word in sent.words)
    return Sentence(words, sent.entities, sent.number)
