"""Which story a conversation is on: a question that leans on the turns before it is about that one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Turn
from assistant.conversation import said, stands_alone
from assistant.kinds import recognise
from assistant.stories import same_story
from index.library import Library
from index.search import Hit

COMMON = 12  # articles that a list or a summary quotes, of which "it" may be any


def story(history: Sequence[Turn], library: Library, search: Callable[[str], list[Hit]]) -> frozenset[str]:
    """The ids of the articles on the story that was spoken of last; none where nothing was, or that can't be told.

    An answer to a question of fact is about the story that it quotes first; what it quotes of others is beside it. A
    question that says all itself and found nothing has left the story before.
    """
    for turn in reversed(said(history)):
        first = library.article(turn.articles[0]) if turn.articles else None
        if first is not None:
            cited = (library.article(id) for id in turn.articles)
            listed = recognise(turn.question) is not None
            own = {a.id for a in cited if a is not None and (listed or same_story(first, a))}
            found = {hit.passage.article_id for hit in search(f"{turn.question} {turn.answer}")}
            told = (library.article(id) for id in found)
            return frozenset(sorted(own)[:COMMON]) | {a.id for a in told if a is not None and same_story(first, a)}
        if stands_alone(turn.question, one_article=False):
            break
    return frozenset()
