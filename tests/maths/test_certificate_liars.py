"""Certificates made by hand to deceive or to stall the checker: each is refused, in one sentence, soon."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from allegiance.errors import DataError
from allegiance.maths.certificate import Case, Certificate, Obstruction, Part, check, fingerprint
from allegiance.maths.graph import SignedGraph
from allegiance.maths.question import Question

ANY, TWO = Question(), Question(2)


def graph_of(*ties: tuple[int, int, int]) -> SignedGraph:
    """Return the network of these ties (a, b, weight)."""
    a, b, w = zip(*ties, strict=True)
    return SignedGraph.of(max(*a, *b) + 1, a, b, w)


def claim(
    graph: SignedGraph, labels: tuple[int, ...], *parts: Part, asked: Question = ANY, bound: int | None = None
) -> Certificate:
    """Return a certificate that claims what its labels violate as the least there is."""
    value = sum(
        abs(int(w))
        for a, b, w in zip(graph.a, graph.b, graph.w, strict=True)
        if (labels[a] != labels[b]) == (w > 0)
    )
    bound = value if bound is None else bound
    return Certificate(fingerprint(graph), asked.k, asked.together, asked.apart, labels, value, bound, parts)


PATH = graph_of((0, 1, 10), (1, 2, 10))
"""Two ties without strife: no split needs to violate anything."""

TRIANGLE = graph_of((0, 1, 1), (0, 2, 1), (1, 2, -1))
"""One bad cycle: the least is 1."""

CYCLE = Obstruction(((0, 1), (0, 2), (1, 2)))


@pytest.mark.parametrize(
    "hidden",
    [
        Question(apart=((0, 1),)),
        Question(k=1, apart=((0, 1),)),
        Question(k=1),
        Question(k=0),
        Question(k=-1),
        Question(k=2),
        Question(together=((0, 1),), apart=((0, 1),)),
        Question(together=((0, 2),)),
        Question(apart=((0, 0),)),
        Question(apart=((-1, 0),)),
        Question(together=((0, 10**20),)),
    ],
)
def test_a_question_of_its_own_proves_nothing(hidden: Question) -> None:
    """Wishes and numbers of coalitions that only the certificate knows of make no split dearer."""
    verdict = check(claim(PATH, (0, 1, 1), asked=hidden), PATH)
    assert not verdict.valid
    assert not verdict.proved
    # Nor where it hides that it has them: the proof is weighed under the question that is asked.
    assert not check(replace(claim(PATH, (0, 1, 1)), parts=(Part(10, (), (Case(),)),)), PATH).valid


def test_the_same_question_in_other_words_is_the_same() -> None:
    """Order, repetition and chains of wishes make no other question, nor does a number that all actors fit in."""
    graph = graph_of((0, 1, 10), (1, 2, 10), (0, 2, 10))
    for said, asked in (
        (Question(together=((0, 1), (1, 2))), Question(together=((2, 0), (1, 0), (0, 1)))),
        (Question(apart=((0, 1),)), Question(apart=((1, 0), (0, 1)))),
        (Question(apart=((0, 2),), together=((0, 1),)), Question(together=((1, 0),), apart=((1, 2),))),
        (Question(2, apart=((0, 1), (1, 2))), Question(2, apart=((0, 1),), together=((0, 2),))),
        (Question(3), Question()),
    ):
        assert said.allows_the_same(asked, graph.n)
    for said, asked in (
        (Question(2), Question()),
        (Question(apart=((0, 1),)), Question(apart=((0, 2),))),
        (Question(apart=((0, 1), (1, 2))), Question(apart=((0, 1),), together=((0, 2),))),
    ):
        assert not said.allows_the_same(asked, graph.n)


@pytest.mark.parametrize(
    "part",
    [
        Part(2, (CYCLE,), (Case(((0, 1),), tie=(0, 9), kept=1, broken=2), Case(((0, 1),)), Case())),
        Part(2, (CYCLE,), (Case(((0, 1),), tie=(1, 0), kept=1, broken=2), Case(((0, 1),)), Case())),
        Part(2, (CYCLE,), (Case(tie=(0, 1), kept=1, broken=1), Case(((0, 2),)))),
        Part(2, (CYCLE,), (Case(tie=(0, 1), kept=-1, broken=-1),)),
        Part(2, (CYCLE,), (Case(tie=(0, 1), kept=5, broken=6),)),
        Part(2, (CYCLE, CYCLE), (Case(((0, 1), (1, 1))),)),
        Part(2, (CYCLE,), (Case(((0, 1), (0, 1))),)),
        Part(2, (CYCLE,), (Case(((0, 10**40),), scale=10**39),)),
        Part(2, (replace(CYCLE, turned=(0, 0, 0)),), (Case(((0, 2),)),)),
        Part(2, (replace(CYCLE, turned=(-1,)),), (Case(((0, 2),)),)),
        Part(2, (replace(CYCLE, least=3),), (Case(((0, 1),)),)),
        Part(2, (Obstruction(((0, 1), (0, 1), (1, 2))),), (Case(((0, 2),)),)),
        Part(2, (Obstruction(()),), (Case(((0, 2),)),)),
        Part(2, (Obstruction(((0, 0),)),), (Case(((0, 2),)),)),
        Part(2, (Obstruction(((0, 1),), least=-5),), (Case(((0, 7),)),)),
        Part(2, (), ()),
        Part(10**40, (CYCLE,), (Case(((0, 1),)),)),
    ],
)
def test_a_proof_of_too_much_is_refused(part: Part) -> None:
    """A triangle that costs 1 can't be shown to cost 2, whatever the cases, packings and obstructions say."""
    for asked in (ANY, TWO):
        verdict = check(claim(TRIANGLE, (0, 1, 0), part, asked=asked, bound=2), TRIANGLE, asked)
        assert not verdict.valid
        assert verdict.reason.endswith(".")


def test_a_tie_of_one_part_is_no_case_of_another() -> None:
    """The price of a tie that two parts decide would count twice."""
    graph = graph_of((0, 1, 1), (0, 2, 1), (1, 2, -1), (2, 3, 1), (2, 4, 1), (3, 4, -1))
    good = Part(1, (CYCLE,), (Case(((0, 1),)),))
    other = Obstruction(((2, 3), (2, 4), (3, 4)))
    bad = Part(1, (other,), (Case(tie=(0, 1), kept=1, broken=2), Case(((0, 1),)), Case()))
    verdict = check(claim(graph, (0, 0, 0, 0, 0), good, bad), graph)
    assert not verdict.valid
    assert "second time" in verdict.reason


def test_shared_cases_do_not_multiply() -> None:
    """A chain of cases whose two children are one has 2^40 ways through it; it is refused at the first."""
    far = [(i, i + 1, 1) for i in range(2, 43)]
    graph = graph_of((0, 1, 10), (0, 2, 10), (1, 2, -10), *far)
    chain = tuple(Case(tie=(a, b), kept=i + 1, broken=i + 1) for i, (a, b, _) in enumerate(far))
    for asked in (ANY, TWO):
        part = Part(10, (CYCLE,), (*chain, Case(((0, 10),))))
        verdict = check(claim(graph, (0,) * 44, part, asked=asked), graph, asked)
        assert not verdict.valid
        assert "twice" in verdict.reason


def test_a_long_obstruction_is_checked_and_a_long_lie_refused() -> None:
    """Thousands of ties are no matter of depth: a ring that is an obstruction counts, a path that is none doesn't."""
    n = 3_000
    path = [(i, i + 1, 1) for i in range(n)]
    ring = graph_of(*path, (0, n, -1))
    whole = Obstruction(tuple(sorted((a, b) for a, b, _ in (*path, (0, n, -1)))))
    assert check(claim(ring, (0,) * (n + 1), Part(1, (whole,), (Case(((0, 1),)),))), ring).proved
    part = Part(1, (Obstruction(whole.ties[1:]),), (Case(((0, 1),)),))
    refused = check(claim(ring, (0,) * (n + 1), part), ring)
    assert not refused.valid
    assert len(refused.reason) < 200


def test_a_check_that_would_take_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is counted over the whole certificate: one intricate obstruction, many small ones or heavy packings alike."""
    monkeypatch.setattr("allegiance.maths.certificate.MOST_STEPS", 200_000)
    crowd = [(a, b) for a in range(14) for b in range(a + 1, 14)]
    graph = graph_of(*((a, b, -1) for a, b in crowd))
    intricate = Obstruction(tuple(crowd), least=26)
    light, heavy = Obstruction(((0, 1),), least=0), ((0, 1),) * 150_000
    for part in (
        Part(20, (intricate,), (Case(((0, 1),)),)),
        Part(20, (replace(intricate, least=1),) * 3_000, (Case(((0, 1),)),)),
        Part(20, (light,), (Case(heavy),)),
    ):
        asked = Question(3)
        verdict = check(claim(graph, (0,) * 14, part, asked=asked), graph, asked)
        assert not verdict.valid
        assert "200,000 steps" in verdict.reason


@pytest.mark.parametrize(
    "damage",
    [
        {"value": 10**100},
        {"labels": "000"},
        {"labels": {"0": 0}},
        {"labels": [True, 0, 0]},
        {"labels": [0.0, 0, 0]},
        {"network": 7},
        {"network": None},
        {"parts": {}},
        {"parts": [[]]},
        {"parts": [{"bound": 1, "obstructions": [], "cases": [{}]}]},
        {"together": [[0]]},
        {"together": [[0, 1, 2]]},
        {"apart": [0]},
        {"apart": {"0": 1}},
        {"k": "2"},
        {"k": 2.0},
        {"k": []},
    ],
)
def test_what_stands_in_the_wrong_place_is_told(damage: dict[str, Any]) -> None:
    """A value of another kind than belongs there makes one sentence, however deep or long it is."""
    data = json.loads(json.dumps(claim(PATH, (0, 0, 0)).as_json()))
    nested: Any = {}
    for _ in range(900):
        nested = [nested]
    for change in (damage, dict.fromkeys(damage, nested)):
        with pytest.raises(DataError, match="certificate is damaged") as told:
            Certificate.from_json(data | change)
        assert len(str(told.value)) < 250
    for missing in data.keys() - {"format"}:
        with pytest.raises(DataError, match=missing):
            Certificate.from_json({key: value for key, value in data.items() if key != missing})
