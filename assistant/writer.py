"""A chat model of the person's choice as a writer: prose in which each sentence rests on quotes.

The only file that names model providers. A model gets the passages that the reader's answer was found in; what it
writes is shown as far as `assistant.prose` lets it pass, sentence by sentence, as it comes. Whatever goes wrong, the
reader's answer is there already, and completes or replaces the model's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant import settings
from assistant.answer import Answer, Turn, Writing, Written
from assistant.drafts import Drafts
from assistant.marks import drafts
from assistant.progress import Progress
from assistant.prompt import ROOM, blocks, evidence_of, messages, schema, sources
from assistant.prose import gate
from index.errors import OnRecordError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk
    from langchain_core.runnables import RunnableConfig

SECONDS = 60.0  # for one answer, retries included
ATTEMPTS = 3  # to begin one
WAIT = {"initial": 1.0, "max": 4.0, "jitter": 0.5}  # seconds between attempts
POLL = 0.1  # seconds, after which a "stop" is noticed at the latest
ENDS = ("finish_reason", "stop_reason", "done_reason")  # under which a last chunk says why it is the last
STATUSES = ("status_code", "code")  # under which an error or its response has the HTTP status
VERSION = "2"  # of prompt and parser: a change makes kept answers old

ALIASES = {"google": "google_genai", "gemini": "google_genai", "mistral": "mistralai"}
EXTRAS = {
    "openai": "openai", "anthropic": "anthropic", "google_genai": "google", "mistralai": "mistral", "ollama": "ollama",
}  # fmt: skip
KEYS = {
    "openai": ("OPENAI_API_KEY",),
    "anthropic": ("ANTHROPIC_API_KEY",),
    "google_genai": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    "mistralai": ("MISTRAL_API_KEY",),
    "groq": ("GROQ_API_KEY",),
    "deepseek": ("DEEPSEEK_API_KEY",),
    "xai": ("XAI_API_KEY",),
    "cohere": ("COHERE_API_KEY",),
    "openrouter": ("OPENROUTER_API_KEY",),
    "together": ("TOGETHER_API_KEY",),
}
OWN_KEY = "ONRECORD_MODEL_KEY"  # for an address of one's own: no provider's key is ever sent there
_FROM_FILE = re.compile(rf"[A-Z0-9_]+_API_(?:KEY|TOKEN)|{OWN_KEY}")  # all that a .env file is read for


class ModelUnfit(OnRecordError):
    """A chat model that can't be used: unknown, without its package, without its key."""


class TookTooLong(Exception):
    """A model had its time."""


class SaidNothing(Exception):
    """A model ended before it began."""


class CutShort(Exception):
    """A model reached the length that its server allows."""


class Stopped(Exception):
    """The person doesn't want the answer any more."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model that writes answers, held to the quotes."""

    model: BaseChatModel
    name: str  # "provider:name", as it is shown
    address: str | None = None  # where it is, if not at the provider's
    constraint: Callable[[Mapping], dict[str, Any]] | None = None  # a JSON schema to the provider's own parameter
    timed: bool = False  # does each request take a timeout of its own?
    seconds: float = SECONDS
    room: int = ROOM  # characters of passages
    kept: Drafts | None = None  # earlier answers

    def write(
        self,
        question: str,
        history: Sequence[Turn],
        answer: Answer,
        stop: Event | None = None,
        config: RunnableConfig | None = None,
    ) -> Iterator[Writing | Answer]:
        """The answer as the model writes it, then whole. The reader's answer is what it is written from and falls to.

        Nothing that was given is taken back: the sentences and the numbers of their quotes stay as they are.
        """
        evidence = evidence_of(answer)
        given = blocks(answer.looked_at or answer.quotes, evidence, self.room)
        known = sources(given)
        if not known:
            yield answer
            return
        asked = Request(messages(question, history, given), tuple(known))
        kept = self.kept and self.kept.get(key := self._key(messages(question, history, given, boundary="")))
        said = Said(iter([kept])) if kept else Said(self._heard(asked, stop or Event(), config))
        done = Progress(
            answer, gate(known, f"{question} {_before(history)}", evidence), Written(self.name, kept=bool(kept))
        )
        try:
            with closing(said):
                for draft in drafts(said.text()):
                    if done.take(draft):
                        yield Writing(done.answer())
                    if done.enough:
                        break
            if said.cut and not done.enough:
                raise CutShort
            if self.kept and not kept:
                self.kept.put(key, said.whole)
        except Stopped:
            return
        except Exception as error:  # a provider's library may raise anything; the reader's answer is there
            done.trouble = trouble(error, self.name, self.seconds)
        done.tokens = said.tokens
        yield done.answer(whole=True)

    def _key(self, told: Sequence[tuple[str, str]]) -> str:
        """What a kept answer is found by: all of the request but its boundary, which is new each time."""
        constrained = "held to a schema" if self.constraint else ""
        return Drafts.key(VERSION, self.name, self.address or "", constrained, *(text for _, text in told))

    def _heard(self, asked: Request, stop: Event, config: RunnableConfig | None) -> Iterator[AIMessageChunk]:
        """What the model says, within its time. It is heard in a thread of its own, so that a silent one can be left.

        Raises TookTooLong, Stopped, and whatever the provider's library raises.
        """
        inbox: SimpleQueue = SimpleQueue()
        left = Event()
        until, ended = monotonic() + self.seconds, self.name.partition(":")[0] not in CONSTRAINTS

        def listen() -> None:
            try:
                first, rest = self._begun(asked, until, left, config)
                with closing(rest):
                    for chunk in chain([first], rest):
                        if left.is_set():
                            return
                        inbox.put(chunk)
                inbox.put(None)
            except Exception as error:  # handed on to the thread that waits
                inbox.put(error)

        Thread(target=listen, daemon=True, name="writer").start()
        try:
            while True:
                if stop.is_set():
                    raise Stopped
                if monotonic() > until:
                    raise TookTooLong
                try:
                    item = inbox.get(timeout=POLL)
                except Empty:
                    continue
                if item is None and not ended:
                    raise ConnectionError("the answer has no end")
                if item is None:
                    return
                if isinstance(item, Exception):
                    raise item
                ended = ended or any(name in item.response_metadata for name in ENDS)
                yield item
        finally:
            left.set()

    def _begun(
        self, asked: Request, until: float, left: Event, config: RunnableConfig | None
    ) -> tuple[AIMessageChunk, Iterator[AIMessageChunk]]:
        """An answer's first chunk and the rest. Tried again until there is one, as long as anybody waits for it.

        After the first chunk nothing can be taken back. A server that knows no schemas is asked without one.
        """
        from tenacity import Retrying, retry_if_exception, sleep_using_event, stop_after_attempt, stop_when_event_set
        from tenacity import wait_exponential_jitter as wait

        def first(form: Mapping[str, Any]) -> tuple[AIMessageChunk, Iterator[AIMessageChunk]]:
            if left.is_set() or monotonic() >= until:
                raise Stopped
            timeout = {"timeout": until - monotonic()} if self.timed else {}
            rest = self.model.stream(list(asked.messages), config, **form, **timeout)
            for chunk in rest:
                return chunk, rest
            raise SaidNothing

        again = Retrying(
            retry=retry_if_exception(passing),
            stop=stop_after_attempt(ATTEMPTS) | stop_when_event_set(left),
            wait=wait(**WAIT),
            sleep=sleep_using_event(left),
            reraise=True,
        )
        if self.constraint is None:
            return again(first, {})
        try:
            return again(first, self.constraint(schema(asked.marks)))
        except Exception as error:  # a provider's library may raise anything
            if not no_schemas(error):
                raise
            return again(first, {})


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked."""

    messages: Sequence[tuple[str, str]]
    marks: tuple[str, ...]


class Said:
    """An answer's text as it comes, with what it cost, where that is told; remembers the whole of it."""

    def __init__(self, chunks: Iterator[Any]):
        self._chunks = chunks
        self.tokens: tuple[int, int] | None = None
        self.cut = False  # did it end because it had grown too long for its server?
        self.whole = ""

    def text(self) -> Iterator[str]:
        for chunk in self._chunks:
            text = chunk if isinstance(chunk, str) else self._read(chunk)
            self.whole += text
            if text:
                yield text

    def _read(self, chunk: AIMessageChunk) -> str:
        if used := chunk.usage_metadata:
            read, written = self.tokens or (0, 0)
            self.tokens = read + used["input_tokens"], written + used["output_tokens"]
        elif used := chunk.response_metadata.get("token_usage"):  # of OpenAI's, where it is held to a schema
            self.tokens = used["prompt_tokens"], used["completion_tokens"]
        ends = (chunk.response_metadata.get(key) for key in ENDS)
        self.cut = self.cut or any(str(end).lower() in ("length", "max_tokens", "model_length") for end in ends)
        return str(chunk.text)

    def close(self) -> None:
        if hasattr(self._chunks, "close"):
            self._chunks.close()


def _before(history: Sequence[Turn]) -> str:
    return f"{history[-1].question} {history[-1].answer}" if history else ""


# Which model


def writer(name: str | None = None, address: str | None = None) -> Writer | None:
    """The writer that a command's options name, or else the environment; None where neither does.

    Raises ModelUnfit, SettingUnfit.
    """
    from platformdirs import user_cache_path

    chosen = settings.model()
    name, address = name or chosen.name, address or chosen.address
    if not name and not address:
        return None
    kept = Drafts(user_cache_path("on-record") / "drafts.sqlite")
    return load(
        name or "openai:default", address, seconds=chosen.seconds or SECONDS, room=chosen.room or ROOM, kept=kept
    )


def load(name: str, address: str | None = None, **options: Any) -> Writer:
    """The writer over a model named "provider:name", or over any OpenAI-compatible address. Raises ModelUnfit.

    Options are those of Writer: seconds, room, kept.
    """
    read_keys(Path(".env"))
    provider, model = _parted(name, address)
    seconds = max(1, int(options.get("seconds", SECONDS)))
    arguments: dict[str, Any] = {"timeout": seconds, "max_retries": 0}  # tried again by us alone, within the time
    if provider == "openai":
        arguments["stream_usage"] = True
    elif provider == "ollama":
        arguments = {"client_kwargs": {"timeout": seconds}}
    if address:
        arguments |= {"base_url": _checked(address), "temperature": 0}
    if address and provider == "openai":
        arguments["api_key"] = os.environ.get(OWN_KEY) or "none"
    elif not address and (keys := KEYS.get(provider)) and not any(os.environ.get(key) for key in keys):
        raise ModelUnfit(f"{name} needs a key. Set {keys[0]} in the environment, or in a file .env where you are.")
    made = _made(provider, model, arguments)
    constraint = None if address else CONSTRAINTS.get(provider)
    return Writer(made, f"{provider}:{model}", address, constraint, provider in TIMED, **options)


def _response_format(form: Mapping) -> dict[str, Any]:
    return {
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": form}}
    }


def _output_config(form: Mapping) -> dict[str, Any]:
    """Anthropic refuses a schema that says how many there may be at most; no more than that many are taken anyway."""
    return {"output_config": {"format": {"type": "json_schema", "schema": _unbounded(form)}}}


def _unbounded(form: Any) -> Any:
    if isinstance(form, Mapping):
        return {key: _unbounded(part) for key, part in form.items() if key != "maxItems"}
    return form


def _response_schema(form: Mapping) -> dict[str, Any]:
    return {"response_mime_type": "application/json", "response_json_schema": form}


def _format(form: Mapping) -> dict[str, Any]:
    return {"format": form}


# How a provider is given a JSON schema for the answer. The others write prose with marks, and so do models at an
# address of one's own, which may be small: held to a schema they write worse (EVALUATION.md).
CONSTRAINTS: dict[str, Callable[[Mapping], dict[str, Any]]] = {
    "openai": _response_format,
    "mistralai": _response_format,
    "anthropic": _output_config,
    "google_genai": _response_schema,
    "ollama": _format,
}
TIMED = frozenset(["openai", "anthropic", "google_genai"])  # each of their requests takes a timeout of its own


def _parted(name: str, address: str | None) -> tuple[str, str]:
    """Provider and name. At an address of one's own all is OpenAI-compatible but Ollama."""
    provider, colon, model = name.partition(":")
    provider = ALIASES.get(provider.lower(), provider.lower())
    if colon and model and (not address or provider in ("openai", "ollama")):
        return provider, model
    if address and name:
        return "openai", name
    raise ModelUnfit(f"{name!r:.60} names no model. Write provider:name, for example openai:gpt-5 or ollama:llama3.2.")


def _checked(address: str) -> str:
    """The address, if it names a server and holds nothing secret. It isn't repeated: a key may be in it."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        known = False
    if not known:
        raise ModelUnfit("The model's address is none. Write it as http://127.0.0.1:8080/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ModelUnfit(f"The model's address holds more than a place. Put the key in {OWN_KEY} instead.")
    return address


def _made(provider: str, model: str, arguments: Mapping[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(model, model_provider=provider, **arguments)
    except ImportError as error:
        package = re.search(r"pip install ([\w-]+)", str(error))
        wanted = f"'on-record[{EXTRAS[provider]}]'" if provider in EXTRAS else package[1] if package else provider
        raise ModelUnfit(f"{provider}:{model} needs a package. Install it: pip install {wanted}") from error
    except (
        Exception
    ) as error:  # a provider's class checks what it is given in its own way; a key may be in what it says
        if isinstance(error, ValueError) and str(error).startswith("Unsupported provider="):
            raise ModelUnfit(
                f"There is no provider {provider}. Try openai, anthropic, google, mistral or ollama, or --model-url."
            ) from None
        raise ModelUnfit(
            f"{provider}:{model} can't be used ({type(error).__name__}). Check its name, its key and its options."
        ) from None


def read_keys(file: Path) -> None:
    """Take the keys in a .env file into the environment, where they aren't set there, and nothing else of it."""
    if not file.is_file():
        return
    from dotenv import dotenv_values

    for key, value in dotenv_values(file).items():
        if value and _FROM_FILE.fullmatch(key):
            os.environ.setdefault(key, value)


# What may go wrong


def kind_of(error: BaseException) -> type[BaseException]:
    """What went wrong, by LangChain's names for it. Not all providers' packages use these: then by the status that the
    server gave, or by what the client's library calls it."""
    from langchain_core import exceptions as of

    by_status: dict[int, type[of.ModelError]] = {
        400: of.ModelInvalidRequestError,
        401: of.ModelAuthenticationError,
        403: of.ModelPermissionDeniedError,
        404: of.ModelNotFoundError,
        408: of.ModelTimeoutError,
        422: of.ModelInvalidRequestError,
        429: of.ModelRateLimitError,
        504: of.ModelTimeoutError,
    }
    while error.__cause__ is not None and not isinstance(error, of.ModelError) and _status(error) is None:
        error = error.__cause__
    names, status = {kind.__name__ for kind in type(error).__mro__}, _status(error) or 0
    if isinstance(error, of.ModelError):
        return type(error)
    if status in by_status or status >= 500:
        return by_status.get(status, of.ModelAPIError)
    if "LengthFinishReasonError" in names:
        return CutShort
    if any("Timeout" in name for name in names):
        return of.ModelTimeoutError
    if names & {"ConnectionError", "TransportError", "ChunkedEncodingError"}:
        return of.ModelConnectionError
    return type(error)


def _status(error: BaseException) -> int | None:
    """The HTTP status in an error of a provider's library: its own, or its response's."""
    held = (getattr(place, name, None) for place in (error, getattr(error, "response", None)) for name in STATUSES)
    return next((int(status) for status in held if isinstance(status, int) and status >= 400), None)


def passing(error: BaseException) -> bool:
    """May another attempt succeed?"""
    from langchain_core.exceptions import ModelError

    kind = kind_of(error)
    return issubclass(kind, ModelError) and kind.is_retryable


def no_schemas(error: BaseException) -> bool:
    """Was a request refused for what is in it, as by a server that knows no schemas?"""
    from langchain_core.exceptions import ModelInvalidRequestError

    return issubclass(kind_of(error), ModelInvalidRequestError | NotImplementedError)


def trouble(error: Exception, name: str, seconds: float) -> str:
    """What went wrong, as a sentence. Nothing of what the provider says is repeated: it may hold a part of the key."""
    from langchain_core import exceptions as of

    kinds: tuple[tuple[type[Exception], str], ...] = (
        (TookTooLong, f"took more than {seconds:.0f} s"),
        (of.ModelAuthenticationError, "refused the key; check it in the environment or in .env"),
        (of.ModelPermissionDeniedError, "refused, since the key may not use it"),
        (of.ModelNotFoundError, "is not known there; check its name"),
        (of.ModelRateLimitError, "is asked too much at the moment; try again later"),
        (of.ContextOverflowError, "can't take that much text; set ONRECORD_MODEL_ROOM to fewer characters"),
        (of.ModelInvalidRequestError, "did not take the request; check its name and its key"),
        (of.ModelTimeoutError, "did not answer in time"),
        (of.ModelConnectionError, "can't be reached or broke off"),
        (of.ModelAPIError, "failed at its own end; try again later"),
        (SaidNothing, "said nothing"),
        (CutShort, "stopped at the length that its server allows"),
    )
    kind = kind_of(error)
    said = next((words for known, words in kinds if issubclass(kind, known)), f"failed ({type(error).__name__})")
    return f"{name} {said}."
