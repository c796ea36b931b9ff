"""What states owe each other by treaty, put together from rows, as statements. No column of a file is known here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from allegiance.events.format import READER_VERSION
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from allegiance.errors import BadRowError
    from allegiance.events.format import Intake

# Obligation -> weight in tenths of the act "ally", and the names its column has. A pact with several weighs what its
# strongest weighs: to defend each other is all that the act can say, not to attack each other is the least of it.
OBLIGATIONS = {"defense": 100, "entente": 50, "neutrality": 40, "nonaggression": 30}
_SOURCE = Source(("COW alliances 4.1",))
_READER = ReaderTag("cow-alliance", READER_VERSION, "row")
_CACHED = 1 << 16
_SAME = "both states are the same actor"


@dataclass(frozen=True, slots=True)
class Terms:
    """What one row says: its key (treaty and states, or states and year), when, the obligations, the states' names."""

    key: tuple[int, ...]
    when: DateInterval
    flags: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """One state of a row: who it is, and what the file calls it."""

    code: int
    actor: str
    text: str


class _States:
    """Who is who in a file."""

    def __init__(self, intake: Intake) -> None:
        resolve = intake.resolve
        self._actor = lru_cache(_CACHED)(lambda code, day: resolve("cow", str(code), day))

    def state(self, code: int, name: str, day: date) -> _State:
        """Return the state that a code means on a day; unknown ones keep the file's name or their code."""
        return _State(code, self._actor(code, day) or name or f"COW {code}", name or str(code))


class DyadPacts:
    """Rows that name both states: the obligations of the same pair, time and treaty are put together.

    A pair stands twice in files of directed dyads, and more often where it has several treaties in a year.
    """

    def __init__(self, intake: Intake, *, yearly: bool) -> None:
        self.intake, self.yearly, self.states = intake, yearly, _States(intake)
        self.pacts: dict[tuple[str, DateInterval], tuple[_State, _State]] = {}
        self.flags: dict[tuple[str, DateInterval], int] = {}

    def add(self, number: int, terms: Terms) -> str:
        """Take in a row; return why it has no relation, or nothing."""
        del number  # the pair and its time name the rows that are put together
        codes = terms.key[:2] if self.yearly else terms.key[1:]
        names = terms.names if len(terms.names) == len(codes) else ("", "")
        one, other = (
            self.states.state(code, name, terms.when.first)
            for code, name in sorted(zip(codes, names, strict=True))
        )
        if one.actor == other.actor:
            return _SAME
        treaty = "" if self.yearly else f"alliance {terms.key[0]}, "
        key = (f"{treaty}dyad {one.code}-{other.code}, {terms.when.first.year}", terms.when)
        self.pacts.setdefault(key, (one, other))
        self.flags[key] = self.flags.get(key, 0) | terms.flags
        self.intake.tally.used += 1
        return ""

    def statements(self) -> Iterator[Statement | BadRowError]:
        """Yield one statement for each pair, time and treaty."""
        for (row, when), (one, other) in self.pacts.items():
            yield _statement(self.intake, one, other, when, self.flags[row, when], row)


class MemberPacts:
    """Rows that name one member of a treaty: every two members at the same time are allies."""

    def __init__(self, intake: Intake) -> None:
        self.intake, self.states = intake, _States(intake)
        self.treaties: dict[int, list[tuple[int, Terms]]] = {}

    def add(self, number: int, terms: Terms) -> str:
        """Take in a row; return nothing, for whether it has a relation is known when all rows are in."""
        self.treaties.setdefault(terms.key[0], []).append((number, terms))
        return ""

    def statements(self) -> Iterator[Statement | BadRowError]:
        """Yield the statements of each treaty, then its members that were alone in it."""
        for treaty, members in self.treaties.items():
            used: set[int] = set()
            for (line, one), (other_line, other) in combinations(members, 2):
                first, last = max(one.when.first, other.when.first), min(one.when.last, other.when.last)
                if last < first:
                    continue
                actor, target = (
                    self.states.state(member.key[1], member.names[0] if member.names else "", first)
                    for member in (one, other)
                )
                if actor.actor == target.actor:
                    continue
                used |= {line, other_line}
                row = f"alliance {treaty}, lines {line} and {other_line}"
                flags = one.flags | other.flags
                yield _statement(self.intake, actor, target, DateInterval(first, last), flags, row)
            for line, _ in members:
                if line in used:
                    self.intake.tally.used += 1
                else:
                    yield self.intake.no_relation(line, "no other member of the alliance at the same time")


def _statement(
    intake: Intake, actor: _State, target: _State, when: DateInterval, flags: int, row: str
) -> Statement:
    owed = [name for bit, name in enumerate(OBLIGATIONS) if flags >> bit & 1]
    return Statement(
        source=_SOURCE,
        actor=actor.actor,
        act="ally",
        target=target.actor,
        polarity=intake.codebook.act("ally").sign,
        weight=max(OBLIGATIONS[name] for name in owed),
        modality=Modality.ASSERTED,
        negated=False,
        date=when,
        evidence=RowEvidence(intake.dataset, row),
        confidence=1.0,
        reader=_READER,
        actor_text=actor.text,
        target_text=target.text,
        qualifiers=(("obligations", ", ".join(owed)),),
    )
