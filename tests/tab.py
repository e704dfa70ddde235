"""A browser tab without a browser: the calls that the chat's page makes."""

from __future__ import annotations

import json
import secrets

import httpx


class Tab:
    """One browser tab as the server sees it: a session that calls the page's functions."""

    def __init__(self, url: str):
        self.http = httpx.Client(base_url=url, timeout=30)
        self.session = secrets.token_hex(8)
        self.config = self.http.get("/config").json()

    def id_of(self, elem_id: str) -> int:
        return next(c["id"] for c in self.config["components"] if c["props"].get("elem_id") == elem_id)

    def call(self, elem_id: str, event: str, data: list, event_data: object = None) -> list[list]:
        """The outputs of an event of a component, one list for each step."""
        target = [self.id_of(elem_id), event]
        function = next(d["id"] for d in self.config["dependencies"] if target in [list(t) for t in d["targets"]])
        body = {"data": data, "event_data": event_data, "fn_index": function, "session_hash": self.session}
        self.http.post("/gradio_api/queue/join", json=body).raise_for_status()
        steps = []
        with self.http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as stream:
            for line in stream.iter_lines():
                message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if message.get("msg") in ("process_generating", "process_completed"):
                    assert message["success"], message
                    steps.append(message["output"]["data"])
                if message.get("msg") in ("process_completed", "close_stream"):
                    return steps
        raise AssertionError("the stream ended without an answer")

    def ask(self, question: str, outlets: object = None, since: str | None = None, until: str | None = None) -> str:
        """All that the page was sent for a question."""
        return json.dumps(self.call("question", "submit", [question, None, outlets, since, until]), ensure_ascii=False)
