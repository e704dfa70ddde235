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
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant import settings
from assistant.answer import Answer, Quote, Sentence, Turn, Writing, Written
from assistant.marks import Draft, drafts
from assistant.phrasing import OTHERWISE
from assistant.prompt import ROOM, SENTENCES, blocks, evidence_of, messages, schema, sources
from assistant.prose import Gate, gate, refuses
from index.errors import OnRecordError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk
    from langchain_core.runnables import RunnableConfig

    from assistant.drafts import Drafts

SECONDS = 60.0  # for one answer, retries included
ATTEMPTS = 3  # to begin one
JITTER = {"max": 4.0, "exp_base": 2.0, "jitter": 0.5}  # seconds between attempts
POLL = 0.1  # seconds, after which a "stop" is noticed at the latest
VERSION = "1"  # of prompt and parser: a change makes kept answers old

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


class Stopped(Exception):
    """The person doesn't want the answer any more."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model that writes answers, held to the quotes."""

    model: BaseChatModel
    name: str  # "provider:name", as it is shown
    address: str | None = None  # where it is, if not at the provider's
    constraint: Callable[[Mapping], dict[str, Any]] | None = None  # a JSON schema to the provider's own parameter
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
        key = self.kept and self.kept.key(VERSION, self.name, self.address or "", asked.told())
        kept = self.kept and self.kept.get(key)
        said = Said(iter([kept.text]), kept.tokens) if kept else Said(self._heard(asked, stop or Event(), config))
        done = Progress(answer, gate(known, f"{question} {_before(history)}", evidence), Written(self.name))
        try:
            with closing(said):
                for draft in drafts(said.text()):
                    if done.take(draft):
                        yield Writing(done.answer())
                    if done.enough:
                        break
            if self.kept and not kept:
                self.kept.put(key, said.whole, said.tokens)
        except Stopped:
            return
        except Exception as error:  # a provider's library may raise anything; the reader's answer is there
            done.trouble = trouble(error, self.name, self.seconds)
        done.tokens = said.tokens
        yield done.answer(whole=True)

    def _heard(self, asked: Request, stop: Event, config: RunnableConfig | None) -> Iterator[AIMessageChunk]:
        """What the model says, within its time. It is heard in a thread of its own, so that a silent one can be left.

        Raises TookTooLong, Stopped, and whatever the provider's library raises.
        """
        inbox: SimpleQueue = SimpleQueue()
        left = Event()

        def listen() -> None:
            try:
                first, rest = self._begun(asked, config)
                with closing(rest):
                    for chunk in chain([first], rest):
                        if left.is_set():
                            return
                        inbox.put(chunk)
                inbox.put(None)
            except Exception as error:  # handed on to the thread that waits
                inbox.put(error)

        Thread(target=listen, daemon=True, name="writer").start()
        until, ended = monotonic() + self.seconds, not self.name.startswith("openai:")
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
                ended = ended or "finish_reason" in item.response_metadata
                yield item
        finally:
            left.set()

    def _begun(self, asked: Request, config: RunnableConfig | None) -> tuple[AIMessageChunk, Iterator[AIMessageChunk]]:
        """An answer's first chunk and the rest. Tried again until there is one; after it nothing can be taken back."""
        from langchain_core.exceptions import ModelInvalidRequestError
        from langchain_core.runnables import RunnableLambda

        def begin(model: Any) -> Any:
            def first(told: list, config: RunnableConfig) -> tuple[AIMessageChunk, Iterator[AIMessageChunk]]:
                rest = model.stream(told, config)
                for chunk in rest:
                    return chunk, rest
                raise SaidNothing

            return RunnableLambda(first).with_retry(
                retry_if_exception_type=passing, stop_after_attempt=ATTEMPTS, exponential_jitter_params=JITTER
            )

        told = list(asked.messages)
        if self.constraint is None:
            return begin(self.model).invoke(told, config)
        held = begin(self.model.bind(**self.constraint(schema(asked.marks))))
        # A server that knows no schemas is asked again without one.
        return held.with_fallbacks(
            [begin(self.model)], exceptions_to_handle=(ModelInvalidRequestError, NotImplementedError)
        ).invoke(told, config)


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked."""

    messages: Sequence[tuple[str, str]]
    marks: tuple[str, ...]

    def told(self) -> str:
        """All that the model is told, without the boundary that is new each time."""
        return re.sub(r"(?<=[ \n])[0-9a-f]{16}(?=[ >\n])", "", "\n".join(text for _, text in self.messages))


class Said:
    """An answer's text as it comes, with what it cost; remembers the whole of it."""

    def __init__(self, chunks: Iterator[Any], tokens: tuple[int, int] | None = None):
        self._chunks = chunks
        self.tokens = tokens
        self.whole = ""

    def text(self) -> Iterator[str]:
        for chunk in self._chunks:
            if isinstance(chunk, str):
                text = chunk
            else:
                text = str(chunk.text)
                if used := chunk.usage_metadata:
                    read, written = self.tokens or (0, 0)
                    self.tokens = read + used["input_tokens"], written + used["output_tokens"]
            self.whole += text
            if text:
                yield text

    def close(self) -> None:
        if hasattr(self._chunks, "close"):
            self._chunks.close()


class Progress:
    """An answer that grows: the sentences that have passed, over the reader's answer."""

    def __init__(self, read: Answer, gate: Gate, written: Written):
        self.read, self.gate, self.written = read, gate, written
        self.tokens: tuple[int, int] | None = None
        self.trouble: str | None = None
        self._quotes: list[Quote] = []
        self._refused = False
        self._heard: list[str] = []

    @property
    def enough(self) -> bool:
        """Has the model written all that was asked for, or begun to repeat itself, as small ones do?"""
        return len(self._heard) >= 2 * SENTENCES or any(self._heard.count(words) > 2 for words in self._heard[-1:])

    def take(self, draft: Draft) -> bool:
        """Does a sentence go onto the page?"""
        if draft.words in self._heard:
            self._heard.append(draft.words)
            return False
        self._heard.append(draft.words)
        if refuses(draft):
            self._refused = True
            return False
        passed = self.gate.passes(draft)
        w = self.written
        if passed is None or (passed.repaired and self._shown(passed.sentence)):
            self.written = replace(w, dropped=w.dropped + 1)
            return False
        if any(passed.sentence.words == s.words for s in w.sentences):
            return False
        sentence = replace(passed.sentence, quotes=tuple(map(self._known, passed.sentence.quotes)))
        self._quotes += [q for q in sentence.quotes if q not in self._quotes]
        self.written = replace(w, sentences=(*w.sentences, sentence), repaired=w.repaired + passed.repaired)
        return True

    def _shown(self, sentence: Sentence) -> bool:
        """Is it but the words of a quote that another sentence rests on already?"""
        return any(q.text in sentence.words and self._known(q) in self._quotes for q in sentence.quotes)

    def _known(self, quote: Quote) -> Quote:
        """The reader's own quote where it holds the sentence: it knows the copies."""
        same = (q for q in evidence_of(self.read) if q.article == quote.article)
        return next((q for q in same if q.start <= quote.start and quote.end <= q.end), quote)

    def answer(self, whole: bool = False) -> Answer:
        """The answer so far; when whole, completed by the reader where the model failed or nothing passed."""
        w = self.written
        words = " ".join(self._marked(s) for s in w.sentences)
        if whole:
            trouble = self.trouble
            if trouble is None and not w.sentences:
                trouble = (
                    f"{w.model} found no answer in the passages."
                    if self._refused or not w.dropped
                    else f"No sentence of {w.model} is borne out by a quote."
                )
            elif trouble is None and self._missed():
                trouble = f"What {w.model} wrote leaves the answer out."
            if trouble:
                rest = "The answer" if not w.sentences else "What follows its sentences"
                trouble = f"{trouble} {rest} is the reader’s."
                words = f"{words} {self.read.words}".strip()
            elif self.read.disagreement:
                words = f"{words} {OTHERWISE[self.read.disagreement.kind]}"
            w = replace(w, tokens=self.tokens, trouble=trouble)
        overlapping = {q for q in self.read.quotes if any(_within(q, own) for own in self._quotes)}
        rest = [q for q in self.read.quotes if q not in overlapping] if whole else []
        return replace(self.read, words=words, quotes=(*self._quotes, *rest), written=w, **({} if whole else _BARE))

    def _missed(self) -> bool:
        """Had every sentence to be put right, and does none of them hold the answer that the reader found?"""
        held = any(self.read.short in q.text for q in self._quotes) if self.read.short else True
        return not held and self.written.repaired == len(self.written.sentences)

    def _marked(self, sentence: Sentence) -> str:
        """A sentence with the numbers of its quotes, as the page counts them."""
        return sentence.words + " " + "".join(f"[{self._quotes.index(q) + 1}]" for q in sentence.quotes)


_BARE: dict[str, Any] = {"alternatives": (), "disagreement": None, "looked_at": ()}


def _within(quote: Quote, other: Quote) -> bool:
    return quote.article == other.article and other.start <= quote.start and quote.end <= other.end


def _before(history: Sequence[Turn]) -> str:
    return f"{history[-1].question} {history[-1].answer}" if history else ""


# Which model


def writer(name: str | None = None, address: str | None = None) -> Writer | None:
    """The writer that a command's options name, or else the environment; None where neither does.

    Raises ModelUnfit, SettingUnfit.
    """
    from platformdirs import user_cache_path

    from assistant.drafts import Drafts

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
    arguments: dict[str, Any] = {"timeout": int(options.get("seconds", SECONDS)), "max_retries": 1}
    if provider == "openai":
        arguments["stream_usage"] = True
    if address:
        arguments |= {"base_url": _checked(address), "temperature": 0}
    if address and provider == "openai":
        arguments["api_key"] = os.environ.get(OWN_KEY) or "none"
    elif not address and (keys := KEYS.get(provider)) and not any(os.environ.get(key) for key in keys):
        raise ModelUnfit(f"{name} needs a key. Set {keys[0]} in the environment, or in a file .env where you are.")
    made = _made(provider, model, arguments)
    return Writer(made, f"{provider}:{model}", address, None if address else CONSTRAINTS.get(provider), **options)


def _response_format(form: Mapping) -> dict[str, Any]:
    return {
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": form}}
    }


# How a provider is given a JSON schema for the answer. The others write prose with marks, and so do models at an
# address of one's own, which may be small: held to a schema they write worse (EVALUATION.md).
CONSTRAINTS: dict[str, Callable[[Mapping], dict[str, Any]]] = {
    "openai": _response_format,
    "mistralai": _response_format,
}


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
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelUnfit(f"{address!r:.80} is no address. Write it as http://127.0.0.1:8080/v1.")
    if parts.username or parts.password:
        raise ModelUnfit(f"The model's address holds a name or a password. Put the key in {OWN_KEY} instead.")
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


def passing(error: BaseException) -> bool:
    """May another attempt succeed?"""
    from langchain_core.exceptions import ModelError

    if isinstance(error, ModelError):
        return error.is_retryable
    return isinstance(error, ConnectionError | TimeoutError) or "Connect" in type(error).__name__


def trouble(error: Exception, name: str, seconds: float) -> str:
    """What went wrong, as a sentence. Nothing of what the provider says is repeated: it may hold a part of the key."""
    from langchain_core import exceptions as of

    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        (TookTooLong, f"took more than {seconds:.0f} s"),
        (of.ModelAuthenticationError, "refused the key; check it in the environment or in .env"),
        (of.ModelPermissionDeniedError, "refused, since the key may not use it"),
        (of.ModelNotFoundError, "is not known there; check its name"),
        (of.ModelRateLimitError, "is asked too much at the moment; try again later"),
        (of.ContextOverflowError, "can't take that much text; set ONRECORD_MODEL_ROOM to fewer characters"),
        ((of.ModelTimeoutError, TimeoutError), "did not answer in time"),
        ((of.ModelConnectionError, ConnectionError), "can't be reached or broke off"),
        (of.ModelAPIError, "failed at its own end; try again later"),
        (SaidNothing, "said nothing"),
    )
    otherwise = "can't be reached or broke off" if passing(error) else f"failed ({type(error).__name__})"
    said = next((words for kind, words in kinds if isinstance(error, kind)), otherwise)
    return f"{name} {said}."
