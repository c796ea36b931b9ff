"""DuckDB as this room uses it: no network, bounded memory, errors as sentences."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, StorageError, clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MEMORY = "2500MB"


@contextmanager
def database(spill: Path | None, *, threads: int | None = None) -> Iterator[Any]:
    """Give a connection that spills to the folder `spill` what goes beyond its memory (None: nowhere).

    Raises:
        StorageError: the disk is full.
        DataError: a file isn't sound.
    """
    import duckdb  # noqa: PLC0415 - kept off the start-up path

    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "temp_directory": str(spill or ""),
        "memory_limit": MEMORY,
        "preserve_insertion_order": False,  # rows have keys; their order in a file means nothing
    }
    if threads is not None:
        config["threads"] = threads
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            # Its progress bar would land among the answers on stdout.
            connection.execute("SET enable_progress_bar = false")
            yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException) as refused:
        raise StorageError(
            f"The disk or the memory ran out while the lake was at work ({_first(refused)}); free some space and "
            "run the same command again: what was finished is kept."
        ) from refused
    except duckdb.Error as broken:
        # A damaged or foreign file can raise any of them, also the one that has no name of its own.
        raise DataError(
            f"The rows could not be read ({_first(broken)}): a file is damaged or not what it should be; bring it back from "
            "a copy."
        ) from broken


def paths_list(paths: Iterable[Path]) -> list[str]:
    """Return paths as DuckDB's readers want them: it reads `*`, `?` and `[` in a name as patterns."""
    return ["".join(f"[{char}]" if char in "*?[" else char for char in str(path)) for path in paths]


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _first(error: Exception) -> str:
    return clipped((str(error).splitlines() or [""])[0], 200)
