"""Levers: planted networks, all windows of the Correlates of War, and every signed graph of five actors."""

from __future__ import annotations

import time
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

import numpy as np
from networks import REAL, MissingError
from planted import planted

from allegiance.maths.changeable import Changeable
from allegiance.maths.constraints import Constraints
from allegiance.maths.graph import SignedGraph
from allegiance.maths.inverse import cheapest
from allegiance.maths.wished import Wish
from inverse_brute import Small, cheapest_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from allegiance.maths.inverse import Inverse

HEAD = "| network | actors, ties | k | wished | cost | bound | proved | ties changed | CPU s | wall s |"
MEMBERS = ("USA", "GBR", "FRA", "RUS", "CHN")
"""The five permanent members of the Security Council, as the file calls them."""


def levers(full: bool) -> Iterator[str]:  # noqa: FBT001 - the shape of every section
    """Yield the lines of the section."""
    yield HEAD
    yield "|" + "---|" * (HEAD.count("|") - 1)
    asked(planted(60, 300, 3, seed=0)[0], None, (0, 1), limit=None)  # compiles before the clock starts
    for seed in (1, 2, 3):
        graph = planted(150, 1_300, 3, seed=seed, flipped=0.05)[0]
        yield row(f"planted, 3 blocs, 5 % noise, seed {seed}", graph, None, strangers(graph, 3))
    graph = planted(150, 1_300, 3, seed=1)[0]
    yield row("planted, 3 blocs, 15 % noise", graph, None, strangers(graph, 3), limit=60)
    for noise in (0.05, 0.15):
        graph = planted(2_000, 10_000, 20, seed=1, inside=0.5, flipped=noise)[0]
        yield row(f"planted, 20 blocs, {noise:.0%} noise", graph, None, strangers(graph, 3), limit=120)
    yield from windows()
    yield from small(full=full)


def row(
    name: str, graph: SignedGraph, k: int | None, wished: tuple[int, ...], limit: float | None = None
) -> str:
    """Return one measured line."""
    began, cpu = time.perf_counter(), time.process_time()
    found = asked(graph, k, wished, limit=limit)
    seconds = f"{time.process_time() - cpu:.2f} | {time.perf_counter() - began:.2f}"
    cost = "none found" if found.change is None else f"{float(found.value) / 10:g}"
    proved, changed = "yes" if found.proved else "no", len(found.change or ())
    return (
        f"| {name} | {graph.n:,}, {graph.m:,} | {k or 'any'} | {len(wished)} | {cost} | {float(found.lower_bound) / 10:g} | "
        f"{proved} | {changed} | {seconds} |"
    )


def asked(graph: SignedGraph, k: int | None, wished: tuple[int, ...], *, limit: float | None) -> Inverse:
    """Ask for the cheapest change, with weights in tenths, as networks have them."""
    cost = np.ones(graph.m, dtype=np.int64)
    ties = Changeable(graph.n, graph.a, graph.b, 10 * graph.w, cost)
    together = Constraints(together=tuple((wished[0], other) for other in wished[1:]))
    return cheapest(ties, k, Wish(together), time_limit=limit)


def strangers(graph: SignedGraph, count: int) -> tuple[int, ...]:
    """Return the actors of most ties that are against each other: the least likely coalition."""
    ties = np.bincount(np.r_[graph.a, graph.b], minlength=graph.n)
    against = {(int(a), int(b)) for a, b, w in zip(graph.a, graph.b, graph.w, strict=True) if w < 0}
    chosen: list[int] = []
    for actor in np.argsort(-ties, kind="stable").tolist():
        if len(chosen) < count and all((min(actor, one), max(actor, one)) in against for one in chosen):
            chosen.append(actor)
    return tuple(chosen)


def windows() -> Iterator[str]:
    """Yield a line for each window and kind of split: the five permanent members together."""
    path = REAL / "cow_all.csv"
    if not path.exists():
        raise MissingError(f"cow_all.csv isn't in {REAL}; its rows are left out.")
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    for window in dict.fromkeys(one[3] for one in rows):
        ties = [one for one in rows if one[3] == window]
        names = sorted({name for one in ties for name in one[:2]})
        number = {name: i for i, name in enumerate(names)}
        graph = SignedGraph.of(
            len(names),
            [number[one[0]] for one in ties],
            [number[one[1]] for one in ties],
            [int(one[2]) for one in ties],
        )
        wished = tuple(number[name] for name in MEMBERS)
        for k in (None, 2):
            yield row(f"COW {window}", graph, k, wished)


def small(*, full: bool) -> Iterator[str]:
    """Compare with brute force: every signed graph of 5 actors up to renaming, and random ones of 7."""
    for size in (2, 3):
        wished = tuple(range(size))
        graphs = classes(5, wished)
        yield compared(
            f"every signed graph of 5 ({size} wished)", 5, graphs if full else graphs[::40], wished
        )
    dice = np.random.default_rng(7)
    pairs = 7 * 6 // 2
    count = 500 if full else 10
    graphs = dice.choice([-1, 0, 1], (count, pairs), p=[0.35, 0.3, 0.35])
    yield compared("random signed graphs of 7 (3 wished)", 7, graphs, (0, 1, 2))


def classes(n: int, wished: tuple[int, ...]) -> NDArray[np.int64]:
    """Return one signed graph of each class that renaming actors, the wished among themselves, makes equal."""
    pairs = list(combinations(range(n), 2))
    at = {pair: i for i, pair in enumerate(pairs)}
    rest = [actor for actor in range(n) if actor not in wished]
    every = np.array(list(product((-1, 0, 1), repeat=len(pairs))), dtype=np.int64)
    powers = 3 ** np.arange(len(pairs))
    least = (every + 1) @ powers
    codes = least
    for one in permutations(wished):
        for other in permutations(rest):
            place = {**dict(zip(wished, one, strict=True)), **dict(zip(rest, other, strict=True))}
            moved = [at[min(place[a], place[b]), max(place[a], place[b])] for a, b in pairs]
            least = np.minimum(least, (every[:, moved] + 1) @ powers)
    return every[codes == least]


def compared(name: str, n: int, graphs: NDArray[np.int64], wished: tuple[int, ...]) -> str:
    """Return a line that tells how many answers brute force confirms."""
    all_of_them, same, proved = Small.of(n), 0, 0
    began, cpu, ours = time.perf_counter(), time.process_time(), 0.0
    pairs = np.array(list(combinations(range(n), 2)), dtype=np.int32)
    for weights in graphs:
        kept = weights != 0
        ties = Changeable(
            n, pairs[kept, 0], pairs[kept, 1], 10 * weights[kept], np.ones(int(kept.sum()), dtype=np.int64)
        )
        together = Constraints(together=tuple((wished[0], other) for other in wished[1:]))
        before = time.process_time()
        found = cheapest(ties, None, Wish(together))
        ours += time.process_time() - before
        true = cheapest_of_all(all_of_them, weights, kept, wished)
        same += abs(float(found.value) / 10 - true) < 1e-9
        proved += found.proved
    spent = f"{time.process_time() - cpu:.0f} s of CPU, {ours:.0f} s of it ours, {time.perf_counter() - began:.0f} s"
    return f"{name}: {len(graphs):,} asked, {same:,} as brute force has it, {proved:,} proved ({spent})"
