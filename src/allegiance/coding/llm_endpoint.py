"""One question to a language model over HTTP: retries, pauses, time limit, tokens counted. What is asked is not known here.

Only the standard library: the protocol is one POST (https://platform.openai.com/docs/api-reference/chat), and a client library
would bring more code than this file.
"""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from allegiance.errors import EndpointError, clipped

if TYPE_CHECKING:
    from allegiance.coding.llm_settings import Settings

# What may pass by itself: too many questions, a server that starts, breaks down or is too slow.
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_BAD_REQUEST = 400
_LONGEST_PAUSE = 60.0
_LARGEST_ANSWER = 10_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said; `cut` where it was not done when it had used up its tokens."""

    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """What questions took so far.

    Attributes:
        questions: answered ones.
        repeats: attempts that failed and were repeated.
        asked, answered: tokens, as the service counts them; 0 where it doesn't.
    """

    questions: int = 0
    repeats: int = 0
    asked: int = 0
    answered: int = 0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry text and key to where nobody sent them."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - urllib's signature
        return None


class Endpoint:
    """A service that speaks the OpenAI protocol; may be asked from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings; nothing is sent yet."""
        self._settings = settings
        # On loopback no proxy of the environment comes between.
        proxies = [urllib.request.ProxyHandler({})] if settings.loopback else []
        self._opener = urllib.request.build_opener(_NoRedirects, *proxies)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._plain = False
        self.usage = Usage()

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Answer:
        """Return the model's answer to `messages`, which should be JSON of this schema (but that is the asker's to check).

        Raises:
            EndpointError: the service can't be reached, refuses, or gives no answer after the last attempt.
        """
        failure = ""
        for attempt in range(self._settings.attempts):
            if attempt:
                self._count(repeats=1)
            try:
                return self._once(messages, schema)
            except _PassingError as failed:
                failure = str(failed)
                if attempt + 1 < self._settings.attempts:
                    self._stopped.wait(min(failed.wait or self._settings.pause * 2**attempt, _LONGEST_PAUSE))
                if self._stopped.is_set():
                    break
        raise EndpointError(f"{self._where} gave no answer in {self._settings.attempts} attempts: {failure}.")

    def stop(self) -> None:
        """Put no question again: whoever asked has given up."""
        self._stopped.set()

    def _once(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Answer:
        try:
            with self._opener.open(self._request(messages, schema), timeout=self._settings.timeout) as reply:
                content = reply.read(_LARGEST_ANSWER + 1)
        except urllib.error.HTTPError as refused:
            with refused:
                said = self._without_key(refused.read(2000).decode("utf-8", "replace"))
            if refused.code == _BAD_REQUEST and not self._plain and "response_format" in said:
                self._plain = True  # an older service: it is told the form in words only
                return self._once(messages, schema)
            told = f"{refused.code} {refused.reason}" + (
                f" ({clipped(' '.join(said.split()), 200)})" if said.strip() else ""
            )
            if refused.code in _PASSING:
                raise _PassingError(told, _seconds(refused.headers.get("Retry-After"))) from refused
            raise EndpointError(
                f"{self._where} refuses: {told}. {_ADVICE.get(refused.code, '')}".rstrip()
            ) from refused
        except (OSError, http.client.HTTPException) as broken:
            reason = getattr(broken, "reason", broken)
            if isinstance(reason, ConnectionRefusedError):
                raise EndpointError(
                    f"Nothing answers at {self._where}; start a model server there, or set ALLEGIANCE_LLM_URL."
                ) from broken
            raise _PassingError(
                f"the connection broke ({clipped(str(reason) or type(reason).__name__)})"
            ) from broken
        if len(content) > _LARGEST_ANSWER:
            raise EndpointError(
                f"{self._where} answers with more than {_LARGEST_ANSWER / 1e6:.0f} MB; that is no model."
            )
        return self._answer(content)

    def _request(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> urllib.request.Request:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": self._settings.answer_tokens,
        }
        if not self._plain:
            form = {"name": "statements", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": "allegiance",
        }
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        return urllib.request.Request(  # noqa: S310 - Settings lets http and https through only
            f"{self._settings.url}/chat/completions", json.dumps(body).encode(), headers, method="POST"
        )

    def _answer(self, content: bytes) -> Answer:
        try:
            answer = json.loads(content)
            choice = answer["choices"][0]
            text, cut = choice["message"]["content"], choice.get("finish_reason") == "length"
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as broken:
            raise _PassingError("the answer isn't in the form of the protocol") from broken
        if not isinstance(text, str):
            raise _PassingError("the answer holds no text")
        used = answer.get("usage") if isinstance(answer.get("usage"), dict) else {}
        self._count(
            questions=1,
            asked=_whole(used.get("prompt_tokens")),
            answered=_whole(used.get("completion_tokens")),
        )
        return Answer(text, cut)

    def _count(self, *, questions: int = 0, repeats: int = 0, asked: int = 0, answered: int = 0) -> None:
        with self._lock:
            so_far = self.usage
            self.usage = replace(
                so_far,
                questions=so_far.questions + questions,
                repeats=so_far.repeats + repeats,
                asked=so_far.asked + asked,
                answered=so_far.answered + answered,
            )

    @property
    def _where(self) -> str:
        return f"the model server {self._settings.url}"

    def _without_key(self, said: str) -> str:
        return said.replace(self._settings.key, "***") if self._settings.key else said


class _PassingError(Exception):
    """What is worth another attempt; `wait` is how many seconds the service asks for."""

    def __init__(self, told: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(told)


_ADVICE = {
    401: "Set ALLEGIANCE_LLM_KEY.",
    403: "Set ALLEGIANCE_LLM_KEY.",
    404: "Set ALLEGIANCE_LLM_MODEL, and check ALLEGIANCE_LLM_URL: it mostly ends in /v1.",
    413: "Set ALLEGIANCE_LLM_CHUNK lower.",
}


def _seconds(header: str | None) -> float | None:
    return float(header) if header and header.isdecimal() else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
