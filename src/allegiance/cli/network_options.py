"""Options of all commands that ask something of a network: which statements, how they count, which period."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from allegiance.cli.options import counting_options, slice_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from allegiance.errors import DataError
    from allegiance.network import CountingPolicy, SignedNetwork
    from allegiance.store import StatementFilter

F = TypeVar("F", bound="Callable[..., Any]")


def statement_options(command: F) -> F:
    """Add the options of `StatementOptions`."""
    return slice_options(counting_options(command))


def network_options(command: F) -> F:
    """Add the options of `NetworkOptions`."""
    return statement_options(
        click.option("--period", help="Only this period of an edge list, as its fourth column writes it.")(
            command
        )
    )


@dataclass(frozen=True, slots=True)
class StatementOptions:
    """Which statements were chosen, and how they count."""

    source: str | None
    since: date | None
    until: date | None
    count: tuple[str, ...]
    least_confidence: float

    @property
    def wanted(self) -> StatementFilter:
        """Which statements are asked for."""
        from allegiance.store import StatementFilter  # noqa: PLC0415 - off the start-up path

        return StatementFilter(source=self.source, since=self.since, until=self.until)

    @property
    def policy(self) -> CountingPolicy:
        """How they count."""
        from allegiance.network import CountingPolicy  # noqa: PLC0415 - off the start-up path

        return CountingPolicy.parse(self.count, confidence=self.least_confidence)


@dataclass(frozen=True, slots=True)
class NetworkOptions(StatementOptions):
    """Besides, which period of an edge list."""

    period: str | None


@contextmanager
def opened_network(path: Path, **chosen: Any) -> Iterator[SignedNetwork]:  # noqa: ANN401 - the options of `network_options`
    """Open the network of a case, a lake or an edge list for a block; broken rows are told before it and end it with an error.

    Raises:
        DataError: behind the block, where rows were left out.
    """
    from allegiance.case import open_network  # noqa: PLC0415 - off the start-up path

    options = NetworkOptions(**chosen)
    net, problems = open_network(path, options.wanted, options.policy, period=options.period)
    with told(problems, path):
        yield net


@contextmanager
def told(problems: Sequence[DataError], path: Path) -> Iterator[None]:
    """Tell of broken rows before a block, and raise a DataError behind it where there were any."""
    from allegiance.cli import words  # noqa: PLC0415 - off the start-up path
    from allegiance.errors import DataError  # noqa: PLC0415

    words.say_problems(problems)
    yield
    if problems:
        raise DataError(words.left_out(len(problems), path.name))
