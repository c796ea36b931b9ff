"""Statements add up to ties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegiance.errors import UnknownNameError, UsageError
from allegiance.model import Modality, Source
from allegiance.network import CountingPolicy, SignedNetwork
from builders import statement


def test_a_tie_keeps_both_parts_its_statements_and_its_sources() -> None:
    """The two parts of a tie are kept beside their net, with every statement and outlet behind it."""
    one = statement("A", "B", 1, weight=50)
    two = statement("B", "A", -1, weight=90, source=Source(("The Wire", "Voss")))
    tie = next(SignedNetwork.from_statements([one, two]).ties())
    assert (tie.positive, tie.negative, tie.weight, tie.contested) == (50, 90, -40, True)
    assert set(tie.statements) == {one.id, two.id}
    assert tie.sources == ("The Daily", "The Wire")


@pytest.mark.parametrize("modality", [modality for modality in Modality if modality is not Modality.ASSERTED])
def test_only_plain_assertions_count_by_default(modality: Modality) -> None:
    """What is denied, demanded, predicted, conditional or hypothetical makes no tie unless the policy says so."""
    stmt = statement(modality=modality)
    assert len(SignedNetwork.from_statements([stmt])) == 0
    half = SignedNetwork.from_statements([stmt], CountingPolicy.parse((f"{modality}=50",)))
    assert half.positive.tolist() == [25]


def test_negated_statements_count_as_the_policy_says() -> None:
    """A negated statement counts nothing by default, and turns its sign only where the user asks for it."""
    stmt = statement(negated=True)
    assert len(SignedNetwork.from_statements([stmt])) == 0
    assert SignedNetwork.from_statements(
        [stmt], CountingPolicy.parse(("negated=-100",))
    ).negative.tolist() == [50]


def test_a_speakers_own_judgements_are_kept_apart_from_acts() -> None:
    """An attitude ("a sham") makes no tie by default, or an outlet would be a party to the conflict it tells."""
    stmt = statement("The Daily", act="attitude")
    assert len(SignedNetwork.from_statements([stmt])) == 0
    assert SignedNetwork.from_statements(
        [stmt], CountingPolicy.parse(("attitudes=50",))
    ).positive.tolist() == [25]


def test_small_shares_add_up_before_rounding() -> None:
    """Ten statements at a tenth of their weight weigh as one, not as ten rounded ones."""
    stmts = [statement(weight=5, modality=Modality.PREDICTED, actor_text=str(i)) for i in range(10)]
    assert SignedNetwork.from_statements(
        stmts, CountingPolicy.parse(("predicted=10",))
    ).positive.tolist() == [5]


@pytest.mark.parametrize("word", ["demanded", "demanded=x", "demanded=101", "negated=-101", "wished=5"])
def test_a_wrong_counting_rule_is_refused(word: str) -> None:
    """A rule of counting that can't be read is a usage error."""
    with pytest.raises(UsageError):
        CountingPolicy.parse((word,))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("demanded=50", "denied=0", "negated=-100"),
        ("asserted=90", "attitudes=5", "once=event", "blocs=share"),
    ],
)
def test_a_policy_tells_the_words_that_make_it(words: tuple[str, ...]) -> None:
    """What `words` returns is parsed back to the same policy; of a default nothing is said."""
    policy = CountingPolicy.parse(words)
    assert CountingPolicy.parse(policy.words()) == policy
    assert not CountingPolicy().words()
    assert "denied=0" not in policy.words()


def test_an_unknown_actor_offers_the_nearest() -> None:
    """A typing error in an actor's name is answered with the right name."""
    net = SignedNetwork.from_statements([statement("Veldania", "Maren")])
    with pytest.raises(UnknownNameError, match="Did you mean 'Veldania'"):
        net.number_of("Veldanja")


NAMES = st.sampled_from("ABCDE")


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from([-1, 0, 1]), st.integers(0, 100))))
def test_the_order_of_statements_changes_nothing(rows: list[tuple[str, str, int, int]]) -> None:
    """Integer sums don't depend on order: reversed statements give the same ties."""
    stmts = [statement(a, b, sign, weight=weight) for a, b, sign, weight in rows]

    def ties(net: SignedNetwork) -> set[tuple[frozenset[str], int, int]]:
        return {(frozenset((tie.a, tie.b)), tie.positive, tie.negative) for tie in net.ties()}

    assert ties(SignedNetwork.from_statements(stmts)) == ties(SignedNetwork.from_statements(stmts[::-1]))


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from([-1, 1]), st.integers(1, 100))))
def test_nothing_is_lost_in_adding_up(rows: list[tuple[str, str, int, int]]) -> None:
    """Weight in = weight in ties, and each statement between two different actors stands behind exactly one tie."""
    stmts = [
        statement(a, b, sign, weight=weight, actor_text=str(i)) for i, (a, b, sign, weight) in enumerate(rows)
    ]
    between = [stmt for stmt in stmts if stmt.actor != stmt.target]
    net = SignedNetwork.from_statements(stmts)
    assert int((net.positive + net.negative).sum()) == sum(stmt.weight for stmt in between)
    assert sorted(net.evidence.all()) == sorted(stmt.id for stmt in between)
