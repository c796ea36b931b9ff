"""Mutated inputs through the program in process: what isn't one of our own errors, or takes too long, is a fault."""

from __future__ import annotations

import shutil
import signal
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

from allegiance.errors import AllegianceError
from hard.inputs import KINDS
from hard.mutation import mutated

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import FrameType

LONGEST = 20.0  # seconds


class TooSlowError(BaseException):
    """Something took longer than anybody waits; no handler of ordinary errors catches it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in a block that takes longer."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def faults(kind: str, numbers: Iterable[int], folder: Path, counts: Counter[str]) -> Iterator[str]:
    """Yield what went wrong with the mutated files of a kind that have these numbers; count how each ended."""
    what = KINDS[kind]
    seeds = what.seeds()
    for other in what.beside:
        shutil.copy(other, folder)
    path = folder / what.file
    for number in numbers:
        path.write_bytes(mutated(seeds, kind, number))
        try:
            with within(LONGEST):
                what.use(path)
            counts["read"] += 1
        except AllegianceError:
            counts["refused"] += 1
        except (Exception, TooSlowError) as fault:  # noqa: BLE001 - whatever it is, it is a fault
            counts["faults"] += 1
            yield f"{kind}, number {number}: {fault!r:.300}\n{_where(fault)}"


def _where(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "/allegiance/" in frame.filename]
    return "".join(traceback.format_list((ours or frames)[-3:]))
