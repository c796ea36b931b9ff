"""One question over HTTP: what passes by itself is repeated, what doesn't is told in one sentence."""

from __future__ import annotations

import socket
import time

import pytest

from allegiance.coding.llm_endpoint import Endpoint
from allegiance.coding.llm_settings import Settings
from allegiance.errors import EndpointError
from model_server import Reply, serving

MESSAGES = [{"role": "user", "content": "x"}]
GOOD = Reply("fine")

PASSING = [
    Reply(status=429, raw=b"slow down", headers={"Retry-After": "0"}),
    Reply(status=500, raw=b"oops"),
    Reply(status=503, raw=b""),
    Reply(raw=b"<html>starting</html>"),
    Reply(raw=b'{"choices": []}'),
    Reply(raw=b'{"choices": [{"message": {"content": null}}]}'),
    Reply(cut=True),
]


def _ask(url: str, **settings: object) -> str:
    return Endpoint(Settings(url=url, pause=0.0, **settings)).ask(MESSAGES, {"type": "object"}).text  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", PASSING)
def test_what_may_pass_is_repeated(bad: Reply) -> None:
    """Too many questions, a server that breaks down, half an answer: the question is put again."""
    with serving(lambda _, number: GOOD if number else bad) as server:
        endpoint = Endpoint(Settings(url=server.url, pause=0.0))
        assert endpoint.ask(MESSAGES, {}).text == "fine"
    assert (endpoint.usage.questions, endpoint.usage.repeats) == (1, 1)


def test_a_service_that_stays_out_of_order() -> None:
    """After the last attempt the sentence says what came back, and no more attempts are made than allowed."""
    with serving(lambda *_: Reply(status=500, raw=b"boom")) as server:
        with pytest.raises(EndpointError, match="gave no answer in 3 attempts: 500"):
            _ask(server.url, attempts=3)
        assert len(server.questions) == 3


def test_slow_answers_are_given_up() -> None:
    """An answer that takes longer than the time limit is none."""
    with serving(lambda *_: Reply(wait=0.6)) as server:
        began = time.monotonic()
        with pytest.raises(EndpointError, match="timed out"):
            _ask(server.url, attempts=1, timeout=0.1)
        assert time.monotonic() - began < 30


def test_nobody_there() -> None:
    """Where nothing listens, the sentence says what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(EndpointError, match="start a model server there, or set ALLEGIANCE_LLM_URL"):
        _ask(f"http://127.0.0.1:{port}/v1")


@pytest.mark.parametrize(
    ("status", "advice"), [(401, "ALLEGIANCE_LLM_KEY"), (404, "ALLEGIANCE_LLM_MODEL"), (400, "refuses: 400")]
)
def test_refusals_are_final(status: int, advice: str) -> None:
    """What the service refuses it would refuse again, so it is asked once; its own words are told."""
    with serving(lambda *_: Reply(status=status, raw=b"no such thing")) as server:
        with pytest.raises(EndpointError, match=advice) as refused:
            _ask(server.url)
        assert len(server.questions) == 1
    assert "no such thing" in str(refused.value)


def test_the_key_is_sent_and_never_shown() -> None:
    """The key goes into its header only; not even a service that echoes it brings it into a sentence."""
    key = "secret-key-123"
    echo = Reply(status=401, raw=f"bad key {key}".encode())
    with serving(lambda *_: echo) as server, pytest.raises(EndpointError) as refused:
        _ask(server.url, key=key)
    assert server.headers[0]["Authorization"] == f"Bearer {key}"
    assert key not in str(refused.value)
    assert key not in str(server.questions[0])


def test_redirects_are_not_followed() -> None:
    """Text and key go nowhere but where the user sent them."""
    with serving(lambda *_: Reply(raw=b"stolen")) as other:
        away = Reply(status=307, raw=b"", headers={"Location": f"{other.url}/chat/completions"})
        with serving(lambda *_: away) as server, pytest.raises(EndpointError, match="refuses: 307"):
            _ask(server.url)
        assert other.questions == []


def test_proxies_of_the_environment_are_not_asked_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stays on the machine doesn't go through a proxy elsewhere."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(lambda *_: GOOD) as server:
        assert _ask(server.url) == "fine"


def test_services_without_structured_output() -> None:
    """A service that knows no response_format is asked without it, from then on."""

    def answer(question: dict[str, object], _: int) -> Reply:
        return (
            Reply(status=400, raw=b"unknown field response_format") if "response_format" in question else GOOD
        )

    with serving(answer) as server:
        endpoint = Endpoint(Settings(url=server.url, pause=0.0))
        assert [endpoint.ask(MESSAGES, {}).text for _ in range(2)] == ["fine", "fine"]
    assert ["response_format" in one for one in server.questions] == [True, False, False]


def test_the_form_is_asked_for() -> None:
    """The question bears model, form and a temperature of 0, at the protocol's address."""
    with serving(lambda *_: GOOD) as server:
        _ask(server.url, model="small")
    (question,) = server.questions
    assert question["path"] == "/v1/chat/completions"
    assert (question["model"], question["temperature"]) == ("small", 0)
    assert question["response_format"]["json_schema"]["strict"] is True
    assert "Authorization" not in server.headers[0]
