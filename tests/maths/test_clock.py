"""One Ctrl-C ends a whole search in good order, wherever it comes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from allegiance.maths.clock import Clock

CHILD = """
import signal
import sys
import threading
import time
import numpy as np
from allegiance.maths.graph import SignedGraph
from allegiance.maths.solve import solve

signal.signal(signal.SIGINT, signal.default_int_handler)
wanted, k = sys.argv[1], None if sys.argv[2] == "any" else int(sys.argv[2])
dice = np.random.default_rng(1)
if wanted == "cutting":
    pairs = np.argwhere(np.triu(np.ones((60, 60)), 1))
    graph = SignedGraph.of(60, pairs[:, 0], pairs[:, 1], dice.choice([-1, 1], len(pairs)))
else:
    ends = dice.integers(0, 8_000, (2, 60_000))
    graph = SignedGraph.of(20_000, *ends, dice.choice([-1, 1], 60_000))

def tell(value, bound):
    if wanted != "searching" and bound > 0:
        print("now", flush=True)

def watch():
    while signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        time.sleep(0.01)
    print("now", flush=True)

if wanted == "searching":
    threading.Thread(target=watch).start()
split = solve(graph, k, progress=tell)
assert split.value == graph.frustration(split.labels)
assert 0 <= split.lower_bound < split.value
print("interrupted" if split.interrupted else "done", flush=True)
"""


@pytest.mark.parametrize("k", ["2", "3", "any"])
@pytest.mark.parametrize("phase", ["searching", "packing", "cutting"])
def test_a_real_interrupt_ends_the_whole_solve(phase: str, k: str) -> None:
    """Whatever is being done, one signal makes the answer come: a valid split, a valid bound, marked as interrupted."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, phase, k], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "now\n"
        child.send_signal(signal.SIGINT)
        *_, last = child.stdout
        assert last == "interrupted\n"
    assert child.returncode == 0


def test_the_first_interrupt_is_a_wish_the_second_an_order() -> None:
    """Who asks twice doesn't want to wait; afterwards all is as before."""
    clock = Clock()
    with clock.listening():
        assert not clock.over
        signal.raise_signal(signal.SIGINT)
        assert clock.over
        assert clock.interrupted
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_listened_before_hears_it_too() -> None:
    """A search within a longer answer tells the longer answer that it is wanted to stop."""
    outer, inner = Clock(), Clock()
    with outer.listening(), inner.listening():
        signal.raise_signal(signal.SIGINT)
    assert outer.interrupted
    assert inner.interrupted


def test_in_another_thread_there_is_nothing_to_hear() -> None:
    """Only the main thread gets signals; elsewhere a clock just runs."""
    seen = []

    def listen() -> None:
        before = signal.getsignal(signal.SIGINT)
        with Clock(0).listening():
            seen.append(signal.getsignal(signal.SIGINT) is before)

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    assert seen == [True]


def test_time_runs_out() -> None:
    """A clock without seconds is over at once, one without a limit never."""
    assert Clock(0).over
    assert not Clock().over
    assert not Clock(1e9).over


def test_a_part_ends_with_the_whole() -> None:
    """A clock that is part of another strikes no later, and hears the same interrupt."""
    assert Clock(60, whole=Clock(0)).over
    whole = Clock()
    part = Clock(60, whole=whole)
    assert not part.over
    whole.interrupted = True
    assert part.over
