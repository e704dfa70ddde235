"""A web server of our own for the tests of links: real sockets, real TLS under names of our choosing, on loopback."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from index.links import Address, Web, is_public

Answer = Callable[[BaseHTTPRequestHandler], None]


class Newsstand:
    """Answers GET by path. `asked` has each request's path and headers, in order."""

    def __init__(self, *names: str):
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._authority = trustme.CA()
        stand = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stand.asked.append((self.path, dict(self.headers)))
                stand.answers.get(self.path, missing)(self)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*names).configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    @property
    def address(self) -> Address:
        return self._server.server_address[:2]

    def clear(self) -> None:
        self.answers.clear()
        self.asked.clear()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def web(self, **changes: object) -> Web:
        """The web in which every name leads to this server, whose address counts as public, and no other local one."""
        ours = self.address[0]
        web = {
            "look_up": lambda host: [self.address],
            "is_public": lambda address: address == ours or is_public(address),
            "trusted": self.trusted,
        }
        return Web(**(web | changes))

    def trusted(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return context

    def give(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        """Answer this path with a body; with an ETag or a Last-Modified it is not sent to those who have it."""
        data = body.encode() if isinstance(body, str) else body
        headers = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            has = {"ETag": handler.headers["If-None-Match"], "Last-Modified": handler.headers["If-Modified-Since"]}
            if any(value and value == headers.get(name) for name, value in has.items()):
                handler.send_response(304)
                handler.end_headers()
                return
            handler.send_response(200)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data)

        self.answers[path] = answer

    def send_on(self, path: str, to: str, status: int = 302) -> None:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Location", to)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.answers[path] = answer

    def drip(self, path: str, head: bytes, piece: bytes, seconds: float) -> None:
        """Answer with `head`, then with `piece` again and again, each after a while; it never ends by itself."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(head)
            try:
                while True:
                    time.sleep(seconds)
                    handler.wfile.write(piece)
            except OSError:  # they have had enough
                return

        self.answers[path] = answer


def missing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)
