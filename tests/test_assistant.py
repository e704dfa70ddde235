"""The whole assistant over the sample articles: what it makes of the conversation before a question."""

from __future__ import annotations

from assistant.answer import Turn


def test_the_second_article_is_the_second_of_those_quoted(assistant):
    """Articles are counted in the order of the last answer's quotes, where it quoted any."""
    shown = Turn("Who closed the bridge?", "divers", ("bridge-evening-beacon", "rovers-takeover"))
    answer = assistant.answer("Who is the manager in the second article?", history=[shown])
    assert len(answer.limits) == 1 and "of those shown" in answer.limits[0]
    assert {quote.article.id for quote in answer.quotes + answer.looked_at} == {"rovers-takeover"}


def test_without_quotes_before_articles_are_counted_by_date(assistant):
    """With nothing shown, the first article is the oldest of the library."""
    answer = assistant.answer("Who died in the first article?", history=[Turn("Hello", "Hello.")])
    oldest = min(a.published for a in assistant.library.articles() if a.published)
    assert "by date" in answer.limits[0]
    assert {quote.article.published for quote in answer.quotes + answer.looked_at} == {oldest}
