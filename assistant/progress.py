"""An answer that grows while a chat model writes it, over the reader's answer, which completes or replaces it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.answer import Answer, Quote, Sentence, Written
from assistant.marks import Draft
from assistant.phrasing import OTHERWISE
from assistant.prompt import SENTENCES, evidence_of
from assistant.prose import Gate, Passed, refuses

_BARE: dict[str, Any] = {"alternatives": (), "disagreement": None, "looked_at": ()}


class Progress:
    """An answer that grows: the sentences that have passed, over the reader's answer."""

    def __init__(self, read: Answer, gate: Gate, written: Written):
        self.read, self.gate, self.written = read, gate, written
        self.tokens: tuple[int, int] | None = None
        self.trouble: str | None = None
        self._quotes: list[Quote] = []
        self._refused = False
        self._heard: list[str] = []

    @property
    def enough(self) -> bool:
        """Has the model written all that was asked for, or begun to repeat itself, as small ones do?"""
        return len(self._heard) >= 2 * SENTENCES or any(self._heard.count(words) > 2 for words in self._heard[-1:])

    def take(self, draft: Draft) -> bool:
        """Does a sentence go onto the page?"""
        if draft.words in self._heard:
            self._heard.append(draft.words)
            return False
        self._heard.append(draft.words)
        if refuses(draft):
            self._refused = True
            return False
        passed = self.gate.passes(draft)
        w = self.written
        if passed is None:
            self.written = replace(w, dropped=w.dropped + 1)
            return False
        if any(passed.sentence.words == s.words for s in w.sentences) or (passed.repaired and self._shown(passed)):
            return False
        sentence = replace(passed.sentence, quotes=tuple(map(self._known, passed.sentence.quotes)))
        self._quotes += [q for q in sentence.quotes if q not in self._quotes]
        self.written = replace(w, sentences=(*w.sentences, sentence), repaired=w.repaired + passed.repaired)
        return True

    def _shown(self, passed: Passed) -> bool:
        """Are they but the words of quotes that other sentences rest on already?"""
        return all(self._known(q) in self._quotes for q in passed.sentence.quotes)

    def _known(self, quote: Quote) -> Quote:
        """The reader's own quote where it holds the sentence: it knows the copies."""
        same = (q for q in evidence_of(self.read) if q.article == quote.article)
        return next((q for q in same if q.start <= quote.start and quote.end <= q.end), quote)

    def answer(self, whole: bool = False) -> Answer:
        """The answer so far; when whole, completed by the reader where the model failed or nothing passed."""
        w = self.written
        words = " ".join(self._marked(s) for s in w.sentences)
        if whole:
            trouble = self.trouble
            if trouble is None and not w.sentences:
                trouble = (
                    f"{w.model} found no answer in the passages."
                    if self._refused or not w.dropped
                    else f"No sentence of {w.model} is borne out by a quote."
                )
            elif trouble is None and self._missed():
                trouble = f"What {w.model} wrote leaves the answer out."
            if trouble:
                rest = "The answer" if not w.sentences else "What follows its sentences"
                trouble = f"{trouble} {rest} is the reader’s."
                words = f"{words} {self.read.words}".strip()
            elif self.read.disagreement:
                words = f"{words} {OTHERWISE[self.read.disagreement.kind]}"
            w = replace(w, tokens=self.tokens, trouble=trouble)
        overlapping = {q for q in self.read.quotes if any(_within(q, own) for own in self._quotes)}
        rest = [q for q in self.read.quotes if q not in overlapping] if whole else []
        return replace(self.read, words=words, quotes=(*self._quotes, *rest), written=w, **({} if whole else _BARE))

    def _missed(self) -> bool:
        """Had every sentence to be put right, and does none of them hold the answer that the reader found?"""
        held = any(self.read.short in q.text for q in self._quotes) if self.read.short else True
        return not held and self.written.repaired == len(self.written.sentences)

    def _marked(self, sentence: Sentence) -> str:
        """A sentence with the numbers of its quotes, as the page counts them."""
        return sentence.words + " " + "".join(f"[{self._quotes.index(q) + 1}]" for q in sentence.quotes)


def _within(quote: Quote, other: Quote) -> bool:
    return quote.article == other.article and other.start <= quote.start and quote.end <= other.end
