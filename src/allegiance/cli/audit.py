"""`allegiance audit`: how well one's own texts were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import PATH, case_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="audit")
@case_argument
@click.option("--to-judge", type=PATH, metavar="FILE.csv", help="Write the table to be judged here.")
@click.option("--judged", type=PATH, metavar="FILE.csv", help="Count the verdicts of such a table.")
@click.option("--sample", type=click.IntRange(1), default=60, show_default=True, help="Statements to draw.")
@click.option("--texts", type=click.IntRange(0), default=5, show_default=True, help="Whole texts to draw.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the draw.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    *,
    case: Path,
    to_judge: Path | None,
    judged: Path | None,
    sample: int,
    texts: int,
    seed: int,
    as_json: bool,
) -> None:
    """Measure how well the texts of CASE were read: draw statements to judge, then count the verdicts.

    Write yes or no under verdict for each statement (is it what its sentence says, by whom and how?), and for each whole text how many
    further relations between two actors it tells. JSON keys: right, judged, texts, told, missed, precision, recall (value, low, high).
    """
    from allegiance.case import Case  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415
    from allegiance.evaluation.audit import count, draw  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415

    if (to_judge is None) == (judged is None):
        raise UsageError(
            "Say --to-judge FILE.csv to draw a table, or --judged FILE.csv to count its verdicts."
        )
    with Case(case) as opened:
        outputs, whole = opened.to_be_judged()
    if not outputs:
        raise UsageError(f"{case} has no statement that was read from a text.")
    if to_judge is not None:
        write_whole(draw(outputs, whole, sample, seed, whole=texts), to_judge, "table")
        output.say(
            f"{to_judge}: {min(sample, len(outputs))} statements and {min(texts, len(whole))} texts to judge. Fill the verdicts, "
            f"then: allegiance audit {case} --judged {to_judge}"
        )
    if judged is not None:
        found = count(judged, outputs, whole)
        if as_json:
            output.print_json(found.to_json())
            return
        for name, share, of in (
            ("Precision", found.precision, f"{found.right} of {found.judged} statements judged right"),
            (
                "Recall",
                found.recall,
                f"{found.missed} missed beside {found.told} read in {found.texts} texts",
            ),
        ):
            told = (
                "not told"
                if share is None
                else f"{share.value:.2f}, with 95 % within {share.low:.2f} and {share.high:.2f}"
            )
            click.echo(f"{name}: {told} ({of})")
