"""A conversation: what a question means after the turns before it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Turn


def readings(question: str, history: Sequence[Turn]) -> list[str]:
    """The ways to understand a question: alone, and after the last turn's question and answer.

    Nothing is rewritten, so a reading can't drift: the assistant asks each and keeps the surer.
    """
    if not history:
        return [question]
    last = history[-1]
    return [question, f"{last.question} {last.answer} {question}"]
