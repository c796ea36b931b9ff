"""The tables of a case file, and how a connection to one is opened safely."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance import unfinished
from allegiance.errors import CaseFileError, StorageError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x616C6C65  # "alle", so that `file` and we can tell a case from any other SQLite file
FORMAT_VERSION = 2
BUSY_SECONDS = 30.0
# The two bytes of a SQLite file that say who may write and read it; 2 is: with write-ahead logging.
_VERSIONS, _LOGS_AHEAD = slice(18, 20), b"\2\2"
_NO_LOCKS = "vfs=unix-none"

# What a case of format 1 is made of. A newer format is what the older one was and the changes behind it, so that a case that was
# brought up to it and one made in it have the same tables, to the letter.
_FORMAT_1 = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE source (id INTEGER PRIMARY KEY, chain TEXT NOT NULL UNIQUE);
CREATE TABLE reader (id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE);

CREATE TABLE document (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, outlet TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL,
    date TEXT, url TEXT NOT NULL, language TEXT NOT NULL, origin TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX document_by_url ON document(url);

CREATE TABLE statement (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES source(id),
    actor INTEGER NOT NULL REFERENCES name(id),
    act INTEGER NOT NULL REFERENCES name(id),
    target INTEGER NOT NULL REFERENCES name(id),
    polarity INTEGER NOT NULL, weight INTEGER NOT NULL,
    modality TEXT NOT NULL, negated INTEGER NOT NULL,
    first TEXT, last TEXT,
    origin INTEGER NOT NULL REFERENCES name(id),
    start INTEGER, "end" INTEGER, quote TEXT NOT NULL,
    confidence REAL NOT NULL,
    reader INTEGER NOT NULL REFERENCES reader(id),
    marking TEXT NOT NULL, actor_text TEXT NOT NULL, target_text TEXT NOT NULL, qualifiers TEXT NOT NULL
);

CREATE TABLE imported (event INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (event, statement)) WITHOUT ROWID;
CREATE TABLE imported_document (event INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (event, document)) WITHOUT ROWID;
"""

# Further spans of a statement's text, as a JSON list of pairs. And three tables that nothing fills yet, so that the format need
# not change again when something does:
# partner     with whom packages are exchanged: the name by which the case calls it, and the key by which it is known.
# package     what came from a partner: the hash of its bytes, and the event of the history that took it in.
# annotation  words put to a statement (by its id) by the event of the history that says who and when.
_FORMAT_2 = """
ALTER TABLE statement ADD COLUMN also TEXT NOT NULL DEFAULT '[]';

CREATE TABLE partner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL);
CREATE TABLE package (
    sha256 TEXT PRIMARY KEY, partner INTEGER NOT NULL REFERENCES partner(id), event INTEGER NOT NULL REFERENCES event(seq)
) WITHOUT ROWID;
CREATE TABLE annotation (
    id INTEGER PRIMARY KEY, event INTEGER NOT NULL REFERENCES event(seq), statement TEXT NOT NULL, text TEXT NOT NULL
);
"""

# By name, for whoever drops one while much is written and makes it again behind.
STATEMENT_INDEXES = {
    "statement_by_actor": "CREATE INDEX statement_by_actor ON statement(actor, target)",
    "statement_by_target": "CREATE INDEX statement_by_target ON statement(target, actor)",
}


@lru_cache(FORMAT_VERSION)
def expected_schema(version: int) -> dict[tuple[str, str], str]:
    """Return what `schema` finds in a case of that format."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _create_tables(connection, version)
        return schema(connection)


def format_of(connection: sqlite3.Connection) -> int:
    """Return the format of the case that is open."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def change_tables(connection: sqlite3.Connection) -> None:
    """Give a case of format 1 the tables of format 2, inside the transaction of whoever changes what stands in them."""
    for statement in _split(_FORMAT_2):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def schema(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return what a database is made of: (table, index, trigger or view; name) -> its SQL in single blanks."""
    return {
        (str(kind), str(name)): f"{table}: {' '.join(str(sql).split())}"
        for kind, name, table, sql in connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master"
        )
    }


def is_sqlite(path: Path) -> bool:
    """Return whether the file at `path` begins as a SQLite database does."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the case file at `path`, making it where `create` allows and it isn't there.

    Raises:
        UsageError: there is no such file, or it is a folder.
        CaseFileError: it is no case, or comes from a newer version.
        StorageError: the place can't be written.
    """
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder; a case is one file. Name a file in it, such as {path / 'my.case'}."
        )
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} of the case doesn't exist; make it first.")
    if create:
        unfinished.clear(path.parent, unfinished.prefix_of(path))
    while True:
        with sentences(path):
            if not path.exists():
                if not create:
                    raise UsageError(
                        f"There is no case at {path}. Make one with: allegiance read {path} FILE..."
                    )
                _make(path)
            connection = _open(path)
        if connection is not None:
            return connection


def _open(path: Path, *, alone: bool = False) -> sqlite3.Connection | None:
    """Return a connection to the case at `path`, or None when `remove_unused` of another process took the file.

    With `alone` nobody else can use the case meanwhile.
    """
    before = _identity(path)
    address = _address(path)
    try:
        with ExitStack() as stack:
            connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
            stack.callback(connection.close)
            if alone or _NO_LOCKS in address:
                # Said before the first look, it keeps the index of the log in memory instead of in a file.
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            _prepare(connection, path)
            # Having read from it, this connection holds a lock that `remove_unused` respects; before, it held none.
            if before is not None and before == _identity(path):
                stack.pop_all()
                return connection
    except sqlite3.OperationalError as trouble:
        if before is None or before != _identity(path):
            return None
        if alone or not trouble.sqlite_errorname.startswith("SQLITE_IOERR_SHM"):
            raise
        # The disk has no room for the file by which processes share the log; reading needs no more room than this.
        return _open(path, alone=True)
    return None


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from another of that name, or None when there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def remove_unused(connection: sqlite3.Connection, path: Path) -> None:
    """Close `connection` and remove its case at `path`, which never got any content, unless others have it open."""
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Leaving write-ahead logging takes the whole file, and is refused while anybody else has it open.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        if connection.execute("SELECT count(*) FROM event").fetchone()[0] == 0:
            path.unlink(missing_ok=True)
    except sqlite3.OperationalError as trouble:
        if trouble.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
    finally:
        connection.close()


def _make(path: Path) -> None:
    """Put an empty case at `path`, whole, unless another process puts one there first."""
    # SQLite can't turn write-ahead logging on for two that make the same file at once: one is told "busy" or
    # "I/O error" without waiting. So nobody ever sees a case being made, only one that is there.
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _create_tables(connection)
        content = bytearray(connection.serialize())
    content[_VERSIONS] = _LOGS_AHEAD
    try:
        unfinished.put(bytes(content), path, only_new=True)
    except OSError as refused:
        raise StorageError(
            f"The case {path} can't be made ({refused.strerror}); free some space there, or name another place."
        ) from refused


def _address(path: Path) -> str:
    """Return how SQLite is told to open the case at `path`."""
    # SQLite follows links, so its companions stand beside the file itself.
    real = path.resolve()
    wal, shm, journal = (real.with_name(real.name + end) for end in ("-wal", "-shm", "-journal"))
    address = real.as_uri()
    if os.access(real, os.W_OK) and os.access(real.parent, os.W_OK):
        return f"{address}?mode=rw"
    if _size(journal) or (wal.exists() and shm.exists()):
        return f"{address}?mode=ro"
    # Reading with write-ahead logging needs two files beside the case. Where they aren't and can't be made, nobody has the
    # case open, so that it may be read without locks: with what was committed to the log and not yet to the file, if
    # anything was (a killed process leaves it so), else as it stands.
    return f"{address}?mode=ro&{_NO_LOCKS}" if _size(wal) else f"{address}?mode=ro&immutable=1"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    distrust(connection)
    version = format_of(connection)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if empty and application == 0:
        _create_tables(connection)  # somebody made an empty file for the case
    elif application != APPLICATION_ID:
        raise CaseFileError(f"{path} is a SQLite database, but not a case of allegiance; name another file.")
    elif version > FORMAT_VERSION:
        raise CaseFileError(
            f"{path} was written by a newer version of allegiance (file format {version}; this version reads up to "
            f"{FORMAT_VERSION}). Install a newer allegiance."
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a commit that was answered survives a power cut


def distrust(connection: sqlite3.Connection) -> None:
    """Set what SQLite offers against files that somebody made to do harm, before anything of the file is read."""
    connection.execute(
        "PRAGMA trusted_schema = OFF"
    )  # its triggers and views may call no function that does anything
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)


def _create_tables(connection: sqlite3.Connection, version: int = FORMAT_VERSION) -> None:
    # Write-ahead logging lets others read while an import is written; kill -9 leaves the last commit.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for statement in (*_split(_FORMAT_1), *STATEMENT_INDEXES.values()):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    if version == FORMAT_VERSION:
        change_tables(connection)
    connection.execute("COMMIT")


def _split(script: str) -> Iterator[str]:
    # executescript() would commit the surrounding transaction, and a trigger's body holds semicolons itself.
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the case at `path` into sentences for the user."""
    try:
        yield
    except sqlite3.Error as trouble:
        raise _sentence(path, trouble) from trouble
    except UnicodeDecodeError as trouble:  # SQLite quotes what is broken, and that needn't be text
        raise CaseFileError(f"{path} is damaged. Restore it from a copy.") from trouble


_NOT_READ = ("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_FSTAT", "SQLITE_IOERR_CORRUPTFS")


def _sentence(path: Path, trouble: sqlite3.Error) -> CaseFileError | StorageError:
    code = getattr(trouble, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return CaseFileError(
            f"{path} is not a case: it is not a SQLite file. Name another file for the case."
        )
    if code == sqlite3.SQLITE_CORRUPT:
        return CaseFileError(f"{path} is damaged ({trouble}). Restore it from a copy.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageError(
            f"{path} is being written by another process and stayed locked for {BUSY_SECONDS:.0f} seconds; "
            "try again when that one is done."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return StorageError(_disk_failed(path, trouble))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return StorageError(_not_opened(path, trouble))
    return CaseFileError(f"{path} could not be used ({trouble}).")


def _disk_failed(path: Path, trouble: sqlite3.Error) -> str:
    if trouble.sqlite_errorname in _NOT_READ:
        return f"{path} could not be read ({trouble}): its disk failed. Copy it to another one."
    return (
        f"The disk is full or failed while {path} was written ({trouble}); nothing of this step was kept. "
        "Free some space and run it again."
    )


def _not_opened(path: Path, trouble: sqlite3.Error) -> str:
    real = path.resolve()
    wal = real.with_name(f"{real.name}-wal")
    if wal.exists() and not os.access(wal, os.R_OK):
        return (
            f"The latest changes of {path} stand in {wal}, which may not be read; ask its owner, or copy both into a "
            "folder of your own."
        )
    if trouble.sqlite_errorname == "SQLITE_READONLY_ROLLBACK":
        return (
            f"{path} holds a change that was cut off in the middle, and can't be mended where it lies; copy it and "
            f"{path.name}-journal into a folder that can be written, and open the copy."
        )
    how = " for writing" if trouble.sqlite_errorname.startswith("SQLITE_READONLY") else ""
    return f"{path} can't be opened{how} ({trouble}); check its permissions and its folder's."
