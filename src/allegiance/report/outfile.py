"""Files that a user asked for, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from allegiance.errors import StorageError, UsageError


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
            _replace(path, content)
    except OSError as refused:
        reason = refused.strerror or str(refused)
        raise StorageError(
            f"The {what} could not be written to {path} ({reason}); free the place or name another one."
        ) from refused


def _replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, so that a reader finds the old file or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # A temporary file is private; a report gets the rights that any new file of the user gets.
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
