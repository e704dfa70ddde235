"""A question that asks two things: its parts, and which of them the articles don't say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.conversation import TWO_PARTS
from assistant.phrasing import words_for

_ASKS = r"(?:when|where|why|who|whom|whose|how(?: many| much| long| often| old| far| big| large| tall| high| deep)?)"
_AT_ONCE = re.compile(rf"(?P<one>{_ASKS}),? and (?P<other>{_ASKS})\b(?P<rest> .{{8,}})", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(rf"(?:(?:and|but|so) )?(?:(?:since|until|from|by|for|at|to|with) )?{_ASKS}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks, as a question; `leans`: it may mean what the part before it names."""

    question: str
    leans: bool = False

    @property
    def word(self) -> str | None:
        """What it asks for: “when”, “how many”; None for “what” and “which”, which say nothing by themselves."""
        found = _WORD.match(self.question)
        return re.sub(r"^(?:and|but|so) ", "", found[0].lower()) if found else None


def parts(question: str) -> tuple[Part, ...]:
    """“When and where did it sink?” and “When did it sink, and who was on board?” as two; any other is one."""
    words = question.strip().rstrip("?").rstrip()
    if both := _AT_ONCE.fullmatch(words):
        return Part(f"{both['one']}{both['rest']}?"), Part(f"{both['other'].capitalize()}{both['rest']}?")
    if both := TWO_PARTS.match(question):
        return Part(f"{both['first']}?"), Part(f"{both['second']}?", leans=True)
    return (Part(question),)


def told_apart(said: Part, unsaid: Part) -> str:
    """In a sentence, which of two parts the articles don't say."""
    if said.word and unsaid.word and said.word != unsaid.word:
        return f"The articles say {said.word}, not {unsaid.word}."
    return f"The articles don’t say “{unsaid.question[:1].lower()}{unsaid.question[1:]}”"


def joined(question: str, first: tuple[Part, Answer], second: tuple[Part, Answer]) -> Answer:
    """One answer to both parts of a question: what was found for each, or which of them the articles don't say."""
    found = [(part, answer) for part, answer in (first, second) if answer.status == "answered"]
    unsaid = [part for part, answer in (first, second) if answer.status == "not_found"]
    names = tuple(part.question for part in unsaid)
    if not found:
        return replace(first[1], question=question, unsaid=names)
    part, answer = found[0]
    if unsaid:
        words = f"{_closed(answer.words)} {told_apart(part, unsaid[0])}"
        return replace(answer, question=question, words=words, reading=None, unsaid=names)
    after = second[1]
    told = words_for(after.quotes[0], after.short) if after.short else after.words
    asked = second[0].question
    others = (*answer.alternatives, after.short) if after.short else answer.alternatives
    return replace(
        answer,
        question=question,
        words=f"{_closed(answer.words)} “{asked[:1].upper()}{asked[1:]}” {told}",
        alternatives=tuple(dict.fromkeys(others)),
        quotes=(*answer.quotes, *(quote for quote in after.quotes if quote not in answer.quotes)),
    )


def _closed(words: str) -> str:
    """Words that end as a sentence does, also where they end in a quotation."""
    return words if words.rstrip("”")[-1:] in ".!?" else f"{words}."
