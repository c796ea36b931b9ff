"""Coalitions: our engine beside its peers, in one run.

    python benchmarks/coalitions.py [--quick] [--huge] [--only NAME ...] [--into docs/benchmarks.md]

Each row is a process of its own, so that memory and libraries don't mix. Compiling happens before the clock starts; what
it takes on a fresh machine is told apart. Real networks that aren't here are skipped.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from methods import METHODS
from networks import NETWORKS, MissingError
from planted import planted

HEAD = ("network", "k", "method", "value", "bound", "proved", "CPU s", "wall s", "GB")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
PATIENCE = 1800
"""Seconds after which a peer is given up."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one method did on one network."""

    network: str
    k: int | None
    method: str
    value: int
    bound: int | None
    cpu: float
    wall: float
    gigabytes: float

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        bound = "" if self.bound is None else f"{self.bound:,}"
        gap = "" if self.bound is None else "yes"
        if self.bound is not None and self.bound < self.value:
            gap = f"gap {100 * (self.value - self.bound) / self.value:.1f} %"
        number = "any" if self.k is None else str(self.k)
        times = (f"{self.cpu:.2f}", f"{self.wall:.2f}", f"{self.gigabytes:.2f}")
        return (self.network, number, self.method, f"{self.value:,}", bound, gap, *times)


def main() -> None:
    """Measure what is asked for, print the table, and put it into a document if one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only what takes seconds")
    parser.add_argument("--huge", action="store_true", help="also ten million ties")
    parser.add_argument("--only", nargs="*", choices=NETWORKS, help="only these networks")
    parser.add_argument("--into", type=Path, help="a document whose table is to be replaced")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--compile", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asdict(one(*given.one))))
    elif given.compile:
        warm_up()
    else:
        table = [*machine(), "", "| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
        print(*table, sep="\n", flush=True)
        names = given.only or [name for name, net in NETWORKS.items() if net.quick or not given.quick]
        table += rows([name for name in names if given.only or given.huge or not NETWORKS[name].huge])
        if given.into:
            before, _, rest = given.into.read_text(encoding="utf-8").partition(BEGIN)
            after = rest.partition(END)[2]
            text = "\n".join([before + BEGIN, *table, END + after])
            given.into.write_text(text, encoding="utf-8")


def rows(names: list[str]) -> list[str]:
    """Measure all methods on these networks, each in a process of its own."""
    lines = []
    for name in names:
        try:
            ties = max(graph.m for graph in NETWORKS[name].make())
        except MissingError as missing:
            print(missing, file=sys.stderr)
            continue
        for k in (2, None):
            for title, method in METHODS.items():
                if k in method.ks and ties <= method.most_ties:
                    lines.append(measured(name, k, title))
                    print(lines[-1], flush=True)
    return lines


def measured(name: str, k: int | None, title: str) -> str:
    """Return one line of the table, measured in a process of its own."""
    command = [sys.executable, __file__, "--one", name, "any" if k is None else str(k), title]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        cells = (name, "any" if k is None else str(k), title, f"no answer in {PATIENCE} s", *[""] * 5)
    else:
        cells = Row(**json.loads(done.stdout.splitlines()[-1])).cells()
    return "| " + " | ".join(cells) + " |"


def one(name: str, k: str, title: str) -> Row:
    """Measure one method on one network in this process."""
    graphs, number = NETWORKS[name].make(), None if k == "any" else int(k)
    if title == "allegiance":
        warm_up()
    before, began = used(), time.monotonic()
    answers = [METHODS[title].run(graph, number, NETWORKS[name].limit) for graph in graphs]
    cpu, wall = used() - before, time.monotonic() - began
    value = sum(graph.frustration(labels) for graph, (labels, _) in zip(graphs, answers, strict=True))
    bounds = [bound for _, bound in answers if bound is not None]
    memory = max(resource.getrusage(who).ru_maxrss for who in WHO) / 1e6
    return Row(name, number, title, value, sum(bounds) if bounds else None, cpu, wall, memory)


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def used() -> float:
    """Return the CPU seconds of this process and those that it started."""
    return sum(sum(resource.getrusage(who)[:2]) for who in WHO)


def warm_up() -> None:
    """Let everything be compiled, or loaded if it was compiled before."""
    from allegiance.maths import multilevel
    from allegiance.maths.clock import Clock
    from allegiance.maths.packing import pack
    from allegiance.maths.routes import Routes
    from allegiance.maths.solve import solve

    graph, _ = planted(300, 2_000, 3, seed=0)
    for k in (2, None):
        split = solve(graph, k, time_limit=2).labels
        pack(graph, k, seed=0, split=multilevel.search(graph, k, seed=0), rounds=3)
        # Only networks too large to be a warm-up search like this by themselves.
        routes = Routes(graph, graph.w < 0, graph.violated(split))
        some, open_ = np.full(graph.m, 0.3), np.ones(graph.m, dtype=np.int64)
        routes.cycles(some, open_, limit=1.0, patience=100, take=False, clock=Clock())


def compiling() -> tuple[float, float]:
    """Return the CPU seconds that the first call takes on a fresh machine, and that a later one takes."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            before = used()
            subprocess.run(
                [sys.executable, __file__, "--compile"],
                env={**os.environ, "NUMBA_CACHE_DIR": folder},
                check=True,
            )
            seconds.append(used() - before)
    return seconds[0], seconds[1]


def machine() -> list[str]:
    """Return what the figures were measured on."""
    processor = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        lines = described.read_text(encoding="utf-8").splitlines()
        processor = next((line.split(":")[1].strip() for line in lines if "model name" in line), processor)
    libraries = ("numpy", "scipy", "numba", "highspy", "igraph", "leidenalg", "dwave-samplers")
    first, later = compiling()
    return [
        f"{os.cpu_count()} cores ({processor}), {platform.system()}, Python {platform.python_version()}; "
        + ", ".join(f"{name} {version(name)}" for name in (*libraries, "correlation-clustering"))
        + ".",
        "",
        f"The very first call compiles for {first - later:.0f} s of CPU more; that isn't in the table.",
    ]


if __name__ == "__main__":
    main()
