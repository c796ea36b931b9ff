"""Whole evaluations of small corpora, whose figures can be counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.errors import BadRowError, DataError, UnknownNameError, UsageError
from allegiance.evaluation import DATA, dsa, evaluate, factuality, petrarch, plover, re3d, write_sample
from allegiance.evaluation.judging import JUDGED
from allegiance.evaluation.page import sections
from allegiance.model import Modality
from allegiance.report.answer_page import answer_page
from builders import statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.evaluation import Evaluation, Score
    from allegiance.evaluation.scores import Measure
    from allegiance.evaluation.task import Task


def _score(found: Evaluation, measure: Measure, group: str = "all") -> Score:
    return next(one for one in found.scores if (one.measure, one.group) == (measure, group))


def _counts(score: Score) -> tuple[int, int, int]:
    return score.right, score.found, score.gold


def _kinds(found: Evaluation) -> list[str]:
    return sorted(error.kind for error in found.errors)


def test_dsa(annotated: Path, task: Callable[..., Task]) -> None:
    """Of five signed pairs all are related, one with the wrong sign; the unrelated pair stays so."""
    found = evaluate("dsa", task(annotated / "dsa_test.txt")).value
    assert _counts(_score(found, dsa.SIGNED)) == (4, 5, 5)
    assert _counts(_score(found, dsa.SIGNED, "positive")) == (1, 2, 1)
    assert _counts(_score(found, dsa.DIRECTED)) == (4, 5, 5)
    assert _kinds(found) == ["wrong sign"]
    assert (found.examples, found.scored, sum(found.skipped.values())) == (8, 6, 2)


def test_unseen_leaves_out_what_was_trained_on(annotated: Path, task: Callable[..., Task]) -> None:
    """A sentence of the training file isn't scored, though it is written with other blanks."""
    found = evaluate("dsa", task(annotated / "dsa_test.txt", unseen=annotated / "dsa_train.txt")).value
    assert found.skipped["stands in the training file"] == 1
    assert _counts(_score(found, dsa.SIGNED)) == (3, 4, 4)


def test_plover(annotated: Path, task: Callable[..., Task]) -> None:
    """Thanks are no rejection: that record is a wrong sign, and counts as such by its type."""
    found = evaluate("plover", task(annotated / "plover.json")).value
    assert _counts(_score(found, plover.BY_TYPE, "ASSAULT")) == (1, 0, 1)
    assert _counts(_score(found, plover.BY_TYPE, "REJECT")) == (0, 0, 1)
    assert "wrong sign" in _kinds(found)


def test_petrarch(annotated: Path, task: Callable[..., Task]) -> None:
    """The attack has root 19 between the two states; thanks aren't the annotated accusation."""
    found = evaluate("petrarch", task(annotated / "petrarch.xml")).value
    assert _counts(_score(found, petrarch.ROOT, "root 19")) == (1, 1, 1)
    assert _counts(_score(found, petrarch.ROOT, "root 11")) == (0, 0, 1)
    assert _score(found, petrarch.EVENT).right == 1
    assert _kinds(found) == ["root missed", "root not annotated"]


@pytest.mark.parametrize(
    ("modality", "negated", "root"),
    [
        (Modality.PREDICTED, True, "12"),
        (Modality.ASSERTED, True, "12"),
        (Modality.PREDICTED, False, "03"),
        (Modality.DEMANDED, True, ""),
    ],
)
def test_help_that_is_refused_is_a_rejection(modality: Modality, *, negated: bool, root: str) -> None:
    """Help that somebody doesn't give, or says he won't give, is CAMEO's 12; what others demand is no event."""
    refused = statement("Arland", "Belmark", act="aid", modality=modality, negated=negated)
    assert petrarch.cameo_root(refused) == root


def test_re3d(annotated: Path, task: Callable[..., Task]) -> None:
    """Both annotated pairs with a sign are found, one with the wrong one; precision against sparse gold is a floor."""
    found = evaluate("re3d", task(annotated / "re3d")).value
    assert _counts(_score(found, re3d.FOUND, "all with a sign")) == (2, 0, 2)
    assert _counts(_score(found, re3d.SIGN)) == (1, 2, 0)
    assert _score(found, re3d.ALL).gold == 2


def test_factuality(annotated: Path, task: Callable[..., Task]) -> None:
    """What did not or may happen isn't asserted; what somebody merely says is, under his name, and is counted against us."""
    found = evaluate("factuality", task(annotated / "factuality")).value
    assert _counts(_score(found, factuality.KEPT)) == (1, 1, 0)
    invented = _score(found, factuality.INVENTED)
    assert (invented.right, invented.found) == (1, 3)
    assert _kinds(found) == ["told as fact, but isn't"]


@pytest.mark.parametrize("data", ["dsa", "plover", "petrarch", "re3d", "factuality"])
def test_page_holds_the_errors(data: str, annotated: Path, task: Callable[..., Task]) -> None:
    """Each error stands on the page with its text; the page asks nothing of the network."""
    path = {"dsa": "dsa_test.txt", "plover": "plover.json", "petrarch": "petrarch.xml"}.get(data, data)
    result = evaluate(data, task(annotated / path))
    page = answer_page("Errors", sections(result))
    assert all(f"<h2>{error.kind}: " in page.replace("&#x27;", "'") for error in result.value.errors)
    assert not any(sign in page for sign in ("http:", "https:", "<script", "<link", "src="))


def test_same_seed_same_answer(annotated: Path, task: Callable[..., Task]) -> None:
    """The same seed gives the same intervals; the figures themselves don't hang on it."""
    one, same, other = (
        evaluate("dsa", task(annotated / "dsa_test.txt"), seed=seed).value for seed in (1, 1, 2)
    )
    assert one == same
    assert [score.right for score in one.scores] == [score.right for score in other.scores]


def test_judged_sample(annotated: Path, task: Callable[..., Task], tmp_path: Path) -> None:
    """Verdicts on a sample are counted by the ids of the outputs; ids and verdicts alone suffice."""
    outputs = evaluate("re3d", task(annotated / "re3d")).value.outputs
    sample = write_sample(outputs, 100, seed=0).decode().splitlines()
    assert sample[0] == "id,verdict,a,relation,b,rule,sentence"
    assert len(sample) == len(outputs) + 1
    judged = tmp_path / "judged.csv"
    verdicts = ["yes", *["no"] * (len(outputs) - 1)]
    judged.write_text(
        "id,verdict\n" + "".join(f"{one.id},{told}\n" for one, told in zip(outputs, verdicts, strict=True))
    )
    found = evaluate("re3d", task(annotated / "re3d"), judged=judged).value
    assert _counts(_score(found, JUDGED)) == (1, len(outputs), 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a,b\n1,2\n", "needs the columns 'id' and 'verdict'"),
        ("id,verdict\nx,maybe\n", "row 2: the verdict is 'maybe'"),
        ("id,verdict\nx,yes\n", "none of which the reader gives"),
    ],
)
def test_bad_verdicts(
    content: str, sentence: str, annotated: Path, task: Callable[..., Task], tmp_path: Path
) -> None:
    """A table that judges nothing is told so."""
    (tmp_path / "judged.csv").write_text(content)
    with pytest.raises((DataError, BadRowError), match=sentence):
        evaluate("re3d", task(annotated / "re3d"), judged=tmp_path / "judged.csv")


def test_bad_calls(annotated: Path, task: Callable[..., Task]) -> None:
    """Unknown kinds of data, and options that another kind has, are named."""
    assert set(DATA) == {"gold", "re3d", "dsa", "plover", "petrarch", "factuality", "passages"}
    with pytest.raises(UnknownNameError, match="Did you mean 'plover'"):
        evaluate("plovr", task(annotated / "plover.json"))
    with pytest.raises(UsageError, match="--unseen is for --data dsa"):
        evaluate("plover", task(annotated / "plover.json", unseen=annotated / "dsa_train.txt"))
