"""The gate for prose: what a chat model wrote, sentence by sentence, in the words of the articles or not at all.

A sentence passes where it is a sentence of the passages word for word; only its articles ("a" for "the"), its
punctuation and how its speaker is named may differ, and two such sentences may be joined by "and". What is shown are
the article's own characters: nothing that a model wrote reaches the page, only which sentences it chose. A sentence in
other words, however true, is replaced by the sentence that it is nearest to, in quotation marks; one that is near none
is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.answer import Quote, Sentence
from assistant.attribution import Attribution
from assistant.excerpts import voices_of
from assistant.marks import Draft
from assistant.phrasing import words_for
from assistant.values import content
from index.search import STOP_WORDS

LIKE = 0.5  # share of a sentence's words in a real one, or of that one's in it, from which it may take its place
FEWEST = 2  # words of substance that the two have in common
STEM = 5  # letters by which two forms of a word are one
LONGEST = 150  # words of a sentence
QUOTES = 2  # that take the place of one sentence at most

# A word, a number with what belongs to it, or a sign that changes a number.
_TOKEN = re.compile(r"[^\W_]+(?:[.,':/-][^\W_]+)*|[£€$¥°]|(?<![\w.])[-+](?=[\d£€$])")
_PLAIN = str.maketrans({"%": " percent ", "−": "-", "–": "-", "’": "'"})
_ARTICLES = frozenset(["a", "an", "the", "this"])
_FRAME = frozenset(["according", "to", "said", "says", "that"])  # by which somebody is told to say something
_JOINT = re.compile(r"\s*;\s+(?:(and|but)\s+)?|,?\s+(and|but)\s+", re.IGNORECASE)
_SPOKEN = re.compile(r"[“\"]([^“”\"]*?),?[”\"]")
_LEANING = frozenset("he she it they we i you his her its their that these those such then there so".split())
_NOT_FOUND = re.compile(
    r"\W*(?:not found|(?:(?:the|these) )?(?:articles|passages|texts?) (?:do(?:es)?(?: not|n['’]t)|did not)"
    r" (?:say|answer|mention|contain|provide|state)\b.*)\W*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence that may be shown, and whether it isn't what the model wrote, or not under the mark that it gave."""

    sentence: Sentence
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What sentences are held to: the sources that a model was given, by mark, and what the question is about."""

    sources: Mapping[str, Quote]
    topic: frozenset[str]  # stems of the words that the question, and the evidence for its answer, are about

    def passes(self, draft: Draft) -> Passed | None:
        """The sentence as it may be shown, or None."""
        if not 0 < len(draft.words.split()) <= LONGEST:
            return None
        marked = self._marked(draft)
        for quotes, repaired in ((marked, False), ([*self.sources.values()], True)):
            said = stated(draft.words, quotes)
            if said and self._relevant(said.sentence.quotes):
                return Passed(said.sentence, repaired or said.repaired)
        return self._verbatim(draft.words, marked)

    def _marked(self, draft: Draft) -> list[Quote]:
        """The sentences that a draft's marks stand for; a passage's number stands for all of the passage."""
        found = [q for m in draft.marks for key, q in self.sources.items() if m in (key, key.partition(".")[0])]
        return list(dict.fromkeys(found))

    def _verbatim(self, words: str, marked: Sequence[Quote]) -> Passed | None:
        """The real sentences that come nearest to what a model wrote, those that it marked before others."""
        own, near = _stems(words), []
        for quote in sorted(marked, key=lambda q: -_likeness(own, q))[:QUOTES]:
            new = _stems(quote.text) & own - frozenset().union(*(_stems(q.text) for q in near))
            near += [quote] if new and _likeness(own, quote) >= LIKE else []
        if not near and self.sources:
            nearest = max(self.sources.values(), key=lambda q: _share(own, _stems(q.text)))
            near = [nearest] if _share(own, _stems(nearest.text)) >= LIKE else []
        if not near or not self._relevant(near):
            return None
        told = sorted(near, key=[*self.sources.values()].index)
        if not all(_may_follow(second, first) for first, second in pairwise(told)):
            told = near[:1]
        return Passed(Sentence(" ".join(map(verbatim, told)), tuple(told)), True)

    def _relevant(self, quotes: Sequence[Quote]) -> bool:
        return any(_stems(q.text) & self.topic for q in quotes)


def gate(sources: Mapping[str, Quote], question: str, evidence: Sequence[Quote]) -> Gate:
    """The gate for one answer."""
    topic = _stems(question).union(*(_stems(q.text) for q in evidence))
    return Gate(sources, topic)


def refuses(draft: Draft) -> bool:
    """Does a model say that the passages don't answer?"""
    return _NOT_FOUND.fullmatch(draft.words) is not None


def stated(words: str, quotes: Sequence[Quote]) -> Passed | None:
    """A sentence in the words of one of the quotes, or of several that it joins; None where it has others."""
    own = _words(words)
    for quote in quotes:
        if said := _of_one(own, quote):
            return said
    for joint in _JOINT.finditer(words):
        before, after = words[: joint.start()], words[joint.end() :]
        first = next((said for q in quotes if (said := _of_one(_words(before), q))), None)
        second = stated(after, quotes) if first else None
        if second and _may_follow(second.sentence.quotes[0], first.sentence.quotes[-1]):
            return _joined(first, second, (joint[1] or joint[2] or "").lower(), after)
    return None


def verbatim(quote: Quote) -> str:
    """A quote's whole sentence: in quotation marks, which are a speaker's only where all of it is his own words."""
    text = _on_one_line(quote.text)
    if not re.search('[“”"]', text):
        return f"“{text}”"
    return words_for(quote, quote.text) if quote.speaker and _SPOKEN.fullmatch(text) else text


def _of_one(own: Sequence[str], quote: Quote) -> Passed | None:
    """A quote whose words a sentence has: all of them, or what somebody says in it, with who that is or without."""
    if own and own == _words(quote.text):
        return Passed(Sentence(_whole(quote), (quote,)))
    for said in _sayings(quote):
        body = _words(quote.article.text[slice(*said.content)].removeprefix("that "))
        rest = _without(body, own) if body and _tiled(quote, said) else None
        if rest is not None and (not rest or _names(rest, quote, said)):
            return Passed(Sentence(_whole(quote), (quote,)), repaired=not rest)
    return None


def _whole(quote: Quote) -> str:
    """A quote as a sentence of prose; who says it is named where the quote itself doesn't."""
    told = quote.speaker is None or any(_sayings(quote))
    return _ended(_on_one_line(quote.text)) if told else verbatim(quote)


def _sayings(quote: Quote) -> Iterator[Attribution]:
    """What somebody is told to say in a quote, where the quote holds who says so."""
    for said in voices_of(quote.article).said:
        spans = [said.content, said.source, said.cue]
        if all(span and quote.start <= span[0] and span[1] <= quote.end for span in spans):
            yield said


def _tiled(quote: Quote, said: Attribution) -> bool:
    """Does a quote tell that somebody says something, and nothing else?"""
    spans = sorted((said.content, said.source, said.cue))
    gaps = zip([quote.start, *(end for _, end in spans)], [*(start for start, _ in spans), quote.end], strict=True)
    words = quote.article.text
    return (
        said.stance == "attributed" and said.claim and all(a <= b and not _TOKEN.search(words, a, b) for a, b in gaps)
    )


def _without(body: Sequence[str], own: Sequence[str]) -> Sequence[str] | None:
    """What a sentence has before or after what is said; None where it doesn't begin or end with that."""
    if own[-len(body) :] == body:
        return own[: -len(body)]
    return own[len(body) :] if own[: len(body)] == body else None


def _names(rest: Sequence[str], quote: Quote, said: Attribution) -> bool:
    """Is the rest of a sentence the speaker of what it says, and nothing else?"""
    cue = quote.article.text[slice(*said.cue)].lower()
    named = tuple(word for word in rest if word not in _FRAME and word != cue)
    saying = set(rest) & {"said", "says", "according", cue}
    known = _words(said.speaker or ""), _words(quote.article.text[slice(*said.source)])
    return bool(saying and named) and any(
        named == names[i : i + len(named)] for names in known for i in range(len(names))
    )


def _joined(first: Passed, second: Passed, by: str, words: str) -> Passed:
    before, after = first.sentence.words.removesuffix("."), _in_sentence(second.sentence.words, words)
    joined = f"{before}, {by} {after}" if by else f"{before}; {after}"
    quotes = tuple(dict.fromkeys((*first.sentence.quotes, *second.sentence.quotes)))
    return Passed(Sentence(joined, quotes), first.repaired or second.repaired)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without articles, case and punctuation."""
    plain = re.sub(r"\bper cent\b", "percent", text.translate(_PLAIN).casefold())
    tokens = (re.sub(r"(?<=\d),(?=\d)", "", t) for t in _TOKEN.findall(plain))
    return tuple(t for t in tokens if t not in _ARTICLES)


def _may_follow(quote: Quote, before: Quote) -> bool:
    """May a quote stand after another: does it begin with no word that would mean somebody else there?"""
    between = quote.article.text[before.end : quote.start] if quote.article == before.article else "elsewhere"
    return not (set(_words(quote.text)[:1]) & _LEANING) or (before.end <= quote.start and not between.strip())


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _ended(words: str) -> str:
    return words if words.rstrip('”"’)')[-1:] in (".", "!", "?") else f"{words.rstrip(',;:')}."


def _in_sentence(words: str, seen: str) -> str:
    """A sentence as it goes on within another: its first word loses the capital that it hasn't where it was seen."""
    first = re.match(r"\w*", words)[0]
    little = first.casefold() in STOP_WORDS and first != "I" or re.search(rf"\b{first.lower()}\b", seen)
    return words[:1].lower() + words[1:] if little else words


def _likeness(own: frozenset[str], quote: Quote) -> float:
    real = _stems(quote.text)
    return max(_share(own, real), _share(real, own))


def _share(own: frozenset[str], real: frozenset[str]) -> float:
    return len(own & real) / len(own) if len(own & real) >= FEWEST else 0.0


@lru_cache(maxsize=4096)
def _stems(words: str) -> frozenset[str]:
    """The words of substance, each by its first letters."""
    return frozenset(w[:STEM] for w in content(words) if w not in STOP_WORDS)
