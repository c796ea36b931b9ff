"""Files that a user asked for, written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance import unfinished
from allegiance.errors import StorageError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(content: bytes, path: Path, what: str) -> None:
    """Write `content` to `path`; `what` (report, picture) is how the sentences of errors call it.

    Raises:
        UsageError: `path` is a folder, or its folder doesn't exist.
        StorageError: the disk is full or refuses.
    """
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name the file to write.")
        if not path.parent.is_dir():
            raise UsageError(
                f"There is no folder {path.parent}; make it first, or write the {what} elsewhere."
            )
        if path.exists() and not path.is_file():
            # A pipe or a device (/dev/stdout) is written to; putting a file in its place would break it.
            path.write_bytes(content)
        else:
            unfinished.put(content, path)
    except OSError as refused:
        reason = refused.strerror or str(refused)
        raise StorageError(
            f"The {what} could not be written to {path} ({reason}); free the place or name another one."
        ) from refused
