"""The guide's kinds of relation, and which act of the code book a statement of each is stored as.

The table is `kinds.yaml`; nothing about words or texts lives here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, UnknownNameError
from allegiance.model import Codebook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Named here so that reading them loads no table; loading the table proves that it names the same.
KINDS_WITH = (
    *("ally", "cooperate", "agree", "support", "arm", "finance", "trade", "share-information", "meet"),
    *("praise", "join", "recognise", "reconcile", "demand", "position"),
)
KINDS_AGAINST = (
    *("fight", "attack", "threaten", "sanction", "accuse", "condemn", "reject", "oppose", "expel"),
    *("arrest", "demand-stop", "dispute", "rival"),
)
KINDS = (*KINDS_WITH, *KINDS_AGAINST)
SIDES: Mapping[int, str] = MappingProxyType({1: "with", -1: "against", 0: "neither"})
# Acts whose sign is the statement's own.
FREE = ("tie", "attitude")


@dataclass(frozen=True, slots=True)
class StoredAct:
    """What a kind is stored as: act, its finer kind or empty, the statement's sign, weight in tenths."""

    act: str
    mode: str
    polarity: int
    weight: int

    def __str__(self) -> str:
        return f"{self.act}/{self.mode}" if self.mode else self.act


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of relation.

    Attributes:
        name: as the guide calls it.
        acts: by sign, those that the table names: act and weight.
        means: what the guide means by it.
        mutual: whether A with B is B with A.
    """

    name: str
    acts: Mapping[int, StoredAct]
    means: str
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Kinds:
    """The whole table; `Kinds.shipped()` is the one in the package.

    Attributes:
        kinds: by name.
        otherwise: by sign, what a kind is stored as that names no act for it.
        groups: by act, the name of its group.
    """

    kinds: Mapping[str, Kind]
    otherwise: Mapping[int, StoredAct]
    groups: Mapping[str, str]

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Kinds:
        """Return the package's own table, read once."""
        with resources.as_file(resources.files("allegiance.coding") / "kinds.yaml") as path:
            return Kinds.load(path, Codebook.shipped())

    @classmethod
    def load(cls, path: Path, book: Codebook) -> Kinds:
        """Read a table and check it against the code book.

        Raises:
            DataError: it lacks a kind, or names an act that isn't in the book or has another sign; says which.
        """
        import yaml  # noqa: PLC0415 - kept off the start-up path of `allegiance --help`

        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        if set(raw["kinds"]) != set(KINDS):
            wrong = ", ".join(sorted(set(raw["kinds"]) ^ set(KINDS)))
            raise DataError(f"{path.name} must name each of the {len(KINDS)} kinds and no other: {wrong}.")
        spare = raw["otherwise"]
        otherwise = {
            sign: _coded(path.name, book, "otherwise", sign, spare[side], int(spare["weight"]) if sign else 0)
            for sign, side in SIDES.items()
        }
        kinds = {name: _kind(path.name, book, name, raw["kinds"][name]) for name in KINDS}
        groups = {book.act(act).name: group for group, acts in raw["groups"].items() for act in acts}
        return cls(MappingProxyType(kinds), MappingProxyType(otherwise), MappingProxyType(groups))

    def kind(self, name: str) -> Kind:
        """Return the kind called `name`.

        Raises:
            UnknownNameError: the guide has none such.
        """
        try:
            return self.kinds[name]
        except KeyError:
            raise UnknownNameError("kind", name, KINDS, where="the guide") from None


def coded(kind: str, sign: int) -> StoredAct:
    """Return act, sign and weight (tenths) of a statement of this kind and sign; its sign is always `sign`.

    Raises:
        UnknownNameError: the guide has no such kind.
    """
    table = Kinds.shipped()
    return table.kind(kind).acts.get(sign, table.otherwise[sign])


def act_of(kind: str, sign: int) -> str:
    """Return the name of the act that a statement of this kind and sign is stored as.

    >>> act_of("demand", 1), act_of("demand", -1), act_of("fight", 1)
    ('appeal', 'demand', 'tie')

    Raises:
        UnknownNameError: the guide has no such kind.
    """
    return coded(kind, sign).act


def is_mutual(kind: str) -> bool:
    """Return whether a statement of this kind says the same with its two ends exchanged."""
    return Kinds.shipped().kind(kind).mutual


def group_of(act: str, sign: int) -> str:
    """Return the group of an act, with its sign; acts that tell nothing but a sign are of the group ``bare``."""
    return f"{Kinds.shipped().groups.get(act, 'bare')} {SIDES[sign]}"


def _kind(file: str, book: Codebook, name: str, entry: Mapping[str, Any]) -> Kind:
    acts = {
        sign: _coded(file, book, name, sign, entry[side]) for sign, side in SIDES.items() if side in entry
    }
    if not acts:
        raise DataError(f"{file}: kind {name!r} needs an act under with, against or neither.")
    return Kind(name, MappingProxyType(acts), str(entry["means"]), bool(entry.get("mutual", False)))


def _coded(
    file: str, book: Codebook, name: str, sign: int, written: str, weight: int | None = None
) -> StoredAct:
    """Return what ``act`` or ``act/mode`` means with this sign, proven to be in the code book."""
    act_name, _, mode = written.partition("/")
    act = book.act(act_name)
    if mode and mode not in dict(act.modes):
        raise DataError(f"{file}: {name!r} names the mode {mode!r}, which {act_name!r} doesn't have.")
    if act.sign != sign and act_name not in FREE:
        raise DataError(f"{file}: {name!r} names {act_name!r} for {SIDES[sign]}, an act of another sign.")
    return StoredAct(act.name, mode, sign, act.mode_weight(mode) if weight is None else weight)
