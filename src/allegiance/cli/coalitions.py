"""`allegiance coalitions`: which coalitions are there, proved or bounded."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.further import further_options
from allegiance.cli.network_options import NetworkOptions, network_options, told
from allegiance.cli.number_types import SEED, NumberRange
from allegiance.cli.options import PATH, json_option, k_option
from allegiance.cli.wish_options import wish_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from allegiance.network import Contributions


SECONDS, SECONDS_OF_MANY = 60.0, 10.0
"""How long to search when the user doesn't say; nobody waits for a proof that need not come."""

MANY = 1_000_000
"""Statements. Reading them takes seconds already, and their networks are dense with chance."""


@click.command(name="coalitions")
@click.argument("case_or_edges", type=PATH)
@k_option
@network_options
@wish_options
@click.option(
    "--smallest",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="With --k 2: each has at least so many.",
)
@click.option("--largest", type=click.IntRange(0), metavar="N", help="With --k 2: each has at most so many.")
@click.option(
    "--time-limit",
    type=NumberRange(0, endless=True),
    metavar="SECONDS",
    help="Stop then, with a bound; inf goes on to a proof. By default 60, and 10 for more than a million statements.",
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the search.")
@click.option(
    "--certificate", type=PATH, metavar="FILE.json", help="Save the proof; `allegiance verify` checks it."
)
@further_options
@json_option
def command(
    *,
    case_or_edges: Path,
    k: int | None,
    source: str | None,
    since: date | None,
    until: date | None,
    count: tuple[str, ...],
    least_confidence: float,
    period: str | None,
    together: tuple[tuple[str, ...], ...],
    apart: tuple[tuple[str, ...], ...],
    first: tuple[str, ...],
    second: tuple[str, ...],
    smallest: int,
    largest: int | None,
    time_limit: float | None,
    seed: int,
    certificate: Path | None,
    as_json: bool,
    **more: Any,  # noqa: ANN401 - the options of `further_options`
) -> None:
    """Find the coalitions of CASE_OR_EDGES: a case, or a CSV with source,target,weight[,period].

    The split found violates the least tie weight: positive ties between coalitions and negative ones within. The answer
    says whether that is proved, or how far it may be from the least. How firmly an actor stands is the lesser of two shares: of
    its tie weight, what more the best other place would violate; and of 200 draws of the texts, how many leave it where it is
    (drawn of a case of up to 250 ties; see docs/doubt.md).

    JSON keys: value, lower_bound, gap (share of the value), proved, k, coalitions, violated (a, b, weight, statements),
    firmness (by actor, -1 to 1), borne (by actor, its share of the draws; null where
    nothing was drawn), draws, witnesses (by actor: statements, sources, sentences, coded_rows, thin, words),
    grounds (statements, holders, coded_rows, read_by: reader, version, statements, precision, recall, passages,
    measured_version), unaffiliated, undecided, method, parameters, seed, seconds. --reasons adds reasons (tie,
    weight, cycle, words, statements), reasons_complete, places (by actor: cost, other, other_cost). --all adds splits (value,
    coalitions), splits_complete, core, pair_share (a, b, share), tolerance, limit. --doubt adds doubt (resamples, asked,
    proved, by, origins, actors, pairs, unaffiliated, least_statements, least_share, method, seed). Pairs that are never
    together are left out.
    """
    from allegiance.analysis.certificates import asked, to_certificate  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.coalitions import answer, best_split, to_json  # noqa: PLC0415
    from allegiance.analysis.standing import standing  # noqa: PLC0415
    from allegiance.analysis.wishes import Wishes  # noqa: PLC0415
    from allegiance.case import open_contributions, open_counted  # noqa: PLC0415
    from allegiance.cli import further, output, words  # noqa: PLC0415
    from allegiance.report.outfile import write_whole  # noqa: PLC0415

    wanted = further.Wanted(**more)
    options = NetworkOptions(source, since, until, count, least_confidence, period)
    counted: Contributions | None
    if wanted.doubt is None:
        net, counted, problems = open_counted(case_or_edges, options.wanted, options.policy, period=period)
    else:
        counted, problems = open_contributions(case_or_edges, options.wanted, options.policy, period=period)
        net = counted.network()
    with told(problems, case_or_edges):
        wishes = Wishes(together, apart, (first, second), smallest, largest)
        limit = _limit(time_limit, len(net.evidence.all()))
        with output.progress_bar(words.SEARCHING) as move:
            split = best_split(
                net,
                k,
                wishes=wishes,
                time_limit=limit,
                seed=seed,
                progress=lambda value, bound: move(words.search_progress(value, bound), 0),
            )
        result = answer(net, k, split, wishes=wishes, time_limit=limit, seed=seed)
        if certificate:
            proof = to_certificate(net, k, split, wishes=wishes)
            write_whole(json.dumps(proof).encode(), certificate, "certificate")
            output.say(words.certificate_written(certificate, asked(net, k, wishes)))
        found = further.answer(wanted, net, split, result, counted)
        stands = standing(net, counted, result, drawn=found.doubt)
        if as_json:
            output.print_json({**to_json(result), **stands.to_json(), **found.to_json()})
        else:
            output.print_table(words.coalition_table(result, stands))
            output.say(words.coalition_summary(result, stands))
            if time_limit is None and not result.proved and limit is not None:
                output.say(words.stopped(limit))
            further.show(found)


def _limit(asked: float | None, statements: int) -> float | None:
    """Return how many seconds to search, None for as long as it takes."""
    if asked is None:
        return SECONDS_OF_MANY if statements > MANY else SECONDS
    return None if math.isinf(asked) else asked
