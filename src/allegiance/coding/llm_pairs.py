"""A language model's answer for known pairs: polarity and direction of two given mentions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from allegiance.coding.llm_answer import relation
from allegiance.coding.llm_endpoint import Endpoint
from allegiance.coding.llm_question import pair, pair_form
from allegiance.coding.llm_reader import TRUST
from allegiance.coding.llm_settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]


def relations(
    texts: Sequence[str], a: Sequence[Span], b: Sequence[Span], settings: Settings | None = None
) -> list[tuple[int, str, float]]:
    """Return polarity, direction and score for each text's two mentions; an answer in another form counts as none.

    Raises:
        EndpointError: the service doesn't answer.
    """
    settings = settings or Settings.from_environment()
    endpoint = Endpoint(settings)

    def ask(text: str, one: Span, other: Span) -> tuple[int, str, float]:
        answer = endpoint.ask(pair(text, text[slice(*one)], text[slice(*other)]), pair_form())
        polarity, direction = relation(answer.text) or (0, "none")
        return polarity, direction, TRUST if polarity else 0.0

    with ThreadPoolExecutor(settings.at_once) as pool:
        return list(pool.map(ask, texts, a, b))
