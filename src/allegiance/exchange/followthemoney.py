"""FollowTheMoney entities, one JSON object a line: payments between bodies become claims about routes of money.

The data model is https://followthemoney.tech (entities with ``id``, ``schema`` and lists of ``properties``). Who is a person
is taken from the schema, so that persons are listed nowhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from allegiance.errors import BadRowError, DataError
from allegiance.events.textfile import lines, opening
from allegiance.exchange.routes import RouteTable, positive
from allegiance.model import DateInterval
from allegiance.network.node_kinds import PERSON, UNKNOWN
from allegiance.network.route_claims import RouteClaim
from allegiance.network.route_words import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from pathlib import Path

_KINDS = {"Company": "company", "Organization": "organisation", "PublicBody": "public-body", "Person": PERSON}
# A LegalEntity may be a body or a person; these properties say which.
_PERSONAL = frozenset(
    [
        "firstName",
        "lastName",
        "fatherName",
        "motherName",
        "birthDate",
        "birthPlace",
        "deathDate",
        "gender",
        "nationality",
        "passportNumber",
        "title",
    ]
)
_CORPORATE = frozenset(
    [
        "legalForm",
        "incorporationDate",
        "dissolutionDate",
        "registrationNumber",
        "leiCode",
        "swiftBic",
        "jurisdiction",
    ]
)
_CURRENCIES = {"amountEur": "EUR", "amountUsd": "USD"}


class _Entity(NamedTuple):
    """One line of the file."""

    line: int
    id: str
    schema: str
    properties: dict[str, list[str]]

    def one(self, name: str) -> str:
        """Return the only value of a property, or nothing.

        Raises:
            DataError: it has several.
        """
        values = self.properties.get(name, [])
        if len(values) > 1:
            raise DataError(
                f"payment {self.id} has {len(values)} values of {name}; which one counts isn't told"
            )
        return values[0] if values else ""


def is_followthemoney(path: Path) -> bool:
    """Return whether a file begins like JSON lines."""
    return opening(path, 64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_payments(path: Path) -> RouteTable:
    """Read the payments of a file of FollowTheMoney entities.

    The capacity of a claim is the amount, its unit the currency: ``amount`` with ``currency``, else ``amountEur``, else
    ``amountUsd``. Its source is the entity's data set, or the name of the file.

    Raises:
        UsageError: the file isn't there.
        DataError: no line of it is such an entity.
    """
    table, entities = RouteTable(), {}
    for item in _entities(path):
        if isinstance(item, BadRowError):
            table.problems.append(item)
        else:
            entities[item.id] = item
    if not entities:
        raise DataError(
            f"{path.name} holds no FollowTheMoney entity: each line is an object with id, schema and properties."
        )
    for entity in entities.values():
        if entity.schema == "Payment":
            try:
                _payment(table, path, entity, entities)
            except DataError as wrong:
                table.problems.append(BadRowError(path.name, entity.line, str(wrong)))
    return table


def _entities(path: Path) -> Iterator[_Entity | BadRowError]:
    for number, text, fault in lines(path):
        if fault:
            yield BadRowError(path.name, number, fault)
            continue
        try:
            read: Any = json.loads(text)
            properties = read.get("properties") or {}
            yield _Entity(
                number,
                str(read["id"]),
                str(read["schema"]),
                {str(name): [str(value) for value in values] for name, values in properties.items()},
            )
        except (ValueError, RecursionError):  # also a number with more digits than Python converts
            yield BadRowError(path.name, number, "it is no JSON")
        except (KeyError, TypeError, AttributeError):
            yield BadRowError(path.name, number, "it is no entity with id, schema and lists of properties")


def _payment(table: RouteTable, path: Path, entity: _Entity, entities: dict[str, _Entity]) -> None:
    ends = []
    for role in ("payer", "beneficiary"):
        who = entities.get(entity.one(role))
        if who is None:
            raise DataError(f"payment {entity.id} names no {role} that is in the file")
        name = who.properties.get("name", [""])[0].strip() or who.id
        # Two persons of one name stay two; bodies of one name are taken for one.
        kind = _kind(who)
        ends.append(name if kind != PERSON else f"{name} ({who.id})")
        table.kinds[ends[-1]] = kind
    amount, currency = _amount(entity)
    when = entity.one("date")
    if ends[0] == ends[1]:
        table.note("from a body to itself")
        return
    source = tuple(entity.properties.get("datasets", [])[:1]) or (path.stem,)
    date = DateInterval.parse(when) if when else None
    table.claims.append(RouteClaim(ends[0], ends[1], source, entity.id, MONEY, amount, currency, date=date))


def _kind(who: _Entity) -> str:
    if who.schema in _KINDS:
        return _KINDS[who.schema]
    if not _PERSONAL.isdisjoint(who.properties):
        return PERSON
    return "company" if not _CORPORATE.isdisjoint(who.properties) else UNKNOWN


def _amount(entity: _Entity) -> tuple[Decimal, str]:
    if entity.properties.get("amount"):
        currency = entity.one("currency")
        if not currency:
            raise DataError(f"payment {entity.id} has an amount without a currency")
        return positive(entity.one("amount"), "amount"), currency
    for name, currency in _CURRENCIES.items():
        if entity.properties.get(name):
            return positive(entity.one(name), "amount"), currency
    raise DataError(f"payment {entity.id} tells no amount")
