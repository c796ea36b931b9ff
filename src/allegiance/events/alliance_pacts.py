"""What states owe each other by treaty, put together from rows, as statements. No column of a file is known here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from allegiance.model import DateInterval, Modality, RowEvidence, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from allegiance.errors import BadRowError
    from allegiance.events.format import Intake
    from allegiance.model import ReaderTag, Source

_CACHED = 1 << 16
_SAME = "both states are the same actor"


@dataclass(frozen=True, slots=True)
class PactKind:
    """Who says it, which reader reads it, and what each obligation weighs, in tenths of the act "ally"."""

    source: Source
    reader: ReaderTag
    obligations: Mapping[str, int]


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


@dataclass(slots=True)
class _Pact:
    """What two states owe each other in a time; rows that tell of it add their obligations."""

    one: _State
    other: _State
    when: DateInterval
    flags: int


class DyadPacts:
    """Rows that name both states: the obligations of the same pair, time and treaty are put together.

    A pair stands twice in files of directed dyads, and more often where it has several treaties in a year.
    """

    def __init__(self, intake: Intake, kind: PactKind, *, yearly: bool) -> None:
        self.intake, self.kind, self.yearly, self.states = intake, kind, yearly, _States(intake)
        self.pacts: dict[tuple[int | DateInterval, ...], _Pact] = {}

    def add(self, number: int, terms: Terms) -> str:
        """Take in a row; return why it has no relation, or nothing."""
        del number  # the pair and its time name the rows that are put together
        one, other, year = terms.key if self.yearly else (*terms.key[1:], 0)
        low, high = min(one, other), max(one, other)
        # The treaty tells apart what the interval may not; a year is enough for itself.
        key = (low, high, year) if self.yearly else (low, high, terms.key[0], terms.when)
        pact = self.pacts.get(key)
        if pact is None:
            names = terms.names if len(terms.names) == 2 else ("", "")  # noqa: PLR2004 - a dyad
            first, second = (
                self.states.state(code, name, terms.when.first)
                for code, name in sorted(zip((one, other), names, strict=True))
            )
            if first.actor == second.actor:
                return _SAME
            pact = self.pacts[key] = _Pact(first, second, terms.when, 0)
        pact.flags |= terms.flags
        self.intake.tally.used += 1
        return ""

    def statements(self) -> Iterator[Statement | BadRowError]:
        """Yield one statement for each pair, time and treaty."""
        for key, pact in self.pacts.items():
            treaty = "" if self.yearly else f"alliance {key[2]}, "
            row = f"{treaty}dyad {pact.one.code}-{pact.other.code}, {pact.when.first.year}"
            yield _statement(self.intake, self.kind, (pact.one, pact.other), pact.when, pact.flags, row)


class MemberPacts:
    """Rows that name one member of a treaty: every two members at the same time are allies."""

    def __init__(self, intake: Intake, kind: PactKind) -> None:
        self.intake, self.kind, self.states = intake, kind, _States(intake)
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
                yield _statement(
                    self.intake, self.kind, (actor, target), DateInterval(first, last), flags, row
                )
            for line, _ in members:
                if line in used:
                    self.intake.tally.used += 1
                else:
                    yield self.intake.no_relation(line, "no other member of the alliance at the same time")


def _statement(
    intake: Intake, kind: PactKind, pair: tuple[_State, _State], when: DateInterval, flags: int, row: str
) -> Statement:
    actor, target = pair
    owed = [name for bit, name in enumerate(kind.obligations) if flags >> bit & 1]
    return Statement(
        source=kind.source,
        actor=actor.actor,
        act="ally",
        target=target.actor,
        polarity=intake.codebook.act("ally").sign,
        weight=max(kind.obligations[name] for name in owed),
        modality=Modality.ASSERTED,
        negated=False,
        date=when,
        evidence=RowEvidence(intake.dataset, row),
        confidence=1.0,
        reader=kind.reader,
        actor_text=actor.text,
        target_text=target.text,
        qualifiers=(("obligations", ", ".join(owed)),),
    )
