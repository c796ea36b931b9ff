"""What all tests share: where the real data sets lie, and the marks that skip without them."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets beside the checkout, or skip."""
    if not SHARED.is_dir():
        pytest.skip(f"real data sets are not here ({SHARED}); these tests read them by path")
    return SHARED
