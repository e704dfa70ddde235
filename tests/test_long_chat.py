"""Whole conversations over the sample articles, turn after turn, as a reporter might hold them with the page."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.answer import Answer, turn_of

TODAY = "2026-04-22"


@dataclass(frozen=True)
class Ask:
    """A question of a conversation, and what must be true of its answer."""

    question: str
    short: str | None = None  # the short answer, or a part of it
    says: str | None = None  # words of the answer's sentence
    quotes: str | None = None  # words of the first quote
    story: str | None = None  # what the ids of all quoted articles begin with
    found: bool = True


FIRE = [
    Ask("hello", says="Hello. There are 16 articles"),
    Ask("How many people died in the harbour fire?", "three", quotes="death toll", story="harbour"),
    Ask("Who put it out?", found=False),
    Ask("When did it start?", story="harbour"),
    Ask("How many firefighters?", "60", story="harbour"),
    Ask("And how many stations?", "five", story="harbour"),
    Ask("What about the roof?", quotes="roof", story="harbour"),
    Ask("Who is Ingrid Sollace?", "chief fire officer"),
    Ask("and Peter Oakes?", "the managing director of Brandt & Oakes"),
    Ask("Who said the sprinklers were off?", story="harbour"),
    Ask("What did the union say?", says="the union", quotes="Joyce Tamblyn"),
    Ask("And the company?", says="the company", quotes="wages", story="harbour"),
    Ask("How much damage was there?", "£5 million", story="harbour"),
    Ask("Why did the mayor resign?", found=False),
    Ask("ok", says="tell me more"),
    Ask("What happened on Tuesday?", says="What the articles tell of", quotes="Tuesday"),
    Ask("Tell me more", says="More on"),
    Ask("Which outlets reported it?", says="from"),
    Ask("thanks, bye", says="You’re welcome. Goodbye."),
]
HELICOPTER = [
    Ask("What happened to the helicopter?", quotes="brought down"),
    Ask("Who shot it down?", "rebel"),
    Ask("Where did it land?", "Latakia"),
    Ask("What do the articles say about Syria in November 2015?", says="Syria", quotes="Syria"),
    Ask("What happened on 11 March 2025?", says="11 March 2025", story="harbour"),
    Ask("in the first article, who is quoted?", says="Quoted in 1 article"),
    Ask("What happened in January 2026?", says="January 2026"),
]
HOSPITAL = [
    Ask("How many operations were called off?", "34", story="hospital"),
    Ask("Is that correct?", says="Asked again", story="hospital"),
    Ask("Why?", "beds", story="hospital"),
    Ask("When will the new ward open?", "June", story="hospital"),
    Ask("how many beds?", "24", story="hospital"),
    Ask("Who is Amara Feld?", "chief executive"),
    Ask("What did she say?", says="What Amara Feld is reported to have said", story="hospital"),
    Ask("and the patients' council?", quotes="understaffed", story="hospital"),
    Ask("What's the latest on this?", story="hospital"),
    Ask("Who wrote it?", story="hospital"),
]
ROVERS = [
    Ask("Who is buying Tarnhaven Rovers?", story="rovers"),
    Ask("For how much?", quotes="£12 million", story="rovers"),
    Ask("Who is the captain?", "Daniel Marsh", story="rovers"),
    Ask("How old is he?", "29", story="rovers"),
    Ask("What did he say?", says="What Daniel Marsh is reported", story="rovers"),
    Ask("And the chairman?", quotes="Leonard Pask", story="rovers"),
    Ask("When will it be announced?", "fortnight", story="rovers"),
    Ask("articles from Coast Today", says="There are 2 articles"),
    Ask("List everyone who was quoted", says="Quoted in 16 articles"),
    Ask("Can you help me?", says="I answer from these articles alone"),
]
NEUWERTH = [
    Ask("Wie hoch stieg der Pegel?", says="English is what I read best", quotes="6,42 Meter"),
    Ask("Wer gewann die Wahl?", says="ask in English", found=False),
    Ask("Who is Katrin Vollmer?", "Bürgermeisterin"),
    Ask("Summarise the article about Neuwerth", says="in 3 sentences of its own", story="hochwasser"),
    Ask("yes", says="tell me more"),
]
FERRY = [
    Ask("Tell me about the ferry", story="ferry"),
    Ask("Who decides?", "The board", story="ferry"),
    Ask("When?", "July", story="ferry"),
    Ask("What does Fjordveien promise?", "35 minutes", story="ferry"),
    Ask("and Brightwater?", quotes="electric ships", story="ferry"),
    Ask("Tell me more about the Lady Annis", quotes="Lady Annis", story="ferry"),
    Ask("Is it true that Brightwater cancelled 74 sailings?", "yes", says="Yes."),
    Ask("timeline of the ferry story", says="When things happened", story="ferry"),
]

LISTS = [
    Ask("show me the articles", says="There are 16 articles"),
    Ask("the third one", says="Hospital called off 340 operations"),
    Ask("what is it about", says="Hospital called off 340 operations", story="hospital"),
    Ask("who is quoted in it", says="Graham Pell", story="hospital"),
    Ask("and the second?", says="Correction: operations", story="hospital"),
    Ask("what's in the library about fire", says="articles about fire"),
    Ask("compare the Courier and NPA on the fire", says="side by side", story="harbour"),
    Ask("tell me everything about Winston Ekwe", "who leads the opposition"),
    Ask("what happened in March 2025", says="March 2025", story="harbour"),
    Ask("What is the meaning of life?", found=False),
]


@pytest.mark.parametrize("conversation", [FIRE, HELICOPTER, HOSPITAL, ROVERS, NEUWERTH, FERRY, LISTS])
def test_no_turn_of_a_conversation_is_answered_absurdly(assistant, conversation):
    """Each turn is answered or refused as it should be, from the story that it is about, never at odds with a yes."""
    history, wrong = [], []
    for ask in conversation:
        answer = assistant.answer(ask.question, history, as_of=TODAY)
        history.append(turn_of(answer))
        wrong += [f"{ask.question} {answer.words!r}: {fault}" for fault in faults(ask, answer)]
    assert not wrong, "\n".join(wrong)


def faults(ask: Ask, answer: Answer):
    if ask.found != (answer.status == "answered"):
        yield answer.status
    if ask.short and ask.short.casefold() not in (answer.short or "").casefold():
        yield f"the short answer is {answer.short!r}"
    if ask.says and ask.says not in answer.words:
        yield f"doesn't say {ask.says!r}"
    if ask.quotes and not (answer.quotes and ask.quotes in answer.quotes[0].text):
        yield f"the first quote is {answer.quotes[0].text if answer.quotes else None!r}"
    if ask.story and any(not quote.article.id.startswith(ask.story) for quote in answer.quotes):
        yield f"quotes {[quote.article.id for quote in answer.quotes]}"
    if answer.short in ("yes", "no") and answer.disagreement:
        yield "disagrees with a plain verdict"
