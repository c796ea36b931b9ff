"""A model server on loopback that speaks the OpenAI protocol and answers as each test says, also badly."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Reply:
    """What goes back: the model's text in the form of the protocol, or `raw` bytes instead; `cut` breaks the connection in the middle."""

    text: str = '{"statements": []}'
    status: int = 200
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    cut: bool = False
    ended: str = "stop"

    def body(self) -> bytes:
        """Return the bytes of the answer."""
        if self.raw is not None:
            return self.raw
        message = {"role": "assistant", "content": self.text}
        usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
        return json.dumps(
            {"choices": [{"index": 0, "message": message, "finish_reason": self.ended}], "usage": usage}
        ).encode()


@dataclass
class ModelServer:
    """What the server saw."""

    url: str = ""
    questions: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def serving(answer: Callable[[dict[str, Any], int], Reply]) -> Iterator[ModelServer]:
    """Run a server that gives ``answer(question, number)`` to each question; numbers begin with 0."""
    seen = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with seen.lock:
                number = len(seen.questions)
                seen.questions.append({**question, "path": self.path})
                seen.headers.append(dict(self.headers))
                seen.under_way += 1
                seen.most_at_once = max(seen.most_at_once, seen.under_way)
            try:
                reply = answer(question, number)
                time.sleep(reply.wait)
            finally:
                with seen.lock:  # before the answer goes out: whoever has it may ask again at once
                    seen.under_way -= 1
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            body = reply.body()
            try:
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if reply.cut else body)
            except (BrokenPipeError, ConnectionResetError):
                return  # who asked has given up, as some tests want

        def log_message(self, *_: object) -> None:
            """Be silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        seen.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield seen
        finally:
            server.shutdown()
            thread.join()


def told(**parts: object) -> dict[str, Any]:
    """Return one statement as a model would give it, with defaults for what a test doesn't care about."""
    return {
        "quote": "Corvia attacked Dravia.",
        "speakers": [],
        "actor": "Corvia",
        "act": "assault",
        "target": "Dravia",
        "sign": 0,
        "modality": "asserted",
        "negated": False,
        **parts,
    }


def answering(*statements: dict[str, Any]) -> Reply:
    """Return the reply of a model that found these statements."""
    return Reply(json.dumps({"statements": list(statements)}))
