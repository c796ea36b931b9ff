"""One SQLite file per case: documents, actors, statements, and the history of every change.

Nothing is ever overwritten: imports and reviews are appended events, and what a user sees is their fold.
"""

from allegiance.store.casefile import CaseFile
from allegiance.store.filters import StatementFilter
from allegiance.store.history import Event, History
from allegiance.store.imports import ImportReport, ImportWriter
from allegiance.store.schema import is_sqlite
from allegiance.store.soundness import check_case

__all__ = [
    "CaseFile",
    "Event",
    "History",
    "ImportReport",
    "ImportWriter",
    "StatementFilter",
    "check_case",
    "is_sqlite",
]
