"""Options that `flows` and `interdict` share: which routes, measured how, from where to where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from allegiance.cli.network_options import StatementOptions, statement_options
from allegiance.cli.options import actors_option, names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.case.flows import OpenedFlows
    from allegiance.network.flows import Capacity

F = TypeVar("F", bound="Callable[..., Any]")


def route_options(command: F) -> F:
    """Add the options of `RouteOptions`, and those of `StatementOptions`."""
    for option in (
        click.option(
            "--scenario",
            "scenarios",
            multiple=True,
            metavar="SCENARIO",
            help="With the routes closed and the sources disbelieved that this scenario (a TOML file, or the name of one kept in "
            "the case) names; may be repeated.",
        ),
        click.option(
            "--place",
            "places",
            multiple=True,
            metavar="NAME",
            help="NAME is a place or a body and no person; may be repeated.",
        ),
        actors_option,
        click.option(
            "--capacity",
            type=click.Choice(["stated", "sources", "one"]),
            help="How wide a route is: as stated (and nothing else), as many as sources claim it, or one. By default as "
            "stated where all routes tell an amount, else by sources.",
        ),
        click.option("--unit", help="Only amounts in this unit or currency."),
        click.option("--to", "end", type=names, default=(), metavar="X,Y", help="... and end here."),
        click.option(
            "--from",
            "begin",
            type=names,
            default=(),
            metavar="X,Y",
            help="Flows begin here (by default: where nothing leads to) ...",
        ),
        click.option("--goods", help="Only these goods (oil also finds smuggled oil)."),
    ):
        command = option(command)
    return statement_options(command)


@dataclass(frozen=True, slots=True)
class RouteOptions(StatementOptions):
    """What was chosen."""

    goods: str | None
    begin: tuple[str, ...]
    end: tuple[str, ...]
    unit: str | None
    capacity: str | None
    actors: Path | None
    places: tuple[str, ...]
    scenarios: tuple[str, ...]

    def open(self, path: Path) -> OpenedFlows:
        """Return the flow network that is asked for."""
        from allegiance.case.flows import FlowChoice, open_flows  # noqa: PLC0415 - off the start-up path
        from allegiance.case.scenarios import named_scenarios  # noqa: PLC0415

        capacity = cast("Capacity | None", self.capacity)
        steps = tuple(step for one in named_scenarios(path, self.scenarios) for step in one.taken())
        choice = FlowChoice(self.goods, self.unit, capacity, self.actors, self.places, steps)
        return open_flows(path, self.wanted, self.policy, choice)
