"""Who the finder takes for an actor and no annotation tells of: distractors.py FILES OUT PASSAGES ...

The reader of relations is taught among them, so that it learns to leave alone whom nothing is told of.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from allegiance.coding.model.cast import Bars, cast, named_in
from allegiance.coding.model.networks import Networks
from allegiance.naming import Gazetteer

# Below the threshold of reading: who is nearly taken for an actor teaches as well.
BARS = Bars(0.25, 0.5)


def main() -> None:
    """Write {id: [[start, end, name], ...]}."""
    finder, names = Networks(Path(sys.argv[1])).finder, Gazetteer.shipped()
    out = {}
    for path in sys.argv[3:]:
        for line in Path(path).read_text("utf-8").splitlines():
            gold = json.loads(line)
            bounds, at = [], 0
            for sentence in gold["sentences"]:
                bounds.append((at, at + len(sentence)))
                at += len(sentence) + 1
            text = " ".join(gold["sentences"])
            taken = bytearray(len(text))
            for start, end, _ in named_in(text, gold["actors"]):
                taken[start:end] = b"\1" * (end - start)
            found = cast(text, bounds, names.mentions(text), finder, BARS)
            out[gold["id"]] = [
                [start, end, f"{member.name} {number}"]
                for number, member in enumerate(found)
                if not any(any(taken[s:e]) for s, e in member.spans)
                for start, end in member.spans
            ]
    Path(sys.argv[2]).write_text(json.dumps(out), "utf-8")


if __name__ == "__main__":
    main()
