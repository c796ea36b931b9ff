"""Measures `relate` on sentences coded by CAMEO (evaluate only): source and target are given, the class tells the sign.

Classes 1 and 2, verbal and material cooperation, are +1; 3 and 4, conflict, -1; 0, neutral, none.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from allegiance.coding import relate

Span = tuple[int, int]


def load(folder: Path) -> list[tuple[str, Span, Span, int]]:
    """Return text, source, target and sign of each sentence that stands in both files, with a source and a target."""
    lines = (folder / "cameo_class_train.tsv").read_text(encoding="utf-8").splitlines()
    classes = {_key(line.rsplit("\t", 1)[0]): int(line.rsplit("\t", 1)[1]) for line in lines}
    blocks = (folder / "cameo_ner_train.txt").read_text(encoding="utf-8").strip().split("\n\n")
    found = []
    for block in blocks:
        text, spans = "", dict[str, Span]()
        for line in block.splitlines():
            word, tag = line.split(" ")[0], line.split(" ")[-1]
            start = len(text) + (1 if text else 0)
            text = f"{text} {word}" if text else word
            if tag[0] == "B":
                spans.setdefault(tag[-1], (start, len(text)))
            elif tag[0] == "I" and tag[-1] in spans:
                spans[tag[-1]] = (spans[tag[-1]][0], len(text))
        kind = classes.get(_key(text))
        if kind is not None and {"S", "T"} <= set(spans):
            found.append((text, spans["S"], spans["T"], 0 if kind == 0 else 1 if kind < 3 else -1))
    return found


def _key(text: str) -> str:
    """What makes a sentence of the one file the same as one of the other."""
    return "".join(char for char in text.lower() if char.isascii() and char.isalnum())


def main() -> None:
    """Print precision, recall and F1 of the signed pairs, by reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("readers", nargs="*", default=["rules", "model", "combined"])
    args = parser.parse_args()
    rows = load(args.folder)
    texts, sources, targets, gold = (list(column) for column in zip(*rows, strict=True))
    for reader in args.readers:
        said = [one.polarity for one in relate(texts, sources, targets, reader=reader)]
        right = sum(one == other != 0 for one, other in zip(said, gold, strict=True))
        read, wanted = sum(map(bool, said)), sum(map(bool, gold))
        print(
            f"{reader}: {len(rows)} pairs, {wanted} signed; precision {right / max(1, read):.3f}, "
            f"recall {right / wanted:.3f}, F1 {2 * right / (read + wanted):.3f}"
        )


if __name__ == "__main__":
    main()
