"""The passages, in ten lines.

>>> passages = load()
>>> one = passages["column-07"]
>>> one["statements"][0]["actor"], one["statements"][0]["sign"], one["statements"][0]["target"]
('Northmark', -1, 'Obren Tahl')
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILES = ("passages", "columns", "more", "own")


def load(folder: Path = Path(__file__).parent) -> dict[str, dict[str, Any]]:
    """Return all passages by id; `second.jsonl`, read by another reader, is left out."""
    lines = (line for name in FILES for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines())
    return {passage["id"]: passage for passage in map(json.loads, lines)}
