"""The formats by name, and the one door through which files of all of them are read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from allegiance.errors import UnknownNameError
from allegiance.events.acled import ACLED
from allegiance.events.atop import ATOP
from allegiance.events.cow_alliance import COW_ALLIANCE
from allegiance.events.cow_mid import COW_MID
from allegiance.events.cow_wars import COW_WARS
from allegiance.events.dispute_years import DISPUTE_YEARS
from allegiance.events.edges import EDGES
from allegiance.events.format import Format, Intake, Reading
from allegiance.events.gdelt import GDELT
from allegiance.events.gdelt_mentions import GDELT_MENTIONS
from allegiance.events.gkg import GKG
from allegiance.events.gsdb import GSDB
from allegiance.events.icews import ICEWS
from allegiance.events.polecat import POLECAT
from allegiance.events.rivalries import RIVALRIES
from allegiance.events.textfile import open_bytes
from allegiance.events.ucdp_acd import UCDP_ACD
from allegiance.events.ucdp_ged import UCDP_GED
from allegiance.events.unvotes import UNVOTES
from allegiance.model import Codebook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from allegiance.events.format import Resolve

# The order in which a file is tried when its format is not given: the plainest last.
_FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        fmt.name: fmt
        for fmt in (
            GDELT,
            GDELT_MENTIONS,
            GKG,
            ICEWS,
            POLECAT,
            COW_MID,
            DISPUTE_YEARS,
            COW_ALLIANCE,
            COW_WARS,
            RIVALRIES,
            ATOP,
            UCDP_ACD,
            UCDP_GED,
            ACLED,
            GSDB,
            UNVOTES,
            EDGES,
        )
    }
)


def formats() -> Mapping[str, Format]:
    """Return all formats by the word for ``--format``."""
    return _FORMATS


def guess(path: Path) -> str | None:
    """Return the name of the format a file looks like, or None.

    Raises:
        UsageError: the file isn't there or may not be read.
    """
    return next((name for name, fmt in _FORMATS.items() if fmt.sniff(path)), None)


def load(
    path: Path,
    format: str,  # noqa: A002 - the word of the command line
    resolve: Resolve,
    *,
    dataset: str | None = None,
    codebook: Codebook | None = None,
    options: Mapping[str, str] | None = None,
) -> Reading:
    """Return the statements of a data file one by one, and between them the rows that gave none.

    Args:
        path: the file.
        format: a key of `formats`.
        resolve: who a code means on a day.
        dataset: the file's name in evidence and errors, by default its own.
        codebook: what acts weigh, by default the shipped one.
        options: what the user chose of the format's options.

    Raises:
        UnknownNameError: there is no such format, option, or value of one.
        UsageError: the file isn't there or may not be read.
        DataError: the file is empty, binary, or not of this format; raised here or by the first iteration.
    """
    if format not in _FORMATS:
        raise UnknownNameError("format", format, _FORMATS)
    fmt = _FORMATS[format]
    chosen = fmt.chosen(options or {})
    open_bytes(path).close()
    intake = Intake(path, dataset or path.name, resolve, codebook or Codebook.shipped(), options=chosen)
    return Reading(intake, fmt)
