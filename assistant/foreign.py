"""Questions in another language than English, which the reader reads best: what it finds, with that said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Quote
from assistant.excerpts import quote, whole
from index.articles import Article
from index.search import STOP_WORDS

ENGLISH = "en"
SHORTEST = 4  # letters of a word by which a sentence is known to be about the question
STEM = 5  # letters by which words are compared
# Small words of German, French, Spanish, Italian, Portuguese, Dutch and Polish. Two show that English isn't spoken.
SMALL = frozenset(
    """der die das den dem ein eine ist sind wer wie wann wo warum wieviel viele und nicht im beim nach kam hat wurde le
    la les des du est sont qui que quand où combien pourquoi une el los las es son quién qué cuándo dónde cuántos cómo
    il lo gli che chi quando dove perché quanto os quem onde por het een wat wanneer waar hoeveel waarom kto
    kiedy gdzie jest ile sagte sagt""".split()
)
BEGINS = frozenset("did does how what when where which who whom whose why".split())  # no other language's words
TRIED = "English is what I read best, so this is a try: the sentence that is nearest to your words."
ASK_IN_ENGLISH = "English is what I read best: ask in English, or in the words of an article."
ELSEWHERE = "The nearest article isn’t in English, which is what I read best; its sentences are below."


def is_foreign(question: str) -> bool:
    """Has a question two small words of another language, and more of these than English ones? "Die" is English too.

    One that begins as only English does is English. Inside a question a capital is a name's: "Les Paul", "La Paz".
    """
    said = re.findall(r"\w+", question.lower() if question.isupper() else question)
    if not said or said[0].lower() in BEGINS:
        return False
    words = {said[0].lower(), *(word for word in said[1:] if word.islower())}
    return len(SMALL & words) > max(1, len((STOP_WORDS - SMALL) & words))


def written_elsewhere(article: Article) -> bool:
    """Is an article said to be in another language than English?"""
    return bool(article.language) and not (article.language or "").lower().startswith(ENGLISH)


def nearest(question: str, found: Iterable[tuple[Article, int, int]]) -> Quote | None:
    """The first of some stretches' sentences that has most of the question's words of substance; None where none has.

    Stretches are code points of their article's text.
    """
    asked = {w[:STEM] for w in re.findall(r"\w+", question.lower()) if len(w) >= SHORTEST and w not in SMALL}
    best, most = None, 0
    for article, start, end in found:
        place = whole(article, start, end)
        shared = len(asked & {w[:STEM] for w in re.findall(r"\w+", article.text[slice(*place)].lower())})
        if shared > most:
            best, most = (article, *place), shared
    return quote(*best) if best else None
