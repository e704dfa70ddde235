"""“Tell me more”, asked again and again of one question."""

from __future__ import annotations

from assistant.answer import Turn, turn_of
from assistant.excerpts import sentences_of
from assistant.overview import respond
from index.library import Library
from index.scope import EVERYTHING
from index.sync import sync
from tests.toys import WordEmbedder, write_articles

ONE = "The dam broke. Water filled the mill. The miller swam home. Three barns fell. The road was cut. The bells rang."
TWO = "A dam gave way at Osby. The mayor wept. Forty people fled. Dogs barked all night. A cow was saved. Rain went on."


def test_more_goes_on_until_all_articles_of_the_answer_are_told(tmp_path):
    """However often it is asked, it goes on with all articles that the first answer quoted, and only then says so."""
    articles = [{"id": id, "title": id, "text": text} for id, text in (("one", ONE), ("two", TWO))]
    sync([write_articles(tmp_path / "articles.jsonl", *articles)], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    history, told = [Turn("What broke?", "The dam", ("one", "two"))], []
    while (answer := respond(library, "Tell me more", EVERYTHING, history, None)).quotes:
        told += [quote.text for quote in answer.quotes]
        history.append(turn_of(answer))
    all_told = [article.text[a:b] for article in library.articles() for a, b in sentences_of(article)]
    assert sorted(told) == sorted(all_told)
    assert answer.words == "That is all that these articles say: one; two."


def test_more_of_nothing_found_is_nothing(tmp_path):
    """After a question that nothing was found for, it isn't asked more of what."""
    sync([write_articles(tmp_path / "a.jsonl", {"id": "one", "text": ONE})], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    answer = respond(library, "Tell me more", EVERYTHING, (Turn("Who paid?", ""),), None)
    assert answer.words == "There is no more to tell: nothing was found. Ask another question."
