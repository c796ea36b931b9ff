"""What `read` and `add` share: files one after the other, each its own import, with a bar and one word on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.cli import output, words
from allegiance.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from allegiance.store import ImportReport

Import = "Callable[[Path, Callable[[int], None]], ImportReport]"


def import_each(
    files: Sequence[Path], import_one: Callable[[Path, Callable[[int], None]], ImportReport]
) -> None:
    """Import the files; one that is broken doesn't keep the others out.

    Raises:
        DataError: at the end, when a file or a row of one couldn't be used.
    """
    broken_files: list[DataError] = []
    bad_rows = 0
    with output.progress_bar(words.IMPORTING, total=len(files)) as move:
        for path in files:
            done = 0

            def tick(count: int, path: Path = path) -> None:
                nonlocal done
                done += count
                if done % 100 == 0:
                    move(words.import_progress(path.name, done), 0)

            try:
                report = import_one(path, tick)
            except DataError as broken:
                broken_files.append(broken)
            else:
                output.say(words.imported(report))
                words.say_problems(report.problems)
                bad_rows += len(report.problems)
            move(words.IMPORTING, 1)
    if len(broken_files) == 1 and not bad_rows:
        raise broken_files[0]
    words.say_problems(broken_files)
    if broken_files or bad_rows:
        raise DataError(words.partly_imported(len(broken_files), bad_rows))
