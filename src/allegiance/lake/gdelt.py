"""GDELT files to rows of the lake, many rows at a time.

`cutting` numbers the words that rows repeat, and arrays only join and count here. Every decision is the row path's own
function (`events.gdelt`), called once for each distinct value: codes, days, hosts, and the ten columns of an actor. So both
paths give the same rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from allegiance.events.cameo import CameoCodes
from allegiance.events.format import LONGEST_NAME
from allegiance.events.gdelt import (
    ADDED_BEFORE,
    NAME_TOO_LONG,
    UNDATED,
    no_day,
    publisher_of,
    why_none,
    wrong_width,
)
from allegiance.events.gdelt_actor import ActorColumns, gdelt_actor
from allegiance.events.periods import compact_day
from allegiance.events.textfile import is_utf16, open_bytes, require_text
from allegiance.lake.database import quoted
from allegiance.lake.manifest import Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from allegiance.events import Resolve
    from allegiance.lake.cutting import Cut
    from allegiance.model import Codebook

    Numbers = NDArray[np.int32]

FORMAT = "gdelt"
SOURCE = "GDELT"
LEAST_BYTES = 8 << 20
"""Below it the row path is faster, for the compiled code takes longer to load than that to read."""
_BLOCK = 16 << 20
_HELD = 200_000  # rows
_USED = 0
"""The number of the reason of rows that are used."""
_NOBODY = -1


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
    """Make the tables behind `rows_sql` of GDELT files; None where a line is so strange that only the row path can tell.

    Raises:
        DataError: a file is empty or binary.
    """
    from allegiance.lake.cutting import cut  # noqa: PLC0415 - compiled code takes long to load

    for file in files:
        require_text(file.path)
        if is_utf16(file.path):
            return None
    decided = _Decided(CameoCodes(codebook), resolve)
    table = _Told(db)
    members = []
    for file in files:
        tally = _Tally()
        for block in _blocks(file.path):
            some = cut(np.frombuffer(block, dtype=np.uint8))
            if some.odd:
                return None
            rows = decided.rows(some, block)
            tally.count(some, rows, decided)
            table.hold(decided.texts.number(file.dataset), some, rows, block)
        members.append(tally.member(file.dataset))
    table.finish(decided)
    return members


def rows_sql() -> str:
    """Return the query that gives rows of the lake (in the order of its columns) from the tables that `told` made."""
    return f"""
        SELECT {quoted(FORMAT)}, year(date)::SMALLINT, date_trunc('month', date)::DATE, date, date,
            {quoted(SOURCE)}, outlet.text, '', actor.text, act, code, target.text, polarity, weight, polarity * weight,
            'asserted', false, 1.0, file.text, 'GLOBALEVENTID ' || id, NULL
        FROM told JOIN codes USING (code_number) JOIN days USING (day_number)
        JOIN texts outlet ON outlet.number = outlet_number JOIN texts file ON file.number = file_number
        JOIN texts actor ON actor.number = actor_number JOIN texts target ON target.number = target_number"""  # noqa: S608 - constants of ours


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield a file in blocks of whole lines, each line with its line feed."""
    left = b""
    with open_bytes(path) as file:
        while block := file.read(_BLOCK - len(left)):
            whole = left + block
            end = whole.rfind(b"\n") + 1
            left = whole[end:]
            if end:
                yield whole[:end]
    if left:
        yield left + b"\n"


@dataclass(frozen=True, slots=True)
class _Rows:
    """What was decided of the rows of a block: int32, shape (rows,) each.

    Attributes:
        reason: number of the reason why a row is skipped, `_USED` for none.
        code: number of its event code; `day` of its day; `outlet`, `actor` and `target` of their names.
    """

    reason: Numbers
    code: Numbers
    day: Numbers
    outlet: Numbers
    actor: Numbers
    target: Numbers


class _Numbered:
    """Keys numbered as they come, and what each means, asked once."""

    def __init__(self, meaning: Callable[[Any], Any]) -> None:
        self._meaning = meaning
        self._numbers: dict[Any, int] = {}
        self.meanings: list[Any] = []

    def number(self, key: Any) -> int:  # noqa: ANN401 - anything hashable
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self.meanings)
            self.meanings.append(self._meaning(key))
        return known

    def meaning(self, key: Any) -> Any:  # noqa: ANN401 - as above
        return self.meanings[self.number(key)]


class _Decided:
    """What distinct values of all files mean, and what follows for their rows."""

    def __init__(self, codes: CameoCodes, resolve: Resolve) -> None:
        self.reasons = _Numbered(str)
        self.reasons.number("")  # `_USED`
        self.texts = _Numbered(str)
        self.codes = _Numbered(lambda code: (code, codes.act(code)))
        self.days = _Numbered(lambda key: _day(*key))
        self._outlets = _Numbered(lambda host: self.texts.number(publisher_of(host).chain[-1]))
        self._actors = _Numbered(lambda key: self._actor(key, resolve))

    def _actor(self, key: tuple[str, date | None], resolve: Resolve) -> int:
        columns, day = key
        name = gdelt_actor(ActorColumns(*columns.split("\t")), day, resolve)
        return _NOBODY if name is None else self.texts.number(name)

    def _fault(self, fault: object) -> int:
        return self.reasons.number(fault) if isinstance(fault, str) else _USED

    def rows(self, some: Cut, block: bytes) -> _Rows:
        """Decide the rows of a block, asking in the row path's order: code, day, actors."""
        code_of, day_of, added_of, *actors_of, host_of = some.words(block)
        codes, days, added, *actors, hosts = some.numbers.T
        code = _looked_up([self.codes.number(word) for word in code_of], codes)
        pairs, place = np.unique(days.astype(np.int64) * len(added_of) + added, return_inverse=True)
        told_days = (divmod(pair, len(added_of)) for pair in pairs.tolist())
        day = _looked_up([self.days.number((day_of[d], added_of[a][:8])) for d, a in told_days], place)
        reason = _looked_up([self._fault(act) for _, act in self.codes.meanings], code)
        _where_used(reason, _looked_up([self._fault(fault) for _, fault in self.days.meanings], day))
        first, second = some.two.T
        _where_used(reason, ~first * self._fault(why_none("", "B", None, "B")))
        _where_used(reason, ~second * self._fault(why_none("A", "", "A", None)))
        asked = reason == _USED
        actor, target = (
            self._names(words, numbers, day, asked) for words, numbers in zip(actors_of, actors, strict=True)
        )
        nobody = (actor == _NOBODY) | (target == _NOBODY)
        _where_used(reason, nobody * self._fault(why_none("A", "B", None, None)))
        _where_used(reason, (actor == target) * self._fault(why_none("A", "B", "A", "A")))
        overlong = np.array([len(text) > LONGEST_NAME for text in (*self.texts.meanings, "")])
        _where_used(reason, (overlong[actor] | overlong[target]) * self._fault(NAME_TOO_LONG))
        outlet = np.full(len(reason), _NOBODY, dtype=np.int32)
        outlet[asked] = _looked_up([self._outlets.meaning(host) for host in host_of], hosts[asked])
        return _Rows(reason, code, day, outlet, actor, target)

    def _names(
        self, words: Sequence[str], numbers: Numbers, day: Numbers, asked: NDArray[np.bool_]
    ) -> Numbers:
        """Return the numbers of the names of one of the actors where they are `asked` for, else `_NOBODY`."""
        days = len(self.days.meanings)
        pairs, place = np.unique(numbers[asked].astype(np.int64) * days + day[asked], return_inverse=True)
        keys = (
            (words[word], self.days.meanings[at][0]) for word, at in (divmod(p, days) for p in pairs.tolist())
        )
        names = np.full(len(asked), _NOBODY, dtype=np.int32)
        names[asked] = _looked_up([self._actors.meaning(key) for key in keys], place)
        return names


def _looked_up(values: Sequence[int], places: NDArray[Any]) -> Numbers:
    found: Numbers = np.array(values, dtype=np.int32)[places]
    return found


def _where_used(reason: Numbers, other: NDArray[Any]) -> None:
    """Put the reasons in `other` where there is none yet."""
    np.copyto(reason, other, where=reason == _USED, casting="same_kind")


def _day(day: str, added: str) -> tuple[date | None, str | None]:
    try:
        found = compact_day(day)
    except ValueError:
        return None, no_day(day)
    if found is not None and day > added and added.isdigit():
        return None, ADDED_BEFORE
    return found, None


@dataclass(slots=True)
class _Tally:
    """Counts what becomes of the rows of a file."""

    used: int = 0
    undated: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def count(self, some: Cut, rows: _Rows, decided: _Decided) -> None:
        """Count the rows of a block."""
        counts = np.bincount(rows.reason, minlength=1).tolist()
        for reason, count in zip(decided.reasons.meanings, counts, strict=False):
            self.skipped[reason] += count
        undated = np.array([day is None for day, _ in decided.days.meanings], dtype=bool)
        self.undated += int(undated[rows.day[rows.reason == _USED]].sum())
        for width, count in zip(*np.unique(some.widths, return_counts=True), strict=True):
            self.skipped[wrong_width(int(width))] += int(count)

    def member(self, name: str) -> Member:
        """Return the entry for the manifest."""
        used = self.skipped.pop("", 0)
        skipped = {reason: count for reason, count in self.skipped.items() if count}
        notices = {UNDATED: self.undated} if self.undated else {}
        return Member(name, FORMAT, used + sum(skipped.values()), used, used, skipped, notices)


class _Told:
    """Writes the rows that are used to DuckDB, many at a time."""

    def __init__(self, db: Any) -> None:  # noqa: ANN401 - DuckDB's connection
        self._db = db
        self._held: list[tuple[NDArray[Any], ...]] = []
        db.execute(
            "CREATE OR REPLACE TEMP TABLE told (file_number INT, id VARCHAR, code_number INT, day_number INT, "
            "outlet_number INT, actor_number INT, target_number INT)"
        )

    def hold(self, file: int, some: Cut, rows: _Rows, block: bytes) -> None:
        """Keep the used rows of a block, and write when there are many."""
        used = np.flatnonzero(rows.reason == _USED)
        ids = np.empty(len(used), dtype=object)
        ids[:] = [block[begin:end].decode() for begin, end in some.ids[used].tolist()]
        columns = (rows.code, rows.day, rows.outlet, rows.actor, rows.target)
        files = np.full(len(used), file, dtype=np.int32)
        self._held.append((files, ids, *(column[used] for column in columns)))
        if sum(len(held[0]) for held in self._held) >= _HELD:
            self._write()

    def _write(self) -> None:
        if held := [np.concatenate(column) for column in zip(*self._held, strict=True)]:
            _insert(self._db, "told", held)
        self._held = []

    def finish(self, decided: _Decided) -> None:
        """Write what is held back, and the tables of what numbers mean."""
        self._write()
        codes = [
            (number, code, act.act, act.polarity, act.weight)
            for number, (code, act) in enumerate(decided.codes.meanings)
            if not isinstance(act, str)
        ]
        days = [(number, day) for number, (day, _) in enumerate(decided.days.meanings)]
        for name, columns, rows in (
            ("codes", "code_number INT, code VARCHAR, act VARCHAR, polarity TINYINT, weight BIGINT", codes),
            ("days", "day_number INT, date DATE", days),
            ("texts", "number INT, text VARCHAR", list(enumerate(decided.texts.meanings))),
        ):
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
            if rows:
                _insert(self._db, name, [_objects(column) for column in zip(*rows, strict=True)])


def _objects(values: Sequence[Any]) -> NDArray[Any]:
    return np.fromiter(values, dtype=object, count=len(values))


def _insert(db: Any, table: str, columns: Sequence[NDArray[Any]]) -> None:  # noqa: ANN401 - as above
    db.register("batch", {f"c{place}": column for place, column in enumerate(columns)})
    db.execute(f"INSERT INTO {table} SELECT * FROM batch")  # noqa: S608 - a name of ours
    db.unregister("batch")
