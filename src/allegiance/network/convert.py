"""Graphs, frames and matrices of other libraries to plain rows of ties, and back; `SignedNetwork` is the door to it.

Outside, weights are in units (1 for a weight of ten tenths), inside in integer tenths. The other libraries are
imported only when they are asked for, and the network itself is not known here.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.errors import DataError, MissingExtraError, clipped
from allegiance.maths.graph import LARGEST_TOTAL
from allegiance.model.result import TENTHS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import igraph
    import networkx as nx
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

ENDS = (("a", "b"), ("source", "target"), ("from", "to"))
"""Names of the two columns of a frame that name the ends of a tie, the first pair that is there."""

Tie = Mapping[str, Any]
"""A tie under the keys of `network.Tie.to_json`."""

_Edge = tuple[int, int, tuple[int, int], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class TieRows:
    """Ties as they came from elsewhere, ready to be added up.

    Attributes:
        actors: names, unique, by number.
        a: int64, shape (rows,), actor numbers; `b` the same for the others.
        b: see `a`.
        amount: int64, shape (rows,), signed integer tenths.
        ids: shape (rows,), the statement that brought each, or "edge N".
    """

    actors: tuple[str, ...]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    amount: NDArray[np.int64]
    ids: NDArray[Any]


def from_networkx(graph: nx.Graph[Any], *, weight: str = "weight") -> TieRows:
    """Return the ties of a NetworkX graph; directed and parallel edges between two actors are summed.

    Args:
        graph: any NetworkX graph. Of an edge's attributes are read ``positive`` and ``negative`` (the two parts) where
            both are there; otherwise `weight` with its sign (1 where it is missing), or its size where the edge has a
            ``sign`` of its own; and ``statements``, the ids of its evidence.
        weight: the attribute that holds the weight, in units.

    Raises:
        DataError: a weight is no finite number, its sign contradicts ``sign``, or two nodes have the same name as text.
    """
    numbers = _numbers(graph.nodes)
    edges = (
        (numbers[a], numbers[b], _parts(data, weight, (a, b)), data) for a, b, data in graph.edges(data=True)
    )
    return _rows(tuple(str(node) for node in numbers), edges)


def to_networkx(actors: Sequence[str], ties: Iterable[Tie]) -> nx.Graph[str]:
    """Return the network as a NetworkX graph with the edge attributes of `Tie.to_json`, and ``sign``.

    Raises:
        MissingExtraError: NetworkX isn't installed.
    """
    library = _library("networkx", "A NetworkX graph", "networkx")
    graph = library.Graph()
    graph.add_nodes_from(actors)
    graph.add_edges_from((tie["a"], tie["b"], _with_sign(tie)) for tie in ties)
    made: nx.Graph[str] = graph
    return made


def from_frame(frame: pd.DataFrame, *, weight: str = "weight", actors: Sequence[Hashable] = ()) -> TieRows:
    """Return the ties of a frame with one row a tie; rows between the same two actors are summed.

    Args:
        frame: a pandas frame (or one that works alike) with columns ``a, b`` or ``source, target`` or ``from, to``, and
            either `weight`, or ``positive`` and ``negative``; ``statements`` (lists of ids) is read where it is there.
        weight: the column that holds the weight, in units.
        actors: actors to be in the network even if no row names them; they come first.

    Raises:
        DataError: a column is missing, a weight is no finite number, or an actor has no name.
    """
    columns = [str(column) for column in frame.columns]
    ends = next((pair for pair in ENDS if pair[0] in columns and pair[1] in columns), None)
    parted = "positive" in columns and "negative" in columns
    if ends is None or not (parted or weight in columns):
        raise DataError(
            f"The frame has the columns {clipped(', '.join(columns), 120)}; it needs a and b (or source and target), "
            f"and {weight}."
        )
    sides = [frame[end].tolist() for end in ends]
    numbers = _numbers(list(actors), sides)
    kept = [name for name in ("positive", "negative", "sign", "statements", weight) if name in columns]
    rows = zip(*(frame[name].tolist() for name in kept), strict=True)
    edges = (
        (numbers[a], numbers[b], _parts(data, weight, (a, b)), data)
        for a, b, data in zip(*sides, (dict(zip(kept, row, strict=True)) for row in rows), strict=True)
    )
    return _rows(tuple(str(name) for name in numbers), edges)


def to_frame(ties: Iterable[Tie]) -> pd.DataFrame:
    """Return the ties as a pandas frame with the columns of `Tie.to_json`, and ``sign``; actors without tie are left out.

    Raises:
        MissingExtraError: pandas isn't installed.
    """
    pandas = _library("pandas", "A pandas frame", "pandas")
    columns = (
        *("a", "b", "weight", "sign", "positive", "negative"),
        *("count", "contested", "sources", "statements"),
    )
    frame: pd.DataFrame = pandas.DataFrame(list(map(_with_sign, ties)), columns=list(columns))
    return frame


def from_scipy(matrix: Any, actors: Sequence[Hashable] | None = None) -> TieRows:  # noqa: ANN401 - SciPy has a dozen classes
    """Return the ties of a square matrix of weights in units, sparse or not.

    A symmetric matrix tells each tie twice and counts it once. Any other is taken as a list of directed ties, whose two
    directions are summed.

    Args:
        matrix: shape (n, n), numbers.
        actors: n names; the numbers from 0 where it is left out.

    Raises:
        DataError: the matrix isn't square, doesn't suit the names, or holds something else than finite numbers.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 - only for matrices

    table = coo_array(matrix)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:  # noqa: PLR2004 - a matrix
        raise DataError(f"A matrix of ties is square; this one has the shape {table.shape}.")
    names = list(range(table.shape[0])) if actors is None else list(actors)
    if len(names) != table.shape[0]:
        raise DataError(
            f"The matrix has {table.shape[0]:,} rows and there are {len(names):,} names of actors."
        )
    table.sum_duplicates()
    row, column, values = table.row, table.col, table.data
    if not np.issubdtype(values.dtype, np.number) or np.iscomplexobj(values) or not np.isfinite(values).all():
        raise DataError("A matrix of ties holds finite real numbers only; this one doesn't.")
    if abs(table - table.T).nnz == 0:
        once = row < column
        row, column, values = row[once], column[once], values[once]
    numbers = _numbers(names)
    edges: Iterable[_Edge] = (
        (a, b, _signed(value, (names[a], names[b])), {})
        for a, b, value in zip(row.tolist(), column.tolist(), values.tolist(), strict=True)
    )
    return _rows(tuple(str(name) for name in numbers), edges)


def to_scipy(count: int, a: NDArray[np.int32], b: NDArray[np.int32], weight: NDArray[np.int64]) -> csr_array:
    """Return weights (tenths, shape (ties,)) between the numbered ends `a` and `b` as a symmetric matrix of units."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - only for matrices

    ends = (np.concatenate([a, b]), np.concatenate([b, a]))
    return csr_array((np.concatenate([weight, weight]) / TENTHS, ends), shape=(count, count))


def from_igraph(graph: igraph.Graph, *, weight: str = "weight") -> TieRows:
    """Return the ties of an igraph graph; vertices are called by their ``name``, else by their number.

    Edges are read as by `from_networkx`.

    Raises:
        DataError: as `from_networkx`.
    """
    named = "name" in graph.vs.attributes()
    names = graph.vs["name"] if named else list(range(graph.vcount()))
    numbers = _numbers(names)
    edges = (
        (
            *edge.tuple,
            _parts(edge.attributes(), weight, [names[end] for end in edge.tuple]),
            edge.attributes(),
        )
        for edge in graph.es
    )
    return _rows(tuple(str(name) for name in numbers), edges)


def to_igraph(actors: Sequence[str], ties: Iterable[Tie]) -> igraph.Graph:
    """Return the network as an igraph graph with the edge attributes of `Tie.to_json`, and ``sign``.

    igraph is under the GPL, which is why nothing here needs it.

    Raises:
        MissingExtraError: igraph isn't installed.
    """
    library = _library("igraph", "An igraph graph", "igraph")
    rows = list(map(_with_sign, ties))
    number = {actor: i for i, actor in enumerate(actors)}
    graph = library.Graph(n=len(actors), edges=[(number[tie["a"]], number[tie["b"]]) for tie in rows])
    graph.vs["name"] = list(actors)
    for key in ("weight", "sign", "positive", "negative", "count", "contested", "sources", "statements"):
        graph.es[key] = [tie[key] for tie in rows]
    made: igraph.Graph = graph
    return made


def _library(name: str, what: str, extra: str) -> Any:  # noqa: ANN401 - a module
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:  # the library itself is broken, and that is another story
            raise
        raise MissingExtraError(what, extra) from missing


def _with_sign(tie: Tie) -> dict[str, Any]:
    return {**tie, "sign": (tie["weight"] > 0) - (tie["weight"] < 0)}


def _numbers(names: Iterable[Hashable], more: Iterable[Iterable[Hashable]] = ()) -> dict[Hashable, int]:
    """Number names in the order in which they come, refusing two that are the same as text."""
    numbers: dict[Hashable, int] = {}
    spelt: dict[str, Hashable] = {}
    for group in (names, *more):
        for name in group:
            if name in numbers:
                continue
            text = str(name)
            if name is None or name != name or not text.strip():  # noqa: PLR0124 - only NaN differs from itself
                raise DataError(f"An actor has no name (it is {name!r}); name it or leave its ties out.")
            if text in spelt:
                raise DataError(
                    f"Two actors, {spelt[text]!r} and {name!r}, would both be called {clipped(text)!r}; rename one."
                )
            numbers[name] = len(numbers)
            spelt[text] = name
    return numbers


def _parts(data: Mapping[str, Any], weight: str, ends: Sequence[object]) -> tuple[int, int]:
    """Return the positive and the negative part of a tie in tenths, as its attributes have them."""
    if "positive" in data and "negative" in data:
        positive, negative = _tenths(data["positive"], ends), _tenths(data["negative"], ends)
        if min(positive, negative) < 0:
            raise DataError(
                f"The parts of the tie between {_pair(ends)} must not be negative; the sign is the part."
            )
        return positive, negative
    signed = _tenths(data.get(weight, 1), ends)
    if "sign" in data:
        sign = _tenths(data["sign"], ends)
        if signed * sign < 0 < sign:
            raise DataError(
                f"The tie between {_pair(ends)} has a negative weight and a positive sign; which is it?"
            )
        signed = abs(signed) * ((sign > 0) - (sign < 0))
    return max(signed, 0), max(-signed, 0)


def _signed(value: object, ends: Sequence[object]) -> tuple[int, int]:
    tenths = _tenths(value, ends)
    return max(tenths, 0), max(-tenths, 0)


def _tenths(value: Any, ends: Sequence[object]) -> int:  # noqa: ANN401 - other libraries hold anything
    """Return a number in units as integer tenths, rounded half to even, or raise DataError naming the tie."""
    try:
        if isinstance(value, str | bytes) or not math.isfinite(value):
            raise TypeError  # noqa: TRY301 - one sentence for all that are no numbers
        exact = int(value) * TENTHS if value == int(value) else round(float(value) * TENTHS)
    except (TypeError, ValueError, OverflowError) as wrong:
        raise DataError(
            f"The weight {clipped(repr(value), 40)} of the tie between {_pair(ends)} is no finite number."
        ) from wrong
    if abs(exact) >= LARGEST_TOTAL:
        raise DataError(f"The weight of the tie between {_pair(ends)} is too large to be summed exactly.")
    if value and not exact:
        raise DataError(
            f"The weight {value!r} of the tie between {_pair(ends)} is below a tenth and would vanish; weights are kept in "
            "tenths, so multiply them all by a power of ten."
        )
    return exact


def _pair(ends: Sequence[object]) -> str:
    return " and ".join(clipped(repr(end)) for end in ends)


def _rows(names: tuple[str, ...], edges: Iterable[_Edge]) -> TieRows:
    """Add up edges (a, b, (positive, negative), attributes); their statements are the evidence, or "edge N"."""
    a: list[int] = []
    b: list[int] = []
    amount: list[int] = []
    ids: list[str] = []
    for number, (one, other, (positive, negative), data) in enumerate(edges, start=1):
        evidence = _statements(data.get("statements")) or [f"edge {number}"]
        # Which statement brought what is not told; the parts are put on the first and the last, and add up the same.
        brought = [positive, *(0 for _ in evidence[2:]), -negative]
        if len(evidence) == 1:
            brought, evidence = (
                (brought, evidence * 2) if positive and negative else ([positive - negative], evidence)
            )
        a += [one] * len(brought)
        b += [other] * len(brought)
        amount += brought
        ids += evidence
    if sum(map(abs, amount)) >= LARGEST_TOTAL:
        raise DataError("The weights are too large to be summed exactly; divide them all by a constant.")
    return TieRows(
        names,
        np.array(a, dtype=np.int64),
        np.array(b, dtype=np.int64),
        np.array(amount, dtype=np.int64),
        _objects(ids),
    )


def _statements(value: Any) -> list[str]:  # noqa: ANN401 - a cell of a frame holds anything
    """Return the ids in an attribute; an attribute of that name that is no list of ids is somebody else's."""
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _objects(ids: list[str]) -> NDArray[Any]:
    array = np.empty(len(ids), dtype=object)
    array[:] = ids
    return array
