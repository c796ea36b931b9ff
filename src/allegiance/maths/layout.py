"""Where to draw actors: positions in the unit square that keep coalitions apart.

Only positions are decided here; hulls, labels and colours belong to the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from allegiance.maths.graph import SignedGraph

    Array = NDArray[np.float64]

GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
WITHIN = 0.62
"""Wished distance of two actors who share all labels, times the root of their group's size."""
GAP = 1.5
"""Wished free space between two groups that differ in every split, in actor spacings."""
PULL, PUSH = 0.3, 0.2
"""By which share the strongest tie shortens (with) or stretches (against) the wished distance."""
SPACING = 0.85
"""No two actors come nearer than this."""
DIGITS = 5
"""Positions are rounded, so that machines which add in another order still agree."""


def arrange(graph: SignedGraph, labels: ArrayLike, *, steps: int = 60) -> Array:
    """Return positions in [0, 1] x [0, 1] in which actors of one coalition lie together.

    Stress majorization: wished distances come from the labels (near within a group, apart between groups, the more
    splits separate two groups the further) and from the ties; each step lowers the sum of squared errors. The
    start is a classical scaling of the same distances, so equal input gives equal output. Time and memory grow
    with the square of `graph.n`: 2,000 actors take a few seconds.

    Args:
        graph: the signed network.
        labels: integers, shape (n,) for one split or (n, splits) for several that share one drawing.
        steps: how many majorization steps to take.

    Returns:
        Shape (n, 2); the longer side of the drawing is horizontal and fills the unit square's width.

    Raises:
        DataError: `labels` doesn't give one row to each actor.

    References:
        E. R. Gansner, Y. Koren, S. North, "Graph drawing by stress majorization", Graph Drawing 2004,
        https://doi.org/10.1007/978-3-540-31843-9_25
    """
    splits = np.asarray(labels, dtype=np.int64)
    if splits.ndim == 1:
        splits = splits[:, None]
    if splits.ndim != 2 or len(splits) != graph.n:  # noqa: PLR2004 - rows and columns
        raise DataError(f"A layout of {graph.n} actors needs {graph.n} rows of labels, not {splits.shape}.")
    if graph.n == 0:
        return np.zeros((0, 2))
    wished = _wished_distances(graph, splits)
    places = _classical_scaling(wished) + 0.2 * _sunflower(graph.n)
    for _ in range(steps):
        places = _majorized(places, wished)
    for _ in range(steps // 2):
        places = _spread(places)
    return _framed(places)


def _wished_distances(graph: SignedGraph, splits: NDArray[np.int64]) -> Array:
    """Return shape (n, n): how far apart each two actors should be, in actor spacings."""
    groups, member = np.unique(splits, axis=0, return_inverse=True)
    member = member.reshape(-1)
    radius = WITHIN * np.sqrt(np.bincount(member, minlength=len(groups)))
    differ = (groups[:, None, :] != groups[None, :, :]).mean(axis=2)
    # Many groups crowd the middle of a plane unless their distances grow with the root of their number.
    crowd = np.sqrt(max(1.0, len(groups) / 3))
    between = (radius[:, None] + radius[None, :] + GAP * differ) * crowd
    np.fill_diagonal(between, np.maximum(1.0, radius))
    wished: Array = between[np.ix_(member, member)]
    if graph.m:
        strength = np.sqrt(np.abs(graph.w) / np.abs(graph.w).max())
        factor = np.where(graph.w > 0, 1 - PULL * strength, 1 + PUSH * strength)
        wished[graph.a, graph.b] *= factor
        wished[graph.b, graph.a] *= factor
    np.fill_diagonal(wished, 0.0)
    return wished


def _classical_scaling(wished: Array, rounds: int = 40) -> Array:
    """Return the plane that fits the wished distances best (Torgerson), by subspace iteration."""
    squared = wished**2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean())
    # Shifting makes the largest eigenvalues also the largest in size, which the iteration looks for.
    shift = float(np.abs(centred).sum(axis=1).max())
    basis: Array = _sunflower(len(wished)) + 1e-3
    if len(wished) < 3:  # noqa: PLR2004 - one or two points lie anywhere
        return basis
    for _ in range(rounds):
        basis, _ = np.linalg.qr(centred @ basis + 1e-3 * shift * basis)
    stretch = np.sqrt(np.maximum(0.0, np.einsum("ij,ij->j", basis, centred @ basis)))
    plane: Array = basis * stretch
    return plane


def _sunflower(n: int) -> Array:
    """Return n points spread evenly over a disc, in a fixed order."""
    turn = np.arange(n) * GOLDEN_ANGLE
    reach = np.sqrt(np.arange(n) + 0.5)
    return np.column_stack((reach * np.cos(turn), reach * np.sin(turn)))


def _distances(places: Array) -> Array:
    """Return shape (n, n), with a huge diagonal so that nobody is near to itself."""
    # In place: at 2,000 actors each temporary array is 32 MB, and hypot is several times slower.
    x, y = places[:, 0], places[:, 1]
    far = x[:, None] - x[None, :]
    far *= far
    across = y[:, None] - y[None, :]
    across *= across
    far += across
    np.sqrt(far, out=far)
    np.fill_diagonal(far, np.inf)
    return far


def _majorized(places: Array, wished: Array) -> Array:
    """Return the minimum of the quadratic that touches the stress at `places` from above (Guttman's transform)."""
    ratio = _distances(places)
    np.maximum(ratio, 1e-9, out=ratio)
    np.divide(wished, ratio, out=ratio)
    moved: Array = (ratio.sum(axis=1)[:, None] * places - ratio @ places) / len(places)
    return moved


def _spread(places: Array) -> Array:
    """Return the places with each pair that is too near pushed half-way apart."""
    far = _distances(places)
    first, second = np.nonzero(far < SPACING)
    step = (places[first] - places[second]) * (0.4 * (SPACING / np.maximum(far[first, second], 1e-6) - 1))[
        :, None
    ]
    # Rows come sorted, so that the sums are added in one order on every machine.
    return places + np.column_stack(
        [np.bincount(first, weights=step[:, axis], minlength=len(places)) for axis in (0, 1)]
    )


def _framed(places: Array) -> Array:
    """Return the places turned so that their longer axis is horizontal, and scaled into the unit square."""
    centred = places - places.mean(axis=0)
    if len(places) > 1:
        _, axes = np.linalg.eigh(centred.T @ centred)
        centred = centred @ axes[:, ::-1]
        # Eigenvectors have no sign of their own: the first actor goes to the upper left.
        centred *= np.where(centred[0] > 0, -1.0, 1.0)
    low, high = centred.min(axis=0), centred.max(axis=0)
    extent = float((high - low).max()) or 1.0
    framed: Array = (0.5 + (centred - (low + high) / 2) / extent).round(DIGITS)
    return framed.clip(0.0, 1.0)
