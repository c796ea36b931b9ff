"""How well a reader reads: annotated corpora in their own formats, a reader's answers beside them, what was right and wrong.

Nothing is read or learnt here; readers come from `coding` by name and are asked like anyone asks them. Corpora are the user's
files, read by path.
"""

from allegiance.evaluation.judging import write_sample
from allegiance.evaluation.ledger import Evaluation, Misreading
from allegiance.evaluation.output import Output
from allegiance.evaluation.registry import DATA, evaluate
from allegiance.evaluation.scores import Estimate, Score

__all__ = [
    "DATA",
    "Estimate",
    "Evaluation",
    "Misreading",
    "Output",
    "Score",
    "evaluate",
    "write_sample",
]
