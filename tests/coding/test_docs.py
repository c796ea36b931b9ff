"""The page about reading can't fall behind the code."""

from __future__ import annotations

import re
from pathlib import Path

from allegiance.coding.confidence import BY_RULE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reading.md"


def test_every_rule_is_documented_with_its_trust() -> None:
    """The table of rules on the page is the table of the code."""
    rows = re.findall(r"^\| ([a-z-]+) \| .* \| (0\.\d+) \|$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    assert {rule: float(trust) for rule, trust in rows} == dict(BY_RULE)
