"""What may stand as a node of a flow network, and what of it may be closed: places and bodies, never a person.

The rule of the house is that no person is ranked. So persons are not listed as nodes at all, and a name that might be a
person's is never offered for closure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

PERSON = "person"
PERSONS = "persons"
UNKNOWN = "unknown"
PLACE = "place"
POINT = "point"
"""Of a name in a table of routes, whose author answers for its being a place or a body."""

CLOSABLE = frozenset(
    {"state", "bloc", "organisation", "armed-group", "company", "province", "public-body", PLACE, POINT}
)

_FEWEST, _MOST = 2, 4  # words of a person's name

GIVING = "persons (not listed) who give"
RECEIVING = "persons (not listed) who receive"
"""Two nodes, so that what one person gets and what another gives never join to a route that nobody tells of."""

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "lady",
        "lord",
        "herr",
        "frau",
        "monsieur",
        "madame",
        "mme",
        "señor",
        "señora",
        "sheikh",
        "sheik",
        "emir",
        "imam",
        "ayatollah",
        "sayyed",
        "sayyid",
        "general",
        "gen",
        "colonel",
        "col",
        "major",
        "captain",
        "lieutenant",
        "sergeant",
        "admiral",
        "marshal",
        "commander",
        "president",
        "prime",
        "minister",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "senator",
        "governor",
        "mayor",
        "ambassador",
        "businessman",
        "businesswoman",
        "banker",
        "broker",
        "trader",
        "smuggler",
        "financier",
        "oligarch",
        "warlord",
        "mullah",
        "rabbi",
        "pastor",
        "bishop",
        "judge",
    ]
)
_GROUND = frozenset(
    [
        "sea",
        "ocean",
        "gulf",
        "bay",
        "strait",
        "straits",
        "channel",
        "canal",
        "river",
        "lake",
        "island",
        "islands",
        "peninsula",
        "coast",
        "port",
        "harbour",
        "harbor",
        "airport",
        "airfield",
        "bridge",
        "border",
        "crossing",
        "road",
        "highway",
        "railway",
        "pipeline",
        "pass",
        "tunnel",
        "mountain",
        "mountains",
        "valley",
        "desert",
        "plain",
        "city",
        "town",
        "village",
        "district",
        "region",
        "province",
        "governorate",
        "oblast",
        "county",
        "refinery",
        "terminal",
        "depot",
        "field",
        "fields",
        "corridor",
        "route",
    ]
)

_BODIES = frozenset(
    [
        "ag",
        "gmbh",
        "kg",
        "ev",
        "ltd",
        "limited",
        "inc",
        "llc",
        "llp",
        "plc",
        "corp",
        "corporation",
        "co",
        "company",
        "companies",
        "sa",
        "sas",
        "srl",
        "spa",
        "bv",
        "nv",
        "oy",
        "ab",
        "group",
        "holding",
        "holdings",
        "bank",
        "trust",
        "foundation",
        "association",
        "union",
        "party",
        "ministry",
        "office",
        "agency",
        "authority",
    ]
)


def is_titled(name: str) -> bool:
    """Return whether a name begins as persons are called and says of no ground or body that it is one.

    >>> is_titled("Frau Lina Dachner"), is_titled("General Voss"), is_titled("General Traders Ltd")
    (True, True, False)
    """
    words = _words(name)
    return words[:1] != [] and words[0] in _TITLES and not _is_body(name)


def is_called_as(name: str, first_names: Container[str]) -> bool:
    """Return whether a name is two to four words that begin with one of these first names (in lower case), and no body's."""
    words = name.split()
    return (
        _FEWEST <= len(words) <= _MOST
        and words[0].casefold() in first_names
        and all(word[:1].isupper() for word in words)
        and not _is_body(name)
    )


def _words(name: str) -> list[str]:
    return name.casefold().replace(",", " ").replace(".", " ").split()


def _is_body(name: str) -> bool:
    """Whether a word of a name says that it is a body or a piece of the earth."""
    # "e.V." and "B.V." are written with dots, "Dr." too.
    told = {*_words(name), *name.casefold().replace(",", " ").replace(".", "").split()}
    return not _GROUND.isdisjoint(told) or not _BODIES.isdisjoint(told)


def is_ground(name: str) -> bool:
    """Return whether a word of a name says that it is a piece of the earth ("the Black Sea", "the port of Orlune")."""
    return not _GROUND.isdisjoint(name.casefold().split())
