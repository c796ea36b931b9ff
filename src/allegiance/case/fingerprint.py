"""What an import is known by: the content of the file, and how it was read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from allegiance.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file's content.

    Raises:
        UsageError: there is no such file, or it can't be read.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the files in it, such as {path / '*'}.")
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None
    except OSError as trouble:
        raise UsageError(f"{path} can't be read ({trouble.strerror}); check its permissions.") from trouble


def how_of(**answers: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    """Return one text for all that decides what an import gives, besides the file's content."""
    return json.dumps(answers, sort_keys=True, ensure_ascii=False)
