from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from allegiance.network import CountingPolicy, SignedNetwork, Tie

ROWS = st.lists(
    st.tuples(
        st.sampled_from([("A", "B"), ("B", "A"), ("A", "A")]),
        st.sampled_from(["fight", "support", "attitude"]),
        st.sampled_from([-1, 0, 1]),
        st.integers(0, 30),
        st.sampled_from(["asserted", "demanded"]),
        st.booleans(),
        st.sampled_from([0.4, 0.9]),
        st.sampled_from([("The Daily",), ("The Wire",), ("The Wire", "Voss")]),
        st.sampled_from([None, "2031-04-09", "2031-04-10"]),
    )
)
POLICIES = st.sampled_from(
    [
        CountingPolicy(),
        CountingPolicy.parse(("demanded=33", "negated=-50", "attitudes=20"), confidence=0.5),
        CountingPolicy.parse(("demanded=33", "once=event")),
        CountingPolicy.parse(("once=source",)),
    ]
)


@given(ROWS, POLICIES)
def test_a_tie_added_up_alone_is_the_tie_of_the_network(
    told: list[tuple[tuple[str, str], str, int, int, str, bool, float, tuple[str, ...], str | None]],
    policy: CountingPolicy,
) -> None:
    """Ends, parts, statements and sources are those of the network of the same rows; no tie where that has none."""
    rows = [
        (
            str(number),
            ends[0],
            act,
            ends[1],
            sign,
            weight,
            modality,
            negated,
            sure,
            json.dumps(chain),
            day,
            day,
        )
        for number, (ends, act, sign, weight, modality, negated, sure, chain, day) in enumerate(told)
    ]
    ties = list(SignedNetwork.from_counting_rows(rows, policy).ties())
    alone = Tie.of_counting_rows(rows, policy)
    assert ([] if alone is None else [alone]) == ties
