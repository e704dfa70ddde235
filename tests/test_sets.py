"""Reading question sets, whole and in parts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from assistant.evaluation.run import article_texts
from assistant.evaluation.sets import Case, Gold, Part, Question, UnusableSet, fit_half, half, read_lines, read_set
from index.scope import EVERYTHING, Scope

SHARED = Path(__file__).parents[1].parent / "shared"


def test_only_the_question_is_required(tmp_path):
    """What a file of one's own leaves out is unknown, and its line stands for its id."""
    (tmp_path / "mine.jsonl").write_text('{"question": "Who moved?"}\n{"question": "Why?", "answers": ["rain"]}\n')
    first, second = read_set(tmp_path / "mine.jsonl").cases
    assert first == Case(Question("1", "Who moved?"), Gold())
    assert second.gold.answerable is True  # somebody knows an answer


def test_questions_can_be_a_spreadsheet(tmp_path):
    """CSV with lists between bars or as JSON; an empty cell is absent."""
    file = tmp_path / "mine.csv"
    file.write_text(
        "question,answers,answerable,articles,tags\n"
        '"Who moved, and why?",14 boats|fourteen,yes,,boats\n'
        'Who landed?,,no,"[""a|b"", ""c""]",\n',
        encoding="utf-8-sig",
    )
    first, second = read_set(file).cases
    assert first.question.text == "Who moved, and why?"
    assert (first.gold.answers, first.gold.answerable, first.question.scope, first.tags) == (
        ("14 boats", "fourteen"),
        True,
        EVERYTHING,
        ("boats",),
    )
    assert (second.gold.answerable, second.question.scope.articles) == (False, frozenset({"a|b", "c"}))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2 is no JSON"),
        ("[]", "no JSON object"),
        ('{"id": "x"}', "'question' should be a string"),
        ('{"question": "?", "answers": "rain"}', "'answers' should be a list of strings"),
        ('{"question": "?", "answerable": "yes"}', "'answerable' should be true or false"),
        ('{"question": "?", "as_of": "last week"}', "'as_of' should be a day"),
        ('{"question": "?", "evidence": [{"article": "a", "start": 0}]}', "'evidence' should be"),
        ('{"question": "?", "answer_groups": ["a"]}', "'answer_groups' should be"),
        ('{"question": "?", "id": "1"}', "'1' stands there twice"),
    ],
)
def test_a_broken_line_is_named(tmp_path, line, problem):
    """A set is read whole or not at all: a question left out silently would change every mean."""
    (tmp_path / "mine.jsonl").write_text('{"question": "Who?"}\n' + line + "\n")
    with pytest.raises(UnusableSet, match=re.escape(problem)):
        read_set(tmp_path / "mine.jsonl")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"\n\n"])
def test_a_file_that_holds_no_questions_is_refused(tmp_path, content):
    """Bytes that are no text, and nothing at all."""
    (tmp_path / "mine.jsonl").write_bytes(content)
    with pytest.raises(UnusableSet):
        read_set(tmp_path / "mine.jsonl")


def test_a_gzip_cut_short_is_refused(tmp_path):
    """Half a download isn't half a set."""
    whole = gzip.compress(b'{"question": "Who moved?"}\n' * 50)
    (tmp_path / "mine.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnusableSet):
        read_set(tmp_path / "mine.jsonl.gz")


def test_parts_of_a_set():
    """First the tag, then the first so many, then a sample that its seed repeats, in the set's order."""
    cases = [Case(Question(str(n), "?"), Gold(), ("even",) if n % 2 == 0 else ()) for n in range(100)]
    assert [c.question.id for c in Part(limit=3).of(cases)] == ["0", "1", "2"]
    assert [c.question.id for c in Part(tag="even", limit=3).of(cases)] == ["0", "2", "4"]
    sample = Part(tag="even", sample=10, seed=4).of(cases)
    assert len(sample) == 10 and all(c.tags for c in sample)
    assert sample == sorted(sample, key=cases.index) == Part(tag="even", sample=10, seed=4).of(cases)
    assert sample != Part(tag="even", sample=10, seed=5).of(cases)
    assert Part(sample=1000).of(cases) == cases
    with pytest.raises(UnusableSet, match="even"):
        Part(tag="odd").of(cases)


def test_the_halves_of_a_set_share_no_article():
    """All questions on one article, and on parts of one article, are in one half."""
    cases = [Case(Question(str(n), "?", Scope(articles=frozenset({f"a{n // 4}#{n}"}))), Gold()) for n in range(80)]
    fit, check = Part(half="fit").of(cases), Part(half="check").of(cases)
    assert len(fit) + len(check) == 80 and fit and check
    assert half(cases[0]) == ("fit" if fit_half("a0") else "check")
    about = [{next(iter(c.question.scope.articles)).partition("#")[0] for c in part} for part in (fit, check)]
    assert about[0].isdisjoint(about[1])
    assert half(Case(Question("q", "?"), Gold())) is None


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared question sets aren't here")
@pytest.mark.parametrize("name", ["chat-dev", "news-2022", "ramdocs-dev", "rgb-dev", "squad2-dev"])
def test_the_shared_sets_are_read_and_their_evidence_holds(name):
    """Each set reads, and each gold span lies where its quote says."""
    questions = read_set(SHARED / "data" / name)
    texts = article_texts(questions.articles)
    rows = {row["id"]: row for _, row in read_lines(SHARED / "data" / name / "questions.jsonl")}
    assert list(rows) == [c.question.id for c in questions.cases]
    for case in questions.cases:
        quotes = [e["quote"] for e in rows[case.question.id]["evidence"]]
        assert [texts[s.article][s.start : s.end] for s in case.gold.evidence] == quotes
