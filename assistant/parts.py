"""A question that asks two things or more: its parts, and which of them the articles don't say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.conversation import TWO_PARTS
from assistant.phrasing import words_for

_ASKS = r"(?:when|where|why|who|whom|whose|how(?: many| much| long| often| old| far| big| large| tall| high| deep)?)"
_AT_ONCE = re.compile(
    rf"(?P<heads>{_ASKS}(?:, {_ASKS})*),? and (?P<other>{_ASKS})\b(?P<rest> .{{8,}})", re.IGNORECASE | re.DOTALL
)
_WORD = re.compile(rf"(?:(?:and|but|so) )?(?:(?:since|until|from|by|for|at|to|with) )?{_ASKS}\b", re.IGNORECASE)
_HELPS = r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|may|might)"
# Where a comma parts two questions: "where did", "how many", and "who" up to the next "and"; "the town, where the river
# rose," and "the packer, who died," are no questions.
_NEXT = re.compile(
    rf",? and (?={_ASKS}\b|what\b|which\b)"
    rf"|, (?=(?:when|where|why|how|what|who) {_HELPS}\b|how (?:many|much|long|often|old|far)\b"
    rf"|who \w+(?:ed|s)\b[^,]*$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"how many (?P<things>(?:(?!{_HELPS}\b)[\w’'-]+ ){{1,3}}?){_HELPS}\b", re.IGNORECASE)
_BARE = re.compile(
    rf"(?P<asks>how many) (?P<verb>(?:{_HELPS}|[a-z]+ed|lost|fell|left|fled)\b.*)", re.IGNORECASE | re.DOTALL
)


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
    """“When, where and why did it sink?” as three, “When did it sink, and who was on board?” as two; others as one."""
    words = question.strip().rstrip("?").rstrip()
    if at_once := _AT_ONCE.fullmatch(words):
        heads = (*at_once["heads"].split(", "), at_once["other"])
        return tuple(Part(f"{_capital(head)}{at_once['rest']}?") for head in heads)
    if both := TWO_PARTS.match(question):
        first, *others = (*_NEXT.split(both["first"]), *_NEXT.split(both["second"]))
        return Part(f"{first}?"), *(Part(f"{_whole(other, first)}?", leans=True) for other in others)
    return (Part(question),)


def _whole(part: str, first: str) -> str:
    """“how many died” after “how many people were hurt” is “how many people died”."""
    counted, bare = _COUNTED.match(first), _BARE.fullmatch(part)
    return f"{bare['asks']} {counted['things']}{bare['verb']}" if counted and bare else part


def told_apart(said: Sequence[Part], unsaid: Sequence[Part]) -> str:
    """In a sentence, which of a question's parts the articles don't say."""
    words = [part.word for part in (*said, *unsaid)]
    if None not in words and len(set(words)) == len(words):
        return f"The articles say {_listed(words[: len(said)])}, not {_listed(words[len(said) :], 'or')}."
    asked = [f"“{part.question[:1].lower()}{part.question[1:]}”" for part in unsaid]
    return f"The articles don’t say {_listed(asked, 'or')}" + ("" if len(asked) == 1 else ".")


def joined(question: str, parted: Sequence[tuple[Part, Answer]]) -> Answer:
    """One answer to all parts of a question: what was found for each, and which of them the articles don't say."""
    found = [(part, answer) for part, answer in parted if answer.status == "answered"]
    unsaid = [part for part, answer in parted if answer.status == "not_found"]
    names = tuple(part.question for part in unsaid)
    if not found:
        return replace(parted[0][1], question=question, unsaid=names)
    (_, answer), *others = found
    told = [_closed(answer.words), *(f"“{_capital(part.question)}” {_told(other)}" for part, other in others)]
    if unsaid:
        told = [*map(_closed, told), told_apart([part for part, _ in found], unsaid)]
    elsewhere = (*answer.alternatives, *(other.short for _, other in others if other.short))
    quotes = (*answer.quotes, *(quote for _, other in others for quote in other.quotes))
    return replace(
        answer,
        question=question,
        words=" ".join(told),
        alternatives=tuple(dict.fromkeys(elsewhere)),
        quotes=tuple(dict.fromkeys(quotes)),
        reading=None if unsaid else answer.reading,
        unsaid=names,
    )


def _told(answer: Answer) -> str:
    return words_for(answer.quotes[0], answer.short) if answer.short else answer.words


def _listed(words: Sequence[str], by: str = "and") -> str:
    """“when, where and why”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {by} {words[-1]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _closed(words: str) -> str:
    """Words that end as a sentence does, also where they end in a quotation."""
    return words if words.rstrip("”")[-1:] in ".!?" else f"{words}."
