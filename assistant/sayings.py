"""What somebody said: a person by their statements, an outlet by its articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Quote
from assistant.bearers import bearers, of_a_family, which, which_of_a_family
from assistant.conversation import said as said_before
from assistant.excerpts import once, quote, sentences_of, voices_of, whole, words_of
from assistant.kinds import as_written, recognise
from assistant.limits import narrow, outlets_named
from assistant.namesakes import same_speaker
from assistant.people import bare_name
from assistant.request import Request, counted, nothing, quoted
from assistant.spelling import mentioning
from assistant.summary import summarise
from assistant.topics import ON_TOPIC, content_of, first_of, found_about, meant_articles
from assistant.typed import bare
from index.articles import Article
from index.scope import Scope
from index.search import STOP_WORDS

SAID = 12  # statements shown of one speaker; speakers shown
FEW = 3  # people with a name, of whom fewer are listed with those that have none
NEWEST = 60  # articles looked through for who is quoted
OF_TOPIC = 6  # sentences shown on a topic
ELSE = re.compile(r"(?:and )?who else(?: (?:is|was) (?:quoted|cited))?", re.IGNORECASE)


def statements(request: Request) -> Answer | None:
    """What somebody said, by place and date; about a topic only statements that share a word with it."""
    name = request.asked.names[0]
    if len(family := of_a_family(name, request.library, request.scope)) > 1:
        return which_of_a_family(request.question, name, family)
    topic = content_of(request.asked.topic or "")
    body = words_of(name.removeprefix("the ")) if name.startswith("the ") else ()
    quotes, spoke = [], False
    several = bearers(name, request.library, request.scope)
    if several and not outlets_named(name, [outlet for outlet, _ in request.library.facts().outlets]):
        return which(request.question, several)
    for article in mentioning(bare_name(name), request.library, request.scope):
        on_topic = -1  # where the last statement about the topic ended
        for said in voices_of(article).said:
            if not said.speaker or not (_is(name, said.speaker) or (body and _speaks_for(body, article, said.source))):
                continue
            spoke = True
            spans = [s for s in (said.content, said.cue, said.source) if s]
            start, end = whole(article, min(s[0] for s in spans), max(s[1] for s in spans))
            goes_on = on_topic >= 0 and "\n" not in article.text[on_topic:start]
            if topic and not topic & content_of(article.text[start:end]) and not goes_on:
                continue
            on_topic = -1 if goes_on else end
            quotes.append(Quote(article, start, end, said.speaker, said.stance, said.hedge))
    quotes = once(quotes)[:SAID]
    if not quotes and spoke and not outlets_named(name, [outlet for outlet, _ in request.library.facts().outlets]):
        return nothing(request, f"No statement by {name} about {request.asked.topic} stands in these articles.")
    if not quotes:
        return _outlet_says(request)
    about = f" about {request.asked.topic}" if request.asked.topic else ""
    number = counted(len(quotes), "statement")
    verb = "are" if re.fullmatch(r"the [a-z]+s", name) else "is"
    return quoted(request, f"What {name} {verb} reported to have said{about}: {number}, oldest first.", quotes)


def speakers(request: Request) -> Answer | None:
    """Who is quoted, each by a first statement: those with a name, or where few have one, whoever speaks.

    "Who else?" goes on after those of the answers before.
    """
    asked = request.asked
    before = _listed_before(request) if ELSE.fullmatch(bare(request.question)) else []
    if asked.topic:
        articles = found_about(request.library, asked.topic, request.scope, ON_TOPIC)
    else:
        of_one = request.history and len(request.history[-1].articles) == 1  # "who is quoted?" of it alone
        everyone = first_of(request.library.articles(request.scope), NEWEST)
        articles = meant_articles(request) if asked.one or of_one else everyone
    if not articles:
        return nothing(request, f"No article here is about {asked.topic}." if asked.topic else "There are no articles.")
    first: dict[str, Quote] = {}
    for article in sorted(articles, key=lambda a: (a.published or "", a.id)):
        for said in voices_of(article).said:
            if (
                said.claim
                and said.speaker
                and said.speaker.lower() not in STOP_WORDS
                and not any(same_speaker(said.speaker, name) for name in first)
            ):
                spans = [s for s in (said.content, said.cue, said.source) if s]
                start, end = whole(article, min(s[0] for s in spans), max(s[1] for s in spans))
                first[said.speaker] = Quote(article, start, end, said.speaker, said.stance, said.hedge)
    named = {name: quote for name, quote in first.items() if as_written(bare_name(name))}
    if len(named) < FEW:
        named |= first
    if before:
        known = {name for name in first if any(same_speaker(name, other) for other in before)}
        named = {n: q for n, q in (named if named.keys() - known else first).items() if n not in known}
        if not named:
            return nothing(request, f"Nobody else is quoted in {counted(len(articles), 'article')} here.")
    if not named:
        return nothing(request, f"Nobody is quoted in {counted(len(articles), 'article')} here.")
    some = list(named)[:SAID]
    more = f" and {len(named) - SAID} more" if len(named) > SAID else ""
    words = f"Quoted in {counted(len(articles), 'article')}: {'; '.join(some)}{more}. Each by a first statement."
    return quoted(request, words, once(named[name] for name in some))


def _listed_before(request: Request) -> list[str]:
    """The speakers that the answers just before have listed."""
    names: list[str] = []
    for turn in reversed(said_before(request.history)):
        asked = recognise(turn.question)
        if not (ELSE.fullmatch(bare(turn.question)) or (asked and asked.kind == "speakers")):
            break
        names += [quote.speaker for quote in turn.shown if quote.speaker]
    return names


def on_topic(request: Request) -> Answer | None:
    """What the articles say of a topic: the sentences that have a word of it and are nearest to it, by date."""
    topic = request.asked.topic or ""
    articles = found_about(request.library, topic, request.scope, ON_TOPIC)
    lines = [
        (article, start, end)
        for article in articles
        for start, end in sentences_of(article)
        if content_of(topic) & content_of(article.text[start:end])
    ]
    if not lines:
        return None
    vectors = request.library.embedder.embed_few([topic, *(a.text[start:end] for a, start, end in lines)])
    near = vectors[1:] @ vectors[0]
    best = sorted(range(len(lines)), key=lambda i: -near[i])[:OF_TOPIC]
    ordered = sorted(best, key=lambda i: (lines[i][0].published or "", lines[i][0].id, lines[i][1]))
    quotes = once(quote(*lines[i]) for i in ordered)
    number = counted(len(articles), "article")
    return quoted(request, f"What {number} here say{'s' if len(articles) == 1 else ''} of {topic}, by date.", quotes)


def _outlet_says(request: Request) -> Answer | None:
    """“What does the Courier say about the fire?”: an outlet speaks by its articles."""
    chosen = outlets_named(request.asked.names[0], [o for o, _ in request.library.facts().outlets])
    if not chosen:
        return None
    topic, within = request.asked.topic, narrow(request.scope, Scope(outlets=chosen))
    own = request.library.articles(within)
    articles = found_about(request.library, topic, within, ON_TOPIC) if topic else first_of(own, ON_TOPIC)
    quotes = summarise(articles, request.library.embedder) if articles else []
    about = f" about {topic}" if topic else f", its newest {counted(len(articles), 'article')}"
    return quoted(request, f"{', '.join(sorted(chosen))}{about}.", quotes) if quotes else None


def _speaks_for(body: Sequence[str], article: Article, source: tuple[int, int] | None) -> bool:
    """Is a speaker introduced with the words of a body: "Joyce Tamblyn, of the dock workers’ union"?"""
    if source is None:
        return False
    words = words_of(article.text[slice(*source)])
    return any(words[i : i + len(body)] == tuple(body) for i in range(len(words)))


def _is(asked: str, speaker: str) -> bool:
    return same_speaker(bare_name(asked), bare_name(speaker))
