"""Readers by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from allegiance.coding.llm_reader import LlmReader
from allegiance.coding.reader import RulesReader
from allegiance.coding.taught_reader import TaughtReader
from allegiance.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from allegiance.coding.reader import Namer, Reader

READERS: Mapping[str, Callable[..., Reader]] = MappingProxyType(
    {
        "taught": TaughtReader,
        "rules": RulesReader,
        "llm": LlmReader,
    }
)
DEFAULT = "taught"
# Those that answer for two given mentions (known_pairs.py); `taught` asks the network of marked pairs, with the rules' answer.
PAIR_READERS = ("taught", "rules", "llm")


def reader(name: str, namer: Namer, *, pipeline: str | None = None) -> Reader:
    """Return the reader called `name`, using `namer` and the spaCy pipeline called `pipeline` (default: the shipped one).

    Raises:
        UnknownNameError: there is no such reader.
        MissingExtraError: the language pipeline, or what runs the trained model, isn't installed.
        UsageError: `pipeline` isn't installed or can't parse.
    """
    try:
        make = READERS[name]
    except KeyError:
        raise UnknownNameError("reader", name, READERS) from None
    return make(namer, pipeline=pipeline)
