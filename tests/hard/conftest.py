"""The table that a run of the harness ends with: how many trials of each kind there were, and how they ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

_ENDINGS: pytest.StashKey[dict[str, Counter[str]]] = pytest.StashKey()


@pytest.fixture
def endings(request: pytest.FixtureRequest) -> dict[str, Counter[str]]:
    """Return the counts of this run, by kind and ending."""
    return request.config.stash.setdefault(_ENDINGS, defaultdict(Counter))


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    counted = config.stash.get(_ENDINGS, {})
    if not counted:
        return
    columns = sorted({ending for counts in counted.values() for ending in counts})
    terminalreporter.section("trials")
    terminalreporter.write_line(f"{'kind':36}" + "".join(f"{column:>12}" for column in ["trials", *columns]))
    rows = {**counted, "all": sum(counted.values(), Counter())}
    for kind, counts in rows.items():
        numbers = [counts.total(), *(counts[column] for column in columns)]
        terminalreporter.write_line(f"{kind:36}" + "".join(f"{number:>12,}" for number in numbers))
