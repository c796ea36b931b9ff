"""The worked study: the numbers on its page are those that its data give."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Of the seven tables those that take seconds; `python docs/build_study.py` recomputes the others too.
QUICK = ("material", "windows")


@pytest.fixture(scope="module")
def study() -> ModuleType:
    """Return the script that builds the page; it imports a module beside it."""
    sys.path.insert(0, str(DOCS))
    spec = importlib.util.spec_from_file_location("build_study", DOCS / "build_study.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared_data
@pytest.mark.parametrize("name", QUICK)
def test_the_quick_tables_are_what_the_data_give(
    shared_data: Path, tmp_path: Path, study: ModuleType, name: str
) -> None:
    """A table of the page, recomputed from the data sets, is the same to the last digit."""
    text = (DOCS / "study.md").read_text("utf-8")
    assert list(study.differing(study.Data(shared_data, tmp_path), text, [name])) == []


@pytest.mark.shared_data
@pytest.mark.slow
@pytest.mark.parametrize("name", ["eras", "decades"])
def test_the_proved_tables_are_what_the_data_give(
    shared_data: Path, tmp_path: Path, study: ModuleType, name: str
) -> None:
    """All eras and decades are proved again, with the same values."""
    text = (DOCS / "study.md").read_text("utf-8")
    assert list(study.differing(study.Data(shared_data, tmp_path), text, [name])) == []


def test_the_page_has_all_tables_and_the_picture_its_caption(study: ModuleType) -> None:
    """No table is missing or empty; the picture says the value and the bound that the page tells."""
    page = (DOCS / "study.md").read_text("utf-8")
    tables = study.blocks(page)
    assert tables.keys() == study.TABLES.keys()
    assert all(table.startswith("| ") and table.count("\n") > 2 for table in tables.values())
    caption = (DOCS / "study.svg").read_text("utf-8")
    assert "between 2,429 and 2,468" in caption
    assert "2,468" in page
    assert "2,429" in page
