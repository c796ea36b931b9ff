"""The reader's tables, loaded once: which words tell which act and where its target stands. No rule lives here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a word tells an act.

    Attributes:
        act: name in the code book.
        mode: finer kind, or empty.
        sign: +1 or -1 where the act's own sign is left to the word (attitudes), else 0.
        slots: ``obj`` or the prepositions that carry the target.
        mutual: whether "A and B ..." tells it of each to the other.
        turned: whether the grammatical target is the one who acts.
    """

    act: str
    mode: str
    sign: int
    slots: tuple[str, ...]
    mutual: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb with a certain object ("cut ties with"): what it tells.

    Attributes:
        frame: the act and where its target stands; the slot ``owner`` means before the object ("revoked B's visas").
        verbs: lemmas, with their particles.
        objects: lemmas of the object.
        goods: whether the object is what flows.
        places: where given, the target is whose place stands in the slot ("to B's border"), and nobody else.
    """

    frame: Frame
    verbs: frozenset[str]
    objects: frozenset[str]
    goods: bool
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """A verb that brings its object somewhere ("took B to court", "took B hostage"): what it tells of the object."""

    frame: Frame
    verbs: frozenset[str]
    where: frozenset[str]


Frames = MappingProxyType[str, tuple[Frame, ...]]
_Entry = TypeVar("_Entry", Phrase, Setting)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables of the reader."""

    verbs: Frames
    nouns: Frames
    roles: Frames
    adjectives: Frames
    compounds: Mapping[str, Frame]
    prefixes: Mapping[str, Frame]
    phrases: Mapping[str, tuple[Phrase, ...]]
    settings: Mapping[str, tuple[Setting, ...]]
    light: frozenset[str]
    stopping: frozenset[str]
    words: Mapping[str, frozenset[str]]

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Lexicon:
        """Return the package's own tables, read once."""
        frames, words = _yaml("lexicon.yaml"), _yaml("words.yaml")
        return Lexicon(
            verbs=_frames(frames["verbs"]),
            nouns=_frames(frames["nouns"]),
            roles=_frames(frames["roles"]),
            adjectives=_frames(frames["adjectives"]),
            compounds=_first_words(frames["compounds"]),
            prefixes=_first_words(frames["prefixes"]),
            phrases=_by_verb(map(_phrase, frames["phrases"])),
            settings=_by_verb(map(_setting, frames["settings"])),
            light=_set(frames["light"]),
            stopping=_set(frames["stopping"]),
            words=MappingProxyType({name: _set(listed) for name, listed in words.items()}),
        )

    def has(self, name: str, word: str) -> bool:
        """Return whether the word list `name` holds `word`."""
        return word in self.words[name]


def _yaml(name: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - kept off the start-up path of `allegiance --help`

    text = resources.files("allegiance.coding").joinpath(name).read_text("utf-8")
    # The base loader keeps every scalar a string: to YAML 1.1 the preposition "on" is the value true.
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - makes strings only
    return loaded


def _set(listed: str) -> frozenset[str]:
    return frozenset(_spellings(listed.split()))


def _spellings(words: Iterable[str]) -> Iterable[str]:
    """Give each word in American and British spelling."""
    for word in words:
        yield word
        stem, particle, rest = word.partition("_")
        if stem.endswith("ize"):
            yield stem[:-3] + "ise" + particle + rest
        elif stem.endswith("ization"):
            yield stem[:-7] + "isation" + particle + rest


def _frame(key: str, slot: str) -> Frame:
    act, _, mode = key.partition("/")
    sign = {"+": 1, "-": -1}.get(act[-1], 0)
    slots = tuple(slot.rstrip("~<").split("|"))
    return Frame(act.rstrip("+") if sign >= 0 else act[:-1], mode, sign, slots, "~" in slot, "<" in slot)


def _frames(table: dict[str, dict[str, str | None]]) -> Frames:
    found: dict[str, list[Frame]] = {}
    for key, by_slot in table.items():
        for slot, listed in by_slot.items():
            frame = _frame(key, slot)
            for word in _set(listed or ""):
                found.setdefault(word, []).append(frame)
    return MappingProxyType({word: tuple(frames) for word, frames in found.items()})


def _first_words(table: dict[str, str]) -> Mapping[str, Frame]:
    return MappingProxyType(
        {word: _frame(act, "obj") for act, listed in table.items() for word in _set(listed)}
    )


def _by_verb(entries: Iterable[_Entry]) -> Mapping[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = {}
    for entry in entries:
        for verb in entry.verbs:
            found.setdefault(verb, []).append(entry)
    return MappingProxyType({verb: tuple(listed) for verb, listed in found.items()})


def _phrase(entry: dict[str, Any]) -> Phrase:
    frame = _frame(entry["act"], entry["target"])
    places = _set(entry.get("places", ""))
    return Phrase(frame, _set(entry["verbs"]), _set(entry["objects"]), bool(entry.get("goods")), places)


def _setting(entry: dict[str, str]) -> Setting:
    return Setting(_frame(entry["act"], "obj"), _set(entry["verbs"]), _set(entry["where"]))
