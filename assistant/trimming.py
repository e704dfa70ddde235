"""What of a span that the reader found is the answer: nothing of the dateline, and nothing that is denied."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.excerpts import dateline
from assistant.reader import Span, without_edges
from assistant.stretches import Stretch

_DENIED = re.compile(r",? (?:and|but) not\b(?! (?:only|just|merely)\b)")


def past_dateline(stretch: Stretch, span: Span) -> Span:
    """Of a span that begins in the dateline and goes beyond it: what lies beyond."""
    begins = dateline(stretch.article.text) - stretch.start
    if not span.start < begins < span.end:
        return span
    start, end = without_edges(stretch.text, begins, span.end)
    return replace(span, start=start, end=end)


def without_denied(stretch: Stretch, span: Span) -> Span:
    """Of "in the kitchen and not, as was first thought, in a cold store": where it was."""
    denied = _DENIED.search(stretch.text, span.start + 1, span.end)
    return replace(span, end=denied.start()) if denied else span
