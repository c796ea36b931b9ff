"""Roll calls of the UN General Assembly: how much each two states agreed in a year, against the year's median."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from allegiance.errors import BadRowError, DataError, clipped
from allegiance.events.fields import earliest, latest, whole
from allegiance.events.format import LONGEST_NAME, READER_VERSION, Column, Format, Intake, Option, Tally
from allegiance.events.parquet import is_parquet
from allegiance.events.table import column_names, text_rows
from allegiance.events.textfile import require_text
from allegiance.events.vote_agreement import MEASURES, agreement, joint_votes
from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

FIRST_YEAR = 1945
# A difference of 1 from the median is a weight of 10.
SCALE = 100
_VOTES = {"yes": 1, "abstain": 2, "no": 3}
_COLUMNS = ("rcid", "country", "country_code", "vote")
_ROLL_CALLS = ("rcid", "date")
# The file has one code for a state and its successor; ISO has two.
_USSR_UNTIL, _SERBIA_SINCE = 1991, 2003
_SOURCE = Source(("UN General Assembly roll calls",))


class _Year:
    """The votes of one year, as they come."""

    __slots__ = ("at", "calls", "states")

    def __init__(self) -> None:
        self.states: dict[tuple[str, str], int] = {}
        self.calls: dict[int, int] = {}
        self.at: list[tuple[int, int, int]] = []

    def add(self, state: tuple[str, str], call: int, vote: int) -> None:
        """Note a vote of a state, which is (code, name)."""
        at_state = self.states.setdefault(state, len(self.states))
        self.at.append((at_state, self.calls.setdefault(call, len(self.calls)), vote))

    def matrix(self) -> NDArray[np.int8]:
        """Return the votes, shape (states, roll calls)."""
        votes = np.zeros((len(self.states), len(self.calls)), dtype=np.int8)
        at = np.asarray(self.at, dtype=np.int64)
        votes[at[:, 0], at[:, 1]] = at[:, 2]
        return votes


def _read(intake: Intake) -> Iterator[Statement | BadRowError]:
    if not is_parquet(intake.path):
        require_text(intake.path)
    days = _days(intake)
    years: dict[int, _Year] = {}
    for item in text_rows(intake, _COLUMNS):
        if isinstance(item, BadRowError):
            yield item
            continue
        number, (call_text, name, code, vote) = item
        try:
            call = whole(call_text)
        except ValueError:
            call = None
        day = None if call is None else days.get(call)
        if call is None or day is None:
            yield intake.bad(
                number, f"roll call {clipped(call_text, 20)!r} has no date in the file of roll calls"
            )
        elif vote not in _VOTES:
            yield intake.bad(number, f"{clipped(vote, 20)!r} is no vote (yes, no or abstain)")
        elif not name or len(name) > LONGEST_NAME:
            yield intake.bad(
                number, f"the state's name is missing or has more than {LONGEST_NAME} characters"
            )
        else:
            intake.tally.used += 1
            years.setdefault(day.year, _Year()).add((_code(code, name), name), call, _VOTES[vote])
    for year in sorted(years):
        yield from _statements(intake, year, years.pop(year))


def _code(code: str, name: str) -> str:
    # R writes a missing text as NA, which is Namibia's code.
    return "" if code == "NA" and name != "Namibia" else code[:2]


def _statements(intake: Intake, year: int, votes: _Year) -> Iterator[Statement]:
    """Yield one statement for each two states with enough joint votes and a defined measure."""
    measure, least = intake.options["measure"], int(intake.options["votes"])
    matrix = votes.matrix()
    joint, values = joint_votes(matrix), agreement(matrix, measure)
    one, other = np.triu_indices(len(matrix), 1)
    enough = (joint[one, other] >= least) & np.isfinite(values[one, other])
    left_out = int(np.count_nonzero((joint[one, other] > 0) & ~enough))
    if left_out:
        intake.tally.notices[
            f"pair of states and year left out: fewer than {least} joint votes, or {measure} not defined"
        ] += left_out
    one, other = one[enough], other[enough]
    if not len(one):
        return
    against = np.rint(SCALE * (values[one, other] - np.median(values[one, other]))).astype(np.int64)
    when = DateInterval(earliest(year, None, None), latest(year, None, None))
    states = list(votes.states)
    actors = [_actor(intake, code, name, when) for code, name in states]
    reader = ReaderTag("unvotes", READER_VERSION, measure)
    shown = [f"{value:.3f}" for value in values[one, other].tolist()]
    counts = joint[one, other].tolist()
    for at, (i, j, tenths) in enumerate(zip(one.tolist(), other.tolist(), against.tolist(), strict=True)):
        if actors[i] == actors[j]:
            continue
        yield Statement(
            source=_SOURCE,
            actor=actors[i],
            act="tie",
            target=actors[j],
            polarity=(tenths > 0) - (tenths < 0),
            weight=abs(tenths),
            modality=Modality.ASSERTED,
            negated=False,
            date=when,
            evidence=RowEvidence(
                intake.dataset, f"{counts[at]} joint votes of {states[i][1]} and {states[j][1]}, {year}"
            ),
            confidence=1.0,
            reader=reader,
            actor_text=states[i][1],
            target_text=states[j][1],
            qualifiers=((measure, shown[at]),),
        )


def _actor(intake: Intake, code: str, name: str, when: DateInterval) -> str:
    day = when.first
    if code == "RU" and day.year <= _USSR_UNTIL:
        code = "SU"
    elif code == "YU" and day.year >= _SERBIA_SINCE:
        code = "RS"
    return (
        (intake.resolve("iso2", code, day) if code else None)
        or intake.resolve("name:unvotes", name, day)
        or name
    )


def _days(intake: Intake) -> dict[int, date]:
    """Return the day of each roll call, from the file beside."""
    beside = next(iter(_beside(intake.path)), None)
    if beside is None:
        raise DataError(
            f"{intake.dataset} doesn't say when its roll calls were: put the file of roll calls (columns rcid, date; such as "
            "un_roll_calls.csv) beside it, or into the same archive."
        )
    days: dict[int, date] = {}
    for item in text_rows(Intake(beside, beside.name, intake.resolve, intake.codebook, Tally()), _ROLL_CALLS):
        call = None if isinstance(item, BadRowError) else _call(*item[1])
        if call is None:
            intake.tally.notices[f"row of {beside.name} was left out: its number or date is broken"] += 1
        else:
            days[call[0]] = call[1]
    return days


def _call(number: str, day: str) -> tuple[int, date] | None:
    try:
        call, when = whole(number), date.fromisoformat(day[:10])
    except ValueError:
        return None
    return None if call is None or when.year < FIRST_YEAR else (call, when)


def _beside(path: Path) -> tuple[Path, ...]:
    names = (other for other in sorted(path.parent.iterdir()) if "roll_calls" in other.name.casefold())
    return next(((other,) for other in names if set(_ROLL_CALLS) <= column_names(other)), ())


def _sniff(path: Path) -> bool:
    return set(_COLUMNS) <= column_names(path)


UNVOTES = Format(
    name="unvotes",
    title="Roll calls of the United Nations General Assembly",
    citation=(
        "Bailey, M. A., Strezhnev, A. and Voeten, E. (2017). Estimating dynamic state preferences from United Nations voting "
        "data. Journal of Conflict Resolution 61(2), 430-456. https://doi.org/10.1177/0022002715595700"
    ),
    terms="CC0.",
    url="https://doi.org/10.7910/DVN/LEJUQZ",
    columns=(
        Column("rcid", "which roll call", ()),
        Column("country", "the state's name; used where the code is missing", ()),
        Column("country_code", "ISO-2; NA is Namibia, and missing for states of another name", ("", "NA")),
        Column("vote", "yes, abstain, no; who was absent has no row", ()),
        Column("rcid, date (file of roll calls beside)", "the day of each roll call", ()),
    ),
    notes=(
        "CSV or Parquet, as the R package unvotes has them; the file of roll calls must lie beside it.",
        (
            "One statement for two states and a calendar year (act: tie). Its weight is the agreement minus the year's median "
            "over all pairs, times ten: the Assembly mostly agrees, so that what tells friends is to agree more than most."
        ),
        "A tie by votes has no direction; the state whose vote stands first in the file stands as the actor.",
        (
            "agree: share of identical votes (Lijphart 1963, https://doi.org/10.2307/1952608, without his half points). "
            "s: Signorino and Ritter 1999, https://doi.org/10.1111/0020-8833.00113, absolute distances. kappa and pi: squared "
            "distances, corrected for chance by each state's own votes (Cohen 1960, "
            "https://doi.org/10.1177/001316446002000104) or by those of both (Scott 1955, https://doi.org/10.1086/266577), "
            "as Hage 2011 proposes, https://doi.org/10.1093/pan/mpr023."
        ),
        "Votes as Russia before 1992 are the Soviet Union's, votes as Yugoslavia since 2003 Serbia's.",
    ),
    sniff=_sniff,
    read=_read,
    options=(
        Option("measure", "agree", "the measure of agreement: " + ", ".join(MEASURES), MEASURES),
        Option("votes", "5", "pairs with fewer joint votes in a year are left out"),
    ),
    companions=_beside,
)
