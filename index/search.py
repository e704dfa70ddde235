"""Search: the passages that a question's words and its meaning find, joined into one order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from index.passages import Passage

CANDIDATES = 300  # passages that each of the two searches hands on
# Fitted on one half of the news questions and checked on the other: EVALUATION.md.
MEANING, TITLE_WEIGHT = 0.6, 1.0
FRESHNESS, DAYS, AFTERWARDS = 0.35, 10, 3
MOST_WORDS = 64  # of a question; what follows adds time and no precision

# Words that stand in every article. As FTS5 sees them: folded, unstemmed.
STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be been but by can could did do does for from had has have he
    her his how i if in into is it its me more most my no not of on or our out over s she should so some t than
    that the their them then there these they this those to up us was we were what when where which who whom
    whose why will with would you your
    """.split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question."""

    passage: Passage
    score: float  # higher is better
    meaning: float  # cosine of question and passage
    words: float  # BM25, scaled by the best passage's
    copies: tuple[str, ...] = ()  # later articles whose passages say no more than this one, word for word


# Chinese and Japanese put no spaces between words, and FTS5 would take a whole clause for one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def spaced(text: str) -> str:
    """A text as the word index takes it: each character of a script without spaces as a word."""
    return _UNSPACED.sub(r" \g<0> ", text) if _UNSPACED.search(text) else text


def _terms(word: str) -> list[str]:
    """What stands for a word in a query: itself, or each two neighbouring characters of a script without spaces."""
    parts = spaced(word).split()
    return [" ".join(pair) for pair in pairwise(parts)] or parts


def words_query(question: str) -> str:
    """A question as an FTS5 query: any of its words, each quoted, so that nothing in it is syntax."""
    terms = [term for word in re.findall(r"\w+", question.lower()) for term in _terms(word)]
    chosen = [t for t in terms if t not in STOP_WORDS] or terms
    return " OR ".join(f'"{t}"' for t in dict.fromkeys(chosen[:MOST_WORDS]))


def runs(words: str, most: int = 6) -> list[str]:
    """Runs of successive words of a quotation, spread over its length, each as an FTS5 phrase.

    A changed word spoils the runs that it stands in and no others, so that an altered quotation is
    still found by the rest; the shorter the quotation, the shorter its runs. Of neighbouring runs the one with
    the most letters in words of substance is taken: such words are rare, and FTS5 reads every place of a common one.
    """
    terms = re.findall(r"\w+", spaced(words.lower()))
    length = 4 if len(terms) >= 15 else 3 if len(terms) >= 6 else len(terms)
    found = [terms[i : i + length] for i in range(len(terms) - length + 1)] if terms else []
    step = max(1, -(-len(found) // most))
    rarest = (max(found[i : i + step], key=_letters) for i in range(0, len(found), step))
    return [f'"{" ".join(run)}"' for run in rarest]


def _letters(run: Iterable[str]) -> int:
    return sum(len(term) for term in run if term not in STOP_WORDS)


def fuse(
    meaning: dict[int, float], words: Iterable[tuple[int, float]], added: dict[int, float]
) -> list[tuple[int, float, float, float]]:
    """Join cosines and BM25 scores of passages into (number, score, cosine, scaled BM25), best first.

    Both are scaled by the best passage's, so that neither depends on the question's length
    (a convex combination: Bruch et al. 2023). Every passage has a cosine; one that the words
    don't find has BM25 0. `added` is added to a passage's score.
    """
    bm25 = dict(words)
    most = max(bm25.values(), default=1.0) or 1.0
    nearest = max(meaning.values(), default=1.0)
    rows = []
    for number, cosine in meaning.items():
        scaled = bm25.get(number, 0.0) / most
        score = MEANING * cosine / max(nearest, 1e-6) + (1 - MEANING) * scaled + added.get(number, 0.0)
        rows.append((number, score, cosine, scaled))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def spread(hits: Sequence[Hit], count: int, articles: int) -> list[Hit]:
    """The first `count`, and below them the best of each further article, until there are `articles` of these."""
    taken = list(hits[:count])
    named = {hit.passage.article_id for hit in taken}
    for hit in hits[count:]:
        if len(named) >= articles:
            break
        if hit.passage.article_id not in named:
            named.add(hit.passage.article_id)
            taken.append(hit)
    return taken


def freshness(published: str | None, as_of: str) -> float:
    """What an article's day adds to its score: most on the day of the question, half of that ten days before it.

    A hint, never a filter: an older article loses no more than the whole addition, and so does one
    without a day. Days after the question count three times, since it was hardly asked about them.
    """
    if published is None:
        return 0.0
    days = (date.fromisoformat(as_of) - date.fromisoformat(published)).days
    return FRESHNESS * DAYS / (DAYS + (days if days >= 0 else -days * AFTERWARDS))
