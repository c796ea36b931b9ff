"""`allegiance statements`: the statements of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument, csv_option, json_option, slice_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

COLUMNS = (
    "id",
    "source",
    "actor",
    "act",
    "target",
    "polarity",
    "weight",
    "modality",
    "negated",
    "date",
    "evidence",
    "confidence",
    "reader",
    "rule",
    "marking",
    "actor_text",
    "target_text",
    "qualifiers",
)


@click.command(name="statements")
@case_argument
@slice_options
@click.option("--actor", help="Only those in which this actor acts or is acted upon.")
@click.option("--rejected", is_flag=True, help="Also those that a review rejected.")
@json_option
@csv_option
def command(
    *,
    case: Path,
    source: str | None,
    since: date | None,
    until: date | None,
    actor: str | None,
    rejected: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the statements of CASE: who says that who does what to whom, and where.

    JSON: one object a line, also of copies. Keys (and CSV columns): id, source (outermost first), actor, act, target, polarity (-1, 0, 1),
    weight (integer tenths), modality, negated, date, evidence (document, start, end, quote, and where further spans of the
    document say it too, also: a list of [start, end]; or dataset, row), confidence, reader, rule, marking, actor_text,
    target_text, qualifiers (further words as read: condition, goods, via, ...; of what somebody is quoted with, cue and
    cue_at: the word that says so for each speaker, and its characters in the document).
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.store import StatementFilter  # noqa: PLC0415

    with Case(case) as opened:
        opened.check_names(source=source, actors=[actor] if actor else [])
        wanted = StatementFilter(source=source, actor=actor, since=since, until=until, rejected=rejected)
        stmts = opened.statements(wanted)
        if as_json:
            output.print_json_lines(stmt.to_json() for stmt in stmts)
        elif as_csv:
            output.print_csv(COLUMNS, (stmt.to_json() for stmt in stmts))
        else:
            output.print_table(words.statement_table(opened.quotes(wanted)))
            output.say(f"{words.CLAIM_NOTE} Next: allegiance explain {case} ID")
