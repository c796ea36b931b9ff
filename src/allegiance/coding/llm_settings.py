"""How to reach a language model: from the environment, never stored. The key is in no text that this room makes."""

from __future__ import annotations

import ipaddress
import math
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from allegiance.errors import UsageError, clipped

if TYPE_CHECKING:
    from collections.abc import Mapping

N = TypeVar("N", int, float)

URL = "http://127.0.0.1:8080/v1"
MODEL = "default"
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the model is and how it is asked.

    Attributes:
        url: base address of an OpenAI-compatible service; ``/chat/completions`` is put behind it.
        model: name under which the service knows the model.
        key: sent as bearer token where there is one; never shown.
        timeout: seconds that one answer may take.
        attempts: how often one question is put before the service counts as out of order.
        pause: seconds before the second attempt; doubled for each one after it.
        at_once: questions under way at the same time.
        chunk: characters of text in one question.
        answer_tokens: the most tokens of one answer.
        price_in, price_out: prices of a million tokens asked and answered; None where the user names none.
    """

    url: str = URL
    model: str = MODEL
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    attempts: int = 4
    pause: float = 1.0
    at_once: int = 2
    chunk: int = 6000
    answer_tokens: int = 2048
    price_in: float | None = None
    price_out: float | None = None

    def __post_init__(self) -> None:
        """Refuse addresses that are none, and keys that can't stand in a header."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"ALLEGIANCE_LLM_URL is {clipped(self.url)!r}; give an address such as {URL}.")
        if parts.username or parts.password:
            raise UsageError(
                "ALLEGIANCE_LLM_URL holds a name or password; put the key into ALLEGIANCE_LLM_KEY."
            )
        if not self.key.isascii() or not self.key.isprintable():
            raise UsageError("ALLEGIANCE_LLM_KEY holds characters that no key has; copy it again.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings of the variables ``ALLEGIANCE_LLM_*``; docs/readers.md lists them.

        Raises:
            UsageError: one of them isn't what it should be.
        """
        given = os.environ if environment is None else environment
        return cls(
            url=(given.get("ALLEGIANCE_LLM_URL") or URL).rstrip("/"),
            model=given.get("ALLEGIANCE_LLM_MODEL") or MODEL,
            key=given.get("ALLEGIANCE_LLM_KEY", "").strip(),
            timeout=_number(given, "TIMEOUT", 120.0, least=0.1),
            attempts=_number(given, "ATTEMPTS", 4, least=1),
            pause=_number(given, "PAUSE", 1.0, least=0.0),
            at_once=_number(given, "AT_ONCE", 2, least=1),
            chunk=_number(given, "CHUNK", 6000, least=200),
            answer_tokens=_number(given, "ANSWER_TOKENS", 2048, least=16),
            price_in=_price(given, "PRICE_IN"),
            price_out=_price(given, "PRICE_OUT"),
        )

    @property
    def loopback(self) -> bool:
        """Whether the text stays on this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def warning(self) -> str:
        """One sentence for those whose text leaves the machine; empty on loopback."""
        if self.loopback:
            return ""
        open_line = ", unencrypted" if urlsplit(self.url).scheme == "http" else ""
        return f"The reader llm sends every text to {urlsplit(self.url).hostname}: it leaves this machine{open_line}."

    def cost(self, asked: int, answered: int) -> float | None:
        """Return what so many tokens cost, in the currency of the prices; None where no price is named."""
        if self.price_in is None and self.price_out is None:
            return None
        return (asked * (self.price_in or 0.0) + answered * (self.price_out or 0.0)) / _MILLION


def _number(given: Mapping[str, str], name: str, default: N, *, least: float) -> N:
    text = given.get(f"ALLEGIANCE_LLM_{name}", "").strip()
    if not text:
        return default
    try:
        value = type(default)(text)
    except ValueError:
        value = None
    if value is None or not least <= value < math.inf:
        what = "a whole number" if isinstance(default, int) else "a number"
        raise UsageError(f"ALLEGIANCE_LLM_{name} is {clipped(text)!r}; give {what} of at least {least:g}.")
    return value


def _price(given: Mapping[str, str], name: str) -> float | None:
    return _number(given, name, 0.0, least=0.0) if given.get(f"ALLEGIANCE_LLM_{name}") else None
