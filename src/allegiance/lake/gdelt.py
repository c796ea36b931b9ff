"""GDELT files to rows of the lake, many rows at a time.

SQL only splits, joins and counts here. Every decision is the row path's own function (`events.gdelt`), called once for
each distinct value: codes, days, hosts, and the ten columns of an actor. So both paths give the same rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.events.cameo import CameoCodes
from allegiance.events.format import LONGEST_NAME
from allegiance.events.gdelt import (
    ADDED_BEFORE,
    NAME_TOO_LONG,
    UNDATED,
    WIDTHS,
    WITH_URL,
    WITHOUT_URL,
    no_day,
    publisher_of,
    why_none,
    wrong_width,
)
from allegiance.events.gdelt_actor import ActorColumns, gdelt_actor
from allegiance.events.periods import compact_day
from allegiance.events.textfile import lines, require_text
from allegiance.lake.database import paths_list, quoted
from allegiance.lake.manifest import Member

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from allegiance.events import Resolve
    from allegiance.model import Codebook

FORMAT = "gdelt"
SOURCE = "GDELT"
# One column more than any GDELT file has, so that a longer row shows.
_COLUMNS = max(WIDTHS) + 1
_FIRST, _SECOND, _ACTOR_COLUMNS = "c5", "c15", 10
# Only rows with two actors need more than a reason; they are less than half.
_BOTH = f"{_FIRST} <> '' AND {_SECOND} <> ''"


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file of plain text: its path, and what evidence calls it."""

    path: Path
    dataset: str


def told(
    db: Any,  # noqa: ANN401 - DuckDB's connection
    files: Sequence[PlainFile],
    resolve: Resolve,
    codebook: Codebook,
) -> list[Member] | None:
    """Make the table `told` of the rows of GDELT files; None where a row is so strange that only the row path can tell.

    Raises:
        DataError: a file is empty or binary.
    """
    for file in files:
        require_text(file.path)
    _split(db, [file.path for file in files])
    # A line of nothing but tabs is a blank line to the row path.
    if _one(db, "SELECT count(*) FROM raw WHERE trim(id) = '' AND trim(code) = ''"):
        return None
    _decide(db, resolve, CameoCodes(codebook))
    _join(db, files)
    members = _tallies(db, files)
    db.execute("DROP TABLE raw")
    return members


def rows_sql() -> str:
    """Return the query that gives rows of the lake (in the order of its columns) from the table `told`."""
    return f"""
        SELECT {quoted(FORMAT)}, year(date)::SMALLINT, date_trunc('month', date)::DATE, date, date,
            {quoted(SOURCE)}, outlet, '', actor, act, code, target, polarity, weight, polarity * weight,
            'asserted', false, 1.0, file, 'GLOBALEVENTID ' || id, NULL
        FROM told WHERE reason IS NULL"""  # noqa: S608 - constants of ours


def _split(db: Any, paths: Sequence[Path]) -> None:  # noqa: ANN401 - as above
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(_COLUMNS))
    width = " + ".join(f"(c{i} IS NOT NULL)::INT" for i in range(WITHOUT_URL, _COLUMNS))
    actors = {
        name: f"concat_ws(chr(9), {', '.join(f'c{i}' for i in range(first, first + _ACTOR_COLUMNS))})"
        for name, first in (("a", 5), ("b", 15))
    }
    # Missing fields at the end are null and empty ones are not, for no field says \x01.
    db.execute(
        f"""
        CREATE TEMP TABLE raw AS
        SELECT filename AS f, c0 AS id, c1 AS day, c26 AS code, {_FIRST} <> '' AS has_first, {_SECOND} <> '' AS has_second,
            left(CASE WHEN c{WITH_URL} IS NULL THEN c56 ELSE c59 END, 8) AS added,
            CASE WHEN c56 IS NULL THEN 0 ELSE {WITHOUT_URL} + {width} END AS width,
            CASE WHEN {_BOTH} THEN {actors["a"]} END AS a,
            CASE WHEN {_BOTH} THEN {actors["b"]} END AS b,
            CASE WHEN NOT ({_BOTH}) THEN NULL WHEN c{WITH_URL} IS NULL THEN {_host(f"c{WITHOUT_URL}")}
                ELSE {_host(f"c{max(WIDTHS) - 1}")} END AS host
        FROM read_csv($paths, delim = '\t', quote = '', escape = '', header = false, auto_detect = false,
            null_padding = true, strict_mode = false, nullstr = '\x01', max_line_size = 2097152,
            filename = true, columns = {{{columns}}})""",  # noqa: S608 - constants of ours
        {"paths": paths_list(paths)},
    )


def _host(url: str) -> str:
    """Cut the host out of an address as `publisher_of` does; the usual beginnings first, for speed."""
    usual = " OR ".join(
        f"(starts_with({url}, '{begin}') AND length({url}) > {len(begin)})"
        for begin in ("https://", "http://")
    )
    behind = f"substr({url}, strpos({url}, '://') + 3)"
    return (
        f"CASE WHEN {usual} THEN split_part({url}, '/', 3) "
        f"WHEN strpos({url}, '://') > 0 AND {behind} <> '' THEN split_part({behind}, '/', 1) "
        f"ELSE split_part(coalesce({url}, ''), '/', 1) END"
    )


def _decide(db: Any, resolve: Resolve, codes: CameoCodes) -> None:  # noqa: ANN401 - as above
    """Make the tables of what distinct values mean."""
    found = [(code, codes.act(code)) for (code,) in _all(db, "SELECT DISTINCT code FROM raw WHERE width > 0")]
    coded = [
        (code, None, 0, 0, act) if isinstance(act, str) else (code, act.act, act.polarity, act.weight, None)
        for code, act in found
    ]
    _table(db, "codes", "code VARCHAR, act VARCHAR, polarity TINYINT, weight BIGINT, fault VARCHAR", coded)
    days = [
        (day, added, *_day(day, added))
        for day, added in _all(db, "SELECT DISTINCT day, added FROM raw WHERE width > 0")
    ]
    _table(db, "days", "day VARCHAR, added VARCHAR, date DATE, fault VARCHAR", days)
    hosts = [
        (host, publisher_of(host).chain[-1])
        for (host,) in _all(db, "SELECT DISTINCT host FROM raw WHERE host IS NOT NULL")
    ]
    _table(db, "hosts", "host VARCHAR, outlet VARCHAR", hosts)
    asked = _all(
        db,
        """WITH sound AS (
            SELECT a, b, date FROM raw JOIN days USING (day, added) JOIN codes USING (code)
            WHERE a IS NOT NULL AND days.fault IS NULL AND codes.fault IS NULL)
        SELECT DISTINCT a, date FROM sound UNION SELECT DISTINCT b, date FROM sound""",
    )
    actors = [(key, day, gdelt_actor(ActorColumns(*key.split("\t")), day, resolve)) for key, day in asked]
    _table(db, "actors", "key VARCHAR, date DATE, name VARCHAR", actors)


def _day(day: str, added: str) -> tuple[date | None, str | None]:
    try:
        found = compact_day(day)
    except ValueError:
        return None, no_day(day)
    if found is not None and day > added and added.isdigit():
        return None, ADDED_BEFORE
    return found, None


def _join(db: Any, files: Sequence[PlainFile]) -> None:  # noqa: ANN401 - as above
    """Make the table `told` of the rows with two actors, each with the reason why it is skipped, or none."""
    _table(db, "files", "f VARCHAR, file VARCHAR", [(str(one.path), one.dataset) for one in files])
    db.execute(
        f"""
        CREATE TEMP TABLE told AS
        SELECT f, file, id, code, act, polarity, weight, days.date AS date, outlet, x.name AS actor, y.name AS target,
            CASE
                WHEN codes.fault IS NOT NULL THEN codes.fault
                WHEN days.fault IS NOT NULL THEN days.fault
                WHEN x.name IS NULL OR y.name IS NULL THEN {quoted(why_none("A", "B", None, None))}
                WHEN x.name = y.name THEN {quoted(why_none("A", "B", "A", "A"))}
                WHEN length(x.name) > {LONGEST_NAME} OR length(y.name) > {LONGEST_NAME}
                    THEN {quoted(NAME_TOO_LONG)}
            END AS reason
        FROM raw JOIN files USING (f) JOIN codes USING (code) JOIN days USING (day, added) JOIN hosts USING (host)
        LEFT JOIN actors x ON x.key = raw.a AND x.date IS NOT DISTINCT FROM days.date
        LEFT JOIN actors y ON y.key = raw.b AND y.date IS NOT DISTINCT FROM days.date
        WHERE width IN {WIDTHS} AND a IS NOT NULL"""  # noqa: S608 - constants of ours
    )


def _tallies(db: Any, files: Sequence[PlainFile]) -> list[Member]:  # noqa: ANN401 - as above
    skipped: dict[str, Counter[str]] = {str(file.path): Counter() for file in files}
    used: Counter[str] = Counter()
    undated: Counter[str] = Counter()
    counts = f"""
        SELECT f, reason, count(*), count(*) - count(date) FROM told GROUP BY f, reason
        UNION ALL
        SELECT f, coalesce(c.fault, d.fault, CASE WHEN has_first THEN {quoted(why_none("A", "", "A", None))}
            ELSE {quoted(why_none("", "B", None, "B"))} END) AS reason, count(*), 0
        FROM raw LEFT JOIN (FROM codes WHERE fault IS NOT NULL) c USING (code)
        LEFT JOIN (FROM days WHERE fault IS NOT NULL) d USING (day, added)
        WHERE width IN {WIDTHS} AND a IS NULL GROUP BY f, reason"""  # noqa: S608 - constants of ours
    for path, reason, count, dateless in _all(db, counts):
        if reason is None:
            used[path] += count
            undated[path] += dateless
        else:
            skipped[path][reason] += count
    for (path,) in _all(db, f"SELECT DISTINCT f FROM raw WHERE width NOT IN {WIDTHS}"):  # noqa: S608 - numbers
        # How many columns such a row has, only the lines themselves tell.
        widths = (line.count("\t") + 1 for _, line, _ in lines(Path(path)))
        skipped[path].update(wrong_width(width) for width in widths if width not in WIDTHS)
    return [
        _member(file.dataset, used[str(file.path)], undated[str(file.path)], skipped[str(file.path)])
        for file in files
    ]


def _member(name: str, used: int, undated: int, skipped: Counter[str]) -> Member:
    notices = {UNDATED: undated} if undated else {}
    return Member(name, FORMAT, used + skipped.total(), used, used, dict(skipped), notices)


def _table(db: Any, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:  # noqa: ANN401 - as above
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    if rows:
        batch = {  # read by DuckDB under this very name
            f"c{place}": np.fromiter(chain(values), dtype=object, count=len(rows))
            for place, values in enumerate(zip(*rows, strict=True))
        }
        db.register("batch", batch)
        db.execute(f"INSERT INTO {name} SELECT * FROM batch")  # noqa: S608 - a name of ours
        db.unregister("batch")


def _all(db: Any, query: str) -> list[tuple[Any, ...]]:  # noqa: ANN401 - as above
    found: list[tuple[Any, ...]] = db.execute(query).fetchall()
    return found


def _one(db: Any, query: str) -> int:  # noqa: ANN401 - as above
    return int(_all(db, query)[0][0])
