"""What the commands print: as text for people, as plain values for JSON. Values in, words out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.phrasing import told, within

if TYPE_CHECKING:
    from assistant.answer import Answer, Quote, Side, Written
    from assistant.quotes import Verdict
    from index.articles import Article
    from index.search import Hit
    from index.sync import SyncReport

RECORD = ("id", "title", "outlet", "author", "published", "date_source", "updated", "url", "language", "section")
NAMED = 5  # articles removed by hand that a report names
SIDES = {"correction": "Corrected:", "later": "Said at different times:", "conflict": "The sources disagree:"}
VERDICTS = {"exact": "Exact.", "altered": "Altered: these are not its words."}


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# Articles


def source(article: Article) -> str:
    """Headline, outlet and day as one line; what the article doesn't give is left out."""
    return " · ".join(part for part in (article.outlet, article.published, article.title or article.id) if part)


def dated(article: Article) -> str:
    """Where its day comes from, as a line, where that isn't the article's own record."""
    from index.articles import DATE_SOURCES

    given = article.date_source
    return f"Its day is {DATE_SOURCES[given]}.\n" if given and given != "record" else ""


def record(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in RECORD}


# What sync did, and what search found


def report(report: SyncReport, dry_run: bool) -> str:
    """The numbers of a sync in one line."""
    return (
        f"{'Would be' if dry_run else 'Done'}: {report.new} new, {report.edited} edited, {report.moved} moved,"
        f" {report.removed} removed, {report.unchanged} unchanged." + _away(report.dismissed)
    )


def _away(dismissed: Sequence[str]) -> str:
    if not dismissed:
        return ""
    more = f" and {len(dismissed) - NAMED} more" if len(dismissed) > NAMED else ""
    names = f"{', '.join(dismissed[:NAMED])}{more}"
    return f" Left out, as removed by hand: {names}. To let one in again: onrecord articles restore ID"


def hit(hit: Hit, article: Article) -> str:
    """A passage: its score, source and place, then its words on one line."""
    p = hit.passage
    place = f"[{p.article_id} {p.start}:{p.end}]"
    return f"{hit.score:.2f}  {source(article)}  {place}\n      {' '.join(p.text.split())}"


def hit_record(hit: Hit, article: Article) -> dict[str, Any]:
    p = hit.passage
    place = {"article": p.article_id, "start": p.start, "end": p.end, "score": hit.score, "text": p.text}
    return place | record(article)


# Answers


def answer(answer: Answer) -> str:
    """The words, then each quote with its source, then what is said otherwise or what was looked at."""
    lines = ["Understood after the previous question."] if answer.reading == "after" else []
    lines += [f"Limited to: {'; '.join(limit.meaning for limit in answer.limits)}."] if answer.limits else []
    lines.append(answer.words)
    lines += [f"  {number}. {choice.words}" for number, choice in enumerate(answer.choices, 1)]
    for number, quote in enumerate(answer.quotes, 1):
        lines += ["", f"[{number}] “{quote.text}”", f"    {_voice(quote)}{source(quote.article)}"]
        lines += [f"    also in: {source(copy)}" for copy in quote.also_in]
    if answer.disagreement:
        lines += ["", SIDES[answer.disagreement.kind]]
        lines += [
            f"  {side.answer}: {_voice(quote)}{source(quote.article)}"
            for side in answer.disagreement.sides
            for quote in side.quotes
        ]
    if answer.left_open:
        lines += ["", "Left open:"]
        lines += [f"  “{quote.text}”\n    {_voice(quote)}{source(quote.article)}" for quote in answer.left_open]
    if answer.newest:
        lines += ["", f"Newest article on this: {source(answer.newest)}"]
    if answer.status == "not_found" and answer.looked_at:
        lines += ["", "Nearest passages looked at:"]
        lines += [f"  {source(quote.article)}" for quote in answer.looked_at[:3]]
    if answer.written:
        lines += ["", told(answer.written)]
    return "\n".join(lines)


def answer_record(answer: Answer, seconds: float) -> dict[str, Any]:
    """The prediction record; its quotes carry their sources as well."""
    from assistant.evaluation.predictions import prediction

    made = prediction(answer, id="", seconds=seconds)
    for quote, said in zip(made["quotes"], answer.quotes, strict=True):
        quote |= {name: value for name, value in record(said.article).items() if name != "id"}
        quote["version"] = said.article.digest
        quote |= {"hedge": said.hedge, "via": said.via, "also_in": [record(copy) for copy in said.also_in]}
    if answer.disagreement:
        sides = [_side_record(side) for side in answer.disagreement.sides]
        made["sides"] = {"kind": answer.disagreement.kind, "sides": sides}
    made["words"] = answer.words
    made["left_open"] = [_quote_record(quote) for quote in answer.left_open]
    made["unsaid"] = list(answer.unsaid)
    made["newest"] = record(answer.newest) if answer.newest else None
    if answer.written:
        made["written"] = _written_record(answer.written)
    return made


def _side_record(side: Side) -> dict[str, Any]:
    return {"answer": side.answer, "quotes": [_quote_record(quote) for quote in side.quotes]}


def _quote_record(quote: Quote) -> dict[str, Any]:
    """A quote that stands beside the answer's own: where, in what voice, which outlet, which day."""
    place = {"article": quote.article.id, "start": quote.start, "end": quote.end, "text": quote.text}
    voice = {"speaker": quote.speaker, "stance": quote.stance, "hedge": quote.hedge, "via": quote.via}
    return place | voice | {"outlet": quote.article.outlet, "published": quote.article.published}


def _written_record(written: Written) -> dict[str, Any]:
    names = ("model", "dropped", "repaired", "tokens", "trouble")
    return {name: getattr(written, name) for name in names} | {"sentences": [s.words for s in written.sentences]}


def _voice(quote: Quote) -> str:
    said = {"attributed": "says {}", "hedged": "hedged, {}", "denied": "denied by {}"}
    if quote.speaker is None:
        return f"({quote.stance}) " if quote.stance != "stated" else ""
    via = f", as {within(quote.via)} passes on" if quote.via else ""
    return f"({said.get(quote.stance, '{}').format(within(quote.speaker))}{via}) "


# What the gate says of a quotation


def verdict(verdict: Verdict) -> str:
    """Exact or not, in what it differs, and where it stands."""
    lines = [VERDICTS.get(verdict.kind, f"{verdict.kind.capitalize()}.")]
    lines += [f"  {verdict.reason}"] if verdict.reason else []
    lines += [
        f"  “{d.given}” is “{d.real}” in the article" if d.given else f"  “{d.real}” is left out"
        for d in verdict.differences
    ]
    for quote in verdict.quotes:
        link = f"  {quote.article.url}" if quote.article.url else ""
        lines.append(f"“{quote.text}”\n  {_voice(quote)}{source(quote.article)}{link}")
    around = dict.fromkeys(s for quote in verdict.quotes if (s := context(quote)) != quote.text)
    lines += [f"  in its sentence: “{sentence}”" for sentence in around]
    lines += [f"  also in: {source(copy)}" for copy in verdict.also_in]
    return "\n".join(lines)


def context(quote: Quote) -> str:
    """The whole of the sentences that a quote is taken from."""
    from assistant.excerpts import whole

    return quote.article.text[slice(*whole(quote.article, quote.start, quote.end))]


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind,
        "quotes": [
            _quote_record(quote) | {"sentence": context(quote)} | record(quote.article) for quote in verdict.quotes
        ],
        "also_in": [article.id for article in verdict.also_in],
        "differences": [[d.given, d.real] for d in verdict.differences],
        "reason": verdict.reason,
    }
