"""Judgements on the actors of a case: whether one may be made, and what the gazetteer learns from those that were.

Their fold is in `naming.judgements`, keeping them in `store`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from allegiance.case.readers import gazetteer
from allegiance.errors import UnknownNameError, UsageError, clipped
from allegiance.naming import ActorEntry
from allegiance.naming.judgements import Judgement, Judgements, bare
from allegiance.naming.tokens import tokenise

if TYPE_CHECKING:
    from allegiance.naming import Gazetteer
    from allegiance.store import CaseFile, Event, History

_LONGEST_NAME = 200


def known_names(history: History) -> Gazetteer:
    """Return the gazetteer of a case: the shipped tables, the user's, and the names that were judged of."""
    return _known(history.actor_tables, history.judgements)


def taught(history: History) -> dict[str, list[str]]:
    """Return what of `known_names` goes beyond the tables, for the fingerprint of an import; nothing where nothing does."""
    words = sorted(Judgements.fold(history.judgements).words)
    return {"judged": words} if words else {}


@lru_cache(maxsize=8)
def _known(tables: tuple[str, ...], judgements: tuple[Judgement, ...]) -> Gazetteer:
    names = gazetteer(tables)
    words = Judgements.fold(judgements).words
    # Words keep their own name when they are read, so that an undo gives them back; only their kind is that of whom they mean.
    kinds = {
        shown: _kind(names, [shown, *(word for word in words if words[word] == shown)])
        for shown in words.values()
    }
    strangers = [word for word in words if names.actor(word) is None]
    return (
        names.with_actors(ActorEntry(word, kinds[words[word]]) for word in strangers) if strangers else names
    )


def _kind(names: Gazetteer, called: list[str]) -> str:
    known = (actor for name in called if (actor := names.actor(name)) is not None)
    return next((actor.kind for actor in known), "unknown")


def merge(file: CaseFile, a: str, b: str, name: str | None) -> Event:
    """Judge that the actors `a` and `b` are one, shown as `name` (None: as `a`).

    Raises:
        UnknownNameError: the case knows no such actor.
        UsageError: the two are one already, or `name` is a third one's.
    """
    shown = file.actors()
    folded = Judgements.fold(file.history().judgements)
    _require_shown(file, folded, shown, a)
    _require_shown(file, folded, shown, b)
    if a == b:
        raise UsageError(f"{a!r} can't be merged with itself.")
    name = a if name is None else _checked(name)
    if name in shown and name not in (a, b):
        raise UsageError(f"{name!r} is another actor of the case; to make all three one, merge it as well.")
    if folded.name_of(name) not in (name, a, b):
        raise UsageError(f"{name!r} is part of {folded.name_of(name)!r} already; choose another name.")
    return file.judge(Judgement("merge", a, b, name))


def split(file: CaseFile, actor: str, words: str | None, name: str | None) -> Event:
    """Judge that what was merged into `actor` is not one, or (`words`) that a part or surface words of it are another's.

    Args:
        file: the case.
        actor: the name that is shown.
        words: a name merged into it, or the words by which texts name it; None to take apart all that was merged.
        name: how what is split off is shown (None: as `words`).

    Raises:
        UnknownNameError: the case knows no such actor.
        UsageError: nothing was merged into it, or no statement names it by these words.
    """
    folded = Judgements.fold(file.history().judgements)
    _require_shown(file, folded, file.actors(), actor)
    parts = folded.parts(actor)
    if words is None:
        if name is not None:
            raise UsageError("--as names what is split off; give the words to split off as well.")
        if len(parts) <= 1 and parts == (actor,):
            raise UsageError(
                f"Nothing was merged into {actor!r}; to take words away from it, name them: split {actor!r} WORDS."
            )
        return file.judge(Judgement("split", actor, "", ""))
    name = _checked(name if name is not None else words)
    if name == actor:
        raise UsageError(f"What is split off {actor!r} can't be shown as {actor!r}; name it with --as.")
    if words not in parts:
        _require_words(file, actor, words)
    target = folded.name_of(name)
    return file.judge(Judgement("split", actor, words, name if target == actor else target))


def alias(file: CaseFile, actor: str, words: str) -> Event:
    """Judge that the surface `words` mean `actor`, here and in all that is read later.

    Raises:
        UnknownNameError: neither the case nor the tables know the actor.
        UsageError: the words are the name of another actor, or no words.
    """
    folded = Judgements.fold(file.history().judgements)
    names = known_names(file.history())
    shown = file.actors()
    if actor not in shown and folded.name_of(actor) != actor:
        actor = folded.name_of(actor)
    if actor not in shown and names.actor(actor) is None:
        raise UnknownNameError("actor", actor, {*shown, *names.actors}, where=str(file.path))
    words = _checked(words)
    if words == actor or folded.shown.get(words) == actor:
        raise UsageError(f"{words!r} means {actor!r} already.")
    if gazetteer(file.history().actor_tables).actor(words) is not None or words in folded.shown.values():
        raise UsageError(f"{words!r} is an actor of its own; to make the two one, merge them.")
    return file.judge(Judgement("alias", actor, words, actor))


def _require_shown(file: CaseFile, folded: Judgements, shown: list[str], name: str) -> None:
    if name in shown:
        return
    if (whole := folded.name_of(name)) != name:
        raise UsageError(f"{name!r} is part of {whole!r} already; name that, or split it off first.")
    raise UnknownNameError("actor", name, shown, where=str(file.path))


def _require_words(file: CaseFile, actor: str, words: str) -> None:
    used = file.surface_words(actor)
    if bare(words) not in {bare(one) for one in used}:
        parts = ", ".join(repr(clipped(one)) for one in used[:5])
        hint = f"; among its words are {parts}" if parts else ""
        raise UsageError(f"No statement names {actor!r} by the words {clipped(words)!r}{hint}.")


def _checked(name: str) -> str:
    """Return a name for an actor.

    Raises:
        UsageError: it is none.
    """
    name = " ".join(name.split())
    if not name.isprintable() or not tokenise(name) or len(name) > _LONGEST_NAME:
        raise UsageError(
            f"{clipped(name)!r} is no name for an actor: it needs a letter or digit, and at most {_LONGEST_NAME} characters."
        )
    return name
