"""`allegiance scenarios`: named changes to a case, kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, case_argument, json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.group(name="scenarios")
def command() -> None:
    """Keep scenarios in a case, and make drafts of them from what its texts make conditional.

    A scenario is a TOML file with one or more:

    \b
        [[scenario]]
        name = "The incident repeats"
        [[scenario.step]]
        kind = "incident"             # or agreement: weight above 0
        between = ["A", "B"]
        weight = -5
        probability = 0.4             # if it is left out, 1
        label = "incident"
        [[scenario.step]]
        kind = "exclusion"            # or admission, with to = [...]
        actor = "A"
        from = ["B", "C"]
        if = "incident"               # or unless = "incident"

    Further kinds: disbelief (source), omission (actor: all its ties), closure (route = ["A", "B"], goods: for flows).
    """  # noqa: D301 - click's own mark for text that it mustn't wrap


@command.command(name="list")
@case_argument
@json_option
def list_(*, case: Path, as_json: bool) -> None:
    """List the scenarios of CASE."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.case.scenarios import scenarios_of  # noqa: PLC0415
    from allegiance.cli import output, words_scenarios  # noqa: PLC0415
    from allegiance.model.scenario import to_json  # noqa: PLC0415

    with Case(case) as opened:
        found = scenarios_of(opened)
    if as_json:
        output.print_json_lines(
            {"name": one.name, "note": one.note, "steps": [to_json(step) for step in one.steps]}
            for one in found
        )
    else:
        output.print_lines(words_scenarios.listed(found))


@command.command(name="add")
@case_argument
@click.argument("file", type=PATH)
def add(*, case: Path, file: Path) -> None:
    """Keep the scenarios of the TOML FILE in CASE; one of the same name is replaced, and `undo` brings it back."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.case.scenarios import keep_scenarios  # noqa: PLC0415
    from allegiance.cli import output, words_scenarios  # noqa: PLC0415

    with Case(case) as opened:
        output.say(words_scenarios.kept(keep_scenarios(opened, file), case))


@command.command(name="remove")
@case_argument
@click.argument("name")
def remove(*, case: Path, name: str) -> None:
    """Take the scenario NAME out of CASE; `undo` brings it back."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.case.scenarios import drop_scenario  # noqa: PLC0415
    from allegiance.cli import output  # noqa: PLC0415

    with Case(case) as opened:
        output.say(f"Done: {drop_scenario(opened, name).words}.")


@command.command(name="offer")
@case_argument
@click.option("--output", "-o", "target", type=PATH, metavar="FILE.toml", help="Write there, not to stdout.")
def offer(*, case: Path, target: Path | None) -> None:
    """Write a draft of a scenario for each condition that texts of CASE state ("if the incident repeats, ...")."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.case.scenarios import offered  # noqa: PLC0415
    from allegiance.cli import output, words_scenarios  # noqa: PLC0415
    from allegiance.exchange.scenario_file import write_scenarios  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415

    with Case(case) as opened:
        found = offered(opened)
    text = write_scenarios(found)
    if target:
        write_whole(text.encode(), target, "draft")
    else:
        click.echo(text, nl=False)
    output.say(words_scenarios.drafted(len(found), case, target))
