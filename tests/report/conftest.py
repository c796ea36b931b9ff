"""The invented view, made once: its layout and its splits take a moment."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from allegiance.report import View


@pytest.fixture(scope="session")
def invented_view() -> View:
    """Return a view of 14 actors and 3 outlets that disagree."""
    spec = importlib.util.spec_from_file_location("invented", Path(__file__).with_name("invented.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: View = module.view()
    return made
