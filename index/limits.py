"""What one file may cost, and a child process for the formats whose parsers a hostile file can attack."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from index.errors import Unreadable

FILE_BYTES = 1 << 30  # a file of many records, after decompression
DOCUMENT_BYTES = 32 << 20  # a file that is one article, or a JSON or CSV file, which is read as one piece
RECORD_BYTES = 8 << 20  # the text of one article, or one line of JSONL
FIELD_CHARACTERS = 2_000  # a title, a link, a name
PAGES = 2_000  # of a PDF
PARSE_SECONDS = 60  # of a processor; a machine that is busy with other things may take WAITING times as long
WAITING = 5
PARSE_MEMORY = 2 << 30  # address space of the child, bytes

Parser = Callable[[bytes], dict[str, Any]]
_LENGTHS = struct.Struct(">II")


class Apart:
    """A child process that parses one file at a time, and dies in our place.

    It takes frames of (kind, bytes) and gives one JSON object for each, so nothing that it says can run here.
    Timers kill it after `seconds` of a processor, or some times as long by the clock; it is
    started at the first file, and again after it has died.
    """

    def __init__(self, module: str, seconds: int = PARSE_SECONDS, memory: int = PARSE_MEMORY) -> None:
        self._command = python(module, seconds, memory)
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def parse(self, kind: str, data: bytes) -> dict[str, Any]:
        """Raises Unreadable with a predicate ("takes more than 60 s to read; ...") where the file can't be parsed."""
        with self._lock:
            child, self._child = self._child or self._start(), None  # an interrupted child is not asked again
            reply = _exchange(child, kind, data)
            if reply is None:
                child.stdin.close()
                child.stdout.close()
                slow = -child.wait() in (signal.SIGPROF, signal.SIGALRM)
                reason = f"takes more than {self._seconds} s to read" if slow else "crashes its parser"
                raise Unreadable(f"{reason}; save it as text")
            self._child = child
        record = json.loads(reply)
        if "error" in record:
            raise Unreadable(record["error"])
        return record

    def _start(self) -> subprocess.Popen[bytes]:
        env = environment() | {"OMP_NUM_THREADS": "1"}
        return subprocess.Popen(
            self._command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )


def python(module: str, *arguments: object) -> list[str]:
    """The command that runs a module of ours in a process of its own, with `environment`.

    -P: the working folder may be the folder of articles, and a chromadb.py among them must not be imported.
    """
    return [sys.executable, "-P", "-m", module, *map(str, arguments)]


def environment() -> dict[str, str]:
    """The environment in which a child finds the modules that we run from."""
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _exchange(child: subprocess.Popen[bytes], kind: str, data: bytes) -> bytes | None:
    """The child's reply, or None where it died over the file."""
    name = kind.encode()
    try:
        child.stdin.write(_LENGTHS.pack(len(name), len(data)) + name)
        child.stdin.write(data)
        child.stdin.flush()
    except BrokenPipeError:
        return None
    head = child.stdout.read(4)
    size = int.from_bytes(head, "big")
    reply = child.stdout.read(size)
    return reply if len(head) == 4 and len(reply) == size else None


def serve(parsers: Mapping[str, Parser]) -> NoReturn:
    """The child's side: limit yourself, then answer frames until the parent closes the pipe or is gone."""
    import resource

    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr  # a parser that prints must not break a frame
    while head := requests.read(_LENGTHS.size):
        name, size = _LENGTHS.unpack(head)
        kind = requests.read(name).decode()
        data = requests.read(size)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.alarm(WAITING * seconds)
        reply = json.dumps(_answer(parsers[kind], data)).encode()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        replies.write(len(reply).to_bytes(4, "big") + reply)
        replies.flush()
    sys.exit()


def _answer(parser: Parser, data: bytes) -> dict[str, Any]:
    try:
        return parser(data)
    except Unreadable as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "needs more memory than one file may have; split it"}
    except RecursionError:
        return {"error": "is nested too deeply; save it as text"}


def read_capped(source: BinaryIO, limit: int) -> bytes:
    """All bytes of a stream; raises Unreadable (a predicate) where there are more than the limit."""
    data = source.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"is larger than {limit >> 20} MiB once unpacked; split it into smaller files")
    return data
