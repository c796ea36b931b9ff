"""Ctrl-C between two steps of a long answer, instead of somewhere within one."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def interrupts() -> Iterator[threading.Event]:
    """Yield an event that an interrupt sets while the block runs; steps look at it between each other.

    A second interrupt ends the block at once, as usual. In other threads than the main one interrupts never arrive.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def remember(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            signal.default_int_handler(number, frame)
        asked.set()

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
