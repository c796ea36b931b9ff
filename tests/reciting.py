"""A reader that recites: what it tells of each document was written down before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allegiance.model import Document, Modality, ReaderTag, Source, Statement, TextEvidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from allegiance.coding import Namer

Lines = dict[str, list[dict[str, Any]]]
TAG = ReaderTag("reciting", "1", "by heart")


def line(actor: str, act: str, target: str, sign: int, **fields: Any) -> dict[str, Any]:
    """Return something to recite: ``holder``, ``modality``, ``negated``, ``qualifiers``, ``confidence``, ``quote`` may be given."""
    return {"actor": actor, "act": act, "target": target, "sign": sign, **fields}


class Reciting:
    """Recites by the document's outlet; an actor called ``outlet`` is the outlet itself."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines

    @property
    def tag(self) -> ReaderTag:
        """Name and version."""
        return TAG

    def read(self, doc: Document) -> list[Statement]:
        """Return the document's lines as statements."""
        return [_statement(doc, one) for one in self.lines.get(doc.outlet, ())]

    def read_many(self, docs: Iterable[Document]) -> Iterator[tuple[Document, list[Statement]]]:
        """Read documents in order."""
        for doc in docs:
            yield doc, self.read(doc)


class RecitingOfGiven(Reciting):
    """Takes actors, too, and tells that the first given supports the second."""

    def read_given(self, doc: Document, actors: Mapping[str, Sequence[str]]) -> list[Statement]:
        """Return one statement of the first two actors given."""
        first, second = list(actors)[:2]
        assert all(names[0] == name for name, names in actors.items())
        return [_statement(doc, line(first, "support", second, 1))]


def maker(reader: type[Reciting], lines: Lines) -> Callable[..., Reciting]:
    """Return what makes the reader, as the registry calls it."""

    class Made(reader):  # type: ignore[valid-type, misc] # the class is handed in
        def __init__(self, namer: Namer, *, pipeline: str | None = None) -> None:
            del namer, pipeline
            super().__init__(lines)

    return Made


def _statement(doc: Document, one: Mapping[str, Any]) -> Statement:
    quote = one.get("quote", doc.text)
    start = doc.text.index(quote)
    actor, target = (doc.outlet if one[end] == "outlet" else one[end] for end in ("actor", "target"))
    return Statement(
        source=Source((doc.outlet, *one.get("holder", ()))),
        actor=actor,
        act=one["act"],
        target=target,
        polarity=one["sign"],
        weight=50,
        modality=Modality(one.get("modality", "asserted")),
        negated=one.get("negated", False),
        date=None,
        evidence=TextEvidence(doc.id, start, start + len(quote), quote),
        confidence=one.get("confidence", 0.9),
        reader=TAG,
        qualifiers=tuple(sorted(one.get("qualifiers", {}).items())),
    )
