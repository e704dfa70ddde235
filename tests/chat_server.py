"""A chat model’s server on loopback: it speaks a provider’s protocol, and says or does not say what a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.protocols import PROTOCOLS


@dataclass
class ChatServer:
    """What it says, in chunks. It remembers what it was asked and with which key."""

    speaks: str = "openai"  # whose protocol
    says: Sequence[str] = ("The divers saw the cracks. [1.1]",)
    failing: list[int] = field(default_factory=list)  # statuses that it answers with first, one a request
    refuses_schemas: bool = False
    breaks_after: int | None = None  # chunks, after which it closes the connection
    ends: str = "stop"  # its reason to end
    pause: float = 0.0  # seconds before each chunk
    asked: list[dict] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    given: int = 0  # chunks that were sent
    address: str = ""

    @property
    def prompt(self) -> str:
        """All that the last request told the model."""
        return "\n".join(m["content"] for m in self.asked[-1]["messages"])


@contextmanager
def chat_server(**behaviour) -> Iterator[ChatServer]:
    """A server until the context ends."""
    server = ChatServer(**behaviour)
    protocol = PROTOCOLS[server.speaks]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.asked.append(body)
            server.keys.append(self.headers[protocol.key] if protocol.key else None)
            if server.failing or (server.refuses_schemas and "response_format" in body):
                self._fail(server.failing.pop(0) if server.failing else 400)
            else:
                self._say()

        def _fail(self, status: int) -> None:
            said = json.dumps(protocol.fault(status, f"No. Your key was {server.keys[-1]}")).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def _say(self) -> None:
            self.send_response(200)
            self.send_header("content-type", protocol.media)
            self.send_header("connection", "close")
            self.end_headers()
            self.close_connection = True
            self._send(protocol.opening)
            for number, text in enumerate(server.says):
                if number == server.breaks_after:
                    self.connection.shutdown(2)
                    return
                time.sleep(server.pause)
                self._send(protocol.piece(text))
                server.given += 1
            self._send(protocol.ending(server.ends))

        def _send(self, part: bytes) -> None:
            self.wfile.write(part)
            self.wfile.flush()

        def log_message(self, *arguments: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that left is what some tests are about

    http = Quiet(("127.0.0.1", 0), Handler)
    server.address = f"http://127.0.0.1:{http.server_port}/v1"
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
