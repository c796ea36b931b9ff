"""`allegiance check`: is a case file whole, and does all that stands in it make sense?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allegiance.cli.options import case_argument, json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="check")
@case_argument
@json_option
def command(*, case: Path, as_json: bool) -> None:
    """Tell all that is wrong with CASE: tables, indexes, triggers and views that aren't ours, damage, cells without sense.

    Of a case with foreign triggers or views nothing is used, here or by any other command. Exit code 3 when anything is
    wrong.

    JSON keys: sound, faults.
    """
    from allegiance.cli import output, words  # noqa: PLC0415 - off the start-up path
    from allegiance.errors import DataError  # noqa: PLC0415
    from allegiance.store import check_case  # noqa: PLC0415

    faults = check_case(case)
    if as_json:
        output.print_json({"sound": not faults, "faults": faults})
    else:
        output.print_lines(words.plain(fault) for fault in faults)
    if faults:
        raise DataError(words.unsound(case, len(faults)))
    if not as_json:
        output.say(words.sound(case))
