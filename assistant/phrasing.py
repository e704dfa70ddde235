"""The answer's sentence: a quotation with the voice that the article gives it, never the bare claim."""

from __future__ import annotations

from typing import Literal

from assistant.answer import Quote
from assistant.cues import FORMS

VERDICTS: dict[str, Literal["Yes", "No"]] = {"yes": "Yes", "no": "No"}


def words_for(quote: Quote, short: str | None = None, cue: str | None = None) -> str:
    """One sentence around a verbatim quote: who says it, or that the article doesn't confirm it, or who denies it.

    `short` counts where it is a verdict ("yes", "no"); a stretch of the quote stands in the quote already. `cue` is the
    article's own verb ("claims"), as `Voice.cue` gives it; without one it is "said".
    """
    marked = _marked(quote.text)
    verdict = VERDICTS.get(short or "")
    speaker = quote.speaker and quote.speaker[:1].upper() + quote.speaker[1:]
    if quote.stance == "denied":
        return f"{speaker or 'The article'} denies it: {marked}"
    if quote.stance == "hedged":
        return f"The article doesn't confirm it: {marked}"
    if speaker:
        verb = _verb(cue)
        return f"{verdict}, by this account. {speaker} {verb}: {marked}" if verdict else f"{speaker} {verb}: {marked}"
    outlet = f" ({quote.article.outlet})" if quote.article.outlet else ""
    return f"{verdict}: {marked}{outlet}" if verdict else f"{marked}{outlet}"


def _marked(words: str) -> str:
    """In quotation marks, unless the words are one whole quotation already."""
    whole = words[:1] in '“"' and words[-1:] in '”"' and len(words) > 1 and not any(m in words[1:-1] for m in '“”"')
    return words if whole else f"“{words}”"


def _verb(cue: str | None) -> str:
    """The last word of a cue, if it is a verb of saying in a finite form."""
    word = (cue or "said").split()[-1].lower()
    cues = FORMS.get(word, ())
    return word if any(c.frame in ("say", "tell") and c.forms & {"past", "s"} for c in cues) else "said"
