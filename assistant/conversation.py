"""A conversation: what a question means after the turns before it, and what in it is no question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.answer import Turn

Courtesy = Literal["greeting", "thanks", "doubt"]

_COURTESIES: tuple[tuple[Courtesy, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        (
            "greeting",
            r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day))(?: there| again| everyone| all)?"
            r"(?:[,!.] *how are you(?: (?:today|doing))?)?|how are you(?: today)?",
        ),
        (
            "thanks",
            r"(?:ok(?:ay)?[,.!]? |great[,.!]? |perfect[,.!]? )?(?:many |very many )?"
            r"(?:thanks|thank you|thx|cheers|ta)"
            r"(?: (?:a lot|so much|very much|again|for (?:your|the|that|this)(?: help| answer)?))*"
            r"(?:[,.!] (?:that helps|that helped|bye|goodbye))?",
        ),
        (
            "doubt",
            r"(?:but )?(?:are you (?:really |quite |absolutely )?(?:sure|certain)(?: (?:about|of) (?:that|this|it))?"
            r"|is (?:that|this) (?:really )?(?:right|true|correct|certain)|really"
            r"|(?:can|could) you (?:check|double[- ]check|verify)(?: (?:that|this|it))?(?: again)?"
            r"|how (?:sure|certain) are you(?: (?:about|of) (?:that|this|it))?)",
        ),
    )
)


def courtesy(question: str) -> Courtesy | None:
    """A greeting, thanks, or a doubt of the answer before ("are you sure?"); None where something else is asked."""
    words = " ".join(question.split()).strip(" .!?…")
    return next((name for name, form in _COURTESIES if form.fullmatch(words)), None)


# "How much has it risen, and since when?": its first part alone is often read better than both together.
TWO_PARTS = re.compile(
    r"(?P<first>.{15,}?),? and (?:(?:since|until|from|by|for|at) )?"
    r"(?:when|where|who|whom|why|how|what|which)\b.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)


def readings(question: str, history: Sequence[Turn]) -> list[str]:
    """The ways to understand a question: alone, by its first part, or after the last turn's question and answer.

    Nothing is rewritten, so a reading can't drift: the assistant asks each and keeps the surer. A doubt is no question
    of its own: the one that it doubts is asked again, so that the evidence, and what speaks against it, is shown anew.
    """
    if not history:
        first = TWO_PARTS.match(question)
        return [question, f"{first['first']}?"] if first else [question]
    if courtesy(question) == "doubt":
        return [next((t.question for t in reversed(history) if courtesy(t.question) is None), question)]
    last = history[-1]
    return [question, f"{last.question} {last.answer} {question}"]
