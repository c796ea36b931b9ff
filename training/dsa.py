"""Reads the sentences of Park, Pan and Joo (2021), "Who Blames or Endorses Whom?", Findings of ACL, doi:10.18653/v1/2021.findings-acl.358.

Each line: a sentence with two marked entities, the entities p and q, a label: 0 none, 1 p+q, 2 q+p, 3 p-q, 4 q-p.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from example import Example

if TYPE_CHECKING:
    from pathlib import Path

_MARKED = re.compile(r"\[([^\]]*)\]")
_SWAPPED = {0: 0, 1: 2, 2: 1, 3: 4, 4: 3}
_DEVELOPMENT_TENTH = 0


def load(path: Path) -> list[Example]:
    """Return the examples of one file, entities in the order of the text; rows without two marks are left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text, one, _, label = line.rsplit("\t", 3)
        marks = list(_MARKED.finditer(text))
        if len(marks) < 2 or not marks[0][1].strip() or not marks[1][1].strip():
            continue
        a, b = marks[0], marks[1]
        plain = text[: a.start()] + a[1] + text[a.end() : b.start()] + b[1] + text[b.end() :]
        first = (a.start(), a.start() + len(a[1]))
        second = (b.start() - 2, b.start() - 2 + len(b[1]))
        turned = a[1] != one and b[1] == one
        found.append(Example(plain, first, second, _SWAPPED[int(label)] if turned else int(label), "dsa"))
    return found


def sentence_key(text: str) -> str:
    """What makes two rows the same sentence: its letters and digits."""
    return "".join(char for char in text.lower() if char.isalnum())


def distinct(rows: list[Example]) -> list[Example]:
    """Return the rows without repetitions: an eighth of the file stands there twice, mostly pairs with a relation."""
    return list({(sentence_key(row.text), row.first, row.second): row for row in rows}.values())


def split(rows: list[Example]) -> tuple[list[Example], list[Example]]:
    """Split by sentence into training and development; a tenth of the sentences, by hash, is development."""
    parts: tuple[list[Example], list[Example]] = ([], [])
    for row in rows:
        digest = hashlib.sha256(sentence_key(row.text).encode()).digest()
        parts[int.from_bytes(digest[:4], "big") % 10 == _DEVELOPMENT_TENTH].append(row)
    return parts


def unseen(rows: list[Example], training: list[Example]) -> list[Example]:
    """Return the rows whose sentence no row of `training` has."""
    known = {sentence_key(row.text) for row in training}
    return [row for row in rows if sentence_key(row.text) not in known]
