"""The sentences and tables of `allegiance whatif` and `allegiance scenarios`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.table import Table
    from rich.text import Text

    from allegiance.analysis.scenario_answer import Stage, WhatIf
    from allegiance.model.scenario import Scenario

MOST_TIES = 20
MOST_OUTCOMES = 12
NOTE = (
    "A scenario is a thought, not a forecast: this is what would follow for the coalitions if its steps came about and all else "
    "stayed as the sources have it."
)


def stages(found: WhatIf) -> Table:
    """Return all stages side by side: a row for each coalition number, a column for each stage."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    table.add_column("")
    for stage in found.stages:
        table.add_column(Text(stage.name), overflow="fold")
    for number in sorted({number for stage in found.stages for number in stage.numbers}):
        table.add_row(f"C{number + 1}", *(_members(stage, number) for stage in found.stages))
    table.add_section()
    table.add_row("violated", *(_value(stage) for stage in found.stages))
    return table


def _members(stage: Stage, number: int) -> Text:
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    text = Text()
    if number in stage.numbers:
        for actor in stage.split.value.coalitions[stage.numbers.index(number)]:
            text.append(", " if text else "")
            text.append(actor, style="bold" if actor in stage.moved else "")
    return text


def _value(stage: Stage) -> str:
    value, bound = units(stage.split.value.frustration), units(int(stage.split.lower_bound or 0))
    return f"{value} (proved)" if stage.split.proved else f"{bound} to {value}"


def changes(stage: Stage) -> Iterator[Text]:
    """Yield what a stage changed: steps, ties, who moved, and why."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    yield Text(stage.name, style="bold")
    if not stage.steps:
        yield Text("  No step comes about: its conditions aren't met.")
    for step in stage.steps:
        because = f": {step.because}" if step.because else ""
        yield Text(f"  {step.place} {' - '.join(step.actors) or step.source}{because}")
    for tie in stage.ties[:MOST_TIES]:
        yield Text(f"  tie {tie.a} - {tie.b}: {units(tie.before):+} -> {units(tie.after):+}")
    if len(stage.ties) > MOST_TIES:
        yield Text(f"  ... and {len(stage.ties) - MOST_TIES:,} more ties; --json has all.")
    for actor, (left, joined) in stage.moved.items():
        yield Text(f"  {actor} moves from C{left + 1} to C{joined + 1}")
    for actor in stage.tieless:
        yield Text(f"  {actor} has no tie any more and stands in no coalition")
    if not stage.moved:
        yield Text("  Nobody moves: the old coalitions are as good still.")
    elif stage.old_cost is not None:
        more = units(stage.old_cost - stage.split.value.frustration)
        yield Text(f"  The old coalitions would violate {more} more.")
    else:
        yield Text("  The old coalitions are what a step forbids.")
    for words in stage.reasons:
        yield Text(f"  Violated: {words}.")


def outcomes(found: WhatIf) -> Table:
    """Return how uncertain steps can turn out, the likeliest first."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    table.add_column("share", justify="right")
    table.add_column("coalitions in the end", overflow="fold")
    for one in found.outcomes[:MOST_OUTCOMES]:
        table.add_row(f"{one.share:.1%}", Text(" | ".join(", ".join(members) for members in one.coalitions)))
    how = "exact, from all combinations" if found.exact else "from draws"
    more = len(found.outcomes) - MOST_OUTCOMES
    table.caption = f"Shares are {how}{f'; {more:,} rarer outcomes are in --json' if more > 0 else ''}."
    return table


def listed(found: Sequence[Scenario]) -> Iterator[Text]:
    """Yield a line for each scenario and each of its steps."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    if not found:
        yield Text("The case keeps no scenario; `allegiance scenarios offer` drafts some from its texts.")
    for one in found:
        yield Text.assemble((one.name, "bold"), f"  {one.note}" if one.note else "")
        for step in one.steps:
            yield Text(f"  {step.place.removeprefix('the ')} {' - '.join(step.actors) or step.source}")


def kept(found: Sequence[Scenario], case: Path) -> str:
    """Word that scenarios were kept."""
    names = ", ".join(repr(one.name) for one in found)
    return f"Kept in {case}: {names}. Ask: allegiance whatif {case} {found[0].name!r}"


def drafted(count: int, case: Path, target: Path | None) -> str:
    """Word that drafts were written."""
    if not count:
        return f"No text of {case} makes anything depend on a condition."
    place = f" to {target}" if target else ""
    scenarios = "1 scenario" if count == 1 else f"{count:,} scenarios"
    return (
        f"{scenarios} drafted{place}. They say what texts say would follow; edit them, then keep them with: allegiance "
        f"scenarios add {case} {target or 'FILE.toml'}"
    )
