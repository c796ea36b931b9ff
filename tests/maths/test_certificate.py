"""Certificates hold what the solver found, and nothing that isn't so."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import ContradictionError, DataError
from allegiance.maths.certificate import Case, Certificate, Obstruction, Part, check
from allegiance.maths.constraints import Constraints
from allegiance.maths.graph import SignedGraph
from allegiance.maths.proof import certify
from allegiance.maths.question import Question
from allegiance.maths.solve import solve

TWO = Question(2)


def dense(n: int, seed: int, weights: tuple[int, ...] = (-1, 1)) -> SignedGraph:
    """Return a complete graph with random weights."""
    pairs = np.argwhere(np.triu(np.ones((n, n)), 1))
    return SignedGraph.of(
        n, pairs[:, 0], pairs[:, 1], np.random.default_rng(seed).choice(weights, len(pairs))
    )


def triangle() -> tuple[SignedGraph, Certificate]:
    """Return a frustrated triangle with pendant ties, and its certificate for two coalitions."""
    graph = SignedGraph.of(5, [0, 0, 1, 2, 3], [1, 2, 2, 3, 4], [3, 4, -5, 1, -1])
    return graph, certify(graph, 2, solve(graph, 2))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 9),
    st.integers(0, 10**6),
    st.sampled_from([None, 1, 2, 3, 4]),
    st.sampled_from([(-1, 1), (-1, 0, 1), (-1, -2, 1), (-6, 9, 3, 0), (-1, -1, -1, 1)]),
    st.data(),
)
def test_what_the_solver_proves_is_accepted(
    n: int, seed: int, k: int | None, weights: tuple[int, ...], data: st.DataObject
) -> None:
    """Every certificate, saved and read again, is accepted and proves what the solver said."""
    graph = dense(n, seed, weights)
    actor = st.integers(0, n - 1)
    pairs = st.lists(st.tuples(actor, actor), max_size=2).map(tuple)
    wishes = Constraints(together=data.draw(pairs), apart=data.draw(pairs))
    try:
        split = solve(graph, k, constraints=wishes)
    except ContradictionError:
        return
    saved = json.dumps(certify(graph, k, split, constraints=wishes).as_json())
    together, apart = (tuple(found) for found in wishes.pairs())
    verdict = check(Certificate.from_json(json.loads(saved)), graph, Question(k, together, apart))
    assert verdict.valid, verdict.reason
    assert verdict.proved == split.proved
    assert (verdict.value, verdict.lower_bound) == (split.value, split.lower_bound)


@pytest.mark.parametrize(("n", "k"), [(16, 2), (16, None), (16, 3), (18, 4)])
def test_a_tree_of_cases_is_accepted(n: int, k: int | None) -> None:
    """Where the solver has to branch, the tree proves the value too."""
    graph = dense(n, n)
    split = solve(graph, k)
    certificate = certify(graph, k, split)
    assert split.proved
    assert check(certificate, graph, Question(k)).proved


def test_a_bounded_answer_is_accepted_as_bounded() -> None:
    """Stopped before the end, the certificate claims the bound only."""
    graph = dense(40, 1)
    split = solve(graph, None, time_limit=1.0)
    verdict = check(certify(graph, None, split), graph)
    assert verdict.valid
    assert not verdict.proved
    assert verdict.lower_bound == split.lower_bound > 0


def test_another_network_is_refused() -> None:
    """A certificate speaks of one network only."""
    graph, certificate = triangle()
    other = SignedGraph.of(5, graph.a, graph.b, graph.w + 10)
    assert not check(certificate, other, TWO).valid


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": 2}, "claims the value 2"),
        ({"labels": (0, 0, 0, 0, 0)}, "claims the value"),
        ({"labels": (0, 1)}, "2 actors"),
        ({"labels": (0, 1, 2, 0, 1)}, "more than 2"),
        ({"lower_bound": 4}, "its proof gives 3"),
        ({"parts": ()}, "its proof gives 0"),
        ({"together": ((1, 2),)}, "another question"),
        ({"together": ((1, 7),)}, "only 0..4"),
        ({"network": "0" * 64}, "another network"),
    ],
)
def test_a_changed_claim_is_refused(change: dict[str, object], reason: str) -> None:
    """Whatever is changed in the claims, the checker says what doesn't fit."""
    graph, certificate = triangle()
    assert check(certificate, graph, TWO).proved
    verdict = check(replace(certificate, **change), graph, TWO)  # type: ignore[arg-type]
    assert not verdict.valid
    assert reason in verdict.reason


CYCLE = Obstruction(((0, 1), (0, 2), (1, 2)))


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (Part(3, (CYCLE,), (Case(((0, 2),)),)), "falls short of 3"),
        (Part(4, (CYCLE,), (Case(((0, 4),)),)), "falls short of 4"),
        (Part(3, (CYCLE,), (Case(((0, 3),), scale=2),)), "falls short of 3"),
        (Part(3, (CYCLE,), (Case(((0, 3),), scale=0),)), "scale"),
        (Part(3, (CYCLE,), (Case(((0, -3),)),)), "negative multiplier"),
        (Part(3, (CYCLE,), (Case(((1, 3),)),)), "isn't listed"),
        (Part(3, (CYCLE,), ()), "lacks a case"),
        (Part(3, (CYCLE,), (Case(tie=(0, 1)),)), "leaves out the case"),
        (Part(3, (CYCLE,), (Case(tie=(0, 1), kept=0, broken=0),)), "leaves out the case"),
        (Part(3, (replace(CYCLE, least=2),), (Case(((0, 3),)),)), "a split satisfies it"),
        (Part(3, (replace(CYCLE, turned=(0,)),), (Case(((0, 3),)),)), "a split satisfies it"),
        (Part(3, (replace(CYCLE, turned=(9,)),), (Case(((0, 3),)),)), "turns one it hasn't"),
        (Part(3, (Obstruction(((0, 1), (0, 2))),), (Case(((0, 3),)),)), "a split satisfies it"),
        (Part(3, (Obstruction(((0, 4),)),), (Case(((0, 3),)),)), "doesn't have"),
    ],
)
def test_a_forged_proof_is_refused(part: Part, reason: str) -> None:
    """A packing that overloads a tie, an obstruction that is none, a tree with a hole: each is told."""
    graph, certificate = triangle()
    verdict = check(replace(certificate, parts=(part,)), graph, TWO)
    assert not verdict.valid
    assert reason in verdict.reason


def test_the_same_ties_count_once() -> None:
    """Two parts that use the same ties don't add up."""
    graph, certificate = triangle()
    verdict = check(replace(certificate, lower_bound=6, parts=certificate.parts * 2), graph, TWO)
    assert not verdict.valid
    assert "second time" in verdict.reason


@pytest.mark.parametrize(
    "damage", [{}, {"format": "other"}, {"labels": [0.5]}, {"parts": [{}]}, {"k": "two"}]
)
def test_a_damaged_file_is_told(damage: dict[str, object]) -> None:
    """What isn't a certificate, or is damaged, raises DataError with a sentence."""
    _, certificate = triangle()
    data = certificate.as_json() | damage if damage else {}
    with pytest.raises(DataError, match="certificate"):
        Certificate.from_json(data)
