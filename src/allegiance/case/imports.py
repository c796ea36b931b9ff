"""Files into a case: each file is one import, all of it or nothing, and nothing twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from allegiance.case.datafiles import LEFT_OUT
from allegiance.case.fingerprint import fingerprint
from allegiance.errors import BadRowError, DataError, NoRelationError, RepeatedImportError
from allegiance.model import Document, Statement
from allegiance.store import ImportReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from allegiance.events import Reading
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
    try:
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
            out.flush()
            if not texts:
                raise problems[0] if problems else DataError(f"{path.name} holds no text.")
            _require_unchanged(path, sha256)
    except RepeatedImportError:  # by another process, a moment ago
        return ImportReport(path.name, repeated=True)
    return ImportReport(path.name, out.documents, out.statements, out.known, problems=tuple(problems))


def import_rows(
    file: CaseFile,
    path: Path,
    how: str,
    read: Callable[[], AbstractContextManager[tuple[Iterable[Reading], int]]],
    progress: Callable[[int], None],
) -> ImportReport:
    """Write the statements of a data file's rows, unless the very same was imported already.

    Args:
        file: the case.
        path: the file, or the archive.
        how: what decides, besides the content, what the import gives.
        read: opens the tables of the file; gives them, and how many files of the archive are none.
        progress: called with the number of statements done.

    Raises:
        DataError: no row of the file could be used, or it changed meanwhile; nothing is kept.
    """
    sha256 = fingerprint(path)
    if file.imported(sha256, how):
        return ImportReport(path.name, repeated=True)
    problems: list[BadRowError] = []
    skipped: Counter[str] = Counter()
    notices: Counter[str] = Counter()
    try:
        with (
            file.importing({"file": path.name, "sha256": sha256, "how": how}) as out,
            read() as (tables, foreign),
        ):
            for reading in tables:
                for item in reading:
                    if isinstance(item, Statement):
                        out.add_statement(item)
                        progress(1)
                    elif isinstance(item, Document):
                        out.add_document(item)
                    elif not isinstance(item, NoRelationError) and len(problems) < MOST_PROBLEMS_KEPT:
                        problems.append(item)
                skipped += reading.tally.skipped
                notices += reading.tally.notices
            out.flush()
            if problems and not out.statements + out.known + out.documents:
                raise DataError(f"No row of {path.name} could be used; the first: {problems[0]}")
            _require_unchanged(path, sha256)
    except RepeatedImportError:  # as above
        return ImportReport(path.name, repeated=True)
    bad = {problem.problem for problem in problems}
    if foreign:
        notices[LEFT_OUT] += foreign
    told = tuple((reason, count) for reason, count in skipped.most_common() if reason not in bad)
    return ImportReport(
        path.name,
        out.documents,
        out.statements,
        out.known,
        skipped=told + tuple(notices.items()),
        problems=tuple(problems),
    )


def _require_unchanged(path: Path, sha256: str) -> None:
    # Its fingerprint stands in the history: what was read must be what it was taken of.
    if fingerprint(path) != sha256:
        raise DataError(
            f"{path.name} changed while it was read; nothing of it was kept. Add it again when it is complete."
        )
