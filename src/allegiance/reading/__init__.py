"""Bytes -> documents: plain text, HTML, JSON lines. Nothing here looks for actors or statements.

`documents` is the door for all formats. It gives a `Reading`: the documents, and what couldn't be read row by row.
"""

from allegiance.reading.door import Reading, documents, record
from allegiance.reading.language import guessed_language

__all__ = ["Reading", "documents", "guessed_language", "record"]
