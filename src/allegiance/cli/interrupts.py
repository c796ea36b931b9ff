"""Ctrl-C: what stops the program, wherever it strikes, and that nothing else is made of it on the way."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

STOPPED = "Stopped."
CODE = 130  # what shells give a command that Ctrl-C ended

_came = False


def listen() -> None:
    """Let Ctrl-C stop the running command, with one word; a second one ends it at once."""
    global _came  # noqa: PLW0603 - a process gets its signals as a whole
    _came = False
    signal.signal(signal.SIGINT, _stop)
    sys.unraisablehook = _lost


def came() -> bool:
    """Return whether Ctrl-C was pressed: what then looks like another error is only what a library made of it."""
    return _came


def _stop(_: int, __: FrameType | None) -> None:
    global _came  # noqa: PLW0603 - as above
    _came = True
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt


def _lost(unraisable: Any) -> None:  # noqa: ANN401 - a type that Python doesn't name
    """End the program when Ctrl-C struck where Python can raise nothing, as while an object is taken down."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        # What was unfinished is left as a kill leaves it: nothing half-written counts, and the next one clears it away.
        os.write(2, f"{STOPPED}\n".encode())
        os._exit(CODE)
    sys.__unraisablehook__(unraisable)
