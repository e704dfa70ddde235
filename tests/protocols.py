"""How the servers of chat models' providers put an answer into bytes, each in its own way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

READ, WRITTEN = 90, 7  # tokens, as each server counts them


@dataclass(frozen=True, slots=True)
class Protocol:
    """What a server sends before, for and after the pieces of an answer; and where a client puts the key."""

    media: str
    key: str | None  # the header
    opening: bytes
    piece: Callable[[str], bytes]
    ending: Callable[[str], bytes]  # by its reason to end: "stop" or "length"
    fault: Callable[[int, str], Any]  # an error's body, by its status and what it says


def _event(data: dict, name: str = "") -> bytes:
    return f"{f'event: {name}' + chr(10) if name else ''}data: {json.dumps(data)}\n\n".encode()


def _typed(**data: Any) -> bytes:
    """An event whose name is its data's type, as Anthropic sends it."""
    return _event(data, data["type"])


def _chunk(**part: Any) -> bytes:
    return _event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "toy"} | part)


def _openai_piece(text: str) -> bytes:
    return _chunk(choices=[{"index": 0, "delta": {"role": "assistant", "content": text}}])


def _openai_ending(reason: str) -> bytes:
    used = {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN}
    return (
        _chunk(choices=[{"index": 0, "delta": {}, "finish_reason": reason}])
        + _chunk(choices=[], usage=used)
        + b"data: [DONE]\n\n"
    )


def _mistral_ending(reason: str) -> bytes:
    used = {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN}
    last = _chunk(choices=[{"index": 0, "delta": {"content": ""}, "finish_reason": reason}], usage=used)
    return last + b"data: [DONE]\n\n"


def _anthropic_opening() -> bytes:
    message = {"id": "1", "type": "message", "role": "assistant", "model": "toy", "content": [], "stop_reason": None}
    return _typed(
        type="message_start", message=message | {"usage": {"input_tokens": READ, "output_tokens": 0}}
    ) + _typed(type="content_block_start", index=0, content_block={"type": "text", "text": ""})


def _anthropic_piece(text: str) -> bytes:
    return _typed(type="content_block_delta", index=0, delta={"type": "text_delta", "text": text})


def _anthropic_ending(reason: str) -> bytes:
    why = {"stop": "end_turn", "length": "max_tokens"}[reason]
    return (
        _typed(type="content_block_stop", index=0)
        + _typed(
            type="message_delta", delta={"stop_reason": why}, usage={"input_tokens": READ, "output_tokens": WRITTEN}
        )
        + _typed(type="message_stop")
    )


def _candidate(text: str, **more: Any) -> dict:
    return {"candidates": [{"index": 0, "content": {"role": "model", "parts": [{"text": text}]}, **more}]}


def _google_last(reason: str) -> dict:
    why = {"stop": "STOP", "length": "MAX_TOKENS"}[reason]
    used = {"promptTokenCount": READ, "candidatesTokenCount": WRITTEN, "totalTokenCount": READ + WRITTEN}
    return _candidate("", finishReason=why) | {"usageMetadata": used}


def _ollama_line(text: str, **more: Any) -> bytes:
    said = {"role": "assistant", "content": text}
    line = {"model": "toy", "created_at": "2026-01-01T00:00:00Z", "message": said, "done": False} | more
    return json.dumps(line).encode() + b"\n"


def _ollama_ending(reason: str) -> bytes:
    return _ollama_line("", done=True, done_reason=reason, prompt_eval_count=READ, eval_count=WRITTEN)


PROTOCOLS = {
    "openai": Protocol(
        "text/event-stream",
        "authorization",
        b"",
        _openai_piece,
        _openai_ending,
        lambda status, said: {"error": {"message": said, "type": "error", "code": status}},
    ),
    "mistral": Protocol(
        "text/event-stream",
        "authorization",
        b"",
        _openai_piece,
        _mistral_ending,
        lambda status, said: {"object": "error", "message": said, "code": str(status)},
    ),
    "anthropic": Protocol(
        "text/event-stream",
        "authorization",
        _anthropic_opening(),
        _anthropic_piece,
        _anthropic_ending,
        lambda status, said: {"type": "error", "error": {"type": "error", "message": said}},
    ),
    "google": Protocol(  # as its client of the third release asks for it: one JSON list, piece by piece
        "application/json",
        "x-goog-api-key",
        b"[",
        lambda text: json.dumps(_candidate(text)).encode() + b",",
        lambda reason: json.dumps(_google_last(reason)).encode() + b"]",
        lambda status, said: {"error": {"code": status, "message": said, "status": "FAILED"}},
    ),
    "google events": Protocol(  # and as that of the fourth does
        "text/event-stream",
        "x-goog-api-key",
        b"",
        lambda text: _event(_candidate(text)),
        lambda reason: _event(_google_last(reason)),
        lambda status, said: {"error": {"code": status, "message": said, "status": "FAILED"}},
    ),
    "ollama": Protocol(
        "application/x-ndjson", None, b"", _ollama_line, _ollama_ending, lambda status, said: {"error": said}
    ),
}
