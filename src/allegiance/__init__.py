"""allegiance: who sides with whom, according to whom, and which coalitions hold.

Names are loaded when they are first used, so that importing the package costs nothing::

    from allegiance import Case, Provenance, SignedNetwork, coalitions
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allegiance.analysis import CoalitionStructure, Wishes, coalitions
    from allegiance.case import Case, Provenance, open_network
    from allegiance.errors import AllegianceError
    from allegiance.model import Document, Result, Source, Statement
    from allegiance.network import CountingPolicy, SignedNetwork
    from allegiance.store import StatementFilter

__version__ = "0.1.0"

_HOMES = {
    "AllegianceError": "errors",
    "Case": "case",
    "CoalitionStructure": "analysis",
    "CountingPolicy": "network",
    "Document": "model",
    "Provenance": "case",
    "Result": "model",
    "SignedNetwork": "network",
    "Source": "model",
    "Statement": "model",
    "StatementFilter": "store",
    "Wishes": "analysis",
    "coalitions": "analysis",
    "open_network": "case",
}

__all__ = [
    "AllegianceError",
    "Case",
    "CoalitionStructure",
    "CountingPolicy",
    "Document",
    "Provenance",
    "Result",
    "SignedNetwork",
    "Source",
    "Statement",
    "StatementFilter",
    "Wishes",
    "coalitions",
    "open_network",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Load a public name from its room on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'allegiance' has no attribute {name!r}")
    return getattr(importlib.import_module(f"allegiance.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
