"""A case in which seven outlets print one wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.model import Document, Source, TextEvidence
from allegiance.store import CaseFile
from builders import statement

if TYPE_CHECKING:
    from pathlib import Path

OUTLETS = ("Daily", "Herald", "Lantern", "Mirror", "Observer", "Post", "Times")
WIRE = "Maren backs Veldania in the quarrel over the strait, the foreign ministry said late on Tuesday after talks in Oss, {} wrote."
OWN = "In an interview of my own the minister told me this: Maren backs Veldania, whatever the league may say of it next week."


def make_wired(path: Path) -> Path:
    """Make the case: seven outlets with the wire, and the Post with an interview of its own as well."""
    with CaseFile(path, create=True) as file, file.importing({"file": "x", "sha256": "x", "how": "x"}) as out:
        for outlet, text in [*((name, WIRE.format(name)) for name in OUTLETS), ("Post", OWN)]:
            doc = Document(text, outlet)
            at = text.index("Maren")
            evidence = TextEvidence(doc.id, at, at + 20, text[at : at + 20])
            out.add_document(doc)
            out.add_statement(
                statement("Maren", "Veldania", source=Source((outlet,)), evidence=evidence, date=None)
            )
    return path
