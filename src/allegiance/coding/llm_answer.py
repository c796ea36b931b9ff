"""What a language model answered, taken apart strictly: what isn't in the asked form is dropped, with a reason to count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.coding.llm_question import acts
from allegiance.model import Modality

if TYPE_CHECKING:
    from allegiance.coding.llm_endpoint import Answer

UNREADABLE = "answers that are no such JSON"
CUT = "answers cut off at their last token (set ALLEGIANCE_LLM_CHUNK lower, or ALLEGIANCE_LLM_ANSWER_TOKENS higher)"
BAD_FORM = "statements that lack a part"
UNKNOWN_ACT = "unknown acts"
UNKNOWN_MODALITY = "unknown modalities"

_FENCE = "```"
_MOST_SPEAKERS = 4


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the model claims that the text says; nothing of it is proven yet."""

    quote: str
    speakers: tuple[str, ...]
    actor: str
    act: str
    target: str
    sign: int
    modality: Modality
    negated: bool


def claims(answer: Answer) -> tuple[list[Claimed], list[str]]:
    """Return what the model claims, and a reason for each thing that is dropped."""
    given = _json(answer.text)
    listed = given.get("statements") if isinstance(given, dict) else None
    if not isinstance(listed, list):
        return [], [CUT if answer.cut else UNREADABLE]
    found: list[Claimed] = []
    dropped: list[str] = []
    for item in listed:
        claimed = _claimed(item)
        if isinstance(claimed, str):
            dropped.append(claimed)
        else:
            found.append(claimed)
    return found, dropped


def relation(answer: str) -> tuple[int, str] | None:
    """Return polarity and direction, or None where the answer isn't in the asked form."""
    given = _json(answer)
    if not isinstance(given, dict):
        return None
    polarity, direction = given.get("polarity"), given.get("direction")
    if type(polarity) is not int or polarity not in (-1, 0, 1) or direction not in ("a->b", "b->a", "none"):
        return None
    # A sign without a direction, or the other way round, answers nothing.
    return (polarity, direction) if polarity and direction != "none" else (0, "none")


def _json(answer: str) -> Any:  # noqa: ANN401 - JSON holds anything
    text = answer.strip()
    if text.startswith(_FENCE):  # many models fence their JSON though nobody asked them to
        text = text.partition("\n")[2].rpartition(_FENCE)[0]
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _claimed(item: Any) -> Claimed | str:  # noqa: ANN401 - as above
    if not isinstance(item, dict):
        return BAD_FORM
    quote, actor, target = (_words(item.get(name)) for name in ("quote", "actor", "target"))
    speakers, sign, negated = item.get("speakers", []), item.get("sign", 0), item.get("negated", False)
    if (
        not (quote and actor and target)
        or not isinstance(speakers, list)
        or not all(isinstance(one, str) for one in speakers)
        or sign not in (-1, 0, 1)
        or not isinstance(negated, bool)
    ):
        return BAD_FORM
    if item.get("act") not in acts():
        return UNKNOWN_ACT
    if item.get("modality") not in {modality.value for modality in Modality}:
        return UNKNOWN_MODALITY
    named = tuple(one.strip() for one in speakers if one.strip())[:_MOST_SPEAKERS]
    return Claimed(quote, named, actor, item["act"], target, int(sign), Modality(item["modality"]), negated)


def _words(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
