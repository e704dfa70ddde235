"""What the articles tell of a day, in a library that holds far more than that day's."""

from __future__ import annotations

import pytest

from assistant import excerpts
from assistant.answer import Answer, Turn, turn_of
from assistant.chronicle import MOST, MOST_ARTICLES
from assistant.kinds import recognise
from assistant.overview import respond
from assistant.timeline import moments_of
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


TODAY = "2026-11-27"  # a Friday
LOCK = [
    {
        "id": "lock",
        "title": "Lock gate breaks",
        "published": "2026-11-17",
        "text": "The lock gate at Osby broke on Monday night. A barge sank. It will be raised on Thursday.",
    },
    {
        "id": "lock-later",
        "title": "Lock gate: keeper held",
        "published": "2026-11-25",
        "text": "The keeper of the lock at Osby, held on Monday, was freed on Tuesday. A trial opens on 3 December.",
    },
    {
        "id": "fair",
        "title": "Fair opens",
        "published": "2026-11-26",
        "text": "The winter fair at Marle opened on Thursday. It ends on 4 December.",
    },
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("days")
    sync([write_articles(folder / "articles.jsonl", *LOCK)], folder / "library", WordEmbedder())
    library = Library.open(folder / "library", WordEmbedder())

    def asked(*questions: str, history: tuple[Turn, ...] = ()) -> Answer:
        """The answer to the last question, each asked after those before it."""
        for question in questions:
            answer = respond(library, question, EVERYTHING, history, TODAY)
            assert answer is not None, question
            history = (*history, turn_of(answer))
        return answer

    return asked


GATE = Turn("What broke at Osby?", "the lock gate", ("lock",))


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("yesterday", "26 November 2026, counted from today"),
        ("this week", "23 November 2026 to 29 November 2026, counted from today"),
        ("last Tuesday", "24 November 2026, counted from today"),
        ("on Monday", "16 November 2026, counted from the articles of 17 November 2026"),
        ("on Thursday", "26 November 2026, counted from today"),
        ("in November", "November 2026"),
        ("on 3 December", "3 December 2026"),
    ],
)
def test_yesterday_is_the_askers_and_a_weekday_the_storys(ask, words, days):
    """After a question on a story of the 17th, "Monday" is its Monday, and all that is said of today the asker's.

    A weekday that the story tells nothing of is the asker's too; a day not yet come is the next one where only that
    is told of.
    """
    assert ask(f"What happened {words}?", history=(GATE,)).words.startswith(f"What the articles tell of {days}:")


def test_days_do_not_drift_from_one_answer_to_the_next(ask):
    """However often it is asked, "Monday" is counted from the story, not from what the last day's answer quoted."""
    asked = ["What happened on Monday?", "What happened on Tuesday?", "What happened on Monday?"]
    assert "16 November 2026, counted from" in ask(*asked, history=(GATE,)).words
    listed = Turn("What is new since Tuesday", "", ("fair", "lock-later"), listed=True)
    assert "24 November 2026, counted from today" in ask("What happened on Tuesday?", history=(listed,)).words


def test_another_day_is_asked_in_few_words(ask):
    """ "And on Tuesday?" asks of another day what was asked before."""
    answer = ask("What happened at Osby on Monday?", "and on Tuesday?")
    assert "about Osby tell of 24 November 2026" in answer.words
    assert "What the articles tell of 26 November" in ask("What happened on Monday?", "what about yesterday?").words


@pytest.mark.parametrize(
    "question", ["What is planned for the old mill?", "What will happen to the pool?", "What happens next?"]
)
def test_what_is_to_come_of_a_thing_is_a_fact(question):
    """Only a day, a week or a month is asked about by these words; of a thing they are searched and read."""
    assert recognise(question) is None


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("What will happen next week?", ["A trial opens on 3 December.", "It ends on 4 December."]),
        ("What will happen on 3 December?", ["A trial opens on 3 December."]),
        ("What is planned for December?", ["A trial opens on 3 December.", "It ends on 4 December."]),
        ("What is coming up in Marle next week?", ["It ends on 4 December."]),
    ],
)
def test_what_is_to_come_is_asked_too(ask, question, quoted):
    """Of days to come, what the articles say will be then."""
    assert [quote.text for quote in ask(question).quotes] == quoted


def test_a_day_after_the_newest_article_says_which_that_is(ask):
    """Where nothing is told of today, the answer says how new the newest article is."""
    assert ask("What happened today?").words == (
        "The articles tell nothing of 27 November 2026, counted from today. The newest article is of 26 November 2026."
    )


def test_a_bare_timeline_is_of_the_story_spoken_of(ask):
    """After a question on the lock gate it tells both articles' days, each quote once; of all, the fair's too."""
    answer = ask("Timeline", history=(GATE,))
    assert [quote.article.id for quote in answer.quotes] == ["lock", "lock", "lock-later", "lock-later"]
    assert "23 November 2026 [3] (“Monday”); 24 November 2026 [3] (“Tuesday”)" in answer.words
    assert "fair" in [quote.article.id for quote in ask("Timeline of everything", history=(GATE,)).quotes]


def test_a_timeline_says_how_much_it_leaves_out(tmp_path):
    """What is more than a timeline shows is counted, and a question for it is named."""
    text = " ".join(f"Flood {n} came on {n % 28 + 1} March 2024." for n in range(MOST + 5))
    write_articles(tmp_path / "articles.jsonl", {"id": "many", "published": "2024-04-01", "text": text})
    sync([tmp_path / "articles.jsonl"], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    answer = respond(library, "Timeline", EVERYTHING, (), "2026-05-01")
    assert len(answer.quotes) == MOST
    assert answer.words.endswith("5 more are left out. Those of a day: “What happened on 21 March 2024?”")


def test_what_was_foretold_long_before_is_told_where_nothing_else_is(tmp_path):
    """What an article of the year before says will be in May answers for a May of which no nearer one tells."""
    told = [
        {"id": "plan", "published": "2025-09-03", "text": "The dam at Osby will be built in May."},
        {"id": "fair", "published": "2026-04-03", "text": "The fair came in April. The dam will be dull in June."},
    ]
    sync([write_articles(tmp_path / "articles.jsonl", *told)], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())

    def quoted(question: str) -> list[str]:
        answer = respond(library, question, EVERYTHING, (), "2026-06-20")
        return [quote.article.id for quote in answer.quotes]

    assert quoted("What happened in May?") == ["plan"]
    assert quoted("What happened in April?") == ["fair"]
    assert quoted("What happened in June?") == ["fair"]


def test_who_says_a_thing_is_asked_of_what_is_shown_alone(tmp_path):
    """Of a hundred articles with a dated sentence each, those of a timeline's moments are parsed for who speaks.

    Asked for a day of which none tells, each is read for its days once, however many days may be meant.
    """
    told = [
        {
            "id": f"flood-{n}",
            "published": f"2026-02-{n % 28 + 1:02}",
            "text": f"“Flood {n} came on {n % 28 + 1} January,” said Ada Holm.",
        }
        for n in range(100)
    ]
    sync([write_articles(tmp_path / "articles.jsonl", *told)], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    parsed, read = excerpts._voices.cache_info().misses, moments_of.cache_info().misses
    answer = respond(library, "Timeline", EVERYTHING, (), "2026-02-20")
    assert [quote.speaker for quote in answer.quotes] == ["Ada Holm"] * MOST
    assert excerpts._voices.cache_info().misses - parsed == MOST
    before = Turn("Which flood came?", "Flood 9", ("flood-9",))
    untold = respond(library, "What happened on 2 February?", EVERYTHING, (before,), "2026-02-20")
    assert untold.words.startswith("No sentence here names a day")
    assert moments_of.cache_info().misses - read == len(told)


def test_a_day_that_not_each_year_has_is_one(tmp_path):
    """In a year without a 29 February that is asked about as any other day is, of a story of a year that has it."""
    told = {"id": "dam", "published": "2024-03-02", "text": "The dam at Osby broke on 29 February. Nobody was hurt."}
    sync([write_articles(tmp_path / "articles.jsonl", told)], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    first = respond(library, "What happened on 1 March?", EVERYTHING, (), "2024-03-05")
    answer = respond(library, "and on 29 February?", EVERYTHING, (turn_of(first),), "2024-03-05")
    assert answer.words.startswith("What the articles tell of 29 February 2024:")
