"""What came out as pieces of a page: figures, then the errors to read, grouped by kind."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from allegiance.pictures import element, joined, table
from allegiance.pictures.curves import Line, curves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegiance.evaluation.curve import Curve
    from allegiance.evaluation.ledger import Evaluation, Misreading
    from allegiance.evaluation.scores import Estimate, Score
    from allegiance.model import Result
    from allegiance.pictures import Markup

MOST_OF_A_KIND = 200
"""Errors of one kind on the page; nobody reads more, and a page of thousands opens slowly."""


def sections(result: Result[Evaluation]) -> list[tuple[str, Markup]]:
    """Return the sections of the page: heading and piece."""
    found = result.value
    by_kind: dict[str, list[Misreading]] = defaultdict(list)
    for error in found.errors:
        by_kind[error.kind].append(error)
    return [
        ("Figures", joined((_figures(found), _meanings(found), element("p", f"Method: {result.method}.")))),
        *([("Precision and recall by confidence", _curves(found.curves))] if found.curves else []),
        *(
            (f"{kind}: {len(errors):,}", _errors(errors, result.seed))
            for kind, errors in sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
    ]


def _figures(found: Evaluation) -> Markup:
    left_out = ", ".join(f"{count:,} {reason}" for reason, count in found.skipped.items())
    caption = f"{found.examples:,} examples, {found.scored:,} scored" + (
        f"; left out: {left_out}" if left_out else ""
    )
    return table(columns(found), (cells(found, one) for one in found.scores), caption=caption)


def columns(found: Evaluation) -> tuple[str, ...]:
    """Return the headings of the table of figures; a column that no measure fills isn't there."""
    mean = ("mean",) if any(one.mean for one in found.scores) else ()
    return ("measure", "of", "right", "read", "gold", "precision", "recall", "F1", *mean)


def cells(found: Evaluation, one: Score) -> tuple[str | int, ...]:
    """Return a row of the table of figures; where only some annotations must be found, gold tells how many of them were."""
    kind = one.measure.kind
    shares: list[Estimate | None] = [one.precision, one.recall, one.f1]
    if "mean" in columns(found):
        shares.append(one.mean)
    return (
        one.measure.name,
        one.group,
        one.right if kind != "mean" else "",
        one.found if kind != "recall" else "",
        f"{one.hit:,} of {one.gold:,}"
        if kind == "must"
        else one.gold
        if kind not in ("share", "mean")
        else "",
        *map(shown, shares),
    )


def _curves(found: Sequence[Curve]) -> Markup:
    """Draw precision against recall of ties, a line for each group of texts; the band is that of all."""
    lines = [
        Line(
            f"{one.group} ({one.units:,})",
            tuple((point.recall.value, point.precision.value) for point in one.points),
            tuple(
                f"from confidence {point.confidence:.2f}: precision {shown(point.precision)}, recall "
                f"{shown(point.recall)}"
                for point in one.points
            ),
            tuple((point.precision.low, point.precision.high) for point in one.points)
            if one.group == "all"
            else (),
        )
        for one in found
    ]
    note = (
        "Ties that are told with less confidence are left out from right to left; the large dot is what the reader tells. "
        "Numbers of texts in brackets; the band holds the middle 95 % of the resamples of all."
    )
    return joined((curves(lines, "recall", "precision", "Precision and recall"), element("p", note)))


def shown(estimate: Estimate | None) -> str:
    """Return a share with its interval as people read it: ``.412 [.380, .441]``."""
    if estimate is None:
        return ""
    value, low, high = (
        f"{share:.3f}".replace("0.", ".", 1) for share in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} [{low}, {high}]"


def _meanings(found: Evaluation) -> Markup:
    measures = dict.fromkeys(one.measure for one in found.scores)
    return joined(element("p", element("b", one.name), f": {one.meaning}") for one in measures)


def _errors(errors: list[Misreading], seed: int) -> Markup:
    drawn = errors
    note = []
    if len(errors) > MOST_OF_A_KIND:
        drawn = random.Random(seed).sample(errors, MOST_OF_A_KIND)  # noqa: S311 - no secret
        note = [element("p", f"{MOST_OF_A_KIND} of them, drawn at random.", class_="note")]
    rows = ((_marked(one), one.gold, one.read, one.rule, one.unit) for one in drawn)
    return joined((*note, table(("text", "gold", "read", "rule", "where"), rows)))


def _marked(error: Misreading) -> Markup:
    pieces: list[str] = []
    at = 0
    for start, end, label in error.marks:
        if start < at:
            continue  # a mark inside another one: the outer one is shown
        mark = element("mark", error.text[start:end], element("sub", label))
        pieces += [error.text[at:start], mark]
        at = end
    return joined((*pieces, error.text[at:]))
