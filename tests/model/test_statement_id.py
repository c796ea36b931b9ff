from __future__ import annotations

import json
from dataclasses import fields as fields_of
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.model import DateInterval, Modality, ReaderTag, RowEvidence, Source, Statement, TextEvidence

WORDS = st.text(st.characters(), max_size=12)
NAME = WORDS.filter(str.strip)
SPANS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple)
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
    | st.builds(TextEvidence, WORDS, st.integers(0, 99), st.integers(0, 99), WORDS, SPANS),
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
    """The text behind an id is what `json` writes of the statement's fields, keys sorted, but for two."""
    fields = stmt.to_json()
    for key in ("id", "marking", "confidence"):
        del fields[key]
    assert stmt._content() == json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@settings(max_examples=150, deadline=None)
@given(stmt=STATEMENTS, other=STATEMENTS)
def test_an_id_depends_on_all_but_marking_and_confidence(stmt: Statement, other: Statement) -> None:
    """Whoever marks or calibrates anew renames nothing; whoever changes anything else has another statement."""
    assert replace(stmt, marking=other.marking, confidence=other.confidence).id == stmt.id
    for field in fields_of(Statement):
        if field.name in ("marking", "confidence", "read_as"):
            continue
        changed = replace(stmt, **{field.name: getattr(other, field.name)})
        same = (
            replace(changed, marking="", confidence=0).to_json()
            == replace(stmt, marking="", confidence=0).to_json()
        )
        assert (changed.id == stmt.id) == same, field.name
    if isinstance(stmt.evidence, TextEvidence):
        further = replace(stmt.evidence, also=(*stmt.evidence.also, (1, 2)))
        assert replace(stmt, evidence=further).id != stmt.id
