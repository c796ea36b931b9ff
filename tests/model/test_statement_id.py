from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement, TextEvidence

WORDS = st.text(st.characters(), max_size=12)
NAME = WORDS.filter(str.strip)
STATEMENTS = st.builds(
    Statement,
    source=st.builds(Source, st.lists(NAME, min_size=1, max_size=3).map(tuple)),
    actor=NAME,
    act=WORDS,
    target=NAME,
    polarity=st.sampled_from((-1, 0, 1)),
    weight=st.integers(0, 10**12),
    modality=st.sampled_from(Modality),
    negated=st.booleans(),
    date=st.none() | st.builds(DateInterval.day, st.dates()),
    evidence=st.builds(RowEvidence, WORDS, WORDS)
    | st.builds(TextEvidence, WORDS, st.integers(0, 99), st.integers(0, 99), WORDS),
    confidence=st.floats(0, 1) | st.just(1),
    reader=st.builds(ReaderTag, WORDS, WORDS, WORDS),
    marking=WORDS,
    actor_text=WORDS,
    target_text=WORDS,
    qualifiers=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(stmt=STATEMENTS)
def test_what_is_hashed_is_the_statements_json(stmt: Statement) -> None:
    """The text behind an id is what `json` writes of the statement's fields, keys sorted, whatever stands in them."""
    fields = stmt.to_json()
    del fields["id"]
    assert stmt._content() == json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
