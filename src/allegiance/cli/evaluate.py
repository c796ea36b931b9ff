"""`allegiance evaluate`: how well a reader reads an annotated corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.number_types import SEED
from allegiance.cli.options import (
    PATH,
    actors_option,
    html_option,
    json_option,
    pipeline_option,
    reader_option,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="evaluate")
@click.argument("path", type=PATH)
@click.option(
    "--data",
    required=True,
    metavar="gold|passages|re3d|dsa|plover|petrarch|factuality",
    help="Which kind of annotated data it is.",
)
@reader_option
@pipeline_option
@actors_option
@click.option(
    "--unseen", type=PATH, metavar="TRAIN", help="With --data dsa: leave out sentences that stand in TRAIN."
)
@click.option(
    "--given",
    is_flag=True,
    help="With --data passages: hand the reader each passage's actors, instead of having it find them.",
)
@click.option(
    "--sample",
    type=click.IntRange(1),
    metavar="N",
    help="Write N of the relations read, to be judged by a human ...",
)
@click.option("--to-judge", type=PATH, metavar="FILE.csv", help="... into this table.")
@click.option("--judged", type=PATH, metavar="FILE.csv", help="Count the verdicts of such a table.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of resamples and samples.")
@json_option
@html_option
def command(
    *,
    path: Path,
    data: str,
    reader: str,
    pipeline: str | None,
    actors: Path | None,
    unseen: Path | None,
    given: bool,
    sample: int | None,
    to_judge: Path | None,
    judged: Path | None,
    seed: int,
    as_json: bool,
    html: Path | None,
) -> None:
    """Measure how well a reader reads the annotated corpus PATH, with 95 % intervals; --html writes the errors to read.

    JSON keys: data, reader, examples, scored, skipped, outputs, scores (measure, group, right, found, gold; precision, recall,
    f1 with value, low, high), errors, method, seed, seconds. What a measure doesn't tell is null. Scores of passages have
    besides hit (of gold, those that must be found and were) or mean; curves holds points of confidence, precision and recall.
    """
    from allegiance.case.readers import actor_table, gazetteer  # noqa: PLC0415 - off the start-up path
    from allegiance.cli import output, words_evaluate  # noqa: PLC0415
    from allegiance.cli.destination import say_where_text_goes  # noqa: PLC0415
    from allegiance.errors import UsageError  # noqa: PLC0415
    from allegiance.evaluation import evaluate, write_sample  # noqa: PLC0415
    from allegiance.evaluation.page import sections  # noqa: PLC0415
    from allegiance.evaluation.task import Task  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415

    if (sample is None) != (to_judge is None):
        raise UsageError("--sample N and --to-judge FILE.csv go together: how many relations, and where to.")
    say_where_text_goes(reader)
    names = gazetteer((actor_table(actors),) if actors else ())
    with output.progress_bar(words_evaluate.READING) as move:
        task = Task(
            path,
            reader,
            names,
            pipeline,
            unseen,
            code=names.code,
            progress=lambda amount: move(words_evaluate.READING, amount),
            given=given,
        )
        result = evaluate(data, task, judged=judged, seed=seed)
    if sample is not None and to_judge is not None:
        write_whole(write_sample(result.value.outputs, sample, seed), to_judge, "sample")
        output.say(words_evaluate.sample_written(to_judge, min(sample, len(result.value.outputs))))
    if html is not None:
        output.write_page(words_evaluate.title(result.value, path), sections(result), html)
    if as_json:
        output.print_json(
            {
                **result.value.to_json(),
                "method": result.method,
                "seed": result.seed,
                "seconds": round(result.seconds, 3),
            }
        )
    else:
        output.print_table(words_evaluate.scores(result.value))
        output.say(words_evaluate.counted(result.value))
