"""Who a GDELT actor is: ten columns of codes to one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allegiance.events.cameo_names import GROUPS, REGIONS, RELIGIONS

if TYPE_CHECKING:
    from datetime import date

    from allegiance.events.format import Resolve


class ActorColumns(NamedTuple):
    """The ten columns of one GDELT actor; empty means missing, and nothing else does."""

    code: str
    name: str
    country: str
    group: str
    ethnic: str
    religion: str
    religion2: str
    role: str
    role2: str
    role3: str


# Roles of CAMEO in which an actor is the state itself.
STATE_ROLES = frozenset({"", "GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
# Roles whose bearer is an organisation with a name of its own, which stands in the name column.
ORGANISATION_ROLES = frozenset({"IGO", "IMG", "MNC", "NGM", "NGO"})
# What the others are called behind their country: "Nigeria (media)".
ROLE_WORDS = {
    "AGR": "agriculture",
    "BUS": "business",
    "CRM": "criminals",
    "CVL": "civilians",
    "DEV": "development",
    "EDU": "education",
    "ELI": "elites",
    "ENV": "environment",
    "HLH": "health",
    "HRI": "human rights",
    "INS": "insurgents",
    "LAB": "labour",
    "MED": "media",
    "MOD": "moderates",
    "OPP": "opposition",
    "PTY": "parties",
    "RAD": "radicals",
    "REB": "rebels",
    "REF": "refugees",
    "SEP": "separatists",
    "SET": "settlers",
    "UAF": "armed forces outside the state",
}


def gdelt_actor(  # noqa: PLR0911 - one rule a return, in the order of the docstring
    actor: ActorColumns, day: date | None, resolve: Resolve
) -> str | None:
    """Return the name under which an actor counts, or None where the columns name nobody.

    In this order: a known group (``ALQ``); a country whose role is none or the state's; a name that is known
    (``HAMAS`` behind ``PSEREB``); an organisation or people under the file's own name; a country's role
    (``Nigeria (media)``). A role without a country ("POLICE", "PRESIDENT") names nobody: taken for an actor,
    the police of all countries would be one.
    """
    if actor.group:
        known = resolve("cameo", actor.group, day) or resolve("name:gdelt", actor.name, day)
        return known or GROUPS.get(actor.group) or _own(actor)
    plain = not (actor.ethnic or actor.religion)
    if actor.country and plain and actor.role in STATE_ROLES:
        return _country(actor, day, resolve)
    known = resolve("name:gdelt", actor.name, day) if actor.name else None
    if actor.country:
        country = _country(actor, day, resolve)
        # GDELT writes places and demonyms into the name ("NIGERIA" for NGAMED): those are the country, not its media.
        if known and known != country:
            return known
        if actor.role in ORGANISATION_ROLES:
            return _own(actor)
        return f"{country} ({_part(actor)})"
    if known or actor.ethnic or actor.role in ORGANISATION_ROLES:
        return known or _own(actor)
    # A code of three letters that GDELT itself did not split into country or role.
    return resolve("cameo", actor.code, day) if actor.role == "" and not actor.religion else None


def _country(actor: ActorColumns, day: date | None, resolve: Resolve) -> str:
    if actor.country in REGIONS:
        return REGIONS[actor.country]
    return resolve("cameo", actor.country, day) or actor.country


def _part(actor: ActorColumns) -> str:
    """Return what part of a country an actor is: its role, else its people or religion."""
    if actor.role in ROLE_WORDS:
        return ROLE_WORDS[actor.role]
    if actor.ethnic:
        return f"people {actor.ethnic}"
    return RELIGIONS.get(actor.religion) or actor.religion or actor.role


def _own(actor: ActorColumns) -> str:
    return actor.name or actor.code
