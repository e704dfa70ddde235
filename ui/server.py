"""The chat's web server: this machine only, no analytics, and a policy that lets nothing of an article run or load."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import OnRecordError
from ui.app import build

if TYPE_CHECKING:
    from assistant.assistant import Assistant

HOST = "127.0.0.1"
HEADERS = {
    # Gradio's components are compiled in the browser, which needs 'unsafe-eval'; inline scripts stay forbidden.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'self'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class PortTaken(OnRecordError):
    """The port that was asked for is in use."""


class SafeHeaders:
    """ASGI middleware that sets HEADERS on each response. (Starlette's BaseHTTPMiddleware would hold streams back.)"""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_safely)


def start(assistant: Assistant, examples: Sequence[str] = (), port: int | None = None) -> gr.Blocks:
    """The page, served in the background until its `close()`; `local_url` says where.

    Without a port it takes the first free one from 7860. Raises PortTaken.
    """
    page = build(assistant, examples)
    style = Path(__file__).with_name("style.css").read_text("utf-8")
    try:
        # launch() and no mounted app: only launch() makes Gradio refuse files that nobody uploaded.
        page.launch(
            server_name=HOST,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            root_path="",
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            max_file_size="1kb",
            state_session_capacity=100,
            theme=theme(),
            head=f"<style>{style}</style>",  # as it is: Gradio rewrites the selectors of `css`, wrongly for `:is()`
            app_kwargs={
                "middleware": [
                    Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]),
                    Middleware(SafeHeaders),
                ],
                "docs_url": None,
                "redoc_url": None,
                "openapi_url": None,
            },
        )
    except OSError as error:
        raise PortTaken(f"Port {port or 7860} is taken. Choose another: onrecord chat --port 7870") from error
    return page


def serve(
    assistant: Assistant, examples: Sequence[str] = (), port: int | None = None, open_browser: bool = True
) -> None:
    """Serves the chat until Ctrl+C."""
    page = start(assistant, examples, port)
    threading.Thread(target=_warm, args=[assistant], daemon=True).start()  # while the page is opened and read
    print(f"On Record is at {page.local_url} (Ctrl+C stops it)", flush=True)
    if open_browser:
        import webbrowser

        webbrowser.open(page.local_url)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    with suppress(KeyboardInterrupt):  # a second Ctrl+C, while open pages are let go
        page.close(verbose=False)


def _warm(assistant: Assistant) -> None:
    with suppress(OnRecordError):  # what can't be loaded is said where a question needs it
        assistant.warm()


def theme() -> gr.themes.Base:
    """Paper and ink, in fonts that the machine has."""
    sans = ("ui-sans-serif", "system-ui", "Segoe UI", "Helvetica Neue", "Arial", "sans-serif")
    return gr.themes.Base(primary_hue="red", neutral_hue="stone", font=sans, font_mono=("ui-monospace", "monospace"))
