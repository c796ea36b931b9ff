"""Kinds of relation, and the code book that gives each its sign and weight."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, UnknownNameError, clipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of relation.

    Attributes:
        name: its key in the code book, as statements carry it (``supply``).
        label: the verb phrase between actor and target (``supplies``).
        sign: +1 with, -1 against, 0 neither.
        weight: integer tenths, not negative.
        cameo: the two-digit CAMEO root nearest to it.
        plover: the PLOVER type, or empty where PLOVER has none.
        modes: finer kinds, each with its weight in tenths.
    """

    name: str
    label: str
    sign: int
    weight: int
    cameo: str
    plover: str = ""
    modes: tuple[tuple[str, int], ...] = ()

    def mode_weight(self, mode: str) -> int:
        """Return the weight of `mode` in tenths; an unknown mode weighs what the act weighs."""
        return dict(self.modes).get(mode, self.weight)


@dataclass(frozen=True, slots=True)
class CodedAct:
    """What an event code means: the act, and the sign and weight (tenths) of that very code."""

    act: str
    polarity: int
    weight: int


@dataclass(frozen=True, slots=True)
class Codebook:
    """All acts and the CAMEO codes that map to them; `Codebook.shipped()` is the one in the package."""

    acts: Mapping[str, Act]
    cameo: Mapping[str, CodedAct] = field(default_factory=dict)

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Codebook:
        """Return the package's own code book, read once."""
        with resources.as_file(resources.files("allegiance.model") / "acts.yaml") as path:
            return Codebook.load(path)

    @classmethod
    def load(cls, path: Path) -> Codebook:
        """Read a code book in the form of the shipped ``acts.yaml``.

        Raises:
            DataError: the file is not such a code book; says which entry is wrong.
        """
        import yaml  # noqa: PLC0415 - kept off the start-up path of `allegiance --help`

        try:
            raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, ValueError, RecursionError) as broken:
            # A ValueError is a day that the calendar hasn't, a number with more digits than Python converts, or no UTF-8.
            raise DataError(
                f"{path.name} is not a code book: it is no YAML ({clipped(str(broken), 300)})."
            ) from broken
        if not isinstance(raw, dict) or not isinstance(raw.get("acts"), dict):
            raise DataError(f"{path.name} is not a code book: it has no table called 'acts'.")
        acts = {name: _act(path.name, name, entry) for name, entry in raw["acts"].items()}
        codes = raw.get("cameo") or {}
        if not isinstance(codes, dict):
            raise DataError(f"{path.name} is not a code book: its 'cameo' is no table of codes.")
        cameo = {code: _coded(path.name, acts, code, entry) for code, entry in codes.items()}
        return cls(MappingProxyType(acts), MappingProxyType(cameo))

    def act(self, name: str) -> Act:
        """Return the act called `name`.

        Raises:
            UnknownNameError: the code book has none such.
        """
        try:
            return self.acts[name]
        except KeyError:
            raise UnknownNameError("act", name, self.acts, where="the code book") from None

    def from_cameo(self, code: str) -> CodedAct | None:
        """Return what a CAMEO code means, or its nearest broader code, or None for no CAMEO code.

        Codes are text: ``010`` and ``10`` are different. A code that lost its leading zero is not guessed at.
        """
        # The root alone (two digits) is the broadest code; a shorter text is no code.
        for length in range(len(code), 1, -1):
            if (coded := self.cameo.get(code[:length])) is not None:
                return coded
        return None


def _act(file: str, name: object, entry: Any) -> Act:  # noqa: ANN401 - YAML hands over anything
    try:
        sign, weight = int(entry["sign"]), int(entry["weight"])
        if sign not in (-1, 0, 1) or weight < 0:
            raise DataError(f"{file}: act {name!r} needs a sign of -1, 0 or 1 and a weight of at least 0.")
        modes = tuple((str(mode), int(tenths)) for mode, tenths in (entry.get("modes") or {}).items())
        return Act(
            str(name),
            str(entry["label"]),
            sign,
            weight,
            str(entry["cameo"]),
            str(entry.get("plover", "")),
            modes,
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as wrong:
        raise DataError(
            f"{file}: act {clipped(str(name))!r} needs label, sign, weight and cameo ({clipped(repr(wrong))})."
        ) from wrong


def _coded(file: str, acts: Mapping[str, Act], code: object, entry: Any) -> CodedAct:  # noqa: ANN401 - as above
    if not isinstance(code, str):
        raise DataError(
            f'{file}: CAMEO code {code} must stand in quotes ("{code}"), or leading zeros get lost.'
        )
    try:
        act, number = entry
        tenths = int(number)
        acts[act]
    except (TypeError, ValueError, OverflowError, KeyError) as wrong:
        raise DataError(
            f"{file}: CAMEO code {clipped(code)} needs [act, weight] with a known act."
        ) from wrong
    return CodedAct(act, (tenths > 0) - (tenths < 0), abs(tenths))
