"""FollowTheMoney payments."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from allegiance.errors import DataError
from allegiance.exchange.followthemoney import is_followthemoney, read_payments

if TYPE_CHECKING:
    from pathlib import Path

BODIES = (
    {"id": "c", "schema": "Company", "properties": {"name": ["Ostrel"]}},
    {"id": "o", "schema": "Organization", "properties": {"name": ["Reed Fund"]}},
    {"id": "p", "schema": "Person", "properties": {"name": ["Lina Dachner"]}},
    {"id": "l", "schema": "LegalEntity", "properties": {"name": ["Karim Latif"], "birthDate": ["1970"]}},
    {"id": "k", "schema": "LegalEntity", "properties": {"name": ["Nordgas"], "registrationNumber": ["7"]}},
    {"id": "u", "schema": "LegalEntity", "properties": {"name": ["Somebody"]}},
)


def written(folder: Path, *entities: object) -> Path:
    """Return a file of these entities and the bodies behind them."""
    path = folder / "pay.ijson"
    path.write_text(
        "\n".join(one if isinstance(one, str) else json.dumps(one) for one in (*entities, *BODIES))
    )
    return path


def payment(payer: str = "c", beneficiary: str = "o", **properties: Any) -> dict[str, Any]:
    """Return a payment; values become lists."""
    told = {"payer": payer, "beneficiary": beneficiary, **properties}
    return {
        "id": "x",
        "schema": "Payment",
        "properties": {name: value if isinstance(value, list) else [value] for name, value in told.items()},
    }


def test_a_payment_is_a_claim_in_its_currency(tmp_path: Path) -> None:
    """Amount, currency, date and data set are read; entities may stand behind the payment."""
    path = written(tmp_path, payment(amount="1234.50", currency="CHF", date="2031-04-09", amountEur="1"))
    assert is_followthemoney(path)
    (claim,) = read_payments(path).claims
    assert (claim.start, claim.end, claim.goods) == ("Ostrel", "Reed Fund", "money")
    assert (claim.capacity, claim.unit, claim.source, claim.statement) == (
        Decimal("1234.50"),
        "CHF",
        ("pay",),
        "x",
    )


def test_who_is_a_person_is_told_by_schema_and_properties(tmp_path: Path) -> None:
    """Persons and legal entities with birthdays are persons; registered ones are companies, the others not known."""
    table = read_payments(
        written(tmp_path, *({**payment(payer, "o", amountEur="5"), "id": payer * 2} for payer in "plku"))
    )
    assert {name.split(" (")[0]: kind for name, kind in table.kinds.items()} == {
        "Lina Dachner": "person",
        "Karim Latif": "person",
        "Nordgas": "company",
        "Somebody": "unknown",
        "Reed Fund": "organisation",
    }


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (payment(amount="5"), "without a currency"),
        (payment(), "tells no amount"),
        (payment(amountEur="-5"), "negative"),
        (payment(amountEur=["5", "6"]), "2 values of amountEur"),
        (payment(payer="nobody", amountEur="5"), "names no payer"),
        (payment(amountEur="5", date="soon"), "not a date"),
        ("{no json", "no JSON"),
        ('{"id": 1}', "no entity"),
        ("[1]", "no entity"),
    ],
)
def test_a_broken_line_is_named_and_the_others_load(tmp_path: Path, broken: object, problem: str) -> None:
    """What is wrong with a payment is said with its line; the good one stays."""
    good = {**payment(amountUsd="7"), "id": "good"}
    table = read_payments(written(tmp_path, broken, good))
    assert [claim.unit for claim in table.claims] == ["USD"]
    (wrong,) = table.problems
    assert str(wrong).startswith("pay.ijson, row 1: ")
    assert problem in str(wrong)


def test_a_file_without_entities_is_refused(tmp_path: Path) -> None:
    """JSON lines of something else are no FollowTheMoney."""
    path = tmp_path / "x.ijson"
    path.write_text('{"a": 1}\n')
    with pytest.raises(DataError, match="FollowTheMoney"):
        read_payments(path)


@pytest.mark.shared_data
def test_published_donations(shared_data: Path) -> None:
    """All 290 payments of the published file of party donations are read, in euros."""
    table = read_payments(shared_data / "sources" / "ftm" / "donations.ijson")
    assert (len(table.claims), table.problems) == (290, [])
    assert {claim.unit for claim in table.claims} == {"EUR"}
    assert sum(kind == "person" for kind in table.kinds.values()) == 22
