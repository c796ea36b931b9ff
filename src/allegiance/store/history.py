"""The append-only history of a case, and its fold: what is in force now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.errors import clipped
from allegiance.naming.judgements import Judgement

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

UNDO, REDO, IMPORT, ACTORS, ACCEPT, REJECT = "undo", "redo", "import", "actors", "accept", "reject"
MERGE, SPLIT, ALIAS = "merge", "split", "alias"
SCENARIO = "scenario"
_WORDS = {
    IMPORT: "import of {file}",
    ACTORS: "table of actors {file}",
    ACCEPT: "accept of statement {statement}",
    REJECT: "reject of statement {statement}",
    MERGE: "merge of {actor} and {other} as {name}",
    SPLIT: "split of {other} from {actor} as {name}",
    ALIAS: "{other} as another name of {actor}",
    SCENARIO: "scenario {name}",
}


# What the payload of each kind must tell, as texts.
_TELLS = {
    IMPORT: ("file", "sha256", "how"),
    ACTORS: ("file", "csv"),
    ACCEPT: ("statement",),
    REJECT: ("statement",),
    MERGE: ("actor", "other", "name"),
    SPLIT: ("actor", "other", "name"),
    ALIAS: ("actor", "other", "name"),
    SCENARIO: ("name", "toml"),
    UNDO: (),
    REDO: (),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to a case: an import, a table of actors, a judgement on actors, a scenario, a verdict, an undo, ...

    Attributes:
        seq: its number in the history, from 1.
        time: when, in ISO 8601 with zone.
        author: who.
        kind: import, actors, merge, split, alias, scenario, accept, reject, undo or redo.
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
        if self.kind == SPLIT and not self.payload["other"]:
            return f"split of {self.payload['actor']} into its parts"
        return _WORDS.get(self.kind, self.kind).format(**self.payload)


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
    def judgements(self) -> tuple[Judgement, ...]:
        """What was judged of actors and counts, oldest first."""
        return tuple(
            Judgement(event.kind, event.payload["actor"], event.payload["other"], event.payload["name"])
            for event in self.in_force
            if event.kind in (MERGE, SPLIT, ALIAS)
        )

    @property
    def scenarios(self) -> dict[str, str]:
        """The scenarios that are kept, as TOML by name, in the order in which they first came; one taken out has no text."""
        latest = {
            event.payload["name"]: event.payload["toml"] for event in self.in_force if event.kind == SCENARIO
        }
        return {name: toml for name, toml in latest.items() if toml}

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


def faults(cells: Iterable[tuple[int, str, str]]) -> Iterator[str]:
    """Yield a sentence for each event (number, kind, payload as it stands in the file) that no history of ours holds."""
    in_force = undone = 0
    for seq, kind, payload in cells:
        if kind not in _TELLS:
            yield f"Event {seq} of the history is of a kind that we don't know ({clipped(kind)!r})."
            continue
        try:
            told = json.loads(payload)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict) or not all(isinstance(told.get(key), str) for key in _TELLS[kind]):
            yield f"Event {seq} of the history, {kind}, doesn't tell what it did."
        if (kind == UNDO and not in_force) or (kind == REDO and not undone):
            before = "done" if kind == UNDO else "undone"
            yield f"Event {seq} of the history is {kind}, but nothing was {before} before it."
        elif kind == UNDO:
            in_force, undone = in_force - 1, undone + 1
        elif kind == REDO:
            in_force, undone = in_force + 1, undone - 1
        else:
            in_force, undone = in_force + 1, 0


def payload_text(payload: Mapping[str, Any]) -> str:
    """Return a payload as it stands in the file."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True)


def append(
    connection: sqlite3.Connection, time: str, author: str, kind: str, payload: Mapping[str, Any]
) -> int:
    """Append an event and return its number."""
    done = connection.execute(
        "INSERT INTO event (time, author, kind, payload) VALUES (?, ?, ?, ?)",
        (time, author, kind, payload_text(payload)),
    )
    seq = done.lastrowid
    assert seq is not None  # noqa: S101 - an INSERT that returned has a row id
    return seq
