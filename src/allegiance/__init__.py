"""allegiance: who sides with whom, according to whom, and which coalitions hold.

Names are loaded when they are first used, so that importing the package costs nothing::

    from allegiance import Case, Provenance, SignedNetwork, coalitions
"""

from __future__ import annotations

from allegiance.on_demand import on_demand

TYPE_CHECKING = False  # its own, as in on_demand
if TYPE_CHECKING:
    from allegiance.analysis import CoalitionStructure, Wishes, coalitions
    from allegiance.analysis.compare import compare
    from allegiance.analysis.flows import flows
    from allegiance.analysis.interdict import interdict
    from allegiance.analysis.issue import bargain
    from allegiance.analysis.landscape import landscape
    from allegiance.analysis.levers import levers
    from allegiance.analysis.scenarios import what_if
    from allegiance.analysis.sensitivity import sensitivity
    from allegiance.analysis.stability import stability
    from allegiance.case import Case, Provenance, open_network
    from allegiance.case.flows import open_flows
    from allegiance.errors import AllegianceError
    from allegiance.exchange.issue_file import read_issue
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
    "bargain": "analysis.issue",
    "coalitions": "analysis",
    "compare": "analysis.compare",
    "flows": "analysis.flows",
    "interdict": "analysis.interdict",
    "landscape": "analysis.landscape",
    "levers": "analysis.levers",
    "open_flows": "case.flows",
    "open_network": "case",
    "read_issue": "exchange.issue_file",
    "sensitivity": "analysis.sensitivity",
    "stability": "analysis.stability",
    "what_if": "analysis.scenarios",
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
    "bargain",
    "coalitions",
    "compare",
    "flows",
    "interdict",
    "landscape",
    "levers",
    "open_flows",
    "open_network",
    "read_issue",
    "sensitivity",
    "stability",
    "what_if",
]


__getattr__ = on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
