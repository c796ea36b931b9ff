"""Kinds of annotated corpora by name, and the one door to all of them."""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING

from allegiance import coding
from allegiance.errors import UnknownNameError, UsageError
from allegiance.evaluation import dsa, factuality, own_gold, passages, petrarch, plover, re3d
from allegiance.evaluation.judging import count_verdicts
from allegiance.evaluation.ledger import Ledger
from allegiance.evaluation.scores import RESAMPLES
from allegiance.model import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from allegiance.evaluation.ledger import Evaluation
    from allegiance.evaluation.task import Task

DATA: Mapping[str, Callable[[Task, Ledger], None]] = MappingProxyType(
    {
        "gold": own_gold.measure,
        "re3d": re3d.measure,
        "dsa": dsa.measure,
        "plover": plover.measure,
        "petrarch": petrarch.measure,
        "factuality": factuality.measure,
        "passages": passages.measure,
    }
)


def evaluate(data: str, task: Task, *, judged: Path | None = None, seed: int = 0) -> Result[Evaluation]:
    """Return how well a reader reads a corpus.

    Args:
        data: which kind of corpus it is, a name of `DATA`.
        task: the corpus and the reader.
        judged: a sample of outputs with the verdicts of a human, to be counted besides.
        seed: of the resamples.

    Raises:
        UnknownNameError: there is no such kind of corpus, or no such reader.
        UsageError: there is no such file, or the option isn't for this kind of corpus.
        DataError: the file is no such corpus; says where it is wrong.
        MissingExtraError: the reader needs a part that isn't installed.
    """
    if data not in DATA:
        raise UnknownNameError("kind of annotated data", data, DATA)
    if task.reader not in coding.READERS:
        raise UnknownNameError("reader", task.reader, coding.READERS)
    if task.unseen is not None and data != "dsa":
        raise UsageError("--unseen is for --data dsa only: it leaves out the sentences of its training file.")
    if task.given and data != "passages":
        raise UsageError("--given is for --data passages only: other kinds of data don't list their actors.")
    began = time.monotonic()
    ledger = Ledger()
    DATA[data](task, ledger)
    if judged is not None:
        count_verdicts(judged, ledger)
    return Result(
        ledger.close(data, task.reader, seed),
        f"counts of the whole corpus; 95 % intervals from {RESAMPLES:,} resamples of its sentences or documents",
        MappingProxyType(
            {
                "data": data,
                "path": task.path.name,
                "reader": task.reader,
                **({"given": True} if task.given else {}),
            }
        ),
        seed=seed,
        seconds=time.monotonic() - began,
    )
