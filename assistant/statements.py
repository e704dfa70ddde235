"""The attributions of one sentence, by patterns of its tags: cue, source and what is said."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.clauses import Sentence
from assistant.cues import HELD, MODALS, SPEECH, VIEWS
from assistant.extents import Statement, speech
from assistant.postposed import postposed
from assistant.preposed import preposed
from assistant.viewpoints import according, captioned, estimated, held, in_view, nominal, summed_up


def statements(sentence: Sentence) -> list[Statement]:
    """The attributions of a sentence, left to right; nothing inside what is said is looked at."""
    tags = sentence.tags
    found = list(postposed(sentence))
    for index, tag in enumerate(tags):
        if any(start <= index < end for s in found for start, end in (s.content, s.cue, s.source)):
            continue
        made = None
        if sentence.tokens[index].word in ("put", "puts"):
            made = estimated(sentence, index)
        elif tag in "Vg":
            made = preposed(sentence, index, found)
        elif sentence.tokens[index].word == "according":
            made = according(sentence, index)
        elif sentence.tokens[index].word in VIEWS and (seen := in_view(sentence, index)):
            made = seen
        elif sentence.tokens[index].word in HELD and (view := held(sentence, index)):
            made = view
        elif sentence.tokens[index].word in SPEECH and tags[index + 1 : index + 2] == "T":
            made = nominal(sentence, index)
        elif sentence.tokens[index].word == "how":
            made = summed_up(sentence, index)
        elif tags.startswith(":Q", index) and all(s.content[0] != index + 1 for s in found):
            made = captioned(sentence, index)
        if made is not None and _credible(sentence, made):
            found += _clipped(made, found)
    return sorted(found, key=lambda s: s.cue)


SHORTEST = 4  # tokens in which speech within speech is looked for
_TOLD_FRAMES = frozenset(["say", "tell"])


def nested(sentence: Sentence, outer: Statement) -> list[Statement]:
    """The statements within what is said: “the paper reported that the officer had said …”."""
    start, end = outer.content
    if quoted := _quoted_as_saying(sentence, outer):
        return [quoted]
    if outer.frame not in _TOLD_FRAMES or end - start < SHORTEST:
        return []
    start = re.compile("T?,?").match(sentence.tags, start).end()
    inside = Sentence(sentence.tokens[start:end], sentence.tags[start:end], sentence.paragraph)
    return [_moved(s, start) for s in statements(inside) if s.frame in _TOLD_FRAMES]


def _quoted_as_saying(sentence: Sentence, outer: Statement) -> Statement | None:
    """“[quoted] an officer as saying that …”"""
    start, end = outer.content
    for i in range(start + 1, end - 2):
        if sentence.tokens[i].word == "as" and sentence.tags[i + 1] == "g" and speech(sentence.tokens[i + 1]):
            return Statement((i + 2, end), (i, i + 2), (start, i))
    return None


def _moved(statement: Statement, by: int) -> Statement:
    spans = (statement.content, statement.cue, statement.source)
    content, cue, source = ((a + by, b + by) for a, b in spans)
    return replace(statement, content=content, cue=cue, source=source)


def _credible(sentence: Sentence, made: Statement) -> bool:
    """Not “that shows”, not a bare word, not what somebody would or may say."""
    first = sentence.tags[made.content[0]]
    bare = made.content[1] - made.content[0] == 1 and first not in "QC"
    denied = any(c.lemma == "deny" for t in sentence.tokens[slice(*made.cue)] for c in t.cues)
    if sentence.tags[made.source[0]] == "T" or (bare and not denied):
        return False
    modal = any(t.word in MODALS for t in sentence.tokens[slice(*made.cue)])
    return first in "TQ" or not modal


def _clipped(made: Statement, found: list[Statement]) -> list[Statement]:
    """A statement up to where the next one found begins; none if nothing is left of it."""
    start, end = made.content
    begins = [span[0] for other in found for span in (other.content, other.cue, other.source) if start < span[0]]
    end = min([end, *begins])
    return [replace(made, content=(start, end))] if end > start else []
