"""Statements counted one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.model import Modality, RowEvidence, Source, TextEvidence
from allegiance.network import Contributions, CountingPolicy, SignedNetwork
from builders import statement

ROWS = st.lists(
    st.tuples(
        *(st.sampled_from("ABC"), st.sampled_from("ABC"), st.sampled_from([-1, 0, 1]), st.integers(0, 9)),
        *(st.sampled_from(list(Modality)), st.booleans()),
    ),
    max_size=10,
)


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_added_up_they_are_the_network(rows: list[tuple[str, str, int, int, Modality, bool]]) -> None:
    """Whatever the policy, what statements bring one by one adds up to the network of all of them, evidence included."""
    stmts = [
        statement(a, b, sign, weight=weight, modality=modality, negated=negated, actor_text=str(i))
        for i, (a, b, sign, weight, modality, negated) in enumerate(rows)
    ]
    policy = CountingPolicy.parse(("predicted=30", "demanded=50", "negated=-20"))
    one = Contributions.from_statements(stmts, policy).network()
    two = SignedNetwork.from_statements(stmts, policy)
    assert one.actors == two.actors
    assert [tie.to_json() for tie in one.ties()] == [tie.to_json() for tie in two.ties()]


def test_origins_are_sources_or_what_they_stand_in() -> None:
    """Statements of one outlet share a source, whoever it quotes; those of one text or one row share a document."""
    stmts = [
        statement(source=Source(("Daily",)), evidence=TextEvidence("d1", 0, 1, "x")),
        statement(source=Source(("Daily", "Voss")), evidence=TextEvidence("d1", 5, 6, "y")),
        statement(source=Source(("Wire",)), evidence=RowEvidence("set.csv", "line 2")),
        statement(source=Source(("Wire",)), evidence=RowEvidence("set.csv", "line 3")),
    ]
    counted = Contributions.from_statements(stmts)
    for by, expected in (("source", [0, 0, 1, 1]), ("document", [0, 0, 1, 2])):
        origins = counted.origins("source" if by == "source" else "document")
        assert origins is not None
        assert origins.tolist() == expected


def test_a_choice_of_rows_has_its_own_actors() -> None:
    """The network of some of the statements knows only the actors that these name."""
    counted = Contributions.from_statements([statement("A", "B"), statement("B", "C")])
    assert counted.network(np.array([False, True])).actors == ("B", "C")
