"""Files into a case: each file is one import, all of it or nothing, and nothing twice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from allegiance.errors import BadRowError, DataError, NoRelationError, UsageError
from allegiance.store import ImportReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from allegiance.events import Reading
    from allegiance.model import Document, Statement
    from allegiance.store import CaseFile

MOST_PROBLEMS_KEPT = 1000
Progress = "Callable[[int], None]"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the user says of a text's origin; it counts where the file doesn't say it itself.

    Attributes:
        outlet: who published it.
        author: its by-line.
        date: when: 2031-04-09, 2031-04 or 2031.
        url: where it stands.
    """

    outlet: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file's content.

    Raises:
        UsageError: there is no such file, or it can't be read.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the files in it, such as {path / '*'}.")
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None
    except OSError as trouble:
        raise UsageError(f"{path} can't be read ({trouble.strerror}); check its permissions.") from trouble


def how_of(**answers: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    """Return one text for all that decides what an import gives, besides the file's content."""
    return json.dumps(answers, sort_keys=True, ensure_ascii=False)


def origin_of(provenance: Provenance) -> dict[str, str]:
    """Return what the user said, without what was left open."""
    return {name: value for name, value in asdict(provenance).items() if value is not None}


def import_texts(
    file: CaseFile,
    path: Path,
    how: str,
    read: Callable[[], Iterable[tuple[Document, list[Statement]] | DataError]],
) -> ImportReport:
    """Write what `read` finds in the texts of `path`, unless the very same was imported already.

    Raises:
        DataError: no text of the file could be read; nothing is kept.
    """
    sha256 = fingerprint(path)
    if file.imported(sha256, how):
        return ImportReport(path.name, repeated=True)
    problems: list[DataError] = []
    with file.importing({"file": path.name, "sha256": sha256, "how": how}) as out:
        texts = 0
        for item in read():
            if isinstance(item, DataError):
                problems.append(item)
                continue
            doc, stmts = item
            texts += 1
            out.add_document(doc)
            for stmt in stmts:
                out.add_statement(stmt)
        if not texts:
            raise problems[0] if problems else DataError(f"{path.name} holds no text.")
    return ImportReport(path.name, out.documents, out.statements, out.known, problems=tuple(problems))


def import_rows(
    file: CaseFile, path: Path, how: str, read: Callable[[], Reading], progress: Callable[[int], None]
) -> ImportReport:
    """Write the statements of a data file's rows, unless the very same was imported already.

    Raises:
        DataError: no row of the file could be used; nothing is kept.
    """
    sha256 = fingerprint(path)
    if file.imported(sha256, how):
        return ImportReport(path.name, repeated=True)
    problems: list[DataError] = []
    broken = 0
    with file.importing({"file": path.name, "sha256": sha256, "how": how}) as out:
        reading = read()
        for item in reading:
            if isinstance(item, NoRelationError):
                continue
            if isinstance(item, BadRowError):
                broken += 1
                if broken <= MOST_PROBLEMS_KEPT:
                    problems.append(item)
                continue
            out.add_statement(item)
            progress(1)
        if problems and not out.statements + out.known:
            raise DataError(f"No row of {path.name} could be used; the first: {problems[0]}")
    bad = {problem.problem for problem in problems if isinstance(problem, BadRowError)}
    skipped = tuple(
        (reason, count) for reason, count in reading.tally.skipped.most_common() if reason not in bad
    )
    notices = tuple(reading.tally.notices.items())
    return ImportReport(
        path.name, 0, out.statements, out.known, skipped=skipped + notices, problems=tuple(problems)
    )
