"""What is being made: files and folders under a passing name, so that nobody takes them for finished.

Their maker holds a lock on them until they are in place. Whoever is next to make something at the same place clears away
what nobody holds any more, for then its maker was killed.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import stat
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from allegiance.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = r"[0-9a-f]{16}\.part"


def put(content: bytes, path: Path, *, only_new: bool = False) -> bool:
    """Put `content` at `path` in one step, so that a reader finds what was there before or all of this.

    Args:
        content: what to write.
        path: where; a file there is replaced.
        only_new: leave a file that is there, also one that another process puts there at the same moment.

    Returns:
        Whether it was put there.

    Raises:
        OSError: the disk is full or refuses.
    """
    prefix = prefix_of(path)
    clear(path.parent, prefix)
    part, handle = _held_file(path.parent, prefix)
    placed = False
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            placed = _link(part, path) if only_new else _rename(part, path)
    finally:
        part.unlink(missing_ok=True)
    return placed


@contextmanager
def folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Give a new folder in `parent` for as long as the block runs; its name begins with `prefix`.

    Raises:
        OSError: the disk is full or refuses.
    """
    clear(parent, prefix)
    made = parent / _name(prefix)
    made.mkdir(mode=0o700)
    handle = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(handle)
        yield made
    finally:
        os.close(handle)
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder where temporary files go, for as long as the block runs.

    Raises:
        StorageError: there is no place for one.
    """
    with ExitStack() as stack:
        try:
            place = stack.enter_context(folder(Path(tempfile.gettempdir()), "allegiance-"))
        except OSError as refused:
            raise StorageError(
                f"No temporary folder can be made ({refused.strerror}); free some space, or name a place with the "
                "environment variable TMPDIR."
            ) from refused
        yield place


def prefix_of(path: Path) -> str:
    """Return how the passing names begin of what is being made for `path`."""
    return f".{path.name[:80]}."


def clear(parent: Path, prefix: str) -> None:
    """Remove what killed processes of this user left in `parent` under passing names with this `prefix`."""
    left = re.compile(re.escape(prefix) + _END)
    # Whoever may not look into the place, or remove something there, is told so when something is made there.
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in [one for one in entries if left.fullmatch(one.name)]:
            _clear_one(parent / entry.name)


def _clear_one(path: Path) -> None:
    with suppress(OSError):  # another process clears it away at the same moment, or it is another user's
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
            # In place already, only its passing name was left. Opening and closing it would break the locks that SQLite has
            # on the same file in this process.
            path.unlink()
            return
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            if os.fstat(handle).st_uid == os.geteuid():
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        finally:
            os.close(handle)


def _held_file(parent: Path, prefix: str) -> tuple[Path, int]:
    while True:
        path = parent / _name(prefix)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        _lock(handle)
        # Between making and locking it, another process may have taken it for one that was left.
        if os.fstat(handle).st_nlink:
            return path, handle
        os.close(handle)


def _lock(handle: int) -> None:
    with suppress(OSError):  # a file system without locks; what is left there, nobody clears away
        fcntl.flock(handle, fcntl.LOCK_EX)


def _name(prefix: str) -> str:
    return f"{prefix}{secrets.token_hex(8)}.part"


def _rename(part: Path, path: Path) -> bool:
    part.replace(path)
    return True


def _link(part: Path, path: Path) -> bool:
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:
        # A file system without hard links can't put a file only where none is; there the last one to come wins.
        if path.exists():
            return False
        return _rename(part, path)
    return True
