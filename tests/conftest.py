"""What all tests share: where the real data sets lie, and the marks that skip without them."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets beside the checkout, or skip."""
    if not SHARED.is_dir():
        pytest.skip(f"real data sets are not here ({SHARED}); these tests read them by path")
    return SHARED


@pytest.fixture(autouse=True)
def _interrupts_as_python_has_them() -> Iterator[None]:
    """Leave no handler behind: Spark puts one in place that would end the whole run at a later test's Ctrl-C."""
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)
