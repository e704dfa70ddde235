"""The answer's sentence: its words keep the voice that the article gives them, never the bare claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Disagreement, Quote, Written
from assistant.cues import FORMS
from assistant.days import named
from assistant.foreign import ASK_IN_ENGLISH, ELSEWHERE, is_foreign, written_elsewhere
from assistant.origins import Sources
from assistant.stories import keys
from index.articles import Article

VERDICTS = ("yes", "no", "not settled")
NOT_FOUND = "The articles don’t say."
OTHERWISE = {
    "correction": "An earlier report of it was corrected.",
    "later": "It was reported otherwise on another day.",  # where the days aren't known
    "conflict": "The sources disagree.",
}


def words_for(
    quote: Quote,
    short: str,
    disagreement: Disagreement | None = None,
    cue: str | None = None,
    sources: Sources | None = None,
) -> str:
    """The short answer in a sentence: who says it, that the article doesn't confirm it, or who denies it.

    `short` is a stretch of the quote, or one of VERDICTS. A hedged or denied statement is given as its
    whole sentence, since a stretch of it alone would be the claim. `cue` is the article's own verb ("claims"), as
    `Voice.cue` gives it; without one it is "said". `sources`: those that say so, None where that isn't to be said.
    Raises ValueError for words that the quote doesn't hold.
    """
    if short not in VERDICTS and short not in quote.text:
        raise ValueError(f"{short!r} does not stand in the quote that should give it")
    said = _said(quote, short, cue)
    claimed = short != "not settled" and quote.stance in ("stated", "attributed")
    more = [_counted_sources(sources)] if sources and claimed else []
    more += [_otherwise(quote, disagreement)] if disagreement else []
    if not more:
        return said
    stop = "" if said.rstrip("”")[-1:] in ".!?" else "."
    return f"{said}{stop} {' '.join(more)}"


def _otherwise(quote: Quote, disagreement: Disagreement) -> str:
    """That it is said otherwise, too; of what was said on another day, on which, and whether that is newer."""
    own = quote.article.published
    days = {q.article.published for side in disagreement.sides for q in side.quotes if q.article.published != own}
    if disagreement.kind != "later" or own is None or None in days or not days:
        return OTHERWISE[disagreement.kind]
    newest = max(day for day in days if day)
    which = "A newer" if newest > own else "An earlier"
    return f"{which} report, of {named(date.fromisoformat(newest))}, says otherwise."


def _counted_sources(sources: Sources) -> str:
    if sources.outlets == 1:
        return "One source says so."
    if sources.outlets == sources.independent:
        return f"{sources.outlets} independent sources say so."
    if sources.after == sources.outlets:
        return f"{sources.outlets} outlets say so, all of them after {sources.agency}: one source."
    if sources.after:
        counted = "one" if sources.after == 1 else f"{sources.after}"
        return f"{sources.outlets} outlets say so, {counted} of them after {sources.agency}."
    alike = "one source" if sources.independent == 1 else f"{sources.independent} sources"
    return f"{sources.outlets} outlets say so, in much the same words: {alike}."


def nothing_found(question: str, nearest: Article | None = None) -> str:
    """That the articles don't answer, and what may be done where the question, or the language, is the reason."""
    words = re.findall(r"\w+", question.lower())
    if not words:
        return "There are no words in that. Ask a question, for example: what do I have?"
    if is_foreign(question):
        return f"{NOT_FOUND} {ASK_IN_ENGLISH}"
    elsewhere = nearest is not None and written_elsewhere(nearest) and not keys(question).isdisjoint(keys(nearest.text))
    return f"{NOT_FOUND} {ELSEWHERE}" if elsewhere else NOT_FOUND


def doubting(answer: Answer, question: str) -> Answer:
    """The answer to "are you sure?": the doubted one again, what it rests on, and what speaks against it."""
    if answer.status == "not_found" or not answer.quotes:
        return replace(answer, question=question, meant=answer.question, words=f"Asked again: {answer.words}")
    named = answer.short if answer.short not in VERDICTS else None  # "no" stands in any "not"
    held = [quote for quote in answer.quotes if named and named in quote.text] or answer.quotes[:1]
    words = f"Asked again: {answer.words} It rests on {_sources(held)}."
    sides = answer.disagreement.sides if answer.disagreement else ()
    against = [quote for side in sides for quote in side.quotes if quote not in held]
    if against:
        words += f" Against it: {_sources(against)}."
    elif held[0].stance != "stated":
        words += " No article says it in its own voice."
    elif not answer.alternatives:
        words += " No passage that was read says otherwise."
    return replace(answer, question=question, meant=answer.question, words=words)


def _sources(quotes: Sequence[Quote]) -> str:
    """Who published some quotes, and when; each article once."""
    articles = dict.fromkeys(quote.article for quote in quotes)
    return "; ".join(
        (a.outlet or a.title or a.id) + (f", {named(date.fromisoformat(a.published))}" if a.published else "")
        for a in articles
    )


def told(written: Written) -> str:
    """What a chat model had to do with an answer, and what was dropped of it, in sentences."""
    parts = [written.trouble] if written.trouble else []
    if written.sentences:
        parts.append(f"Written by {written.model}; each sentence rests on the quotes that it names.")
    if written.repaired:
        parts.append(f"{_counted(written.repaired)} put right from the nearest real sentence.")
    if written.dropped:
        parts.append(
            f"{_counted(written.dropped)} dropped: no quote bears {'them' if written.dropped > 1 else 'it'} out."
        )
    if written.kept:
        parts.append("It was kept from the same question before; no tokens were spent.")
    elif written.tokens:
        parts.append(f"{written.tokens[0]:,} tokens read, {written.tokens[1]:,} written.")
    else:
        parts.append("Its tokens were not counted.")
    return " ".join(parts)


def _counted(count: int) -> str:
    return f"{count} sentence{'s were' if count > 1 else ' was'}"


def _said(quote: Quote, short: str, cue: str | None) -> str:
    speaker = quote.speaker and quote.speaker[:1].upper() + quote.speaker[1:]
    if short == "not settled":
        return "The articles don’t settle it; this bears on it."
    if quote.stance == "denied":
        return f"{speaker or 'The article'} denies it: {_marked(quote.text)}"
    if quote.stance == "hedged":
        return f"The article doesn’t confirm it: {_marked(quote.text)}"
    if short in ("yes", "no"):
        return (
            f"{short.capitalize()}, by the account of {within(quote.speaker)}." if speaker else f"{short.capitalize()}."
        )
    # Who is asked for is no words of his own.
    if speaker and short.casefold() not in speaker.casefold() and speaker.casefold() not in short.casefold():
        passed_on = f", as {within(quote.via)} passes on" if quote.via else ""
        return f"{speaker} {_verb(cue)}{passed_on}: {_marked(short)}"
    return _marked(short)


def within(name: str) -> str:
    """A name as it stands within a sentence: "the council", though its own sentence began with it."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in ("The", "A", "An") else name


def _marked(words: str) -> str:
    """In quotation marks, unless the words are one whole quotation already."""
    whole = words[:1] in '“"' and words[-1:] in '”"' and len(words) > 1 and not any(m in words[1:-1] for m in '“”"')
    return words if whole else f"“{words}”"


def _verb(cue: str | None) -> str:
    """The last word of a cue, if it is a verb of saying in a finite form."""
    word = (cue or "said").split()[-1].lower()
    cues = FORMS.get(word, ())
    return word if any(c.frame in ("say", "tell") and c.forms & {"past", "s"} for c in cues) else "said"
