"""`allegiance issue`: where a disputed question settles, and who yields to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.number_types import SEED, NumberRange
from allegiance.cli.options import PATH, html_option, json_option, slice_options

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from allegiance.store import StatementFilter

_NO_CASE = "-"


@click.command(name="issue")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="[CASE] ISSUE.toml")
@click.option(
    "--rounds", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many."
)
@click.option(
    "--resamples",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Draw the numbers anew so often within their stated uncertainties.",
)
@click.option(
    "--status-quo",
    type=NumberRange(0, 1),
    default=1.0,
    show_default=True,
    help="Q: the chance that an opponent who isn't challenged stays where it is.",
)
@click.option(
    "--reading",
    default="equations",
    show_default=True,
    metavar="equations|tables",
    help="The published equations as printed, or what leads to the published example's tables.",
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the draws.")
@click.option(
    "--propose", metavar="WORDS", help="Draft an issue from CASE instead: words of the disputed question."
)
@click.option("-o", "--output", "target", type=PATH, metavar="ISSUE.toml", help="Where to write the draft.")
@click.option(
    "--capabilities",
    type=PATH,
    metavar="FILE.csv",
    help="For a draft: ccode or stateabb, year, and cinc of states.",
)
@click.option("--year", type=int, help="Which year of --capabilities; without it each state's latest.")
@slice_options
@html_option
@json_option
def command(
    *,
    files: tuple[Path, ...],
    rounds: int,
    resamples: int,
    status_quo: float,
    reading: str,
    seed: int,
    propose: str | None,
    target: Path | None,
    capabilities: Path | None,
    year: int | None,
    source: str | None,
    since: date | None,
    until: date | None,
    html: Path | None,
    as_json: bool,
) -> None:
    """Forecast where the dispute in ISSUE.toml settles: expected-utility bargaining, round by round, beside the weighted median and mean.

    ISSUE.toml has one [issue] (name, scale = [lowest, highest], unit, note, plus_minus) and a [[party]] for each party (name,
    position, capability, salience 0 to 1, plus_minus, source, statements). With a CASE before it, the statements that it names
    must be in that case. `allegiance issue CASE --propose "future of ..." -o ISSUE.toml` drafts one from what statements say.

    JSON keys: issue, unit, scale, forecast, mean, settled, baselines (median, mean, median_by_capability, mean_by_capability),
    rounds (round, median, mean, positions, risk, moves, offers (party, challenger, kind, position, gain, threat, taken),
    stalemates), camps (position, parties, share), other_reading (reading, forecast, settled), sensitivity (draws, median, interval, settled, outcomes, bins), inputs (party,
    position, capability, salience, source, statements), evidence, proved, method, parameters, seed, seconds.
    """
    from allegiance.analysis.issue import bargain  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.issue_answer import sections, to_json  # noqa: PLC0415
    from allegiance.case.proposals import claims_behind  # noqa: PLC0415
    from allegiance.cli import output, words_issue  # noqa: PLC0415
    from allegiance.exchange.issue_file import read_issue  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    if propose is not None:
        _draft(
            files,
            propose,
            target,
            capabilities,
            year,
            StatementFilter(source=source, since=since, until=until),
        )
        return
    for_drafts: dict[str, object] = {"-o": target, "--capabilities": capabilities, "--year": year}
    for_drafts |= {"--source": source, "--since": since, "--until": until}
    _refuse(for_drafts)
    case, path = _case_and_issue(files)
    issue = read_issue(path)
    quotes = [] if case is None else claims_behind(case, issue)
    with output.progress_bar(words_issue.DRAWING, total=resamples or None) as move:
        result = bargain(
            issue,
            rounds=rounds,
            resamples=resamples,
            status_quo=status_quo,
            reading=reading,
            seed=seed,
            progress=lambda done: move(words_issue.DRAWING, done),
        )
    if html:
        output.write_page(issue.name, sections(result.value), html, case=case, evidence=result.evidence)
    if as_json:
        output.print_json(to_json(result))
        return
    output.print_table(words_issue.parties(result.value))
    output.print_table(words_issue.rounds(result.value))
    output.print_table(words_issue.outcomes(result.value))
    output.print_lines(words_issue.quotes(quotes))
    output.say(words_issue.summary(result.value))
    output.say(words_issue.NOTE)


def _draft(
    files: tuple[Path, ...],
    question: str,
    target: Path | None,
    capabilities: Path | None,
    year: int | None,
    wanted: StatementFilter,
) -> None:
    """Draft an issue from a case and write it, or print it where no file is named."""
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.case.proposals import propose_issue  # noqa: PLC0415
    from allegiance.cli import output, words, words_issue  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415
    from allegiance.events.capabilities import read_capabilities  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415

    if len(files) != 1:
        raise UsageError("--propose drafts from one case; name that and no other file.")
    if year is not None and capabilities is None:
        raise UsageError("--year chooses a year of --capabilities; name that table too.")
    table = None if capabilities is None else read_capabilities(capabilities, year)
    if table is not None:
        words.say_problems(table.problems)
    with Case(files[0]) as case:
        draft = propose_issue(case, question, wanted, table)
    if target is None:
        click.echo(draft.toml(), nl=False)
        return
    write_whole(draft.toml().encode(), target, "draft")
    output.say(words_issue.drafted(draft, target))


def _case_and_issue(files: tuple[Path, ...]) -> tuple[Path | None, Path]:
    """Tell the case, None for none, from the issue."""
    from allegiance.errors import UsageError  # noqa: PLC0415 - off the start-up path

    *cases, path = files
    if len(cases) > 1:
        raise UsageError(f"{len(files)} files are named; give a case and an issue, or an issue alone.")
    if path.suffix != ".toml":
        raise UsageError(
            f"{path} is no issue: name a TOML file, or draft one with --propose WORDS -o ISSUE.toml."
        )
    return (None if not cases or str(cases[0]) == _NO_CASE else cases[0]), path


def _refuse(for_drafts: Mapping[str, object]) -> None:
    """Refuse options that would be passed over."""
    from allegiance.errors import UsageError  # noqa: PLC0415 - off the start-up path

    given = [name for name, value in for_drafts.items() if value is not None]
    if given:
        raise UsageError(
            f"{given[0]} goes with --propose; leave it out, or draft an issue with --propose WORDS."
        )
