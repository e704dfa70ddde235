"""A small made library and an assistant that knows its answers by heart, for the tests of the page."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event
from types import SimpleNamespace

from assistant.answer import AS_ASKED, Answer, Choice, Disagreement, Found, Limit, Quote, Side, Terms, Turn
from index.articles import Article
from index.errors import OnRecordError
from index.scope import EVERYTHING, Scope

FERRY = Article(
    id="ferry",
    title="Ferry runs aground off Lindholm in thick fog",
    outlet="Harbour Courier",
    author="Maren Voss",
    published="2026-03-03",
    url="https://harbour-courier.example/2026/03/ferry-aground",
    text=(
        "The ferry Solveig ran aground on the Lindholm shoal shortly after dawn on Tuesday with 214 people on board."
        "\n\n"
        "Nobody was seriously hurt. Eleven passengers were treated for bruises and cold at the harbour hall, the"
        " coastguard said.\n\n"
        "The operator, Nordline, said the steering had failed two minutes before the ship left the channel. The pilots'"
        " union disputed that. “The steering worked. The radar did not,” its chairwoman, Ilse Brandt, said.\n\n"
        "Lifeboats from three villages took the passengers off by ten o'clock. The ship may be refloated on Thursday"
        " if the weather holds, according to the harbour office.\n\n"
        "The Solveig was built in 1998 and was last inspected in November. Fog is common in the sound in early spring,"
        " and the lighthouse at Lindholm has been without a keeper since 2011. A memorial in the village recalls the"
        " wreck of the mail boat Agnete on the same shoal in 1931.\n\n"
        "Fishermen in Lindholm said they had asked for a second buoy for years. The council has the request before it."
    ),
)
UPDATE = Article(
    id="update",
    title="Ferry accident: eighteen now treated",
    outlet="Evening Ledger",
    published="2026-03-04",
    updated="2026-03-05",
    url="https://ledger.example/ferry-update",
    text=(
        "Eighteen people have now been treated after Tuesday's ferry accident, the hospital in Osby said.\n"
        "Nordline denied that the radar had been out of order.\n"
        "Divers are to look at the hull on Friday."
    ),
)
COPY = Article(
    id="copy",
    title="Lindholm: ferry on the rocks",
    outlet="Sound Gazette",
    published="2026-03-03",
    text="Nobody was seriously hurt. Eleven passengers were treated for bruises and cold at the harbour hall, the"
    " coastguard said.",
)
ARTICLES = (FERRY, UPDATE, COPY)


def quote(article: Article, words: str, **more: object) -> Quote:
    """The first place of some words in an article."""
    start = article.text.index(words)
    return Quote(article, start, start + len(words), **more)


TREATED = quote(
    FERRY,
    "Eleven passengers were treated for bruises and cold at the harbour hall, the coastguard said.",
    speaker="the coastguard",
    stance="attributed",
    also_in=(COPY,),
)
EIGHTEEN = quote(
    UPDATE,
    "Eighteen people have now been treated after Tuesday's ferry accident, the hospital in Osby said.",
    speaker="the hospital in Osby",
    stance="attributed",
)
ABOARD = quote(
    FERRY,
    "The ferry Solveig ran aground on the Lindholm shoal shortly after dawn on Tuesday with 214 people on board.",
)
REFLOATED = quote(
    FERRY,
    "The ship may be refloated on Thursday if the weather holds, according to the harbour office.",
    speaker="the harbour office",
    stance="hedged",
    hedge="may",
)
RADAR = quote(UPDATE, "Nordline denied that the radar had been out of order.", speaker="Nordline", stance="denied")
LOOKED_AT = (ABOARD, REFLOATED, quote(UPDATE, "Divers are to look at the hull on Friday."))

ABOARD_Q = "How many people were on board?"
TREATED_Q = "How many people were treated?"
WHY_Q = "Was the radar broken, and when will the ship be refloated?"
MAYOR_Q = "Who is the mayor of Osby?"
WHICH_Q = "When did the ship run aground, only the Courier?"

ANSWERS = {
    ABOARD_Q: Answer(
        question=ABOARD_Q,
        status="answered",
        words="214 people, as the Harbour Courier reported on 3 March 2026.",
        short="214 people",
        quotes=(ABOARD,),
        confidence=0.91,
        looked_at=LOOKED_AT,
    ),
    TREATED_Q: Answer(
        question=TREATED_Q,
        status="answered",
        words="Eighteen by the later report, from the hospital in Osby; eleven the day before, said the coastguard.",
        short="Eighteen",
        alternatives=("Eleven passengers",),
        quotes=(EIGHTEEN, TREATED),
        disagreement=Disagreement(
            "later", (Side("Eighteen people", (EIGHTEEN,)), Side("Eleven passengers", (TREATED,)))
        ),
        confidence=0.74,
        looked_at=LOOKED_AT,
    ),
    WHY_Q: Answer(
        question=WHY_Q,
        status="answered",
        words="Nordline denied it; the ship may be refloated on Thursday, the harbour office said.",
        quotes=(RADAR, REFLOATED),
        confidence=0.55,
        looked_at=LOOKED_AT,
    ),
    MAYOR_Q: Answer(
        question=MAYOR_Q,
        status="not_found",
        words="The articles don't say who the mayor of Osby is.",
        confidence=0.04,
        looked_at=LOOKED_AT,
    ),
}
COURIER = Limit("only the Courier", "only Harbour Courier", Scope(outlets=frozenset({"Harbour Courier"})))
CHOICES = (Choice("the ferry Solveig", ("ferry", "update")), Choice("the mail boat Agnete", ("ferry",)))
WHICH = Answer(
    question=WHICH_Q,
    status="not_found",
    words="Which ship? The articles tell of two.",
    alternatives=tuple(choice.words for choice in CHOICES),
    limits=(COURIER,),
    reading="after",
    choices=CHOICES,
)


@dataclass
class Newsroom:
    """An assistant over given answers. It remembers what it was asked, and waits `pause` seconds before it answers."""

    answers: dict[str, Answer] = field(default_factory=lambda: dict(ANSWERS))
    articles: tuple[Article, ...] = ARTICLES
    pause: float = 0.0
    asked: list[tuple[str, Scope, tuple[Turn, ...]]] = field(default_factory=list)
    days: list[str | None] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)

    @property
    def library(self) -> SimpleNamespace:
        outlets = sorted({a.outlet for a in self.articles if a.outlet})
        days = sorted(a.published for a in self.articles if a.published)
        facts = SimpleNamespace(
            articles=len(self.articles),
            outlets=tuple((name, sum(a.outlet == name for a in self.articles)) for name in outlets),
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )
        return SimpleNamespace(facts=lambda: facts)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = EVERYTHING,
        as_of: str | None = None,
        terms: Terms = AS_ASKED,
        stop: Event | None = None,
    ) -> Iterator[Found | Answer]:
        self.asked.append((question, scope, tuple(history)))
        self.terms.append(terms)
        self.days.append(as_of)
        if question == "Fail.":
            raise OnRecordError("The library is gone. Make one: onrecord sync articles/")
        answer = self.answers.get(question) or self.answers[next(iter(self.answers))]
        yield Found(answer.looked_at)
        time.sleep(self.pause)
        yield answer
