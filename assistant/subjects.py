"""Which of several things of one name an article is about: the Rush Township in one county or the one in another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from assistant.values import content
from index.articles import Article

_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_WORD = r"[A-Z0-9][\w.'’-]*"
_NAME = re.compile(rf"(?:(?<=[^.?!]\s)|(?<=^)){_WORD}(?:(?: (?:of|the|de|for|and|in))?,? {_WORD})*")
_ASKING = re.compile(
    r"^(?:Who|Whom|Whose|What|Which|When|Where|Why|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|In|At|On)\b\s*"
)
_AFTER = {  # a name
    "brackets": r" ?\( ?([^()\d]{2,40}?) ?\)",
    "place": rf" ?, ({_WORD}(?: {_WORD})*)(?= ?,| is\b| was\b| has\b| had\b|\s*$)",
    "of": rf" of ({_WORD}(?: {_WORD})*)",
    "year": r" (?:\(|(?:is|was) an? )(1\d{3}|20\d\d)\b",
}

Qualifiers = dict[str, frozenset[str]]  # by their form: those of `_AFTER`, and other names within the name


def names(question: str) -> tuple[str, ...]:
    """The names that a question holds, longest first; titles in quotation marks are names."""
    rest = _QUOTED.sub(" ", _ASKING.sub("", question))
    found = _QUOTED.findall(question) + [n for m in _NAME.finditer(rest) if not (n := m[0].strip(" .,")).isdecimal()]
    return tuple(sorted({n for n in found if len(n) > 2}, key=lambda n: (-len(n), n)))


def namesakes(question: str, ones: Iterable[Article], others: Iterable[Article], answers: Iterable[str]) -> bool:
    """Is each article on one side about another thing of the question's name than each on the other side?

    What tells them apart mustn't be the answers. An article that doesn't say which one it means, means the same.
    """
    disputed = frozenset(w for a in answers for w in content(a))
    pairs = list(product(list(ones), list(others)))
    asked = names(question)
    return bool(pairs) and all(any(_differ(name, one, other, disputed) for name in asked) for one, other in pairs)


def _differ(name: str, one: Article, other: Article, disputed: frozenset[str]) -> bool:
    first, second = qualifiers(name, one), qualifiers(name, other)
    both = [(first[form], second[form]) for form in first.keys() & second.keys()]
    return any(not a <= b and not b <= a and not (a ^ b) <= disputed for a, b in both)


@lru_cache(maxsize=512)
def qualifiers(name: str, article: Article) -> Qualifiers:
    """What an article adds to a name to say which one it means, as it first does in each form."""
    text = f"{article.title}\n{article.text}" if article.title else article.text
    head = re.escape(name.partition(",")[0].strip())
    found: Qualifiers = {}
    for form, pattern in _AFTER.items():
        if m := re.search(head + pattern, text):
            found[form] = _weighty(m[1], name)
    words = name.split()
    if len(words) == 2 and all(w[0].isupper() for w in words):
        first, last = map(re.escape, words)
        if m := re.search(rf"\b((?:[A-Z]\w+ )?){first} ((?:[A-Z]\w+ ){{0,2}}){last}\b(?<!\b{first} {last})", text):
            found["within"] = _weighty(m[1] + m[2], name)
    return {form: held for form, held in found.items() if held}


def _weighty(words: str, name: str) -> frozenset[str]:
    return frozenset(content(words)) - frozenset(content(name))
