"""The further questions: how long their answers take, and how much of them is proved.

    python benchmarks/questions.py [--only NAME ...] [--full]

Each section is a function of its own that yields its lines; compiling is not in the times.
"""

from __future__ import annotations

import argparse
import importlib

SECTIONS = {
    "interdict": "question_interdict",
    "issue": "question_issue",
    "landscape": "question_landscape",
    "levers": "question_levers",
    "sensitivity": "question_stability",
    "stability": "question_stability",
}
"""The file of each section; the function in it is called as the section is."""


def main() -> None:
    """Print the sections that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=SECTIONS, help="only these sections")
    parser.add_argument("--full", action="store_true", help="also what takes long")
    given = parser.parse_args()
    for name in given.only or SECTIONS:
        print(f"\n## {name}\n")
        for line in getattr(importlib.import_module(SECTIONS[name]), name)(given.full):
            print(line, flush=True)


if __name__ == "__main__":
    main()
