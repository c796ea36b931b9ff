"""Types of numbers that options take, where click's own let through what no search can use."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from typing import Any


class NumberRange(click.FloatRange):
    """A number within bounds; ``nan`` passes every comparison of click's, and JSON has neither it nor ``inf``.

    Args:
        least: the least that is taken.
        most: the most that is taken, or None.
        endless: whether ``inf`` may be asked for.
    """

    def __init__(self, least: float, most: float | None = None, *, endless: bool = False) -> None:
        super().__init__(least, most)
        self._endless = endless

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        """Read it."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number) or (math.isinf(number) and not self._endless):
            self.fail(
                f"{value!r} is no number to count with; give another, or leave the option out.", param, ctx
            )
        return number


class SeedType(click.ParamType[int]):
    """A seed: a whole number that is not negative, since NumPy's generators take no other."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's signature
        """Read it."""
        number = int(click.INT.convert(value, param, ctx))
        if number < 0:
            self.fail(f"{number} is negative; give 0 or more.", param, ctx)
        return number


SEED = SeedType()
