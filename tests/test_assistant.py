"""The whole assistant over the sample articles: what it makes of the conversation before a question."""

from __future__ import annotations

from assistant.answer import Turn


def test_the_second_article_is_the_second_of_those_quoted(assistant):
    """Articles are counted in the order of the last answer's quotes, where it quoted any."""
    shown = Turn("Who closed the bridge?", "divers", ("bridge-evening-beacon", "rovers-takeover"))
    answer = assistant.answer("Who is the manager in the second article?", history=[shown])
    assert len(answer.limits) == 1 and "of those shown" in answer.limits[0]
    assert {quote.article.id for quote in answer.quotes + answer.looked_at} == {"rovers-takeover"}
