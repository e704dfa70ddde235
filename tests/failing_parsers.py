"""Parsers that do what a hostile file can make a real one do; run as the child process of `index.limits.Apart`."""

from __future__ import annotations

import os
import time

from index.errors import Unreadable
from index.limits import serve


def hang(data: bytes) -> dict[str, str]:
    time.sleep(60)
    return {}


def swallow_memory(data: bytes) -> dict[str, str]:
    return {"text": " " * (8 << 30)}


def crash(data: bytes) -> dict[str, str]:
    os.abort()


def shout(data: bytes) -> dict[str, str]:
    print("not a frame" * 1_000)
    return {"text": data.decode()}


def recurse(data: bytes) -> dict[str, str]:
    return recurse(data)


def refuse(data: bytes) -> dict[str, str]:
    raise Unreadable("is refused")


if __name__ == "__main__":
    parsers = {f.__name__: f for f in (hang, swallow_memory, crash, shout, recurse, refuse)}
    serve(parsers)
