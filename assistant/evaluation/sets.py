"""Question sets: what is asked, and apart from it what would be right.

A set is a folder with `questions.jsonl` and `articles.jsonl` (each plain or gzipped), or with a folder
`articles` in place of the latter; questions for a person's own library are one JSONL or CSV file.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from assistant.answer import Turn
from index.errors import OnRecordError
from index.scope import EVERYTHING, Scope

LISTS = ("answers", "evidence", "relevant", "articles", "history", "tags", "wrong_answers", "answer_groups")
FLAGS = ("answerable", "disagreement")
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class UnusableSet(OnRecordError):
    """A question set that can't be read or asked; its text says where and why."""


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of an article, in code points."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: all that the answering side ever sees."""

    id: str
    text: str
    scope: Scope = EVERYTHING
    history: tuple[Turn, ...] = ()
    as_of: str | None = None  # YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Gold:
    """What would be right, for the measures alone. Empty or None is unknown, and skips its measures."""

    answers: tuple[str, ...] = ()
    answerable: bool | None = None
    evidence: tuple[Span, ...] = ()
    relevant: frozenset[str] = frozenset()
    groups: tuple[tuple[str, ...], ...] | None = None  # answers of several parts, each in its spellings
    wrong: tuple[str, ...] | None = None  # what false sources say
    disagreement: bool | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its gold, and the tags that its results are broken down by."""

    question: Question
    gold: Gold
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set as it lies on disk. `articles` is None where a person's own library is asked."""

    name: str
    articles: Path | None
    cases: tuple[Case, ...]
    attributions: Path | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Which questions of a set: those with a tag, in a half; of these the first so many; of these a random sample."""

    tag: str | None = None
    half: Literal["fit", "check"] | None = None
    limit: int | None = None
    sample: int | None = None
    seed: int = 0

    def of(self, cases: Sequence[Case]) -> list[Case]:
        """The part, in the set's order. Raises UnusableSet where it is empty though the set isn't."""
        tagged = [c for c in cases if self.tag is None or self.tag in c.tags]
        if cases and not tagged:
            tags = ", ".join(sorted({t for c in cases for t in c.tags})) or "none"
            raise UnusableSet(f"No question has the tag {self.tag!r}. Choose one of the set's tags: {tags}.")
        chosen = [c for c in tagged if self.half is None or half(c) == self.half][: self.limit]
        if tagged and not chosen:
            raise UnusableSet(f"No question is known to be of the {self.half} half. Leave out --half.")
        if self.sample is not None and self.sample < len(chosen):
            places = random.Random(self.seed).sample(range(len(chosen)), self.sample)
            chosen = [chosen[i] for i in sorted(places)]
        return chosen


WHOLE = Part()


def bare(questions: QuestionSet) -> QuestionSet:
    """The same questions as if nothing had been said before them: what is lost is what the conversation gives."""
    asked = (replace(case, question=replace(case.question, history=())) for case in questions.cases)
    return replace(questions, cases=tuple(asked))


def fit_half(article_id: str) -> bool:
    """Is this article in the half that thresholds are fitted on? The other half checks them."""
    return sha256(article_id.partition("#")[0].encode()).digest()[0] % 2 == 0


def half(case: Case) -> Literal["fit", "check"] | None:
    """By the first (in order of name) of the articles that a question is about; None where they aren't known."""
    about = case.question.scope.articles or case.gold.relevant
    return None if not about else "fit" if fit_half(min(about)) else "check"


def read_set(path: Path) -> QuestionSet:
    """A set's folder, or a file of questions for a person's own library. Raises UnusableSet."""
    if path.is_file():
        return QuestionSet(path.name.split(".")[0], None, _cases(path))
    if not path.is_dir():
        raise UnusableSet(f"No question set at {path}. Give a folder with questions.jsonl, or a file of questions.")
    questions = _either(path, "questions")
    attributions = _either(path, "attributions")
    if questions is None and attributions is None:
        raise UnusableSet(
            f"{path} holds no questions.jsonl. Give a question set, or a file of questions with --library."
        )
    folder = path / "articles"
    articles = _either(path, "articles") or (folder if folder.is_dir() else None)
    return QuestionSet(path.resolve().name, articles, _cases(questions) if questions else (), attributions)


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a JSONL file, plain or gzipped, each with its line number. Raises UnusableSet."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UnusableSet(f"{path.name}, line {number} is no JSON ({error}). Mend or remove the line.") from error
        if not isinstance(row, dict):
            raise UnusableSet(f"{path.name}, line {number} is no JSON object. Write one object a line.")
        yield number, row


def _either(folder: Path, name: str) -> Path | None:
    return next((p for p in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz") if p.is_file()), None)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UnusableSet(f"{path} can't be read: {error}") from error


def _cases(path: Path) -> tuple[Case, ...]:
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else read_lines(path)
    cases: dict[str, Case] = {}
    for number, row in rows:
        case = _case(row, number, f"{path.name}, line {number}")
        if case.question.id in cases:
            raise UnusableSet(
                f"{path.name}, line {number}: the id {case.question.id!r} stands there twice. Give another."
            )
        cases[case.question.id] = case
    if not cases:
        raise UnusableSet(f"{path} holds no question.")
    return tuple(cases.values())


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """A CSV file's rows as JSON records; a list is a JSON list or its parts between `|`, an empty cell is absent."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            cells = {k: v.strip() for k, v in row.items() if isinstance(v, str) and v.strip()}
            if cells:
                yield reader.line_num, {k: _cell(k, v, where) for k, v in cells.items()}
    except csv.Error as error:
        raise UnusableSet(f"{path.name}, line {reader.line_num} is no CSV ({error}).") from error


def _cell(column: str, value: str, where: str) -> Any:
    if column in FLAGS:
        if value.lower() not in TRUTH:
            raise UnusableSet(f"{where}: {column!r} should be true or false.")
        return TRUTH[value.lower()]
    if column not in LISTS:
        return value
    if not value.startswith("["):
        return [part.strip() for part in value.split("|")]
    try:
        return json.loads(value)
    except ValueError as error:
        raise UnusableSet(f"{where}: {column!r} is no JSON list ({error}).") from error


def _is_day(value: Any) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False


def _case(row: Mapping[str, Any], number: int, where: str) -> Case:
    """A record as a case; only `question` must be there."""

    def expect(fits: bool, key: str, what: str) -> None:
        if not fits:
            raise UnusableSet(f"{where}: {key!r} should be {what}.")

    def texts(key: str) -> tuple[str, ...] | None:
        value = row.get(key)
        expect(
            value is None or (isinstance(value, list) and all(isinstance(v, str) for v in value)),
            key,
            "a list of strings",
        )
        return None if value is None else tuple(value)

    def flag(key: str) -> bool | None:
        expect(row.get(key) is None or isinstance(row[key], bool), key, "true or false")
        return row.get(key)

    def records(key: str, **fields: type) -> list[dict[str, Any]]:
        value = row.get(key) or []
        fits = isinstance(value, list) and all(
            isinstance(v, dict) and all(type(v.get(f)) is kind for f, kind in fields.items()) for v in value
        )
        expect(fits, key, f"a list of objects with {', '.join(fields)}")
        return value

    question = row.get("question")
    expect(isinstance(question, str), "question", "a string")
    as_of = row.get("as_of")
    expect(as_of is None or _is_day(as_of), "as_of", "a day, YYYY-MM-DD")
    groups = row.get("answer_groups")
    grouped = isinstance(groups, list) and all(
        isinstance(g, list) and all(isinstance(a, str) for a in g) for g in groups
    )
    expect(groups is None or grouped, "answer_groups", "a list of lists of strings")

    articles = texts("articles")
    answers = texts("answers") or ()
    evidence = tuple(
        Span(e["article"], e["start"], e["end"]) for e in records("evidence", article=str, start=int, end=int)
    )
    answerable = flag("answerable")
    if answerable is None and (answers or evidence):
        answerable = True
    return Case(
        Question(
            str(number) if row.get("id") is None else str(row["id"]),
            question,
            EVERYTHING if articles is None else Scope(articles=frozenset(articles)),
            tuple(Turn(t["question"], t["answer"]) for t in records("history", question=str, answer=str)),
            as_of,
        ),
        Gold(
            answers,
            answerable,
            evidence,
            frozenset(texts("relevant") or ()),
            None if groups is None else tuple(tuple(g) for g in groups),
            texts("wrong_answers"),
            flag("disagreement"),
        ),
        texts("tags") or (),
    )
