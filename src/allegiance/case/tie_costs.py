"""What changing ties costs, from a table ``a,b,cost``: the price of one unit of change for single pairs of actors."""

from __future__ import annotations

import csv
from fractions import Fraction
from typing import TYPE_CHECKING

from allegiance.errors import BadRowError, DataError, nearest_names
from allegiance.events.textfile import lines, require_text, split_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COLUMNS = (("a", "source"), ("b", "target"), ("cost",))
_MOST = 10**6
_DECIMALS = 10**6


def read_tie_costs(path: Path, actors: Sequence[str]) -> dict[tuple[str, str], Fraction]:
    """Return the cost of one unit of change by pair of actors.

    Args:
        path: a CSV file with the columns a, b, cost (or source, target, cost).
        actors: the names that may stand in it.

    Raises:
        UsageError: there is no such file.
        DataError: it is no such table.
        BadRowError: a row can't be used; a price list with holes would give a wrong answer, so none is left out.
    """
    require_text(path)
    rows = lines(path)
    header = next(rows, (1, "", ""))[1]
    names = [name.strip().casefold() for name in split_row(header, ",")]
    places = [next((names.index(name) for name in either if name in names), None) for either in _COLUMNS]
    if None in places:
        raise DataError(f"{path.name} is no list of costs: its first row must name the columns a,b,cost.")
    known, found = set(actors), {}
    for number, line, fault in rows:
        if fault:
            raise BadRowError(path.name, number, f"{fault}.")
        cells = _cells(path, number, line)
        if len(cells) < len(names):
            raise BadRowError(path.name, number, f"it has {len(cells)} fields, not {len(names)}.")
        a, b, cost = (cells[place].strip() for place in places if place is not None)
        for name in (a, b):
            if name not in known:
                near = " or ".join(repr(one) for one in nearest_names(name, known))
                hint = f" Did you mean {near}?" if near else ""
                raise BadRowError(path.name, number, f"there is no actor called {name!r}.{hint}")
        pair = (min(a, b), max(a, b))
        if a == b:
            raise BadRowError(path.name, number, f"{a!r} has no tie with itself.")
        if pair in found:
            raise BadRowError(path.name, number, f"{a} - {b} has a cost already, in a row above.")
        found[pair] = _cost(path, number, cost)
    return found


def _cells(path: Path, number: int, line: str) -> list[str]:
    try:
        return split_row(line, ",")
    except csv.Error as wrong:
        raise BadRowError(path.name, number, f"a quotation mark is out of place ({wrong}).") from wrong


def _cost(path: Path, number: int, text: str) -> Fraction:
    try:
        cost = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise BadRowError(path.name, number, f"{text!r} is no cost; write a number above 0.") from None
    if cost <= 0:
        raise BadRowError(
            path.name,
            number,
            f"the cost is {text}, but it must be above 0; freeze a tie with --freeze instead.",
        )
    if cost > _MOST or _DECIMALS % cost.denominator:
        raise BadRowError(
            path.name,
            number,
            f"the cost {text} is too large or too fine; write at most a million and six decimals.",
        )
    return cost
