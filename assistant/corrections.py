"""Who corrects whom: the note that says so, what it withdraws, and the report that it corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.claims import Claim, kinship
from assistant.contradictions import is_clause
from assistant.expected import comparable
from assistant.stories import same_story
from assistant.values import same
from assistant.wording import rejects

ELSEWHERE = 0.5  # by which share more of the question's words another sentence of the note has
AKIN = 0.3  # how far a note that doesn't say what it withdraws must speak of the same thing


def corrected(question: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims as corrections leave them, best first.

    What a note repeats in order to correct it is no claim of the note's; what it puts in its place is as likely as
    that was. The report that gave the old answer is marked; where no such report was found, the note's own words for
    the old answer stand for it.
    """
    left = list(claims)
    for id in {c.quote.article.id: None for c in claims if c.corrects}:
        left = _by_note(question, left, id)
    return sorted(left, key=lambda c: -c.score)


def _by_note(question: str, claims: list[Claim], note: str) -> list[Claim]:
    own = [c for c in claims if c.quote.article.id == note]
    others = [c for c in claims if c.quote.article.id != note and not c.corrects]
    if _on_another_matter(own):
        return claims
    old = _withdrawn(own, others)
    new = _right(question, [c for c in own if c not in old], old, others)
    if new is None:
        return claims
    reports = [o for o in others if any(same(o.meaning, w.meaning) for w in old)]
    reports += [o for o in others if o not in reports and rejects(new.quote.text, o.answer)]
    if not old and not reports:  # the note doesn't say what it corrects: the best comparable claim about the same thing
        akin = [
            o for o in others if o.value and comparable(o.meaning, new.meaning) and not same(o.meaning, new.meaning)
        ]
        reports = [
            o for o in akin if kinship(new, o, question) >= AKIN and same_story(new.quote.article, o.quote.article)
        ][:1]
    if not old and not reports:
        return claims
    score = max(new.score, *(c.score for c in (*old, *reports)))
    kept = [c for c in claims if c not in old and c is not new and c not in reports]
    marked = [replace(r, corrected=True) for r in reports or old[:1]]
    return [*kept, *marked, replace(new, score=score + 0.01)]


def _on_another_matter(own: Sequence[Claim]) -> bool:
    """Has a sentence of a note that corrects nothing the question's words, and what it corrects hardly one?"""
    told = [c.said for c in own if c.told]
    return bool(told) and any(c.said >= max(told) + ELSEWHERE for c in own if not c.told)


def _withdrawn(own: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """The claims of a note that it repeats in order to correct them: its words say so, or only others stand by them."""
    said = [c for c in own if c.told == "withdrawn" and c.corrects]
    if said:
        return [c for c in own if any(same(c.meaning, s.meaning) for s in said) and c.told != "right"]
    right = next((c for c in own if c.told == "right" and c.fit), None)
    if right:  # what reads better than the right answer is what it stands against
        return [
            c
            for c in own
            if c.told is None
            and c.corrects
            and c.score > right.score
            and comparable(c.meaning, right.meaning)
            and not same(c.meaning, right.meaning)
        ]
    shared = [c for c in own if c.told is None and c.corrects and any(same(c.meaning, o.meaning) for o in others)]
    rest = [c for c in own if c not in shared and any(comparable(c.meaning, s.meaning) for s in shared)]
    return shared if rest else []


def _right(question: str, own: Sequence[Claim], old: Sequence[Claim], others: Sequence[Claim]) -> Claim | None:
    """What a note puts in the old answer's place: what its words call right, else its best comparable claim."""
    against = [*old, *others]
    fit = [
        c
        for c in own
        if c.fit
        and (not against or any(comparable(c.meaning, a.meaning) for a in against))
        and not any(same(c.meaning, o.meaning) for o in old)
    ]
    named = (
        c for c in fit if c.corrects and not is_clause(c)
    )  # a clause of the note may tell how the mistake was made
    return next((c for c in fit if c.told == "right"), next(named, None))
