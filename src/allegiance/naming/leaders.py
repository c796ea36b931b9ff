"""When a surname alone names a leader: "Putin" does, "Brown" only after "Gordon Brown" or "Prime Minister"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.naming.senses import nearest, short_senses

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from allegiance.naming.lexicon import Phrase, Sense

# Surnames so common, or so much like another word, that alone they prove nothing.
_COMMON = frozenset(
    [
        "abbott",
        "abdullah",
        "abe",
        "ahmed",
        "ali",
        "annan",
        "aoun",
        "arce",
        "aso",
        "baker",
        "ban",
        "banda",
        "barak",
        "bashir",
        "bennett",
        "blair",
        "bolton",
        "brown",
        "bush",
        "cameron",
        "castillo",
        "castro",
        "chavez",
        "clark",
        "clinton",
        "cohen",
        "conte",
        "cook",
        "correa",
        "costa",
        "deby",
        "duque",
        "english",
        "faye",
        "fernandez",
        "fischer",
        "ford",
        "fox",
        "frei",
        "gandhi",
        "garcia",
        "gates",
        "ghani",
        "hadi",
        "hague",
        "hamad",
        "hammond",
        "han",
        "hariri",
        "harper",
        "hassan",
        "hollande",
        "hu",
        "hunt",
        "hussein",
        "jonathan",
        "johnson",
        "kan",
        "katz",
        "keita",
        "kerry",
        "key",
        "khan",
        "kim",
        "king",
        "lagos",
        "lam",
        "lavrin",
        "lee",
        "letta",
        "li",
        "little",
        "lopez",
        "lungu",
        "maas",
        "macri",
        "major",
        "mandela",
        "martin",
        "martinez",
        "may",
        "merz",
        "moi",
        "monti",
        "moon",
        "morales",
        "moreno",
        "mori",
        "nahyan",
        "nasser",
        "noda",
        "ortega",
        "park",
        "pena",
        "perry",
        "petro",
        "powell",
        "qin",
        "rice",
        "ross",
        "rudd",
        "saleh",
        "salam",
        "salman",
        "santos",
        "sall",
        "scholz",
        "sharif",
        "sharon",
        "silva",
        "singh",
        "sisi",
        "snow",
        "straw",
        "suga",
        "suleiman",
        "sullivan",
        "tamim",
        "toledo",
        "tran",
        "turnbull",
        "wade",
        "wallace",
        "wang",
        "wen",
        "yang",
        "yoon",
        "young",
        "zayed",
        "zia",
        "mattis",
        "pence",
        "rubio",
        "vance",
        "rogers",
        "thompson",
        "lewis",
        "mitchell",
        "anderson",
        "nguyen",
        "rahman",
        "thaci",
        "shah",
        "mohamed",
        "mohammed",
        "mohammad",
        "ibrahim",
        "yusuf",
        "hamdan",
        "tillerson",
        "carter",
        "reagan",
        "nixon",
        "eden",
        "heath",
        "wilson",
        "thatcher",
        "truss",
        "starmer",
        "stoltenberg",
    ]
) - frozenset(
    # Common enough among people, yet in the news the one in office is meant.
    [
        "hollande",
        "merz",
        "scholz",
        "stoltenberg",
        "thatcher",
        "starmer",
        "truss",
        "tillerson",
        "mattis",
        "sisi",
    ]
)


def meant_short(
    phrase: Phrase, day: date | None, introduced: Mapping[str, Sense], *, titled: bool
) -> Sense | None:
    """Return whom a surname alone means on `day`, or None where that isn't certain.

    Args:
        phrase: the surname.
        day: the day of the text.
        introduced: by surname, who stood in the text with the full name before.
        titled: whether a title stands directly before the surname.
    """
    key = " ".join(phrase.words).casefold()
    if key in introduced:
        return introduced[key]
    holding = [sense for sense in short_senses(phrase.senses) if day is None or sense.period.holds_on(day)]
    # Two persons of one state (a president and his son) leave the actor certain.
    if len({sense.actor for sense in holding}) != 1:
        return None
    certain = titled or key not in _COMMON or any(sense.by_user for sense in holding)
    return nearest(holding) if certain else None


def short_names_introduced(sense: Sense) -> dict[str, Sense]:
    """Return, by surname, whom the surname means after the full name stood in the text."""
    return {short.casefold(): sense for short in sense.shorts}
