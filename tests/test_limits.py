"""Limits in words become a scope, and nothing else does. Counted from Wednesday 22 April 2026."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.limits import NoOrder, limited, narrow, outlets_named
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.sync import sync
from tests.toys import WordEmbedder, write_articles

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
TODAY = "2026-04-22"
ARTICLES = [
    {"id": "a", "title": "Dam holds", "outlet": "Osby Courier", "published": "2026-02-03", "text": "The dam held."},
    {"id": "b", "title": "Dam leaks", "outlet": "The Echo", "published": "2026-03-10", "text": "The dam leaks now."},
    {"id": "c", "title": "Dam fails", "outlet": "Echo Sport", "published": "2026-04-20", "text": "The dam broke."},
]


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    """Three articles of three outlets and three days."""
    folder = tmp_path_factory.mktemp("limits")
    sync([write_articles(folder / "news.jsonl", *ARTICLES)], folder / "library", WordEmbedder())
    return Library.open(folder / "library", WordEmbedder())


def outlets(*names: str) -> Scope:
    return Scope(outlets=frozenset(names))


def article(id: str) -> Scope:
    return Scope(articles=frozenset([id]))


@pytest.mark.parametrize(
    ("question", "rest", "scope"),
    [
        ("Who died, only in the Osby Courier?", "Who died?", outlets("Osby Courier")),
        ("Which articles are from the Osby Courier?", "Which articles are?", outlets("Osby Courier")),
        ("Who died only Osby Courier", "Who died", outlets("Osby Courier")),
        ("Who died (Osby Courier only)?", "Who died?", outlets("Osby Courier")),
        ("Who died? Only the Courier.", "Who died?", outlets("Osby Courier")),
        ("According to the Courier, who died?", "Who died?", outlets("Osby Courier")),
        ("Who died, according to the Osby Courier?", "Who died?", outlets("Osby Courier")),
        ("In the Courier’s report, who died?", "Who died?", outlets("Osby Courier")),
        ("Who died in the article by The Echo?", "Who died?", outlets("The Echo")),
        ("Who died in articles from March 2026?", "Who died?", Scope(since="2026-03-01", until="2026-03-31")),
        ("Who died in last week’s reports?", "Who died?", Scope(since="2026-04-13", until="2026-04-19")),
        ("Only in March: who died?", "Who died?", Scope(since="2026-03-01", until="2026-03-31")),
        ("Who died, only since 2026-03-05?", "Who died?", Scope(since="2026-03-05")),
        ("Who died in the newest article?", "Who died?", article("c")),
        ("Who died in the second article?", "Who died?", article("b")),
        ("Summarise the first article", "Summarise this article", article("a")),
        ("What's new since Monday?", "What's new?", Scope(since="2026-04-20")),
        ("What has happened since last week?", "What has happened?", Scope(since="2026-04-13")),
        ("What was reported before March?", "What was reported?", Scope(until="2026-02-28")),
        ("What was published after 3 February?", "What was published?", Scope(since="2026-02-04")),
        ("List articles between March and April", "List articles", Scope(since="2026-03-01", until="2026-04-30")),
        ("Timeline of the dam from The Echo", "Timeline of the dam", outlets("The Echo")),
        ("who died, only the courier", "who died", outlets("Osby Courier")),
        ("only courier: who died?", "Who died?", outlets("Osby Courier")),
        ("who died, just The Echo pls", "who died", outlets("The Echo")),
        ("Who died? - The Echo only", "Who died?", outlets("The Echo")),
        ("Summarise yesterday's news", "Summarise the news", Scope(since="2026-04-21", until="2026-04-21")),
    ],
)
def test_an_explicit_limit_becomes_a_scope(library, question, rest, scope):
    """The words of a limit leave the question and narrow the articles."""
    found = limited(question, EVERYTHING, library, as_of=TODAY)
    assert (found.question, found.scope) == (rest, scope)


@pytest.mark.parametrize(
    "question",
    [
        "How much has the level risen since Monday?",
        "Which dam was built only in March?",
        "Why did the Courier print a wrong number?",
        "What happened in April?",
        "Who works for The Echo?",
        "How many were injured in February?",
        "Who died, according to the mayor?",
        "Who died? Only the Gazette.",
        "Which article of the treaty was broken in March?",
        "Is the dam safe, only partly?",
        "What was the first article of the law?",
        "What will open on Tuesday",
        "Who died, according to the courier who came on Monday?",
    ],
)
def test_what_is_asked_is_no_limit(library, question):
    """A day or an outlet that belongs to the fact asked for changes nothing, nor does an unknown outlet."""
    found = limited(question, EVERYTHING, library, as_of=TODAY)
    assert (found.question, found.scope, found.limits) == (question, EVERYTHING, ())


def test_two_limits_both_count(library):
    """An outlet and a month narrow together, and each is kept apart with its own words."""
    found = limited("List articles from The Echo in March", EVERYTHING, library, as_of=TODAY)
    assert found.scope == Scope(outlets=frozenset(["The Echo"]), since="2026-03-01", until="2026-03-31")
    assert (found.question, [limit.words for limit in found.limits]) == ("List articles", ["in March", "from The Echo"])


def test_a_limit_says_what_it_was_counted_from(library):
    """“Since Monday” says which day that is and from when it was counted; a full date needs no such note."""
    (relative,) = limited("What's new since Monday?", EVERYTHING, library, as_of=TODAY).limits
    assert relative.meaning == "published since 20 April 2026, counted from 22 April 2026"
    (full,) = limited("What's new since 3 March 2026?", EVERYTHING, library, as_of=TODAY).limits
    assert full.meaning == "published since 3 March 2026"


def test_a_month_without_its_year_is_one_the_library_can_hold(library):
    """Asked two years later, “in March” is still the last March of the articles."""
    found = limited("List articles in March", EVERYTHING, library, as_of="2028-06-01")
    assert (found.scope.since, found.scope.until) == ("2026-03-01", "2026-03-31")


def test_a_limit_narrows_the_scope_that_is_set(library):
    """Words never widen what the person chose before."""
    chosen = Scope(outlets=frozenset(["The Echo", "Echo Sport"]), since="2026-03-01")
    found = limited("What's new from The Echo since February?", chosen, library, as_of=TODAY)
    assert found.scope == Scope(outlets=frozenset(["The Echo"]), since="2026-03-01")


def test_the_articles_just_shown_are_counted_first(library):
    """“The first article” is the first of those that the last answer showed."""
    found = limited("Who died in the first article?", EVERYTHING, library, as_of=TODAY, cited=["c", "c", "a"])
    assert found.scope == article("c")
    second = limited("Who died in the second article?", EVERYTHING, library, as_of=TODAY, cited=["c", "c", "a"])
    assert second.scope == article("a")
    beyond = limited("Who died in the third article?", EVERYTHING, library, as_of=TODAY, cited=["c", "c", "a"])
    assert beyond.limits == ()


def test_a_limit_alone_is_for_the_question_before(library):
    """“Only The Echo” asks the last question again; without one it is left as it is."""
    history = [Turn("Who died?", "nobody")]
    found = limited("Only The Echo", EVERYTHING, library, history, TODAY)
    assert (found.question, found.scope) == ("Who died?", outlets("The Echo"))
    assert limited("And according to the Courier?", EVERYTHING, library, history, TODAY).question == "Who died?"
    assert limited("restrict it to the echo please", EVERYTHING, library, history, TODAY).scope == outlets("The Echo")
    assert limited("Only The Echo", EVERYTHING, library, (), TODAY).limits == ()


def test_an_outlet_is_named_by_its_words():
    """A name is an outlet's own, a part that one alone has, or what several begin with; a common noun is none."""
    names = ["Osby Courier", "The Echo", "Echo Sport", "BBC News", "BBC Sport"]
    assert outlets_named("echo", names) == {"The Echo"}
    assert outlets_named("the Courier", names) == {"Osby Courier"}
    assert outlets_named("BBC", names) == {"BBC News", "BBC Sport"}
    assert outlets_named("the courier", names) == outlets_named("Sport", names) == frozenset()


def test_narrowing_keeps_to_both():
    """Two scopes together hold what lies in both."""
    one = Scope(frozenset("ab"), None, "2025-01-01", "2025-06-01")
    other = Scope(frozenset("bc"), frozenset(["The Echo"]), "2025-02-01", None)
    assert narrow(one, other) == Scope(frozenset("b"), frozenset(["The Echo"]), "2025-02-01", "2025-06-01")


@pytest.mark.shared
def test_questions_of_fact_keep_their_scope(tmp_path):
    """No question of the development sets or the sample is limited by words that belong to what it asks."""
    files = sorted(SHARED.glob("*-dev/questions.jsonl")) + sorted(SHARED.glob("news-*/questions.jsonl"))
    if not files:
        pytest.skip("the shared question sets are not here")
    names = [
        "CNN",
        "BBC News",
        "The Guardian",
        "Reuters",
        "The New York Times",
        "USA TODAY",
        "Time",
        "The Week",
        "Nature",
    ]
    made = [{"id": n, "title": n, "outlet": n, "published": "2022-06-01", "text": "Some words."} for n in names]
    sync([write_articles(tmp_path / "news.jsonl", *made)], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    files.append(ROOT / "assistant" / "sample" / "questions.jsonl")
    asked = [json.loads(line)["question"] for file in files for line in file.read_text("utf-8").splitlines()]
    assert [q for q in asked if limited(q, EVERYTHING, library, as_of="2022-12-31").limits] == []


def library_of(folder: Path, *articles: dict) -> Library:
    sync([write_articles(folder / "news.jsonl", *articles)], folder / "library", WordEmbedder())
    return Library.open(folder / "library", WordEmbedder())


def test_articles_of_the_newest_day_are_the_newest_together(tmp_path):
    """Among any number of articles; which of one day is the newest can't be told, so all of that day are meant."""
    old = [{"id": f"old-{n}", "published": f"2026-01-{n % 28 + 1:02}", "text": f"Day {n}."} for n in range(60)]
    new = [{"id": name, "published": "2026-02-01", "text": f"The dam of {name}."} for name in ("Osby", "Lund")]
    limits = limited("Summarise the newest article", EVERYTHING, library_of(tmp_path, *old, *new))
    assert limits.scope == Scope(articles=frozenset(["Osby", "Lund"]))
    assert [limit.meaning for limit in limits.limits] == ["the newest 2 articles, of 1 February 2026"]


def test_one_article_is_the_newest_also_without_a_date(tmp_path):
    """There is no other."""
    library = library_of(tmp_path, {"id": "only", "text": "The dam held."})
    assert limited("What is the newest article about?", EVERYTHING, library).scope == article("only")


def test_among_articles_without_dates_none_is_the_newest(tmp_path):
    """It is said, with the way out."""
    library = library_of(tmp_path, {"id": "a", "text": "The dam held."}, {"id": "b", "text": "The dam leaks."})
    with pytest.raises(NoOrder, match="Name it by words of its headline"):
        limited("Summarise the oldest article", EVERYTHING, library)
