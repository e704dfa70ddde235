"""Where words in quotation marks come from: the gate's verdict as an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.answer import Answer, Quote
from assistant.excerpts import quote, voice_of, whole
from assistant.limits import holds
from assistant.phrasing import within
from assistant.quotes import Verdict, find
from assistant.request import Request, counted, headed, nothing, quoted
from index.articles import Article
from index.library import Library
from index.scope import Scope

TOLD = 6  # differences that are told


def whence(request: Request) -> Answer:
    """Exact or altered, in what article, by whom, and the whole sentence in which the words stand."""
    speaker = next(iter(request.asked.names), None)
    words = request.asked.topic or ""
    verdict = find(words, _Within(request.library, request.scope), None, speaker, voice_of)
    if not verdict.quotes:
        return nothing(request, "No article here has these words, or nearly these.")
    return quoted(request, _told(verdict), [_in_its_sentence(q) for q in _apart(verdict.quotes)])


def _told(verdict: Verdict) -> str:
    first = verdict.quotes[0]
    where = headed(first.article)
    also = f" It stands in {counted(len(first.also_in), 'other article')} too." if first.also_in else ""
    reason = f" {verdict.reason}" if verdict.reason else ""
    if verdict.kind == "exact":
        return f"Exact, {_voice(first)}: {where}.{reason}{also}"
    if verdict.kind == "another speaker":
        return f"The words are exact, the speaker is not: {where}.{reason}{also}"
    differing = [_differs(d.given, d.real) for d in verdict.differences]
    more = f", and {len(differing) - TOLD} more" if len(differing) > TOLD else ""
    differ = f" {'; '.join(differing[:TOLD])}{more}." if differing else ""
    return f"Altered: these are not the words of {where}.{differ}{reason}{also}"


def _differs(given: str, real: str) -> str:
    """Which words are others; marks are told only where nothing else differs."""
    words = [word.strip(" ,.;:'\"") for word in (given, real)]
    given, real = words if words[0] != words[1] else (given, real)
    if not given:
        return f"“{real}” is left out"
    return f"“{given}” is “{real}”" if real else f"“{given}” is put in"


def _voice(said: Quote) -> str:
    if said.speaker is None:
        return {"stated": "in the article’s own voice", "denied": "and denied there"}.get(said.stance, said.stance)
    return f"{'denied' if said.stance == 'denied' else 'said'} by {within(said.speaker)}"


def _in_its_sentence(said: Quote) -> Quote:
    """The whole sentence, in the voice of the words asked about."""
    around = quote(said.article, *whole(said.article, said.start, said.end))
    return replace(said, start=around.start, end=around.end)


def _apart(quotes: Iterable[Quote]) -> list[Quote]:
    """One of the quotes of each sentence."""
    return list({whole(q.article, q.start, q.end): q for q in quotes}.values())


@dataclass(frozen=True, slots=True)
class _Within:
    """The articles of a scope, in which a quotation is looked for."""

    library: Library
    scope: Scope

    def article(self, id: str) -> Article | None:
        return self.library.article(id)

    def quote_candidates(self, words: str, limit: int) -> Iterator[Article]:
        return self._held(self.library.quote_candidates(words, limit))

    def word_candidates(self, words: str) -> Iterator[Article]:
        return self._held(self.library.word_candidates(words))

    def _held(self, found: Iterator[Article]) -> Iterator[Article]:
        return (article for article in found if holds(self.scope, article))
