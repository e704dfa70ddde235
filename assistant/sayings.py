"""What somebody said: a person by their statements, an outlet by its articles."""

from __future__ import annotations

from assistant.answer import Answer, Quote
from assistant.bearers import bearers, which
from assistant.excerpts import once, voices_of, whole
from assistant.limits import narrow, outlets_named
from assistant.namesakes import same_speaker
from assistant.people import bare_name
from assistant.request import Request, counted, quoted
from assistant.spelling import mentioning
from assistant.summary import summarise
from assistant.topics import ON_TOPIC, content_of, found_about
from index.scope import Scope

SAID = 12  # statements shown of one speaker


def statements(request: Request) -> Answer | None:
    """What somebody said, by place and date; about a topic only statements that share a word with it."""
    name = request.asked.names[0]
    topic = content_of(request.asked.topic or "")
    quotes = []
    several = bearers(name, request.library, request.scope)
    if several and not outlets_named(name, [outlet for outlet, _ in request.library.facts().outlets]):
        return which(request.question, several)
    for article in mentioning(bare_name(name), request.library, request.scope):
        on_topic = -1  # where the last statement about the topic ended
        for said in voices_of(article).said:
            if not said.speaker or not _is(name, said.speaker):
                continue
            spans = [s for s in (said.content, said.cue, said.source) if s]
            start, end = whole(article, min(s[0] for s in spans), max(s[1] for s in spans))
            goes_on = on_topic >= 0 and "\n" not in article.text[on_topic:start]
            if topic and not topic & content_of(article.text[start:end]) and not goes_on:
                continue
            on_topic = -1 if goes_on else end
            quotes.append(Quote(article, start, end, said.speaker, said.stance, said.hedge))
    quotes = once(quotes)[:SAID]
    if not quotes:
        return _outlet_says(request)
    about = f" about {request.asked.topic}" if request.asked.topic else ""
    number = counted(len(quotes), "statement")
    return quoted(request, f"What {name} is reported to have said{about}: {number}, oldest first.", quotes)


def _outlet_says(request: Request) -> Answer | None:
    """“What does the Courier say about the fire?”: an outlet speaks by its articles."""
    chosen = outlets_named(request.asked.names[0], [o for o, _ in request.library.facts().outlets])
    if not chosen or not request.asked.topic:
        return None
    articles = found_about(request.library, request.asked.topic, narrow(request.scope, Scope(outlets=chosen)), ON_TOPIC)
    quotes = summarise(articles, request.library.embedder) if articles else []
    return quoted(request, f"{', '.join(sorted(chosen))} about {request.asked.topic}.", quotes) if quotes else None


def _is(asked: str, speaker: str) -> bool:
    return same_speaker(bare_name(asked), bare_name(speaker))
