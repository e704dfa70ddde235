"""What the articles tell of a day, in a library that holds far more than that day's."""

from __future__ import annotations

from assistant.chronicle import MOST_ARTICLES
from assistant.overview import respond
from index.library import Library
from index.scope import EVERYTHING
from index.sync import sync
from tests.toys import WordEmbedder, write_articles


def test_the_articles_of_a_day_are_looked_through_before_later_ones(tmp_path):
    """However many articles were published since, what those of the day itself tell is found."""
    told = {"id": "dam", "title": "Dam", "published": "2026-03-03", "text": "The dam at Osby broke on Tuesday."}
    later = [
        {"id": f"later-{n}", "title": "Other", "published": "2026-04-01", "text": f"The council met {n} times."}
        for n in range(MOST_ARTICLES)
    ]
    write_articles(tmp_path / "articles.jsonl", told, *later)
    sync([tmp_path / "articles.jsonl"], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    answer = respond(library, "What happened on 3 March 2026?", EVERYTHING, (), "2026-05-01")
    assert answer.words.startswith("What the articles tell of 3 March 2026: 3 March 2026 [1]")
    assert [quote.text for quote in answer.quotes] == ["The dam at Osby broke on Tuesday."]
