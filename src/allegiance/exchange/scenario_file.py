"""Scenarios as TOML: written by hand, checked key by key, each complaint with its line; and written out to be edited."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, nearest_names
from allegiance.exchange.toml_file import check_keys, headings, parse_toml, read_toml, toml_text
from allegiance.model.result import TENTHS, units
from allegiance.model.scenario import Scenario, Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_COMMON = {"kind", "label", "if", "unless", "probability", "because", "statements"}
_KEYS: Mapping[StepKind, tuple[frozenset[str], frozenset[str]]] = {
    # kind: (keys that it needs, keys that it may have besides the common ones)
    StepKind.INCIDENT: (frozenset({"between", "weight"}), frozenset()),
    StepKind.AGREEMENT: (frozenset({"between", "weight"}), frozenset()),
    StepKind.ADMISSION: (frozenset({"actor", "to"}), frozenset()),
    StepKind.EXCLUSION: (frozenset({"actor", "from"}), frozenset()),
    StepKind.DISBELIEF: (frozenset({"source"}), frozenset()),
    StepKind.OMISSION: (frozenset({"actor"}), frozenset()),
    StepKind.CLOSURE: (frozenset({"route"}), frozenset({"goods"})),
}
_SCENARIO_KEYS = {"name", "note", "step"}
PAIR = 2


def read_scenarios(path: Path) -> list[Scenario]:
    """Return the scenarios of a TOML file with one or more ``[[scenario]]``, each with its ``[[scenario.step]]``.

    Raises:
        UsageError: there is no such file.
        DataError: it is no TOML, holds no scenario, or a step can't be used; says where.
        UnknownNameError: a condition names no step.
    """
    found, text = read_toml(path)
    return _scenarios(found, text, path.name)


def parse_scenarios(text: str, name: str) -> list[Scenario]:
    """Return the scenarios of TOML `text`; errors as in `read_scenarios`, calling it `name`."""
    return _scenarios(parse_toml(text, name), text, name)


def write_scenarios(scenarios: Iterable[Scenario]) -> str:
    """Return scenarios as TOML that `parse_scenarios` reads back."""
    lines: list[str] = []
    for scenario in scenarios:
        lines += ["[[scenario]]", f"name = {toml_text(scenario.name)}"]
        if scenario.note:
            lines.append(f"note = {toml_text(scenario.note)}")
        for step in scenario.steps:
            lines += ["", "[[scenario.step]]", *_step_lines(step)]
        lines.append("")
    return "\n".join(lines)


def _scenarios(found: dict[str, Any], text: str, file: str) -> list[Scenario]:
    tables = _tables(found.get("scenario"))
    if not tables:
        raise DataError(f"{file} holds no scenario; begin one with [[scenario]] and name = ...")
    if unknown := found.keys() - {"scenario"}:
        raise DataError(f"{file}: {min(unknown)!r} stands outside of a scenario; put it below [[scenario]].")
    count = sum(len(_tables(table.get("step"))) for table in tables)
    lines = iter(headings(text, "scenario.step", count))
    scenarios = [_scenario(table, lines, file) for table in tables]
    names = [scenario.name for scenario in scenarios]
    for name in names:
        if names.count(name) > 1:
            raise DataError(f"{file} has two scenarios called {name!r}; name each its own way.")
    return scenarios


def _tables(value: object) -> list[dict[str, Any]]:
    """Return the tables that stand under a heading, none where something else does."""
    return value if isinstance(value, list) and all(isinstance(one, dict) for one in value) else []


def _scenario(table: dict[str, Any], lines: Iterator[int], file: str) -> Scenario:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise DataError(f"{file}: a scenario has no name; write name = ... below [[scenario]].")
    check_keys(table, sorted(_SCENARIO_KEYS), f"{file}: scenario {name!r}")
    note, steps = table.get("note", ""), _tables(table.get("step"))
    if not isinstance(note, str):
        raise DataError(f"{file}: the note of scenario {name!r} is no text; put it into quotes.")
    if not steps:
        raise DataError(f"{file}: scenario {name!r} has no step; begin one with [[scenario.step]].")
    return Scenario(name, tuple(_step(step, next(lines), file) for step in steps), note)


def _step(table: dict[str, Any], line: int, file: str) -> Step:
    where = f"{file}, line {line}" if line else file
    kind = table.get("kind")
    if kind not in list(StepKind):
        near = nearest_names(str(kind), [one.value for one in StepKind], most=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the kinds are {', '.join(StepKind)}."
        raise DataError(f"{where}: there is no kind of step {kind!r}; {hint}")
    kind = StepKind(kind)
    needed, further = _KEYS[kind]
    check_keys(table, sorted(_COMMON | needed | further), f"{where} ({kind})")
    for key in sorted(needed - table.keys()):
        raise DataError(f"{where}: the {kind} has no {key!r}.")
    return Step(
        kind=kind,
        actors=_actors(table, kind, where),
        weight=_weight(table["weight"], kind, where) if "weight" in needed else 0,
        source=_word(table, "source", where),
        goods=_word(table, "goods", where),
        label=_word(table, "label", where),
        requires=_word(table, "if", where),
        unless=_word(table, "unless", where),
        probability=_probability(table.get("probability", 1.0), where),
        because=_word(table, "because", where),
        statements=_names(table["statements"], "statements", where) if "statements" in table else (),
        line=line,
    )


def _actors(table: dict[str, Any], kind: StepKind, where: str) -> tuple[str, ...]:
    for key in ("between", "route"):
        if key in table:
            pair = _names(table[key], key, where)
            if len(pair) != PAIR or pair[0] == pair[1]:
                raise DataError(
                    f"{where}: {key!r} names {len(set(pair))}, not two; write it as [{toml_text('A')}, {toml_text('B')}]."
                )
            return pair
    if "actor" not in table:
        return ()
    actor = _word(table, "actor", where)
    if not actor:
        raise DataError(f"{where}: the {kind} has no 'actor'.")
    for key in ("to", "from"):
        if key in table:
            members = _names(table[key], key, where)
            if actor in members:
                raise DataError(f"{where}: {actor!r} stands on both sides of the {kind}.")
            return (actor, *members)
    return (actor,)


def _word(table: dict[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or (key in table and not value.strip()):
        raise DataError(f"{where}: {key!r} is no name; write it in quotes.")
    return value.strip()


def _names(value: object, key: str, where: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if (
        not isinstance(names, list)
        or not names
        or not all(isinstance(name, str) and name.strip() for name in names)
    ):
        raise DataError(
            f"{where}: {key!r} is no list of names; write it as [{toml_text('A')}, {toml_text('B')}]."
        )
    return tuple(dict.fromkeys(name.strip() for name in names))


def _weight(value: object, kind: StepKind, where: str) -> int:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or abs(value) > 2**40
    ):
        raise DataError(f"{where}: the weight of the {kind} is no number that a tie could have.")
    tenths = round(value * TENTHS)
    if kind is StepKind.INCIDENT and tenths >= 0:
        raise DataError(f"{where}: the weight of an incident is {value}; it must be -0.1 or below.")
    if kind is StepKind.AGREEMENT and tenths <= 0:
        raise DataError(f"{where}: the weight of an agreement is {value}; it must be 0.1 or above.")
    return tenths


def _probability(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise DataError(f"{where}: the probability is {value!r}; it must be above 0 and at most 1.")
    return float(value)


def _step_lines(step: Step) -> list[str]:
    who: dict[str, str | tuple[str, ...]] = {}
    match step.kind:
        case StepKind.INCIDENT | StepKind.AGREEMENT:
            who = {"between": step.actors}
        case StepKind.CLOSURE:
            who = {"route": step.actors}
        case StepKind.ADMISSION:
            who = {"actor": step.actors[0], "to": step.actors[1:]}
        case StepKind.EXCLUSION:
            who = {"actor": step.actors[0], "from": step.actors[1:]}
        case StepKind.OMISSION:
            who = {"actor": step.actors[0]}
        case StepKind.DISBELIEF:
            who = {"source": step.source}
    rest = {"goods": step.goods, "label": step.label, "if": step.requires, "unless": step.unless}
    rest |= {"because": step.because}
    return [
        f"kind = {toml_text(step.kind)}",
        *(
            f"{key} = {toml_text(value) if isinstance(value, str) else _list(value)}"
            for key, value in who.items()
        ),
        *([f"weight = {units(step.weight)}"] if step.weight else ()),
        *(f"{key} = {toml_text(value)}" for key, value in rest.items() if value),
        *([f"probability = {step.probability}"] if step.probability < 1 else ()),
        *([f"statements = {_list(step.statements)}"] if step.statements else ()),
    ]


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(map(toml_text, names))}]"
