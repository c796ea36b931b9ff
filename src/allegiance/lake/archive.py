"""An archive as it is read: hashed, looked through for what isn't plain text, and watched for changes meanwhile."""

from __future__ import annotations

import codecs
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegiance.errors import DataError, UsageError
from allegiance.events.textfile import open_bytes

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 19
# NUL; a carriage return, which readers of lines disagree on; the byte that stands for a missing field in `lake.gdelt`.
_ODD = (b"\0", b"\r", b"\x01")


@dataclass(frozen=True, slots=True)
class Archive:
    """A file that the user named.

    Attributes:
        path: where it lies.
        sha256: hash of its content.
        size: bytes.
        plain: whether all of it is UTF-8 with bare line feeds and no line of half a mebibyte or more.
    """

    path: Path
    sha256: str
    size: int
    plain: bool
    _seen: tuple[int, ...]

    @classmethod
    def of(cls, path: Path) -> Archive:
        """Read a file once from end to end.

        Raises:
            UsageError: there is no such file, or it can't be read.
        """
        digest = hashlib.sha256()
        with open_bytes(path) as file:
            seen = _state(file.fileno())
            plain = Plainness()
            try:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    plain.look(block)
            except OSError as trouble:
                raise UsageError(f"{path} can't be read ({trouble.strerror}).") from trouble
        return cls(path, digest.hexdigest(), seen[2], plain.end(), seen)

    def check_unchanged(self) -> None:
        """Refuse what was read if the file is another one by now.

        Raises:
            DataError: somebody wrote to it, or put another file in its place.
        """
        with open_bytes(self.path) as file:
            same = _state(file.fileno()) == self._seen
        if not same:
            raise DataError(
                f"{self.path.name} changed while it was read; nothing of it was added. Add it again when nobody writes to it."
            )


class Plainness:
    """Whether blocks of bytes are text that any CSV reader splits into the same lines."""

    __slots__ = ("_decoder", "_plain", "_started")

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._plain, self._started = True, False

    def look(self, block: bytes) -> None:
        """Look at the next block."""
        if not self._plain:
            return
        marked = not self._started and block.startswith(codecs.BOM_UTF8)
        self._started = True
        overlong = len(block) == _BLOCK and b"\n" not in block
        if marked or overlong or any(odd in block for odd in _ODD):
            self._plain = False
            return
        try:
            self._decoder.decode(block)
        except UnicodeDecodeError:
            self._plain = False

    def end(self) -> bool:
        """Return the answer, all blocks having been looked at."""
        # What is left over in the decoder is half a character.
        return self._plain and not self._decoder.getstate()[0]


def is_plain(path: Path) -> bool:
    """Return whether an unpacked file is plain text."""
    plain = Plainness()
    with open_bytes(path) as file:
        while block := file.read(_BLOCK):
            plain.look(block)
    return plain.end()


def _state(handle: int) -> tuple[int, ...]:
    """Return what changes when a file does; nobody can set the last of them back."""
    stat = os.fstat(handle)
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
