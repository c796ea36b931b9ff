"""How well readers read, as measured on passages that they were not taught on: the table `measured.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Measured:
    """How well a reader finds ties.

    Attributes:
        version: of the reader that was measured.
        precision: which share of the ties that it finds the text says.
        recall: which share of the ties that the text says it finds.
        passages: on what it was measured, in words.
    """

    version: str
    precision: float
    recall: float
    passages: str


@lru_cache(1)
def measured() -> Mapping[str, Measured]:
    """Return the measures by the names of readers; one that isn't among them has not been measured."""
    table = yaml.safe_load(resources.files("allegiance.coding").joinpath("measured.yaml").read_text("utf-8"))
    return MappingProxyType({name: Measured(**row) for name, row in table.items()})
