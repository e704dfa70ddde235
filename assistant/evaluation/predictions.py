"""Predictions: what the assistant said to each question, as one JSON record a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from assistant.answer import Answer, Stance
from assistant.evaluation.sets import Case, Span, UnusableSet, read_lines

MOST_ALTERNATIVES = 5
SETTLED = ("yes", "no", "not settled")

PredictionStatus = Literal["answered", "not_found", "error"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words quoted in support: `text` should be exactly the article's `text[start:end]`."""

    article: str
    start: int
    end: int
    text: str
    speaker: str | None
    stance: Stance

    @property
    def span(self) -> Span:
        return Span(self.article, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Prediction:
    """One line of `predictions.jsonl`; the field names are the file's.

    Raises ValueError where a field breaks the format.
    """

    id: str
    status: PredictionStatus
    answer: str | None
    alternatives: tuple[str, ...]
    disagreement: bool
    confidence: float  # that the articles answer the question, in [0, 1]
    quotes: tuple[Quoted, ...]
    retrieved: tuple[Span, ...]
    seconds: float  # wall time

    def __post_init__(self) -> None:
        if self.status not in get_args(PredictionStatus):
            raise ValueError(f"the status is {self.status!r}")
        if self.answer is not None and self.status != "answered":
            raise ValueError(f"there is an answer though the status is {self.status}")
        if len(self.alternatives) > MOST_ALTERNATIVES:
            raise ValueError(f"there are more than {MOST_ALTERNATIVES} alternatives")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"the confidence {self.confidence} isn't in [0, 1]")
        for quote in self.quotes:
            if quote.stance not in get_args(Stance):
                raise ValueError(f"the stance of a quote is {quote.stance!r}")


def predict(id: str, answer: Answer, seconds: float) -> Prediction:
    """An answer as a prediction. A correction is no disagreement. Raises ValueError for a confidence outside [0, 1]."""
    return Prediction(
        id,
        answer.status,
        answer.short if answer.status == "answered" else None,
        answer.alternatives[:MOST_ALTERNATIVES],
        answer.disagreement is not None and answer.disagreement.kind != "correction",
        round(float(answer.confidence), 6),
        tuple(Quoted(q.article.id, q.start, q.end, q.text, q.speaker, q.stance) for q in answer.quotes),
        tuple(Span(q.article.id, q.start, q.end) for q in answer.looked_at),
        round(seconds, 4),
    )


def crashed(id: str, seconds: float) -> Prediction:
    """The prediction for a question at which the assistant crashed."""
    return Prediction(id, "error", None, (), False, 0.0, (), (), round(seconds, 4))


def prediction(answer: Answer, id: str, seconds: float) -> dict[str, Any]:
    """An answer as the record of one line, as plain values."""
    return asdict(predict(id, answer, seconds))


def to_line(prediction: Prediction) -> str:
    return json.dumps(asdict(prediction), ensure_ascii=False) + "\n"


def read_predictions(path: Path) -> list[Prediction]:
    """The predictions in a file. Raises UnusableSet where one breaks the format or stands there twice."""
    predictions: dict[str, Prediction] = {}
    for number, row in read_lines(path):
        try:
            prediction = _prediction(row)
        except (KeyError, TypeError, ValueError) as error:
            raise UnusableSet(f"{path.name}, line {number} is no prediction: {error}.") from error
        if prediction.id in predictions:
            raise UnusableSet(f"{path.name}, line {number}: the id {prediction.id!r} stands there twice.")
        predictions[prediction.id] = prediction
    return list(predictions.values())


def _prediction(row: Mapping[str, Any]) -> Prediction:
    quotes = tuple(
        Quoted(q["article"], q["start"], q["end"], q["text"], q.get("speaker"), q["stance"]) for q in row["quotes"]
    )
    retrieved = tuple(Span(r["article"], r["start"], r["end"]) for r in row["retrieved"])
    return Prediction(
        row["id"],
        row["status"],
        row["answer"],
        tuple(row["alternatives"]),
        row["disagreement"],
        float(row["confidence"]),
        quotes,
        retrieved,
        float(row["seconds"]),
    )


def false_quotes(
    cases: Iterable[Case], predictions: Iterable[Prediction], text_of: Callable[[str], str | None]
) -> dict[str, str]:
    """A sentence for each question that has a quote which isn't its article's words, or is from outside its scope.

    `text_of` gives an article's text, None where there is no such article.
    """
    scopes = {case.question.id: case.question.scope.articles for case in cases}
    false: dict[str, str] = {}
    for p in predictions:
        for q in p.quotes:
            text, scope = text_of(q.article), scopes.get(p.id)
            where = f"question {p.id}: the quote {q.article}[{q.start}:{q.end}]"
            if text is None:
                false.setdefault(p.id, f"{where} is from no article of the set.")
            elif not 0 <= q.start < q.end <= len(text) or text[q.start : q.end] != q.text:
                false.setdefault(p.id, f"{where} isn't the article's words.")
            elif scope is not None and q.article not in scope:
                false.setdefault(p.id, f"{where} is from outside the question's articles.")
    return false


def unquoted(predictions: Sequence[Prediction]) -> list[str]:
    """The ids of answers that are neither a span of a quote nor yes, no or not settled."""
    return [
        p.id
        for p in predictions
        if p.answer is not None and p.answer not in SETTLED and not any(p.answer in q.text for q in p.quotes)
    ]
