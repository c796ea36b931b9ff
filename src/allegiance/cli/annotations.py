"""`allegiance annotations`: what was corrected, as annotated passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, case_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="annotations")
@case_argument
@click.option(
    "-o", "--output", "target", type=PATH, help="Where to write; without it, to the standard output."
)
@click.option("--all", "everything", is_flag=True, help="Also what wasn't reviewed, as what may be found.")
def command(*, case: Path, target: Path | None, everything: bool) -> None:
    """Write what was reviewed in CASE as annotated passages, JSON lines: the form in which readers are taught.

    One passage for each stretch of a document in which statements were accepted: its sentences, its actors with the words that stand
    for them, and the statements; rejected ones are left out. Keys: id, from, licence (for you to fill in), sentences, actors,
    statements (s, holder, actor, target, sign, kind, modality, negated, must, qualifiers), qualified. See docs/teaching.md.
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli.output import say  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415
    from allegiance.exchange.annotations import lines  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415

    with Case(case) as opened:
        found = opened.annotations(everything=everything)
    if not found:
        raise UsageError(
            f"No statement of {case} was accepted; accept some first: allegiance review {case} STATEMENT --accept"
        )
    if target is None:
        click.echo(lines(found), nl=False)
        return
    write_whole(lines(found).encode(), target, "file of annotations")
    say(
        f"Wrote {len(found)} passages with {sum(len(one['statements']) for one in found)} statements to {target}."
    )
