"""Data-set files to statements: one module per format.

A format is a declaration of its columns and its source's citation, a look at the file's first line, and a
generator from rows to statements. No actor is known here: who a code means is asked of a function handed in.
"""

from allegiance.events.edge_table import EdgeTable, read_edges
from allegiance.events.format import Column, Format, Reading, Resolve, Tally
from allegiance.events.periods import period
from allegiance.events.registry import formats, guess, load

__all__ = [
    "Column",
    "EdgeTable",
    "Format",
    "Reading",
    "Resolve",
    "Tally",
    "formats",
    "guess",
    "load",
    "period",
    "read_edges",
]
