"""The append-only history of a case, and its fold: what is in force now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

UNDO, REDO, IMPORT, ACTORS, ACCEPT, REJECT = "undo", "redo", "import", "actors", "accept", "reject"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to a case: an import, a table of actors, a verdict on a statement, an undo, a redo.

    Attributes:
        seq: its number in the history, from 1.
        time: when, in ISO 8601 with zone.
        author: who.
        kind: import, actors, accept, reject, undo or redo.
        payload: what exactly, by kind.
    """

    seq: int
    time: str
    author: str
    kind: str
    payload: Mapping[str, Any]

    @property
    def words(self) -> str:
        """Say in a few words what the event did."""
        if self.kind == IMPORT:
            return f"import of {self.payload['file']}"
        if self.kind == ACTORS:
            return f"table of actors {self.payload['file']}"
        if self.kind in (ACCEPT, REJECT):
            return f"{self.kind} of statement {self.payload['statement']}"
        return self.kind


@dataclass(frozen=True, slots=True)
class History:
    """The fold of all events.

    Attributes:
        in_force: events that count now, oldest first.
        undone: events that were undone and could be redone, the next one to redo last.
        length: number of events ever appended.
    """

    in_force: tuple[Event, ...]
    undone: tuple[Event, ...]
    length: int

    @classmethod
    def fold(cls, events: Iterable[Event]) -> History:
        """Replay `events`: an undo takes back the latest that counts, a redo the latest taken back."""
        in_force: list[Event] = []
        undone: list[Event] = []
        length = 0
        for event in events:
            length += 1
            if event.kind == UNDO:
                undone.append(in_force.pop())
            elif event.kind == REDO:
                in_force.append(undone.pop())
            else:
                in_force.append(event)
                undone.clear()  # after a new change there is no way forward to what was undone before it
        return cls(tuple(in_force), tuple(undone), length)

    @property
    def imports(self) -> tuple[Event, ...]:
        """The imports that count: of files with the same content only the latest, for it was read anew."""
        latest = {event.payload["sha256"]: event for event in self.in_force if event.kind == IMPORT}
        return tuple(sorted(latest.values(), key=lambda event: event.seq))

    @property
    def actor_tables(self) -> tuple[str, ...]:
        """The user's tables of actors that count, as CSV text, oldest first."""
        return tuple(event.payload["csv"] for event in self.in_force if event.kind == ACTORS)

    @property
    def verdicts(self) -> dict[str, str]:
        """The latest verdict on each reviewed statement: id -> accept or reject."""
        return {
            event.payload["statement"]: event.kind
            for event in self.in_force
            if event.kind in (ACCEPT, REJECT)
        }

    @property
    def rejected(self) -> frozenset[str]:
        """Ids of the statements that are rejected now."""
        return frozenset(stmt for stmt, verdict in self.verdicts.items() if verdict == REJECT)


def events(connection: sqlite3.Connection) -> Iterable[Event]:
    """Yield all events, oldest first."""
    for seq, time, author, kind, payload in connection.execute(
        "SELECT seq, time, author, kind, payload FROM event ORDER BY seq"
    ):
        yield Event(seq, time, author, kind, json.loads(payload))


def append(
    connection: sqlite3.Connection, time: str, author: str, kind: str, payload: Mapping[str, Any]
) -> int:
    """Append an event and return its number."""
    done = connection.execute(
        "INSERT INTO event (time, author, kind, payload) VALUES (?, ?, ?, ?)",
        (time, author, kind, json.dumps(payload, ensure_ascii=False, sort_keys=True)),
    )
    seq = done.lastrowid
    assert seq is not None  # noqa: S101 - an INSERT that returned has a row id
    return seq
