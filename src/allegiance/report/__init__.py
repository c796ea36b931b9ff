"""What a reader sees: the view of a case as data, and the one offline HTML file that shows it.

Nothing is computed or judged here; `case.py` fills the view. The drawing itself is the bundle built from
``frontend/``, which the page, the local web page and the notebook share.
"""

from allegiance.report.page import render, write
from allegiance.report.view import (
    Answer,
    Asking,
    NetworkView,
    Origin,
    QuotedStatement,
    ReadyScenario,
    View,
    ViewActor,
    ViewTie,
    ViolatedTie,
)

__all__ = [
    "Answer",
    "Asking",
    "NetworkView",
    "Origin",
    "QuotedStatement",
    "ReadyScenario",
    "View",
    "ViewActor",
    "ViewTie",
    "ViolatedTie",
    "render",
    "write",
]
