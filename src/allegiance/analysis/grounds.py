"""What an answer rests on: a proof is about arithmetic, not about whether the statements were read right or are true."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegiance.network import Contributions, SignedNetwork


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a network was added up from.

    Attributes:
        statements: how many statements or rows count.
        holders: how many there are who say so: the innermost speaker of each chain, else the outlet or data set; 0 where
            nobody is named.
        readers: how many statements each reader read in texts, by its name and version.
        coded: how many are rows of data.
    """

    statements: int
    holders: int
    readers: Mapping[tuple[str, str], int]
    coded: int

    @property
    def words(self) -> str:
        """The same in words, beside a proof."""
        count = f"{self.statements:,} statement{'s' * (self.statements != 1)}"
        if not self.readers:
            rows = f"{self.coded:,} row{'s' * (self.coded != 1)} of data as given"
            return f"This is the arithmetic of {rows}; whether they are so, it does not tell."
        by = f"{self.holders:,} holder{'s' * (self.holders != 1)}"
        parts = [_read(*one, many) for one, many in self.readers.items()]
        if self.coded:
            parts.append(f"{self.coded:,} coded by others")
        return (
            f"This is the arithmetic of {count} by {by}: {'; '.join(parts)}. Whether they were read right, and are so, it "
            "does not tell."
        )

    def to_json(self) -> dict[str, Any]:
        """Return it under the documented keys of ``--json``."""
        return {
            "statements": self.statements,
            "holders": self.holders,
            "coded_rows": self.coded,
            "read_by": [
                {"reader": name, "version": version, "statements": many, **_measures(name)}
                for (name, version), many in self.readers.items()
            ],
        }


def grounds(net: SignedNetwork, counted: Contributions | None) -> Grounds:
    """Return what a network rests on; `counted` are its statements one by one, None where there are only ties."""
    if counted is None or counted.readers is None or counted.chains is None:
        rows = sum(net.evidence.count_of(tie) for tie in range(len(net)))
        sources = set() if net.evidence.outlets is None else set(net.evidence.outlets.tolist())
        return Grounds(rows, len(sources), MappingProxyType({}), rows)
    holders = {json.loads(chain)[-1] for chain in set(counted.chains.tolist())}
    tags = Counter(tag for tag in counted.readers.tolist() if tag is not None)
    readers: Counter[tuple[str, str]] = Counter()
    for tag, many in tags.items():
        name, version, *_ = json.loads(tag)
        readers[name, version] += many
    named = dict(sorted(readers.items(), key=lambda item: (-item[1], item[0])))
    return Grounds(len(counted), len(holders), MappingProxyType(named), len(counted) - sum(named.values()))


def _read(name: str, version: str, many: int) -> str:
    found = _measures(name)
    if not found:
        return f"{many:,} read by {name}, whose reading nobody has measured"
    older = "" if found["measured_version"] == version else f" in version {found['measured_version']}"
    return (
        f"{many:,} read by {name} (ties on {found['passages']}{older}: precision {found['precision']:.2f}, "
        f"recall {found['recall']:.2f})"
    )


def _measures(name: str) -> dict[str, Any]:
    from allegiance.coding.measured import measured  # noqa: PLC0415 - only where something was read

    known = measured().get(name)
    if known is None:
        return {}
    return {
        "precision": known.precision,
        "recall": known.recall,
        "passages": known.passages,
        "measured_version": known.version,
    }
