"""Changed networks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegiance.network import SignedNetwork
from allegiance.network.changes import changed
from builders import statement

NAMES = st.sampled_from("ABCDEF")
PAIRS = st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1])


def _weights(net: SignedNetwork) -> dict[frozenset[str], int]:
    return {frozenset((tie.a, tie.b)): tie.weight for tie in net.ties()}


@given(
    st.lists(st.tuples(PAIRS, st.integers(-9, 9).filter(bool)), max_size=12),
    st.dictionaries(PAIRS, st.integers(-50, 50), max_size=6),
    st.sets(NAMES, max_size=2),
)
def test_ties_are_the_old_ones_with_the_shifts(
    told: list[tuple[tuple[str, str], int]], shifts: dict[tuple[str, str], int], left_out: set[str]
) -> None:
    """Each tie weighs what it did and its shifts, those of actors left out only the shifts, and evidence stays with its tie."""
    stmts = [statement(a, b, 1 if amount > 0 else -1, weight=abs(amount)) for (a, b), amount in told]
    net = SignedNetwork.from_statements(stmts)
    found = changed(net, shifts, left_out)
    expected = {pair: weight for pair, weight in _weights(net).items() if not pair & left_out}
    for pair, amount in shifts.items():
        expected[frozenset(pair)] = expected.get(frozenset(pair), 0) + amount
    assert _weights(found) == expected
    behind = {frozenset((tie.a, tie.b)): tie.statements for tie in net.ties()}
    for tie in found.ties():
        ends = frozenset((tie.a, tie.b))
        assert tie.statements == (() if ends & left_out else behind.get(ends, ()))
    in_ties = {name for pair in expected for name in pair}
    assert set(found.actors) == in_ties
    numbers = range(len(found))
    assert list(found.ties_between(found.a, found.b)) == list(numbers)


def test_who_has_no_tie_left_goes_unless_brought_in() -> None:
    """An actor left out goes, and so does who had ties with nobody else; but not who is to be there."""
    net = SignedNetwork.from_statements([statement("A", "B"), statement("B", "C"), statement("A", "D")])
    assert changed(net, {}, ["B"]).actors == ("A", "D")
    assert changed(net, {}, ["B"], ["C"]).actors == ("A", "C", "D")
    assert changed(net, {}, ["A", "B"]).actors == ()


def test_a_new_actor_comes_in() -> None:
    """A shift may bring in an actor that the network doesn't have."""
    net = SignedNetwork.from_statements([statement("A", "B")])
    found = changed(net, {("C", "A"): 5})
    assert found.actors == ("A", "B", "C")
    assert found.tie(1).statements == ()
    assert found.tie(1).weight == 5


def test_an_actor_can_be_there_without_ties() -> None:
    """Who is brought in is an actor, and no tie is made for it."""
    found = changed(SignedNetwork.from_statements([statement("A", "B")]), {}, brought_in=["C", "A"])
    assert found.actors == ("A", "B", "C")
    assert len(found) == 1
