"""What a reader can do that takes the actors of a document as given, instead of finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from allegiance.model import Document, Statement


@runtime_checkable
class TakesActors(Protocol):
    """A reader that can be told who the actors of a document are, and under which words they appear in it."""

    def read_given(self, doc: Document, actors: Mapping[str, Sequence[str]]) -> list[Statement]:
        """Return what `doc` states of `actors`: by name, all words that may stand for each. Statements bear these names."""
        ...
