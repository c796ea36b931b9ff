"""Where the bands of a river of coalitions run: places only, no drawing (that is `river_svg`).

Time goes from left to right. Each coalition is a band as high as it has members; actors that change coalitions are
ribbons from band to band.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REST = "others"
MOST_BANDS = 8
LEAST_MEMBERS = 3
"""Coalitions that never have so many members, and those beyond the largest few, run together in one grey band."""


@dataclass(frozen=True, slots=True)
class River:
    """What is to be drawn.

    Attributes:
        title: over the picture.
        notes: sentences under the title: what was asked, how far it is proved, what to beware of.
        columns: the slices' names in the order of time.
        members: for each column, by coalition, the actors in it.
        leaders: for each coalition, in the order of importance, who to call it by.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    members: tuple[Mapping[str, tuple[str, ...]], ...]
    leaders: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A vertical stretch of a band at a column, in pixels."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Actors that change from one band to another between two neighbouring columns.

    Attributes:
        column: number of the earlier column.
        left: band that they leave; `joined` the one that they join.
        joined: see `left`.
        actors: who.
        start: where the ribbon leaves; `end` where it arrives.
        end: see `start`.
    """

    column: int
    left: str
    joined: str
    actors: tuple[str, ...]
    start: Stretch
    end: Stretch


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything runs.

    Attributes:
        bands: the bands from top to bottom.
        blocks: by (column, band): the band's whole height there.
        members: by (column, band): the actors in it.
        flows: by (column, band): where the band leaves the column and where it arrives at the next, movers left out.
        ribbons: the movers.
    """

    bands: tuple[str, ...]
    blocks: Mapping[tuple[int, str], Stretch]
    members: Mapping[tuple[int, str], tuple[str, ...]]
    flows: Mapping[tuple[int, str], tuple[Stretch, Stretch]]
    ribbons: tuple[Ribbon, ...]


def layout(river: River, top: float, height: float, gap: float) -> Layout:
    """Place the bands of `river` between `top` and `top + height` pixels, at least `gap` apart."""
    bands = _bands(river)
    members = _members(river, bands)
    columns = range(len(river.columns))
    most = max((sum(len(members[i, band]) for band in bands) for i in columns), default=0)
    unit = (height - gap * (len(bands) - 1)) / max(most, 1)
    blocks: dict[tuple[int, str], Stretch] = {}
    for i in columns:
        shown = [band for band in bands if members[i, band]]
        total = sum(len(members[i, band]) for band in shown) * unit + gap * max(len(shown) - 1, 0)
        at = top + (height - total) / 2
        for band in shown:
            blocks[i, band] = Stretch(at, at + len(members[i, band]) * unit)
            at = blocks[i, band].bottom + gap
    flows: dict[tuple[int, str], tuple[Stretch, Stretch]] = {}
    ribbons: list[Ribbon] = []
    for i in columns[:-1]:
        starts = {band: _shares(i, i + 1, band, bands, members) for band in bands}
        ends = {band: _shares(i + 1, i, band, bands, members) for band in bands}
        leaving = {band: _parts(blocks.get((i, band)), starts[band], unit) for band in bands}
        coming = {band: _parts(blocks.get((i + 1, band)), ends[band], unit) for band in bands}
        for band in bands:
            for other, actors in starts[band].items():
                if other == band:
                    if any(name in ends[band].get(band, ()) for name in actors):
                        flows[i, band] = (leaving[band][band], coming[band][band])
                elif actors:
                    ribbons.append(Ribbon(i, band, other, actors, leaving[band][other], coming[other][band]))
    return Layout(bands, blocks, members, flows, tuple(ribbons))


def _bands(river: River) -> tuple[str, ...]:
    """Return the coalitions that get a band of their own, the largest in the middle, and the rest's band last."""
    sizes = {name: [len(column.get(name, ())) for column in river.members] for name in river.leaders}
    own = sorted(
        (name for name, counts in sizes.items() if max(counts, default=0) >= LEAST_MEMBERS),
        key=lambda name: -sum(sizes[name]),
    )[:MOST_BANDS]
    rest = len(own) < len(river.leaders)
    # Small coalitions beside the first: their movers mostly come from it or go to it.
    ordered = [*own[2::2][::-1], *own[:1], *own[1:2], *own[3::2]]
    return (*ordered, *((REST,) if rest else ()))


def _members(river: River, bands: tuple[str, ...]) -> dict[tuple[int, str], tuple[str, ...]]:
    members: dict[tuple[int, str], tuple[str, ...]] = {}
    for i, column in enumerate(river.members):
        rest = [actor for name, actors in column.items() if name not in bands for actor in actors]
        for band in bands:
            members[i, band] = tuple(sorted(rest)) if band == REST else column.get(band, ())
    return members


def _shares(
    here: int,
    there: int,
    band: str,
    bands: tuple[str, ...],
    members: Mapping[tuple[int, str], tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    """Return the members of a band here by the band they are in there; who isn't there counts as staying."""
    where = {actor: other for other in bands for actor in members[there, other]}
    shares: dict[str, list[str]] = {other: [] for other in bands}
    for actor in members[here, band]:
        shares[where.get(actor, band)].append(actor)
    return {other: tuple(actors) for other, actors in shares.items()}


def _parts(block: Stretch | None, shares: Mapping[str, tuple[str, ...]], unit: float) -> dict[str, Stretch]:
    """Cut a block into the shares in the order of the bands, so that ribbons don't cross within it."""
    parts: dict[str, Stretch] = {}
    at = block.top if block else 0.0
    for other, actors in shares.items():
        parts[other] = Stretch(at, at + len(actors) * unit)
        at = parts[other].bottom
    return parts
