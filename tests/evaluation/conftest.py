"""Small annotated corpora about an invented world, one in each format, and what is asked of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.evaluation.task import Task
from allegiance.naming import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable

ANNOTATED = Path(__file__).resolve().parents[1] / "fixtures" / "annotated"


@pytest.fixture(scope="session")
def annotated() -> Path:
    """Return the folder of the small corpora."""
    return ANNOTATED


@pytest.fixture(scope="session")
def task() -> Callable[..., Task]:
    """Return a function that asks the reader by rules about a corpus; skip where the language pipeline isn't installed."""
    pytest.importorskip("spacy")
    names = Gazetteer.shipped()

    def ask(path: Path, *, unseen: Path | None = None) -> Task:
        return Task(path, "rules", names, unseen=unseen, code=names.code)

    return ask
