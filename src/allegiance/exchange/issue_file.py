"""Issues as TOML: written by hand, checked key by key, each complaint with its line; and written out to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, clipped
from allegiance.exchange.toml_file import check_keys, headings, parse_toml, read_toml, toml_text
from allegiance.model.issue import LARGEST, Estimate, Issue, Party

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_NUMBERS = ("position", "capability", "salience")
_ISSUE_KEYS = ("name", "scale", "unit", "note", "plus_minus")
_PARTY_KEYS = ("name", *_NUMBERS, "plus_minus", "source", "statements")
SHARES = {"position": 0.05, "capability": 0.1, "salience": 0.1}
"""How far off a number may be where the file doesn't say: a share of the scale, of the capability, and of the full salience."""


def read_issue(path: Path) -> Issue:
    """Return the issue of a TOML file with one ``[issue]`` and a ``[[party]]`` for each party.

    Raises:
        UsageError: there is no such file.
        DataError: it is no TOML, a key is missing or unknown, or a number can't be; says where.
    """
    found, text = read_toml(path)
    return _issue(found, text, path.name)


def parse_issue(text: str, name: str) -> Issue:
    """Return the issue of TOML `text`; errors as in `read_issue`, calling it `name`."""
    return _issue(parse_toml(text, name), text, name)


def write_issue(
    issue: Issue, remarks: Mapping[tuple[str, str], str] | None = None, foreword: Sequence[str] = ()
) -> str:
    """Return an issue as TOML that `parse_issue` reads back.

    Args:
        issue: the issue.
        remarks: by party and key, what to say of a number in a comment behind it.
        foreword: lines of a comment above all.
    """
    remarks = remarks or {}
    lines = [f"# {_plain(line)}".rstrip() for line in foreword]
    lines += ["[issue]", f"name = {toml_text(issue.name)}", f"scale = [{issue.low!r}, {issue.high!r}]"]
    lines += [
        f"{key} = {toml_text(value)}" for key, value in (("unit", issue.unit), ("note", issue.note)) if value
    ]
    for party in issue.parties:
        lines += ["", "[[party]]", f"name = {toml_text(party.name)}"]
        for key in _NUMBERS:
            remark = remarks.get((party.name, key))
            lines.append(
                f"{key} = {getattr(party, key).value!r}" + (f"  # {_plain(remark)}" if remark else "")
            )
        spans = ", ".join(f"{key} = {getattr(party, key).plus_minus!r}" for key in _NUMBERS)
        lines.append(f"plus_minus = {{ {spans} }}")
        if party.source:
            lines.append(f"source = {toml_text(party.source)}")
        if party.statements:
            lines.append(f"statements = [{', '.join(map(toml_text, party.statements))}]")
    return "\n".join(lines) + "\n"


def _issue(found: dict[str, Any], text: str, file: str) -> Issue:
    check_keys(found, ("issue", "party"), file)
    table, parties = found.get("issue"), found.get("party")
    if not isinstance(table, dict):
        raise DataError(
            f"{file} has no [issue]; begin it with [issue], name = ... and scale = [lowest, highest]."
        )
    where = f"{file}, [issue]"
    check_keys(table, _ISSUE_KEYS, where)
    scale = table.get("scale")
    if not isinstance(scale, list) or len(scale) != 2:  # noqa: PLR2004 - two ends
        raise DataError(f"{where}: 'scale' is missing or no pair of numbers; write it as [lowest, highest].")
    low, high = (_number(end, "scale", where) for end in scale)
    if not isinstance(parties, list) or not all(isinstance(party, dict) for party in parties):
        raise DataError(f"{file} has no party; begin one with [[party]].")
    spans = _spans(table.get("plus_minus", {}), where)
    widths = {"position": SHARES["position"] * (high - low), **spans}
    try:
        return Issue(
            name=_word(table, "name", where, needed=True),
            low=low,
            high=high,
            parties=tuple(
                _party(party, f"{file}, line {line}" if line else file, widths)
                for party, line in zip(parties, headings(text, "party", len(parties)), strict=True)
            ),
            unit=_word(table, "unit", where),
            note=_word(table, "note", where),
        )
    except DataError as wrong:
        sentence = str(wrong)
        raise DataError(sentence if sentence.startswith(file) else f"{file}: {sentence}") from wrong


def _party(table: dict[str, Any], where: str, widths: Mapping[str, float]) -> Party:
    check_keys(table, _PARTY_KEYS, where)
    name = _word(table, "name", where, needed=True)
    spans = {**widths, **_spans(table.get("plus_minus", {}), where)}
    estimates = {}
    for key in _NUMBERS:
        if key not in table:
            raise DataError(f"{where}: party {name!r} has no {key!r}.")
        value = _number(table[key], key, where)
        usual = SHARES[key] * (abs(value) if key == "capability" else 1)
        estimates[key] = Estimate(value, spans.get(key, usual))
    statements = table.get("statements", [])
    if not isinstance(statements, list) or not all(isinstance(one, str) for one in statements):
        raise DataError(f'{where}: \'statements\' is no list of ids; write it as ["s...", "s..."].')
    return Party(
        name, **estimates, source=_word(table, "source", where), statements=tuple(dict.fromkeys(statements))
    )


def _spans(value: object, where: str) -> dict[str, float]:
    if not isinstance(value, dict):
        raise DataError(
            f"{where}: 'plus_minus' is no table; write it as {{ position = 1, capability = 0.1, salience = 0.1 }}."
        )
    check_keys(value, _NUMBERS, f"{where}, plus_minus")
    return {key: _number(one, key, f"{where}, plus_minus") for key, one in value.items()}


def _number(value: object, key: str, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataError(f"{where}: {key!r} is {clipped(repr(value))}, which is no number.")
    if isinstance(value, int) and abs(value) > LARGEST:  # may be too large even to become a float
        raise DataError(
            f"{where}: {key!r} has {value.bit_length():,} bits; give a number in a sensible unit."
        )
    return float(value)


def _word(table: Mapping[str, object], key: str, where: str, *, needed: bool = False) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise DataError(f"{where}: {key!r} is no text; put it into quotes.")
    if needed and not value.strip():
        raise DataError(f"{where}: {key!r} is missing; write {key} = ...")
    return value.strip()


def _plain(words: str) -> str:
    """Return words for a comment: one line, and no control characters, which TOML forbids there."""
    return "".join(char if char.isprintable() else " " for char in words)
