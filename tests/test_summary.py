"""Summaries are sentences of the articles, chosen without repetition. The toy embedder counts words."""

from __future__ import annotations

from assistant.summary import summarise
from index.articles import Article
from tests.toys import WordEmbedder

DAM = Article(
    "dam",
    "The old dam above Osby broke on Monday after a week of heavy rain. "
    "The dam broke on Monday after the heavy rain of a whole week above Osby. "
    "But it was not the rain alone that broke the dam, engineers believe. "
    "Engineers had warned the council about cracks in the dam in the autumn. "
    "The council spent the money for repairs on a new car park instead. "
    "Two hundred people left their houses and slept in the school hall. "
    "Tea was served.",
    published="2025-03-12",
)
COPY = Article("copy", DAM.text, published="2025-03-13")


def test_a_summary_is_made_of_whole_sentences_in_order():
    """Each quote is a sentence of the article; the first is its lead, and the order is the article's."""
    quotes = summarise([DAM], WordEmbedder())
    assert 3 <= len(quotes) <= 5
    assert quotes[0].text == "The old dam above Osby broke on Monday after a week of heavy rain."
    assert [q.start for q in quotes] == sorted(q.start for q in quotes)
    assert all(q.text[0].isupper() and q.text.endswith(".") for q in quotes)


def test_a_summary_repeats_nothing():
    """A sentence that says the lead again in the same words isn't chosen, nor one too short to tell anything."""
    texts = [q.text for q in summarise([DAM], WordEmbedder())]
    assert not any(t.startswith("The dam broke on Monday") or t.startswith("Tea") for t in texts)


def test_copies_count_as_one_source():
    """A reposted article adds no sentence; its copies are noted."""
    alone, both = summarise([DAM], WordEmbedder()), summarise([COPY, DAM], WordEmbedder())
    assert [q.text for q in both] == [q.text for q in alone]
    assert {(q.article.id, tuple(a.id for a in q.also_in)) for q in both} == {("dam", ("copy",))}


def test_another_figure_is_another_statement():
    """An updated toll is kept beside the first one, however alike the sentences are."""
    first = Article("one", "The flood in the valley above Osby killed two people on Monday.", published="2025-03-12")
    later = Article("two", "The flood in the valley above Osby killed three people on Monday.", published="2025-03-13")
    assert [q.article.id for q in summarise([later, first], WordEmbedder())] == ["one", "two"]


def test_an_article_of_one_sentence_or_none():
    """What there is to quote is quoted; an article without a whole sentence gives nothing."""
    assert summarise([Article("short", "Too short.")], WordEmbedder()) == []
    assert summarise([], WordEmbedder()) == []
    assert len(summarise([Article("one", "The flood in the valley killed two people on Monday.")], WordEmbedder())) == 1
