"""The frozen records that all rooms share: sources, documents, actors, acts, statements, ties, results.

No file, no database and no library lives here but the YAML reader for the code book (see docs/decisions.md).
"""

from allegiance.model.act import Act, Codebook
from allegiance.model.actor import Actor, Membership, Mention
from allegiance.model.dates import DateInterval
from allegiance.model.document import Document
from allegiance.model.quote import Quote
from allegiance.model.result import Result, units
from allegiance.model.source import Source
from allegiance.model.statement import Evidence, Modality, ReaderTag, RowEvidence, Statement, TextEvidence
from allegiance.model.validator import check_evidence

__all__ = [
    "Act",
    "Actor",
    "Codebook",
    "DateInterval",
    "Document",
    "Evidence",
    "Membership",
    "Mention",
    "Modality",
    "Quote",
    "ReaderTag",
    "Result",
    "RowEvidence",
    "Source",
    "Statement",
    "TextEvidence",
    "check_evidence",
    "units",
]
