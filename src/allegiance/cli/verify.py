"""`allegiance verify`: is a saved proof of coalitions a proof?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from allegiance.cli.network_options import NetworkOptions, network_options
from allegiance.cli.options import PATH, json_option, k_option
from allegiance.cli.wish_options import wish_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="verify")
@click.argument("certificate", type=PATH)
@click.argument("case_or_edges", type=PATH)
@k_option
@network_options
@wish_options
@json_option
def command(
    *,
    certificate: Path,
    case_or_edges: Path,
    k: int | None,
    together: tuple[tuple[str, ...], ...],
    apart: tuple[tuple[str, ...], ...],
    first: tuple[str, ...],
    second: tuple[str, ...],
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the options of `network_options`
) -> None:
    """Check CERTIFICATE, saved by `allegiance coalitions --certificate`, against CASE_OR_EDGES, without any solver.

    Give the same slice (--source, --since, --period, ...) and the same question (--k, --together, ...) that the coalitions
    were asked for: what the certificate says of itself is not believed, and one that answers another question is refused.
    Exit code 3 when it is refused.

    JSON keys: valid, reason, question (k, together, apart), value, lower_bound, proved.
    """
    from allegiance.analysis.certificates import asked, verify  # noqa: PLC0415 - off the start-up path
    from allegiance.analysis.wishes import Wishes  # noqa: PLC0415
    from allegiance.case import open_network  # noqa: PLC0415
    from allegiance.cli import output, words  # noqa: PLC0415
    from allegiance.errors import DataError  # noqa: PLC0415
    from allegiance.exchange.json_file import read_json  # noqa: PLC0415
    from allegiance.model import units  # noqa: PLC0415

    saved = read_json(certificate)
    options = NetworkOptions(**chosen)
    net, problems = open_network(case_or_edges, options.wanted, options.policy, period=options.period)
    words.say_problems(problems)
    question = asked(net, k, Wishes(together, apart, (first, second)))
    verdict = verify(saved, net, question)
    if as_json:
        output.print_json(
            {
                "valid": verdict.valid,
                "reason": verdict.reason,
                "question": question.to_json(),
                "value": units(verdict.value),
                "lower_bound": units(verdict.lower_bound),
                "proved": verdict.proved,
            }
        )
    if not verdict.valid:
        raise DataError(words.refused(certificate.name, verdict.reason))
    if not as_json:
        output.print_lines([words.plain(words.verified(verdict, question))])
