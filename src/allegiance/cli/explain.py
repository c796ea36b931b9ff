"""`allegiance explain`: from an answer back to the quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, counting_options, json_option, k_option, slice_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from allegiance.network import CountingPolicy
    from allegiance.store import StatementFilter


MOST_SHOWN = 100


@click.command(name="explain")
@click.argument("case", type=PATH, metavar="CASE_OR_LAKE")
@click.argument("what")
@k_option
@slice_options
@counting_options
@click.option(
    "--limit",
    type=click.IntRange(1),
    help=f"Most statements to show; without it {MOST_SHOWN} as text and all as JSON, and of a lake the newest 1,000 rows.",
)
@json_option
def command(
    *,
    case: Path,
    what: str,
    k: int | None,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
    limit: int | None,
    as_json: bool,
) -> None:
    """Show the quotes behind WHAT: a statement's id, a tie "A,B", an actor's name, or a coalition as "C1".

    Coalitions are numbered as `allegiance coalitions` prints them, for the same --k and the same slice.

    JSON keys: kind, title, what is computed of it (tie and by_source; or coalition, firmness, witness
    and ties), statements (their
    keys as in `statements`, with verdict, before, after, outlet, title, url, report_in: the outlets that had the text or a
    copy of it, copy_of: the statement that tells the same in a copy), articles (url, title with the tone, quotations: where the knowledge
    graph of GDELT is in the case), left_out (how many statements more there are); of a lake rows (as `lake rows`).
    """
    from allegiance.case.articles import articles_of  # noqa: PLC0415 - off the start-up path
    from allegiance.case.explaining import explain_case  # noqa: PLC0415
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.network import CountingPolicy  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    wanted = StatementFilter(source=source, since=since, until=until)
    policy = CountingPolicy.parse(count, confidence=least_confidence)
    if case.is_dir():
        _explain_lake(case, what, k, wanted, policy, limit, as_json=as_json)
        return
    most = limit if limit is not None or as_json else MOST_SHOWN
    found = explain_case(case, what, k=k, wanted=wanted, policy=policy, most=most)
    articles = articles_of(case, (quote.stmt for quote in found.quotes))
    if as_json:
        told = [{"url": doc.url, "title": doc.title, "quotations": doc.text.splitlines()} for doc in articles]
        output.print_json({**found.to_json(), **({"articles": told} if told else {})})
    else:
        output.print_lines(words.explanation(found))
        output.print_lines(words.articles(articles))
        if found.quotes:
            output.say(f"Not so? allegiance review {case} {found.quotes[0].stmt.id} --reject")


def _explain_lake(
    lake: Path,
    what: str,
    k: int | None,
    wanted: StatementFilter,
    policy: CountingPolicy,
    limit: int | None,
    *,
    as_json: bool,
) -> None:
    from allegiance.case.lake_explain import explain_lake  # noqa: PLC0415 - off the start-up path
    from allegiance.case.lakes import MOST_ROWS  # noqa: PLC0415
    from allegiance.cli import output, words, words_lake  # noqa: PLC0415

    found = explain_lake(lake, what, k=k, wanted=wanted, policy=policy, most=limit or MOST_ROWS)
    if as_json:
        output.print_json(found.to_json())
        return
    output.print_lines(words.facts(found.title, found.facts))
    if found.rows:
        output.print_table(words_lake.row_table(found.rows))
        output.say(words.CLAIM_NOTE)
    else:
        output.say(words_lake.no_rows(what))
