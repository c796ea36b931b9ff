"""What `allegiance coalitions` answers beyond the split when it is asked to: reasons, all splits, doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from allegiance.cli.number_types import NumberRange

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegiance.analysis import CoalitionStructure
    from allegiance.analysis.alternatives import Alternatives
    from allegiance.analysis.doubt import Doubt
    from allegiance.analysis.reasons import Reasons
    from allegiance.maths.solve import Split
    from allegiance.model import Result
    from allegiance.network import Contributions, SignedNetwork
    from allegiance.network.contributions import Origin

F = TypeVar("F", bound="Callable[..., Any]")

MOST_SPLITS = 100


def further_options(command: F) -> F:
    """Add --reasons, --all, --tolerance, --limit, --doubt and --by."""
    for option in (
        click.option(
            "--by",
            type=click.Choice(["source", "document"]),
            default="document",
            show_default=True,
            help="What --doubt draws: outlets and data sets, or texts and rows.",
        ),
        click.option(
            "--doubt",
            type=click.IntRange(1),
            metavar="N",
            help="Draw the statements anew N times, and tell how often each actor stays where it is.",
        ),
        click.option(
            "--limit",
            type=click.IntRange(1),
            default=MOST_SPLITS,
            show_default=True,
            metavar="N",
            help="At most so many splits.",
        ),
        click.option(
            "--tolerance",
            type=NumberRange(0),
            metavar="X",
            help="With --all: also splits that violate up to X more.",
        ),
        click.option("--all", "all_splits", is_flag=True, help="List all splits that are as good."),
        click.option("--reasons", is_flag=True, help="Tell for each violated tie what contradicts it."),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for beyond the split, as `further_options` hands it over."""

    reasons: bool
    all_splits: bool
    tolerance: float | None
    limit: int
    doubt: int | None
    by: Origin


@dataclass(frozen=True, slots=True)
class Further:
    """The further answers; None for what was not asked for."""

    reasons: Result[Reasons] | None = None
    alternatives: Result[Alternatives] | None = None
    doubt: Result[Doubt] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the keys that the answers add to those of the split."""
        from allegiance.analysis import alternatives, doubt, reasons  # noqa: PLC0415 - off the start-up path

        found: dict[str, Any] = {}
        if self.reasons:
            found |= reasons.to_json(self.reasons)
        if self.alternatives:
            found |= alternatives.to_json(self.alternatives)
        if self.doubt:
            found["doubt"] = doubt.to_json(self.doubt)
        return found


def answer(
    wanted: Wanted,
    net: SignedNetwork,
    best: Split,
    result: Result[CoalitionStructure],
    counted: Contributions | None,
) -> Further:
    """Give the further answers that are wanted on `net`; `counted` is needed for doubt only."""
    from allegiance.analysis.alternatives import alternatives  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.doubt import doubt  # noqa: PLC0415
    from allegiance.analysis.reasons import reasons  # noqa: PLC0415
    from allegiance.cli import output, words_doubt  # noqa: PLC0415

    why = reasons(net, result) if wanted.reasons else None
    others = sure = None
    if wanted.all_splits or wanted.tolerance is not None:
        others = alternatives(
            net,
            best,
            result,
            tolerance=wanted.tolerance or 0,
            limit=wanted.limit,
            time_limit=result.parameters["time_limit"],
        )
    if wanted.doubt is not None and counted is not None:
        with output.progress_bar(words_doubt.DRAWING, wanted.doubt) as move:
            sure = doubt(
                counted,
                result,
                resamples=wanted.doubt,
                by=wanted.by,
                seed=result.seed,
                progress=lambda _: move(words_doubt.DRAWING, 1),
            )
    return Further(why, others, sure)


def show(found: Further) -> None:
    """Print the further answers for people."""
    from allegiance.cli import output, words_doubt  # noqa: PLC0415 - off the start-up path

    if found.reasons:
        output.print_lines(words_doubt.reasons(found.reasons.value))
    if found.alternatives:
        output.print_table(words_doubt.split_table(found.alternatives.value))
        output.say(words_doubt.alternatives(found.alternatives.value))
    if found.doubt:
        output.print_table(words_doubt.doubt_table(found.doubt.value))
        output.say(words_doubt.doubt(found.doubt))
