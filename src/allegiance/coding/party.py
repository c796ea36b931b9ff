"""One who takes part in a relation, as a sentence names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part in a relation, as a sentence names it.

    Attributes:
        actor: canonical name, or surface words.
        text: the surface words of the whole phrase ("Turkey's foreign minister").
        word: place of the phrase's head in its sentence.
        known: whether the actor was resolved.
        via: kind of name, as in `Mention.via`; ``pronoun`` where it was resolved by coreference.
        person: full name of the person who stands for the actor, or empty.
        anonymous: whether it is somebody of the actor's without a name or office ("a senior Turkish official").
        label: the language pipeline's label of the name, or empty.
    """

    actor: str
    text: str
    word: int
    known: bool = True
    via: str = "name"
    person: str = ""
    anonymous: bool = False
    label: str = ""

    @property
    def holder(self) -> str:
        """The name under which it speaks: the person's, else the words for an anonymous one, else the actor's."""
        return self.person or (self.text if self.anonymous else self.actor)
