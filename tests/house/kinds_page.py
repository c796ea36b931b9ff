"""Writes docs/kinds.md from the table of kinds; run it after a change to kinds.yaml or acts.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from allegiance.coding.kinds import KINDS, SIDES, Kinds
from allegiance.model import units

if TYPE_CHECKING:
    from allegiance.coding.kinds import StoredAct

TARGET = Path(__file__).parents[2] / "docs" / "kinds.md"

_HEAD = """\
# Kinds of relation

What a careful reader writes down is one of {number} kinds; a statement is stored under an act of the code book. This table says which,
with its sign and the weight that it brings to a tie. It is made from `coding/kinds.yaml` and `model/acts.yaml`, and a test keeps it so;
`python tests/house/kinds_page.py` renews it.

| kind | act | sign | weight | what the guide means by it |
|---|---|---|---|---|
"""

_FOOT = """
A slash parts an act from its finer kind, which gives the weight. A kind with ~ says the same with both ends exchanged. A kind that
comes with a sign for which it has no row is stored as `{tie}` (weight {weight}) with the statement's own sign, or as `{comment}` where the
sign is 0: the sign is kept, the kind that contradicts it is not told. `attitude` counts nothing in a network unless the
policy of counting says `attitudes=100`.

Whether a reader finds the right sort of relation is counted by groups of acts (`allegiance evaluate --data passages`):

| group | acts |
|---|---|
"""


def page() -> str:
    """Return the page."""
    table = Kinds.shipped()
    rows = []
    for name in KINDS:
        kind = table.kind(name)
        called = f"{name} ~" if kind.mutual else name
        rows += [f"| {called} | {_act(stored)} | {kind.means} |" for stored in kind.acts.values()]
    by_group: dict[str, list[str]] = {}
    for act_name, group in table.groups.items():
        by_group.setdefault(group, []).append(act_name)
    groups = [f"| {group} | {', '.join(acts)} |" for group, acts in by_group.items()]
    spare = table.otherwise
    foot = _FOOT.format(tie=spare[1].act, weight=f"{units(spare[1].weight):g}", comment=spare[0].act)
    return _HEAD.format(number=len(KINDS)) + "\n".join(rows) + "\n" + foot + "\n".join(groups) + "\n"


def _act(stored: StoredAct) -> str:
    """Return act, sign and weight as three cells."""
    return f"{stored} | {SIDES[stored.polarity]} | {units(stored.weight):g}"


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
