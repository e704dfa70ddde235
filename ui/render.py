"""Values to HTML and Markdown. Pure: each function gives a string in which nothing of an article is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from assistant.answer import Answer, Disagreement, Found, Quote
from assistant.phrasing import told
from index.articles import Article
from index.scope import EVERYTHING, Scope

# Invisible and without meaning where an article is read: soft hyphen, zero width space and joiners, byte order mark,
# supplementary variation selectors. (ZWJ, ZWNJ and the two direction marks carry meaning in some scripts and stay.)
_DROPPED = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\U000e0100-\U000e01ef]")
# Invisible and able to mislead: controls, bidi embeddings, overrides and isolates, tags, halves of a surrogate pair.
_UNMASKED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKUP = re.compile(r"[^\w ]|_")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|!])")

HEADINGS = {
    "correction": "Corrected",
    "later": "Reported differently on another day",
    "conflict": "The sources disagree",
}
READINGS = {
    "alone": ("Understood by itself.", "Ask it after the previous question"),
    "after": ("Understood after the previous question.", "Ask it alone"),
}


def escape(text: str) -> str:
    """Text as HTML that shows it and does nothing else.

    All but letters, digits and spaces become character references, so that it is no markup in HTML, in an attribute,
    in Markdown (the chat component reads answers as Markdown first) or in a JavaScript template string.
    """
    shown = []
    for part in re.split(f"({_UNMASKED.pattern})", _DROPPED.sub("", text)):
        if _UNMASKED.fullmatch(part):
            shown.append(f'<span class="unmasked">U&#43;{ord(part):04X}</span>')
        else:
            shown.append(_MARKUP.sub(lambda m: f"&#{ord(m[0])};", part))
    return "".join(shown)


def isolated(text: str) -> str:
    """Escaped text whose writing direction can't turn round what stands beside it."""
    return f"<bdi>{escape(text)}</bdi>"


def day(iso: str | None) -> str:
    """A day as people write it, e.g. "3 March 2026"; what is no ISO date is given as it is."""
    if iso is None:
        return "no date"
    try:
        then = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{then.day} {then:%B %Y}"


def link(url: str | None) -> str:
    """A link out, named by its host; empty for all but http and https, whatever else a field holds."""
    if url is None or _UNMASKED.search(url) or re.search(r"\s", url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return (
        f'<a class="out" href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">'
        f'{escape(host)}<span class="sr"> (opens the source in a new tab)</span></a>'
    )


def cited(answer: Answer) -> tuple[Quote, ...]:
    """The quotes of an answer in the order of their numbers, also those that only one side of a disagreement holds."""
    quotes = list(answer.quotes)
    if answer.disagreement:
        quotes += [q for side in answer.disagreement.sides for q in side.quotes if q not in quotes]
    quotes += answer.left_open
    return tuple(dict.fromkeys(quotes))


def reachable(answer: Answer) -> tuple[Quote, ...]:
    """All that can be opened from an answer's card: what it quotes, then what was looked at."""
    return cited(answer) + answer.looked_at


def question(text: str) -> str:
    return f'<p class="asked" dir="auto">{escape(text)}</p>'


def notice(text: str) -> str:
    """A sentence of the program's own, e.g. an error with its way out."""
    return f'<p class="notice" role="status" dir="auto">{escape(text)}</p>'


def searching() -> str:
    return '<p class="searching">Searching the articles …</p>'


def found(event: Found) -> str:
    """The line that stands while the passages are read."""
    outlets = list(dict.fromkeys(q.article.outlet for q in event.looked_at if q.article.outlet))
    names = ", ".join(isolated(name) for name in outlets[:4]) + (" and others" if len(outlets) > 4 else "")
    where = f" from {names}" if names else ""
    return f'<p class="searching">Reading {_count(len(event.looked_at), "passage")}{where} …</p>'


def card(answer: Answer, turn: int, scope: Scope = EVERYTHING) -> str:
    """One answer: words, quotes, disagreement, and what was looked at. `turn` counts the questions from 0."""
    numbers = {quote: n for n, quote in enumerate(cited(answer))}
    in_sides = {q for side in answer.disagreement.sides for q in side.quotes} if answer.disagreement else set()
    parts = [_limits(answer, turn), _meant(answer), f'<p class="words" dir="auto">{_words(answer, turn)}</p>']
    if answer.written:
        parts.append(f'<p class="written">{escape(told(answer.written))}</p>')
    if answer.choices:
        if answer.status == "answered":
            parts.append('<p class="hint">To ask about one of these alone:</p>')
        parts.append(_choices(answer, turn))
    elif answer.alternatives and answer.disagreement is None:  # else they stand side by side below
        parts.append(f'<p class="alternatives">Also given: {"; ".join(isolated(a) for a in answer.alternatives)}</p>')
    if answer.disagreement:
        parts.append(_sides(answer.disagreement, turn, numbers))
    rest = [q for q in numbers if q not in in_sides and q not in answer.left_open]
    if rest:
        parts.append(_quotes(rest, turn, numbers))
    if answer.left_open:
        parts.append(f'<section class="open"><h3>Left open</h3>{_quotes(answer.left_open, turn, numbers)}</section>')
    if answer.newest:
        parts.append(f'<p class="newest">Newest article on this: {_source(answer.newest)}</p>')
    if answer.status == "not_found" and answer.looked_at:
        parts.append('<p class="hint">The nearest passages are below. They are no answer.</p>')
    if answer.looked_at and answer.looked_at != answer.quotes:
        parts.append(_looked_at(answer.looked_at, turn, len(numbers)))
    parts += [_reading(answer, turn), _foot(answer, scope)]
    kind = "asked-back" if _asks_back(answer) else answer.status.replace("_", "-")
    return f'<article class="answer {kind}">{"".join(parts)}</article>'


def _meant(answer: Answer) -> str:
    """The question that is answered, where what was typed is a limit, a choice or a doubt."""
    other = answer.meant and answer.meant != answer.question
    return f'<p class="hint">To “{isolated(answer.meant)}”</p>' if answer.meant and other else ""


def _asks_back(answer: Answer) -> bool:
    return answer.status == "not_found" and bool(answer.choices)


def article(
    article: Article, here: tuple[int, int] | None, others: Sequence[tuple[int, int]] = (), key: str = ""
) -> str:
    """An article with one stretch of it marked, and more lightly the others that the same answer quotes.

    Stretches are code points of `article.text`, [start, end). `key` names the link that opens it.
    """
    by = f'<span class="author" dir="auto">{escape(article.author)}</span>' if article.author else ""
    updated = f"<span>updated {escape(day(article.updated))}</span>" if article.updated else ""
    facts = (
        isolated(outlet(article)),
        by,
        f"<span>{escape(day(article.published))}</span>",
        updated,
        link(article.url),
    )
    language = f' lang="{escape(article.language)}"' if article.language else ""
    missing = "" if here else '<p class="notice">The quote does not stand here word for word.</p>'
    return (
        f'<section class="paper" aria-label="Article" tabindex="-1" data-key="{escape(key)}">'
        '<button type="button" class="close" aria-label="Close the article">&#215;</button>'
        f'<h2 dir="auto"{language}>{escape(headline(article))}</h2>'
        f'<p class="facts">{" · ".join(fact for fact in facts if fact)}</p>{missing}'
        f'<div class="body"{language}>{"".join(_paragraphs(article.text, here, others))}</div></section>'
    )


def no_article() -> str:
    return (
        '<section class="paper empty" aria-label="Article" tabindex="-1">'
        "<p>Click a quote to read it in its article.</p></section>"
    )


def header(articles: int, outlets: int, first: str | None, last: str | None) -> str:
    """The name of the program and what the library holds."""
    held = [_count(articles, "article"), _count(outlets, "outlet"), escape(_days(first, last))]
    return (
        f'<header class="masthead"><h1>On Record</h1><p class="held">{" · ".join(filter(None, held))}</p>'
        '<p class="motto">Answers in the words of the articles</p></header>'
    )


def markdown(answer: Answer) -> str:
    """An answer as Markdown to keep: the question, the words, each quote with its source."""
    lines = [f"**{_plain(answer.question)}**", "", _plain(answer.words)]
    if answer.disagreement:
        lines += ["", f"{HEADINGS[answer.disagreement.kind]}:", ""]
        for side in answer.disagreement.sides:
            for quote in side.quotes:
                given = [side.answer, *voices(quote), outlet(quote.article), day(quote.article.published)]
                lines.append(f"- {_plain(' · '.join(given))}")
    for n, quote in enumerate(cited(answer), 1):
        if quote in answer.left_open and quote not in answer.quotes and "Left open:" not in lines:
            lines += ["", "Left open:"]
        source = [outlet(quote.article), day(quote.article.published), headline(quote.article), *voices(quote)]
        url = quote.article.url
        address = f" <{url.replace('<', '%3C').replace('>', '%3E')}>" if url and link(url) else ""
        lines += ["", f"> “{_plain(quote.text)}”", ">", f"> \\[{n}\\] {_plain(' · '.join(source))}{address}"]
        if quote.also_in:
            lines.append(f"> · also in {_plain(', '.join(outlet(copy) for copy in quote.also_in))}")
    if answer.newest:
        newest = [outlet(answer.newest), day(answer.newest.published), headline(answer.newest)]
        lines += ["", f"Newest article on this: {_plain(' · '.join(newest))}"]
    return "\n".join(lines) + "\n"


def outlet(article: Article) -> str:
    return article.outlet or "outlet not given"


def headline(article: Article) -> str:
    return article.title or "no headline"


def voices(quote: Quote) -> list[str]:
    """Who says a quote and how surely, each a few words; the stance comes first."""
    speaker = re.sub(r"^(The|An?)\b", lambda m: m[0].lower(), quote.speaker) if quote.speaker else None
    if speaker and quote.via:
        speaker += f", as {quote.via} passes on"
    if quote.stance == "denied":
        return [f"denied by {speaker}" if speaker else "denied"]
    says = [f"attributed to {speaker}"] if speaker else []
    if quote.stance == "hedged":
        return [f"hedged: {quote.hedge}" if quote.hedge else "hedged", *says]
    if quote.stance == "attributed":
        return says or ["attributed, no name given"]
    return says or ["in the outlet’s own voice"]


def confidence(answer: Answer) -> str:
    """How surely the articles answer the question, in a word and as a number."""
    if answer.status == "not_found":
        return f"Chance that the articles answer this: {answer.confidence:.0%}"
    level = "high" if answer.confidence >= 0.8 else "fair" if answer.confidence >= 0.5 else "low"
    return f"Confidence: {level} ({answer.confidence:.0%})"


def _limits(answer: Answer, turn: int) -> str:
    """What the question's own words limit it to, each with a button that takes the limit away and asks again."""
    if not answer.limits:
        return ""
    chips = "".join(
        f'<li><button type="button" class="again limit" value="lift-{turn}-{n}" title="Ask without this limit">'
        f'{isolated(limit.meaning)}<span class="sr">: ask without this limit</span>'
        '<span class="cross" aria-hidden="true">&#215;</span></button></li>'
        for n, limit in enumerate(answer.limits)
    )
    return f'<ul class="limits" aria-label="Limited to">{chips}</ul>'


def _choices(answer: Answer, turn: int) -> str:
    """What the question may mean, as buttons."""
    buttons = "".join(
        f'<li><button type="button" class="again choice" value="choose-{turn}-{n}">'
        f"{isolated(choice.words)}</button></li>"
        for n, choice in enumerate(answer.choices)
    )
    return f'<ul class="choices" aria-label="Choices">{buttons}</ul>'


def _reading(answer: Answer, turn: int) -> str:
    """How a question after others was understood, with a button that asks it the other way."""
    if answer.reading is None:
        return ""
    told, other = READINGS[answer.reading]
    return (
        f'<p class="reading"><span>{told}</span> '
        f'<button type="button" class="again reread" value="reread-{turn}">{other}</button></p>'
    )


def _words(answer: Answer, turn: int) -> str:
    """The sentence above the quotes, with the short answer in bold and each mark, "[1]", a link to its quote.

    What stands in quotation marks is an article's, and no mark of ours.
    """
    parts = []
    for part in re.split(r"(“[^”]*”)", answer.words):
        for piece in [part] if part.startswith("“") else re.split(r"(\[\d{1,3}\])", part):
            number = int(piece[1:-1]) if re.fullmatch(r"\[\d{1,3}\]", piece) else 0
            parts.append(_mark(turn, number) if 0 < number <= len(answer.quotes) else _bold(piece, answer.short))
    return "".join(parts)


def _mark(turn: int, number: int) -> str:
    """A mark in what is said, as a link that opens the quote that it names."""
    return (
        f'<a class="open mark" href="#quote-{turn}-{number - 1}" title="Show quote {number} in its article">'
        f"&#91;{number}&#93;</a>"
    )


def _bold(words: str, short: str | None) -> str:
    """Words as HTML with the short answer in bold, where they hold it."""
    at = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", words, re.IGNORECASE) if short else None
    if at is None:
        return escape(words)
    return f"{escape(words[: at.start()])}<strong>{escape(at[0])}</strong>{escape(words[at.end() :])}"


def _sides(disagreement: Disagreement, turn: int, numbers: dict[Quote, int]) -> str:
    sides = []
    for side in disagreement.sides:
        when = " / ".join(dict.fromkeys(day(q.article.published) for q in side.quotes))
        sides.append(
            f'<section class="side"><p class="when">{escape(when)}</p>'
            f'<p class="holds" dir="auto">{escape(side.answer)}</p>{_quotes(side.quotes, turn, numbers)}</section>'
        )
    return (
        f'<section class="sides {disagreement.kind}"><h3>{HEADINGS[disagreement.kind]}</h3>'
        f'<div class="columns">{"".join(sides)}</div></section>'
    )


def _quotes(quotes: Sequence[Quote], turn: int, numbers: dict[Quote, int]) -> str:
    return f'<ol class="quotes">{"".join(_quote(q, turn, numbers[q]) for q in quotes)}</ol>'


def _quote(quote: Quote, turn: int, number: int) -> str:
    chips = "".join(f'<span class="chip">{isolated(words)}</span>' for words in voices(quote))
    return (
        f'<li class="quote {quote.stance}">'
        f'<blockquote dir="auto">{_opener(f"{turn}-{number}", quote.text)}</blockquote>'
        f'<p class="source"><span class="number">&#91;{number + 1}&#93;</span> {_source(quote.article)}</p>'
        f'<p class="voice">{chips}</p>'
        f"{_copies(quote, turn, number)}</li>"
    )


def _opener(key: str, text: str) -> str:
    """A quotation that opens its article: the page turns a click on it into the event that `app` answers."""
    marked = ' class="marked"' if text[:1] in '“"„«' else ""  # the article's own marks do
    return f'<a class="open" href="#quote-{key}" title="Show it in its article"><q{marked}>{escape(text)}</q></a>'


def _source(article: Article) -> str:
    facts = (f"<b>{isolated(outlet(article))}</b>", escape(day(article.published)), isolated(headline(article)))
    return "&#160;· ".join(facts)  # no line begins with the dot


def _copies(quote: Quote, turn: int, number: int) -> str:
    if not quote.also_in:
        return ""
    copies = "".join(
        f'<li><a class="open" href="#quote-{turn}-{number}-{n}">{_source(copy)}</a></li>'
        for n, copy in enumerate(quote.also_in)
    )
    also = f"Also in {_count(len(quote.also_in), 'copy', 'copies')} of this story, counted as one source"
    return f'<details class="copies"><summary>{also}</summary><ul>{copies}</ul></details>'


def _looked_at(passages: Sequence[Quote], turn: int, first: int) -> str:
    rows = "".join(
        f'<li><p class="passage" dir="auto">{_opener(f"{turn}-{n}", passage.text)}</p>'
        f'<p class="source">{_source(passage.article)}</p></li>'
        for n, passage in enumerate(passages, first)
    )
    summary = f"What I looked at ({_count(len(passages), 'passage')})"
    return f'<details class="looked-at"><summary>{summary}</summary><ul>{rows}</ul></details>'


def _foot(answer: Answer, scope: Scope) -> str:
    limits = []
    if scope.outlets is not None:
        limits.append("only " + ", ".join(isolated(name) for name in sorted(scope.outlets)))
    if scope.since or scope.until:
        since, until = (escape(day(d)) if d else "" for d in (scope.since, scope.until))
        limits.append(f"from {since} to {until}" if since and until else f"from {since}" if since else f"until {until}")
    counted = answer.confidence in (0.0, 1.0)  # nothing was read: quotes by a rule, or facts of the library
    measured = not counted and (answer.quotes or (answer.status == "not_found" and not _asks_back(answer)))
    facts = ([escape(confidence(answer))] if measured else []) + limits
    return (
        f'<footer class="foot"><span>{" · ".join(facts)}</span>'
        '<button type="button" class="copy">Copy answer</button></footer>'
        f'<span class="as-markdown">{escape(markdown(answer))}</span>'
    )


def _paragraphs(text: str, here: tuple[int, int] | None, others: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Blank lines part paragraphs where there are any, otherwise each line is one."""
    pattern = r"\n[^\S\n]*\n\s*" if re.search(r"\n[^\S\n]*\n", text.strip()) else r"\n\s*"
    start = 0
    for gap in [*re.finditer(pattern, text), None]:
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            yield f'<p dir="auto">{_marked(text, start, end, here, others)}</p>'
        start = gap.end() if gap else end


def _marked(text: str, start: int, end: int, here: tuple[int, int] | None, others: Sequence[tuple[int, int]]) -> str:
    """text[start:end] with its marks; marks may overlap, and `here` lies over the others."""
    marks = [*others, here] if here else list(others)
    cuts = sorted({start, end, *(at for mark in marks for at in mark if start < at < end)})
    parts = []
    for a, b in zip(cuts, cuts[1:], strict=False):
        stretch = escape(text[a:b])
        if here and here[0] <= a < here[1]:
            stretch = f'<mark class="here">{stretch}</mark>'
        elif any(mark[0] <= a < mark[1] for mark in others):
            stretch = f'<mark class="other">{stretch}</mark>'
        parts.append(stretch)
    return "".join(parts)


def _plain(text: str) -> str:
    """Text for Markdown, on one line, in which nothing is markup."""
    text = _UNMASKED.sub(lambda m: f"U+{ord(m[0]):04X}", _DROPPED.sub("", text))
    return _MARKDOWN.sub(r"\\\1", re.sub(r"\s+", " ", text).strip())


def _days(first: str | None, last: str | None) -> str:
    """A stretch of days, without saying the same month or year twice."""
    if not first or not last or first == last:
        return day(first or last) if first or last else ""
    begins, ends = day(first), day(last)
    for shared in (f" {ends.partition(' ')[2]}", f" {ends.rpartition(' ')[2]}"):  # month and year, or the year
        if begins.endswith(shared):
            return f"{begins.removesuffix(shared)} – {ends}"
    return f"{begins} – {ends}"


def _count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
