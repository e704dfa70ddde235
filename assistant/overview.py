"""Answers to questions that are no search for a fact: summaries, timelines, people, lists, what the library has.

All of it is quoted from the articles or counted in the library; there is no model behind it but the embedder.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answer import Answer, Choice, Quote, Turn
from assistant.bearers import bearers, which
from assistant.conversation import said as said_before
from assistant.days import named as day_named
from assistant.excerpts import figures, once, quote, sentences_of, voices_of, whole, words_of
from assistant.kinds import Asked, as_written, recognise
from assistant.limits import narrow, outlets_named
from assistant.namesakes import same_speaker
from assistant.people import bare_name, people
from assistant.spelling import mentioning, spelled
from assistant.subjects import names as names_in
from assistant.summary import MOST_ARTICLES, summarise
from assistant.timeline import timeline
from assistant.typed import bare
from index.articles import Article
from index.catalog import Facts
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import STOP_WORDS, Hit

LISTED = 10  # articles that a list shows
ON_TOPIC = 8  # articles read about a topic
SAID = 12  # statements shown of one speaker
PASSAGES = 60  # found for a topic
CLOSE = 0.45  # cosine from which an article is about a topic without having all its words
SHARE = 0.6  # of the best article's score, that another needs to be about the topic too
ALIKE = 0.5  # cosine from which two outlets' sentences are set side by side
REWORDED = 0.75  # of the words, from which a sentence with the same figures is the same one
PAIRS = 3  # of sentences that a comparison shows
ROLES = 6  # shown of a name
REMEMBERED = 4  # turns through which "and Ada Brenner?" goes back
_ABOUT_ARTICLES = ("holdings", "articles", "newest", "oldest")  # kinds of question
_ANOTHER = re.compile(r"(?:and|and what about|what about|how about) (?P<name>\S.*)", re.IGNORECASE)
_THEM = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Request:
    """A recognised question and all that it is answered from."""

    question: str
    asked: Asked
    library: Library
    scope: Scope
    history: Sequence[Turn]
    today: date


def respond(library: Library, question: str, scope: Scope, history: Sequence[Turn], as_of: str | None) -> Answer | None:
    """The answer to a question of another kind than facts, or None: then search and read.

    Also None where a kind was recognised and the library has nothing of it, such as a name whose role no article gives.
    A doubt ("are you sure?") is None too: `conversation.readings` asks the doubted question again.
    """
    asked = _recognised(question, library, history)
    if asked is None or asked.kind not in _ANSWERS or (asked.leans and history and not _of_articles(history)):
        return None
    today = date.fromisoformat(as_of) if as_of else date.today()
    return _ANSWERS[asked.kind](_Request(question, asked, library, scope, history, today))


def _recognised(question: str, library: Library, history: Sequence[Turn]) -> Asked | None:
    """A question's kind, which the turn before may complete.

    "She" in "what did she say?" is the one whom it named; "and Ada Brenner?" asks the same about another; "and the
    newest?" is an article after a question about articles.
    """

    def written(name: str) -> str | None:
        return as_written(name) or spelled(name, library)

    asked = recognise(question, written)
    before = said_before(history)[-1:]
    if not before or (asked and not asked.leans):
        return asked
    held = _recognised(before[0].question, library, said_before(history)[-REMEMBERED:-1])
    if held and held.kind in ("who", "said") and (another := _ANOTHER.fullmatch(bare(question))):
        name = written(another["name"])
        if name and mentioning(bare_name(name), library, EVERYTHING):
            return replace(held, names=(name,))
    if asked:
        return asked
    if held and held.kind in _ABOUT_ARTICLES:
        meant = recognise(f"{bare(question).removesuffix(' one')} article")
        return meant if meant and meant.kind in ("newest", "oldest") else None
    answered = [before[0].answer] if " " in before[0].answer and as_written(before[0].answer) else []
    named = [*answered, *(held.names if held else ()), *names_in(before[0].question)][:1]
    meant = recognise(_THEM.sub(named[0], question, count=1), written) if named else None
    return meant if meant and meant.kind in ("who", "said") and meant.names[0] == named[0] else None


def _of_articles(history: Sequence[Turn]) -> bool:
    """Did the last question ask for an article, so that "it" is one?"""
    asked = recognise(said_before(history)[-1].question) if said_before(history) else None
    return asked is not None and asked.kind in ("newest", "oldest")


# --- what the library has -------------------------------------------------------------------------------------------


def _greeting(request: _Request) -> Answer:
    return _said(request, f"Hello. {_holding(facts_of(request.library, request.scope))} What would you like to know?")


def _thanks(request: _Request) -> Answer:
    return _said(request, "You’re welcome.")


def _farewell(request: _Request) -> Answer:
    return _said(request, "Goodbye.")


def _help(request: _Request) -> Answer:
    """What this is, and what can be asked of it."""
    held = _holding(facts_of(request.library, request.scope))
    ask = "Ask who, what, where, when, how many; for a summary, a timeline, a list; who somebody is, or what they said."
    return _said(request, f"I answer from these articles alone, in their own words. {held} {ask}")


def _insult(request: _Request) -> Answer:
    return _said(request, "I can do no more than quote these articles. Ask what they say, or “what do I have?”.")


def _holdings(request: _Request) -> Answer:
    return _said(request, _holding(facts_of(request.library, request.scope)))


def facts_of(library: Library, scope: Scope) -> Facts:
    """What a scope holds, in numbers."""
    if scope == EVERYTHING:
        return library.facts()
    articles = list(library.articles(scope))
    outlets = Counter(a.outlet for a in articles if a.outlet)
    days = sorted(a.published for a in articles if a.published)
    passages = sum(len(library.passages(a.id)) for a in articles)
    ordered = tuple(sorted(outlets.items(), key=lambda row: (-row[1], row[0])))
    return Facts(len(articles), passages, ordered, days[0] if days else None, days[-1] if days else None)


def _holding(facts: Facts) -> str:
    if not facts.articles:
        return "There are no articles here."
    named = [f"{name} ({count})" for name, count in facts.outlets[:LISTED]]
    more = f" and {len(facts.outlets) - LISTED} more" if len(facts.outlets) > LISTED else ""
    outlets = f" from {_count(len(facts.outlets), 'outlet')}: {', '.join(named)}{more}" if named else ""
    days = f" The oldest is of {_day(facts.first)}, the newest of {_day(facts.last)}." if facts.first else ""
    there = "There is" if facts.articles == 1 else "There are"
    return f"{there} {_count(facts.articles, 'article')}{outlets}.{days}"


def _articles(request: _Request) -> Answer:
    if request.asked.topic:
        found = _about(request.library, request.asked.topic, request.scope, LISTED + 1)
        number = _listed(found)
        found = sorted(found[:LISTED], key=lambda a: a.published or "", reverse=True)
        words = f"{number} about {request.asked.topic}, newest first, each by its beginning."
    else:
        facts = facts_of(request.library, request.scope)
        found = _first(request.library.articles(request.scope), LISTED)
        shown = f" The newest {len(found)} are shown" if facts.articles > len(found) else " Newest first"
        words = f"{_holding(facts)}{shown}, each by its beginning."
    return _quoted(request, words, [_beginning(a) for a in found])


def _newest(request: _Request) -> Answer:
    return _extreme(request, newest=True)


def _oldest(request: _Request) -> Answer:
    return _extreme(request, newest=False)


def _extreme(request: _Request, newest: bool) -> Answer:
    library, topic = request.library, request.asked.topic
    if topic:
        found = _about(library, topic, request.scope, LISTED)
        days = sorted(a.published for a in found if a.published)
    else:
        facts = facts_of(library, request.scope)
        days = [day for day in (facts.first, facts.last) if day]
        day = days[-1 if newest else 0] if days else None
        found = _first(library.articles(narrow(request.scope, Scope(since=day, until=day))), LISTED)
    if not days:
        return _nothing(request, f"No dated article here is about {topic}." if topic else "No article here has a date.")
    day = days[-1 if newest else 0]
    chosen = [a for a in found if a.published == day]
    which = "newest" if newest else "oldest"
    about = f" about {topic}" if topic else ""
    of = f"{which} article{about} is" if len(chosen) == 1 else f"{which} {len(chosen)} articles{about} are"
    return _quoted(request, f"The {of} of {_day(day)}.", [_beginning(a) for a in chosen])


def _new(request: _Request) -> Answer:
    """What was published in the days asked about; without any, in the last week, or on the library's newest day."""
    library, topic, scope = request.library, request.asked.topic, request.scope
    since = scope.since
    when = f"since {_day(since)}" if since else ""
    if since is None:
        week = (request.today - timedelta(7)).isoformat()
        newest = next((a.published for a in library.articles(scope) if a.published), None)
        if newest is None:
            return _nothing(request, "No article here has a date.")
        since = min(week, newest)
        when = f"since {_day(since)}" if since == week else f"on {_day(since)}, the newest day"
    within = narrow(scope, Scope(since=since))
    found = _about(library, topic, within, LISTED) if topic else _first(library.articles(within), LISTED + 1)
    found.sort(key=lambda a: a.published or "", reverse=True)
    until = f" until {_day(scope.until)}" if scope.until else ""
    about = f" about {topic}" if topic else ""
    if not found:
        return _nothing(request, f"Nothing was published{about} {when}{until}.")
    words = f"Published{about} {when}{until}: {_listed(found).lower()}, newest first."
    return _quoted(request, words, [_beginning(a) for a in found[:LISTED]])


# --- what the articles say ------------------------------------------------------------------------------------------


def _summary(request: _Request) -> Answer | None:
    return _summarised(request, 5)


def _gist(request: _Request) -> Answer | None:
    return _summarised(request, 3 if len(request.scope.articles or ()) == 1 or request.asked.one else 5)


def _summarised(request: _Request, most: int) -> Answer | None:
    articles = _meant(request)
    if not articles:
        return _which(request)
    quotes = summarise(articles, request.library.embedder, most)
    if not quotes:
        return None
    number = _count(len(quotes), "sentence")
    if len(articles) == 1:
        return _quoted(request, f"{_named(articles[0])}, in {number} of its own.", quotes)
    return _quoted(request, f"{_count(len(articles), 'article')}{_days(articles)}, in {number} of their own.", quotes)


def _timeline(request: _Request) -> Answer | None:
    articles = _meant(request)
    if not articles:
        return _which(request)
    moments = timeline(articles)
    if not moments:
        return _nothing(request, "These articles date nothing that they tell.")
    lines = [f"{m.named} [{n}]" + (f" (“{m.when}”)" if m.relative else "") for n, m in enumerate(moments, 1)]
    words = f"When things happened, by the articles: {'; '.join(lines)}."
    if any(m.relative for m in moments):
        words += " Days without a year are counted from the day on which the article was published."
    return _quoted(request, words, [m.quote for m in moments])


def _who(request: _Request) -> Answer | None:
    name = bare_name(request.asked.names[0])
    found = people(mentioning(name, request.library, request.scope), name)
    if not found:
        return None
    shown = [role for person in found for role in person.roles[: max(1, ROLES // len(found))]]
    quotes = [quote(role.article, *whole(role.article, role.start, role.end)) for role in shown]
    said = "; ".join(" / ".join(f"“{r.text}”" for r in p.roles[:3]) for p in found)
    words = f"{name}: {said}."
    if len(found) > 1:
        words = f"The articles name {len(found)} people called {name}, or one in roles that don’t meet: {said}."
    answer = _quoted(request, words, once(quotes), found[0].roles[0].text, tuple(p.roles[0].text for p in found[1:6]))
    choices = tuple(Choice(f"{name}, {p.roles[0].text}", p.articles) for p in found[:6])
    return replace(answer, choices=choices if len(found) > 1 else ())


def _statements(request: _Request) -> Answer | None:
    """What somebody said, by place and date; about a topic only statements that share a word with it."""
    name = request.asked.names[0]
    topic = _content(request.asked.topic or "")
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
            if topic and not topic & _content(article.text[start:end]) and not goes_on:
                continue
            on_topic = -1 if goes_on else end
            quotes.append(Quote(article, start, end, said.speaker, said.stance, said.hedge))
    quotes = once(quotes)[:SAID]
    if not quotes:
        return _outlet_says(request)
    about = f" about {request.asked.topic}" if request.asked.topic else ""
    number = _count(len(quotes), "statement")
    return _quoted(request, f"What {name} is reported to have said{about}: {number}, oldest first.", quotes)


def _outlet_says(request: _Request) -> Answer | None:
    """“What does the Courier say about the fire?”: an outlet speaks by its articles."""
    chosen = outlets_named(request.asked.names[0], [o for o, _ in request.library.facts().outlets])
    if not chosen or not request.asked.topic:
        return None
    articles = _about(request.library, request.asked.topic, narrow(request.scope, Scope(outlets=chosen)), ON_TOPIC)
    quotes = summarise(articles, request.library.embedder) if articles else []
    return _quoted(request, f"{', '.join(sorted(chosen))} about {request.asked.topic}.", quotes) if quotes else None


def _compare(request: _Request) -> Answer | None:
    """What two outlets say, side by side: sentences that are alike, those with other figures first."""
    outlets = [o for o, _ in request.library.facts().outlets]
    sides = [outlets_named(name, outlets) for name in request.asked.names]
    if any(len(side) != 1 for side in sides) or sides[0] == sides[1]:
        return None
    topic, scope = request.asked.topic, request.scope
    lines = []
    for side in sides:
        within = narrow(scope, Scope(outlets=side))
        articles = _about(request.library, topic, within, 4) if topic else _first(request.library.articles(within), 8)
        lines.append([(a, *span) for a in articles for span in sentences_of(a)][:80])
    names = [next(iter(side)) for side in sides]
    about = f" about {topic}" if topic else ""
    silent = [name for name, found in zip(names, lines, strict=True) if not found]
    if silent:
        return _nothing(request, f"No article here{about} is from {' or '.join(silent)}.")
    quotes, shared = _side_by_side(request.library, *lines)
    alike = f" In the same words in both: {_count(shared, 'sentence')}." if shared else ""
    return _quoted(request, f"{names[0]} and {names[1]}{about}, side by side.{alike}", quotes)


_Line = tuple[Article, int, int]


def _side_by_side(library: Library, one: Sequence[_Line], other: Sequence[_Line]) -> tuple[list[Quote], int]:
    """Sentences of two outlets in pairs, those nearest in meaning, other figures first; and how many they share.

    Shared are those that say the same in the same words, in any order. Without pairs, their beginnings.
    """
    texts = [a.text[start:end] for a, start, end in (*one, *other)]
    pairs = [(i, j) for i in range(len(one)) for j in range(len(one), len(texts))]
    same = [(i, j) for i, j in pairs if _same(texts[i], texts[j])]
    common = {i for pair in same for i in pair}
    lines = (*one, *other)
    vectors = library.embedder.embed_few(texts)
    near = vectors @ vectors.T
    alike = [(i, j) for i, j in pairs if near[i, j] >= ALIKE]
    ranked = sorted(
        ((i, j) for i, j in alike if _differ(texts[i], texts[j], (i in common) + (j in common))),
        key=lambda ij: (figures(texts[ij[0]]) == figures(texts[ij[1]]), -near[ij]),
    )
    chosen: list[int] = []
    for i, j in ranked:
        if i not in chosen and j not in chosen and len(chosen) < 2 * PAIRS:
            chosen += [i, j]
    return [quote(*lines[i]) for i in chosen or (0, len(one))], len({i for i, _ in same})


def _same(one: str, other: str) -> bool:
    a, b = set(words_of(one)), set(words_of(other))
    return figures(one) == figures(other) and len(a & b) > REWORDED * max(len(a), len(b))


def _differ(one: str, other: str, shared: int) -> bool:
    """May two sentences stand against each other? One that both outlets have needs another figure on the other side."""
    return shared == 0 or (shared == 1 and figures(one) != figures(other))


_ANSWERS: dict[str, Callable[[_Request], Answer | None]] = {
    "greeting": _greeting, "thanks": _thanks, "farewell": _farewell, "help": _help, "insult": _insult,
    "holdings": _holdings, "articles": _articles, "newest": _newest, "oldest": _oldest, "new": _new,
    "about": _gist, "summary": _summary, "timeline": _timeline, "who": _who, "said": _statements, "compare": _compare,
}  # fmt: skip


# --- which articles are meant ---------------------------------------------------------------------------------------


def _meant(request: _Request) -> list[Article]:
    """The articles that "this article", "these articles" or a topic means; none where that can't be told."""
    library, asked = request.library, request.asked
    if asked.topic:
        return _about(library, asked.topic, request.scope, 1 if asked.one else ON_TOPIC)
    found = _first(library.articles(request.scope), MOST_ARTICLES)
    if len(found) > 1 and (asked.one or request.history):
        last = _last_quoted(request)
        return [last] if last else [] if asked.one else found
    return found


def _last_quoted(request: _Request) -> Article | None:
    """The article that the last answer quoted first; where only its words are known, the one that they stand in."""
    for turn in reversed(request.history):
        if turn.articles:
            return request.library.article(turn.articles[0])
        if not turn.answer.strip():
            continue
        for hit in request.library.search(f"{turn.question} {turn.answer}", request.scope, 5):
            if turn.answer in hit.passage.text:
                return request.library.article(hit.passage.article_id)
    return None


def _about(library: Library, topic: str, scope: Scope, most: int) -> list[Article]:
    """The articles that have a word of the topic and are found nearly as well as the best one, best first."""
    best: dict[str, Hit] = {}
    for hit in library.search(topic, scope, PASSAGES):
        if hit.words > 0:
            for id in (hit.passage.article_id, *hit.copies):  # search folds copies; a summary names them
                best.setdefault(id, hit)
    least = SHARE * max((hit.score for hit in best.values()), default=0.0)
    asked = _content(topic)
    found = []
    for id, hit in best.items():
        article = library.article(id) if hit.score >= least else None
        if article and (hit.meaning >= CLOSE or asked <= _content(f"{article.title or ''} {article.text}")):
            found.append(article)
    return found[:most]


def _is(asked: str, speaker: str) -> bool:
    return same_speaker(bare_name(asked), bare_name(speaker))


def _content(words: str) -> set[str]:
    """Content words by their first five letters, so that "sprinkler" finds "sprinklers"."""
    return {w[:5] for w in words_of(words) if w not in STOP_WORDS and len(w) > 2}


def _first(articles, most: int) -> list[Article]:
    return [article for article, _ in zip(articles, range(most), strict=False)]


# --- how it is said -------------------------------------------------------------------------------------------------


def _beginning(article: Article) -> Quote:
    """An article's first sentence."""
    start, end = next(iter(sentences_of(article)), (0, len(article.text)))
    return quote(article, start, end)


def _quoted(
    request: _Request, words: str, quotes: Sequence[Quote], short: str | None = None, others: tuple[str, ...] = ()
) -> Answer:
    if not quotes:
        return _nothing(request, "No article here is about that.")
    shown = tuple(quotes)
    return Answer(request.question, "answered", words, short, others, shown, confidence=1.0, looked_at=shown)


def _said(request: _Request, words: str) -> Answer:
    """Words that claim nothing about the news."""
    return Answer(request.question, "answered", words, confidence=1.0)


def _nothing(request: _Request, words: str) -> Answer:
    return Answer(request.question, "not_found", words)


def _which(request: _Request) -> Answer:
    """Ask back, with headlines to choose from."""
    if request.asked.topic:
        return _nothing(request, f"No article here is about {request.asked.topic}.")
    choices = tuple(Choice(a.title or a.id, (a.id,)) for a in _first(request.library.articles(request.scope), 5))
    if not choices:
        return _nothing(request, "There are no articles here.")
    words = "Which article? Choose one, or name what it is about."
    titles = tuple(choice.words for choice in choices)
    return Answer(request.question, "not_found", words, alternatives=titles, choices=choices)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(found: Sequence[Article]) -> str:
    """How many articles were found, looking for one more than a list shows."""
    return f"More than {LISTED} articles" if len(found) > LISTED else _count(len(found), "article")


def _day(day: str | None) -> str:
    return day_named(date.fromisoformat(day)) if day else "an unknown day"


def _days(articles: Sequence[Article]) -> str:
    days = sorted(a.published for a in articles if a.published)
    if not days:
        return ""
    return f" of {_day(days[0])}" if days[0] == days[-1] else f" of {_day(days[0])} to {_day(days[-1])}"


def _named(article: Article) -> str:
    day = article.published and _day(article.published)
    return ", ".join(part for part in (article.title or article.id, article.outlet, day) if part)
