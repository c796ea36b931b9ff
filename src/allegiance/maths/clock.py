"""When a search has to stop: at a moment, or as soon as the user interrupts it.

Whatever takes long looks at one clock between slices of some tenths of a second, so that one Ctrl-C ends all of it in
good order and what is known by then becomes the answer.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Clock:
    """A moment at which to stop, and whether the user asked to stop before it.

    Attributes:
        interrupted: whether the user asked.
    """

    __slots__ = ("_end", "_whole", "interrupted")

    def __init__(self, seconds: float | None = None, *, whole: Clock | None = None) -> None:
        """Start a clock that runs for so many seconds of wall time, None for no limit, and no longer than the `whole`."""
        self._end = math.inf if seconds is None else time.monotonic() + seconds
        self._whole = whole
        self.interrupted = False

    @property
    def over(self) -> bool:
        """Whether it is time to stop."""
        over = self.interrupted or time.monotonic() >= self._end
        return over or (self._whole is not None and self._whole.over)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take an interrupt (Ctrl-C) as the wish to stop while the block runs; a second one ends it as usual.

        A handler that stood before, unless it is Python's own, hears it too. Where interrupts are ignored, or can't
        arrive because this isn't the main thread, nothing changes.
        """
        before = signal.getsignal(signal.SIGINT)
        if threading.current_thread() is not threading.main_thread() or before in (signal.SIG_IGN, None):
            yield
            return

        def heard(number: int, frame: FrameType | None) -> None:
            if self.interrupted:
                signal.default_int_handler(number, frame)
            self.interrupted = True
            if callable(before) and before is not signal.default_int_handler:
                before(number, frame)

        signal.signal(signal.SIGINT, heard)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
