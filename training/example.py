"""One example to learn from or to be measured on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its two mentions in the order of the text, the class, and whence it comes."""

    text: str
    first: tuple[int, int]
    second: tuple[int, int]
    label: int  # 0 none, 1 first + second, 2 second + first, 3 first - second, 4 second - first
    origin: str
