"""The manner in which archives are read into a lake: all that decides, besides their content, what they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from allegiance import events
from allegiance.model import Codebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from allegiance.events import Resolve


@dataclass(frozen=True, slots=True)
class Manner:
    """How archives are read.

    Attributes:
        resolve: who a code means on a day.
        how: one text for all that the other attributes decide; the lake remembers it with each archive.
        data_format: a name of `allegiance formats`; None to look at each file.
        codebook: what acts weigh.
        options: what the user chose of the format's options.
    """

    resolve: Resolve
    how: str = ""
    data_format: str | None = None
    codebook: Codebook = field(default_factory=Codebook.shipped)
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def check(self, formats: Iterable[str]) -> None:
        """Refuse options that files of these formats don't have.

        Raises:
            UnknownNameError: there is no such option, or no such value of one.
        """
        for name in formats:
            events.formats()[name].chosen(self.options)
