"""From the solver's tree of bounds to a certificate that can be saved and checked without the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.maths.certificate import Case, Certificate, Obstruction, Part, fingerprint
from allegiance.maths.constraints import Classes, Constraints
from allegiance.maths.problem import quotient
from allegiance.maths.solve import NO_CONSTRAINTS, allowed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from allegiance.maths.dual import Row
    from allegiance.maths.graph import SignedGraph
    from allegiance.maths.solve import Split
    from allegiance.maths.tree import Node, Outcome

Pair = tuple[int, int]


def certify(
    graph: SignedGraph, k: int | None, split: Split, *, constraints: Constraints = NO_CONSTRAINTS
) -> Certificate:
    """Return the certificate of a `split` that `solve` found for the same graph, k and constraints.

    Size limits are no part of a certificate: it proves what holds without them. Where they made the bound higher, its
    claim is the lower one.
    """
    classes = Classes.under(constraints, graph.n, k)
    problem, lost = quotient(graph, classes, allowed(k, graph.n))
    shown = lost + sum(min(outcome.bound, outcome.value) for _, outcome in split.proof)
    smallest = classes.smallest
    together, apart = constraints.pairs()
    return Certificate(
        network=fingerprint(graph),
        k=k,
        together=tuple(together),
        apart=tuple(apart),
        labels=tuple(split.labels.tolist()),
        value=split.value,
        lower_bound=split.lower_bound if k == 1 else min(split.lower_bound, shown),
        parts=tuple(
            _part(outcome, smallest[problem.a[ties]], smallest[problem.b[ties]])
            for ties, outcome in split.proof
            if outcome.bound > 0
        ),
    )


def _part(outcome: Outcome, a: NDArray[np.int64], b: NDArray[np.int64]) -> Part:
    """Write one outcome down, its ties being those between the actors `a` and `b` (shape (ties,))."""
    names: list[Pair] = list(zip(a.tolist(), b.tolist(), strict=True))
    nodes, position = [outcome.root], {id(outcome.root): 0}
    for node in nodes:  # grows while it is read
        for child in (node.kept, node.broken):
            if child is not None:
                position[id(child)] = len(nodes)
                nodes.append(child)
    rows: dict[bytes, int] = {}
    obstructions: list[Obstruction] = []

    def number(row: Row) -> int:
        if row.key not in rows:
            rows[row.key] = len(obstructions)
            turned = tuple(i for i, flag in enumerate(row.turned) if flag)
            obstructions.append(Obstruction(tuple(names[tie] for tie in row.ties), turned, row.least))
        return rows[row.key]

    def case(node: Node) -> Case:
        dual = node.dual
        return Case(
            packing=()
            if dual is None
            else tuple(
                (number(row), multiplier * outcome.unit)
                for row, multiplier in zip(dual.rows, dual.multipliers, strict=True)
            ),
            scale=1 if dual is None else dual.scale,
            tie=None if node.tie < 0 else names[node.tie],
            kept=None if node.kept is None else position[id(node.kept)],
            broken=None if node.broken is None else position[id(node.broken)],
        )

    cases = tuple(case(node) for node in nodes)
    return Part(outcome.bound, tuple(obstructions), cases)
