"""Which passages are taught and which are kept aside: by a hash of the document, so that two passages of one document stay together."""

from __future__ import annotations

import hashlib


def fold_of(name: str, many: int) -> int:
    """Return the fold of a passage; "-b" tells a second passage of a document apart."""
    return int(hashlib.sha256(name.removesuffix("-b").encode()).hexdigest(), 16) % many
