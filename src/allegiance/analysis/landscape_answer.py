"""A landscape of two camps: what it holds, in JSON, and as pieces of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.pictures import element, joined, table
from allegiance.pictures.landscape import Valley, landscape_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegiance.model import Result
    from allegiance.pictures import Markup

MOST_MINIMA = 1_000
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Minimum:
    """A configuration that no actor leaves alone.

    Attributes:
        camps: the two camps, the larger (by size) first, names sorted; one of them may be empty.
        energy: in units of size times size times propensity.
        basin: the share of configurations that run down to it.
        frustration: by actor, what it is worst off by: sizes times propensities towards friends in the other camp, less
            enemies there.
        rise: by actor, by how much the energy would rise if it alone changed camps; the least is the loosest actor.
    """

    camps: tuple[tuple[str, ...], tuple[str, ...]]
    energy: float
    basin: float
    frustration: Mapping[str, float]
    rise: Mapping[str, float]

    @property
    def loosest(self) -> str:
        """The actor whose change would raise the energy least."""
        return min(self.rise, key=lambda name: (self.rise[name], name))


@dataclass(frozen=True, slots=True)
class Landscape:
    """The landscape of two camps.

    Attributes:
        minima: the deepest first, at most `MOST_MINIMA` of them.
        count: how many there are; where it was searched, how many were found.
        tried: how many configurations were let run down.
        exhaustive: whether these are all, so that no minimum is missing.
        sizes: by actor.
        unaffiliated: actors whose camp means nothing, for all their propensities are 0 or those towards actors of size 0.
    """

    minima: tuple[Minimum, ...]
    count: int
    tried: int
    exhaustive: bool
    sizes: Mapping[str, float]
    unaffiliated: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Draw the valleys, with a table of the camps."""
        return joined(piece for _, piece in sections(self))


def to_json(result: Result[Landscape]) -> dict[str, Any]:
    """Return a result of `landscape` under the documented keys of ``--json``."""
    found = result.value
    return {
        "minima": [
            {
                "camps": [list(camp) for camp in one.camps],
                "energy": one.energy,
                "basin": one.basin,
                "loosest": one.loosest if one.rise else None,
                "frustration": dict(one.frustration),
                "rise": dict(one.rise),
            }
            for one in found.minima
        ],
        "count": found.count,
        "tried": found.tried,
        "exhaustive": found.exhaustive,
        "sizes": dict(found.sizes),
        "unaffiliated": list(found.unaffiliated),
        "proved": result.proved,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def sections(found: Landscape) -> list[tuple[str, Markup]]:
    """Return the answer as headings, with the piece of a page for each."""
    words = element("p", landscape_words(found))
    if not found.minima or not found.minima[0].rise:
        return [("Landscape", words)]
    valleys = [Valley(f"M{number}", one.energy, one.basin) for number, one in enumerate(found.minima, 1)]
    columns = ("", "energy", "basin", "one camp", "the other", "loosest")
    return [
        ("Landscape", joined((words, landscape_picture(valleys, found.count)))),
        ("Camps that nobody leaves alone", table(columns, _rows(found))),
    ]


def landscape_words(found: Landscape) -> str:
    """Word how many minima there are, and how far that is proved."""
    if not found.minima or not found.minima[0].rise:
        return "No two actors that count have a propensity, so any camps are as good as any others."
    minima = f"{found.count:,} configurations" if found.count != 1 else "one configuration"
    if found.exhaustive:
        proof = f"these are all (proved: each of {found.tried:,} configurations was let run down)"
    else:
        proof = f"found from {found.tried:,} random starts; not proved, there may be more, and basins are estimates"
    return f"Nobody leaves alone in {minima}; {proof}."


def _rows(found: Landscape) -> Iterator[tuple[str | float, ...]]:
    for number, one in enumerate(found.minima[:MOST_ROWS], 1):
        camps = (", ".join(camp) or "nobody" for camp in one.camps)
        yield f"M{number}", f"{one.energy:.4g}", f"{one.basin:.1%}", *camps, one.loosest
