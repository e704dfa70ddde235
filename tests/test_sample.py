"""The sample set and the labelled data keep their promises: every quote is where it says, every kind is there."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from index.articles import Article
from index.read import read_file

SAMPLE = Path(__file__).parents[1] / "assistant" / "sample"
DATA = Path(__file__).parent / "data"
AGENCY, REPOST, EDITED = "harbour-fire-agency", "harbour-fire-coast-today", "harbour-fire-courier"


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """Every article of the sample, by id."""
    readings = [read_file(path, path.name) for path in sorted((SAMPLE / "articles").iterdir())]
    assert [problem for reading in readings for problem in reading.problems] == []
    found = [article for reading in readings for article in reading.articles]
    assert len({article.id for article in found}) == len(found)
    return {article.id: article for article in found}


@pytest.fixture(scope="module")
def questions() -> list[dict]:
    return read_lines(SAMPLE / "questions.jsonl")


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def figures(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:\.\d+)?", text))


def test_every_file_is_one_article_named_by_its_id(articles):
    """A file of the sample gives one article, whose id is the file's name."""
    assert sorted(articles) == sorted(path.stem for path in (SAMPLE / "articles").iterdir())
    assert len(articles) == 16


def test_articles_are_short(articles):
    """An article has 120 to 350 words, furniture not counted."""
    assert {id: n for id, a in articles.items() if not 120 <= (n := len(words(a.text))) <= 350} == {}


def test_articles_carry_their_record(articles):
    """All but the pasted page give title, outlet, date, language and a link to an example host."""
    for article in articles.values():
        if article.id != "school-boiler":
            assert article.title and article.outlet and article.published and article.language, article.id
            assert re.match(r"https://([\w-]+\.)?([\w-]+\.)?example\.(com|net|org)/", article.url), article.id


def test_every_format_is_there():
    """The sample has Markdown, HTML, JSON and plain text."""
    assert {path.suffix for path in (SAMPLE / "articles").iterdir()} == {".md", ".html", ".json", ".txt"}


@pytest.mark.parametrize(
    ("id", "furniture"),
    [
        ("bridge-valley-post", ["cookies", "Share on", "Most read", "hedgehog", "Sign up", "BridgeFan", "All rights"]),
        ("school-boiler", ["Skip to", "Menu", "Subscribe", "WhatsApp", "Advertisement", "Read more", "cookies"]),
    ],
)
def test_furniture_is_no_part_of_the_text(articles, id, furniture):
    """What a page puts around its article is not the article's words."""
    assert [words for words in furniture if words in articles[id].text] == []


def test_the_helicopter_articles_share_no_phrase_with_their_source(articles):
    """The three articles about the helicopter are fresh words: no five in a row stand in the article they retell."""
    source = Path(__file__).parents[1].parent / "shared" / "articles" / "000_a795fa3c02f38345.txt"
    if not source.exists():
        pytest.skip("the article that these three retell is not here")

    def runs(text: str) -> set[tuple[str, ...]]:
        found = words(text)
        return {tuple(found[i : i + 5]) for i in range(len(found) - 4)}

    theirs = runs(source.read_text("utf-8"))
    for id in ("rescue-helicopter-downed", "coastal-division-claim", "rebel-video"):
        assert runs(articles[id].text) & theirs == set()


def test_the_repost_is_word_for_word(articles):
    """One copy of the agency story repeats it exactly, in another outlet."""
    assert articles[REPOST].text == articles[AGENCY].text
    assert articles[REPOST].outlet != articles[AGENCY].outlet


def test_the_edited_copy_keeps_the_figures(articles):
    """The other copy has other words in places, and the same figures."""
    assert articles[EDITED].text != articles[AGENCY].text
    assert figures(articles[EDITED].text) == figures(articles[AGENCY].text)
    shared = set(words(articles[EDITED].text)) & set(words(articles[AGENCY].text))
    assert len(shared) > 0.9 * len(set(words(articles[AGENCY].text)))


def test_the_update_changes_a_figure(articles):
    """A day after the fire the toll is another."""
    update = articles["harbour-fire-update"]
    assert (articles[AGENCY].published, update.published) == ("2025-03-11", "2025-03-12")
    assert "Two people were killed" in articles[AGENCY].text and "rose to three" in update.text


def test_two_articles_of_one_day_contradict_each_other(articles):
    """Two outlets give two costs of one bridge on one day."""
    post, beacon = articles["bridge-valley-post"], articles["bridge-evening-beacon"]
    assert post.published == beacon.published and post.outlet != beacon.outlet
    assert "£4.2 million" in post.text and "£4.2 million" not in beacon.text
    assert "£6.8 million" in beacon.text and "£6.8 million" not in post.text


def test_a_correction_says_what_it_corrects(articles):
    """The correction names the wrong figure, which its original gives, and the right one, which it doesn't."""
    wrong, right = articles["hospital-operations"], articles["hospital-correction"]
    assert wrong.published < right.published and wrong.outlet == right.outlet
    assert "340 operations" in wrong.text and "340 operations" in right.text
    assert "The correct number is 34." in right.text and not re.search(r"\b34\b", wrong.text)


def test_some_claims_are_hedged_and_some_are_denied(articles):
    """“If confirmed”, “reportedly” and “denied that” each stand in an article."""
    assert "If confirmed" in articles["coastal-division-claim"].text
    assert "reportedly" in articles["rovers-takeover"].text
    assert "denied that" in articles["harbour-fire-update"].text and "denied that" in articles["council-budget"].text


def test_two_people_have_one_name(articles):
    """Daniel Marsh keeps goal in one article and the county's money in another."""
    assert "Daniel Marsh, the goalkeeper" in articles["rovers-takeover"].text
    assert "Daniel Marsh, the councillor" in articles["council-budget"].text


def test_one_article_is_not_in_english(articles):
    """Fifteen articles are in English or don't say, one is in German."""
    assert [a.id for a in articles.values() if a.language not in ("en", None)] == ["hochwasser-neuwerth"]
    assert articles["hochwasser-neuwerth"].language == "de"


def test_evidence_is_a_slice_of_its_article(articles, questions):
    """Each quote is exactly the stretch that its offsets name."""
    spans = [(q["id"], e) for q in questions for e in q["evidence"]]
    assert spans
    assert [id for id, e in spans if articles[e["article"]].text[e["start"] : e["end"]] != e["quote"]] == []


def test_questions_name_articles_that_exist(articles, questions):
    """Every id in a scope, in the evidence or among the relevant is an article of the sample; evidence is in scope."""
    for q in questions:
        evidence = {e["article"] for e in q["evidence"]}
        assert evidence | set(q["relevant"]) | set(q.get("articles", ())) <= set(articles), q["id"]
        assert evidence <= set(q["relevant"]) and evidence <= set(q.get("articles", articles)), q["id"]


def test_question_ids_run_from_q01(questions):
    """Ids are unique and in order."""
    assert [q["id"] for q in questions] == [f"q{n:02d}" for n in range(1, len(questions) + 1)]


def test_a_quarter_cannot_be_answered(questions):
    """A quarter of the questions has no answer, no evidence and the tag that says so; all others have each."""
    without = [q for q in questions if not q["answerable"]]
    assert 0.25 <= len(without) / len(questions) <= 0.3
    for q in questions:
        assert q["answerable"] == bool(q["answers"]) == bool(q["evidence"]) == ("unanswerable" not in q["tags"]), q[
            "id"
        ]


def test_an_answer_stands_in_its_evidence(questions):
    """One accepted spelling is in a quote, unless the answer is yes, no or not settled."""
    for q in questions:
        if q["answerable"] and "yes-no" not in q["tags"]:
            quotes = " ".join(e["quote"] for e in q["evidence"])
            assert any(answer in quotes for answer in q["answers"]), q["id"]


KINDS = {
    "who": 5, "how-many": 10, "when": 5, "why": 5, "where": 3, "who-said": 2, "yes-no": 6, "list": 2, "not-settled": 1,
    "where-sources-disagree": 2, "copies": 3, "correction": 1, "hedged": 3, "denied": 3, "two-people": 2,
    "near-miss": 5, "false-premise": 4, "follow-up": 8, "scope": 2, "disagreement": 5,
}  # fmt: skip


@pytest.mark.parametrize(("tag", "least"), KINDS.items())
def test_every_kind_of_question_is_there(questions, tag, least):
    """Each kind that the sample promises has enough questions to show it."""
    assert sum(tag in q["tags"] for q in questions) >= least


def test_tags_agree_with_the_fields(questions):
    """A follow-up has a history, a scoped question a scope, a disagreement its flag, and no other question has."""
    for q in questions:
        assert ("follow-up" in q["tags"]) == bool(q.get("history")), q["id"]
        assert ("scope" in q["tags"]) == bool(q.get("articles")), q["id"]
        assert ("disagreement" in q["tags"]) == q.get("disagreement", False), q["id"]


def test_the_readme_counts_right(articles, questions):
    """The sample's README names every article and the number of questions."""
    readme = (SAMPLE / "README.md").read_text("utf-8")
    assert [path.name for path in (SAMPLE / "articles").iterdir() if f"`{path.name}`" not in readme] == []
    assert f"and {len(questions)} questions" in readme


def test_labelled_sentences_are_whole_stretches_of_their_text():
    """A labelled sentence lies in its text, begins and ends on a word or mark, and is labelled once."""
    rows = read_lines(DATA / "stance.jsonl")
    assert len(rows) >= 320
    assert len({(row["text"], row["start"]) for row in rows}) == len(rows)
    for row in rows:
        sentence = row["text"][row["start"] : row["end"]]
        assert sentence and sentence == sentence.strip(), row
        assert row["speaker"] is None or row["speaker"] in row["text"], row
        assert row["stance"] == "hedged" or (row["speaker"] is None) == (row["stance"] == "stated"), row


def test_stances_are_balanced():
    """Each stance has between a tenth and two fifths of the sentences."""
    rows = read_lines(DATA / "stance.jsonl")
    counts = Counter(row["stance"] for row in rows)
    assert set(counts) == {"stated", "attributed", "hedged", "denied"}
    assert all(0.1 <= n / len(rows) <= 0.4 for n in counts.values())


def test_pairs_answer_in_their_own_words():
    """Each article of a pair holds its answer, and the dates fit the relation."""
    pairs = read_lines(DATA / "pairs.jsonl")
    assert len(pairs) >= 120 and len({pair["id"] for pair in pairs}) == len(pairs)
    for pair in pairs:
        sides = pair["first"], pair["second"]
        assert all(answer in side["text"] for answer, side in zip(pair["answers"], sides, strict=True)), pair["id"]
        days = {side["published"] for side in sides}
        if pair["relation"] == "later":
            assert len(days) == 2 and None not in days, pair["id"]
        if pair["relation"] == "conflict":
            assert len(days) == 1, pair["id"]


def test_relations_are_balanced():
    """The four relations are about evenly spread."""
    counts = Counter(pair["relation"] for pair in read_lines(DATA / "pairs.jsonl"))
    assert set(counts) == {"agreement", "later", "correction", "conflict"}
    assert max(counts.values()) <= 1.1 * min(counts.values())
