"""Sync: make a library hold exactly the articles of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from index.articles import Article
from index.catalog import UNREAD, Catalog
from index.embedder import DEFAULT, Embedder
from index.errors import Unreadable
from index.fetched import elsewhere
from index.generations import renew_vectors
from index.identity import OWN, Leaving, continued, given
from index.library import ModelChanged
from index.links import Web
from index.passages import Passage, cut, embedded_text, headline
from index.places import Places, outermost
from index.sources import NAMED, File, SourceMissing, read, root_of, scan
from index.writing import existing, trying, writing

GROUP = 64  # articles that are cut, embedded and committed together


@dataclass(frozen=True, slots=True)
class Change:
    """What one file asks of the library."""

    file: File
    new: tuple[Article, ...] = ()
    edited: tuple[Article, ...] = ()
    moved: tuple[Article, ...] = ()  # from a file that is gone, under the id they had
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    problems: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)  # by what the file names each of its articles, by id
    stamp: tuple[int, int] = UNREAD  # of the file as it was read


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Numbers of articles, and a sentence for each thing that was not read."""

    new: int = 0
    edited: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    dismissed: tuple[str, ...] = ()  # ids of those removed by hand, which no sync brings back
    problems: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        return self.new + self.edited + self.moved + self.removed

    def plus(self, change: Change) -> SyncReport:
        return replace(
            self,
            new=self.new + len(change.new),
            edited=self.edited + len(change.edited),
            moved=self.moved + len(change.moved),
            removed=self.removed + len(change.removed),
            unchanged=self.unchanged + change.unchanged,
            problems=self.problems + change.problems,
        )


def sync(
    sources: Sequence[Path | str],
    folder: Path,
    embedder: Embedder | None = None,
    only: bool = False,
    dry_run: bool = False,
    stdin_name: str = "stdin",
    web: Web | None = None,
) -> SyncReport:
    """Make the library in `folder` hold exactly the articles of these files, folders, globs, links and "-".

    Without sources: of all it was ever synced from; one of these that can't be reached keeps what it gave.
    What it holds from other sources stays, or with `only` goes.
    Interrupted at any moment it holds whole articles, and the next sync goes on from there.
    Raises SourceMissing, LibraryMissing, LinkFailed, LibraryBusy, ModelChanged.
    """
    named = [root_of(source, stdin_name) for source in sources]
    if not named:
        existing(folder).close()  # what was never made remembers no sources
    with trying(folder) if dry_run else writing(folder) as catalog, TemporaryDirectory() as passing:
        embedder = use_model(catalog, embedder)
        roots = outermost(named or catalog.roots())
        homes, inside = Places(roots if only else outermost([*roots, *catalog.roots()])), Places(roots)
        found = scan(roots, homes, folder, remembered=not named).plus(
            elsewhere(roots, named, catalog, Path(passing), web or Web())
        )
        if only and named and found.problems and not found.files:  # a mistyped link must not empty the library
            raise SourceMissing(f"{found.problems[0]} Nothing was changed; leave out --only, or name what is there.")
        held = {path: stamp for path, stamp in catalog.files().items() if only or inside.holding(path)}
        missing = held.keys() - found.files.keys() - set(found.unseen)
        unseen = Places(found.unseen)
        gone = {path for path in missing if unseen.holding(path) is None}
        changed = [file for path, file in sorted(found.files.items()) if held.get(path) != file.stamp]
        same = held.keys() - gone - {file.path for file in changed}
        leaving = Leaving(catalog.held(gone))
        problems = (*found.problems, *catalog.problems(same))
        report = SyncReport(
            unchanged=catalog.count_articles(same), dismissed=tuple(catalog.dismissed()), problems=problems
        )
        for file in shown(changed, "Reading"):
            change = compare(file, catalog, leaving)
            if not dry_run:
                apply(change, catalog, embedder)
            report = report.plus(change)
        if not dry_run:
            catalog.forget(gone)
            catalog.set_roots({path: home for path in catalog.files() if (home := homes.holding(path))})
            renew_vectors(catalog, folder)
        return replace(report, removed=report.removed + leaving.left)


def compare(file: File, catalog: Catalog, leaving: Leaving) -> Change:
    """Read one file and find what is new, edited, moved or no longer in it.

    `leaving` are the articles whose files are gone; one that is found again is taken out. What can't be read any
    more, the file or a part of it, leaves the articles that were read from it earlier as they are. Of several articles
    under one id of their own the first keeps it, in the order of paths; the others get numbers and are told.
    """
    held = catalog.held([file.path])
    try:
        reading = read(file)
    except Unreadable as error:
        kept = " What was read from it earlier is kept." if held else ""
        return Change(file, unchanged=len(held), problems=(f"{error}{kept}",))
    new, edited, moved, unchanged = [], [], [], 0
    digests = {row.id: row.digest for row in held}
    names: dict[str, str] = {}
    namesakes: list[tuple[str, str]] = []
    taken, numbers = set(digests), {}
    for article, id in zip(reading.articles, continued(reading.articles, held, file.name), strict=True):
        name = given(article.id, file.name)
        if id:
            article = replace(article, id=id)
            unchanged += digests[id] == article.digest
            edited += [article] if digests[id] != article.digest else []
        elif was := leaving.by_words(article.digest, name):
            leaving.take(was)
            article = replace(article, id=was.id)
            moved.append(article)
        elif (was := leaving.by_name(name)) and catalog.source_of(article.id) is not None:  # renamed and edited in one
            leaving.take(was)
            article = replace(article, id=was.id)
            edited.append(article)
        elif catalog.is_dismissed(article):
            continue
        else:
            article = replace(article, id=_free_id(article.id, catalog, taken, numbers))
            new.append(article)
        names[article.id] = name
        taken.add(article.id)
        if name.startswith(OWN) and name != OWN + article.id:
            namesakes.append((name.removeprefix(OWN), article.id))
    problems = [f"{file.name}: {problem}" for problem in reading.problems]
    removed = digests.keys() - names.keys()
    if removed and problems:  # they may stand in the part that couldn't be read
        problems[-1] += "; what was read from it earlier is kept"
        unchanged += len(removed)
        removed = frozenset()
    if namesakes:
        problems.append(f"{file.name}: {_numbered(namesakes)}")
    said = tuple(f"{problem}." for problem in problems)
    return Change(file, tuple(new), tuple(edited), tuple(moved), tuple(removed), unchanged, said, names, file.stamp)


def apply(change: Change, catalog: Catalog, embedder: Embedder) -> None:
    """Carry out one file's change: whole articles, a group at a time; the file counts as read at the end."""
    catalog.begin_file(change.file.path, change.file.root)
    wanted = (*change.moved, *change.new, *change.edited)
    for group in groups(shown(wanted, "Embedding") if len(wanted) > GROUP else wanted, GROUP):
        ready = [(article, prepared(article, embedder)) for article in group]
        texts = {key: text for _, rows in ready for _, key, text in rows}
        vectors = catalog.embedded(texts)  # an unchanged or moved passage keeps its vector
        missing = [key for key in texts if key not in vectors]
        fresh = embedder.embed([texts[key] for key in missing])
        vectors |= {key: row.tobytes() for key, row in zip(missing, fresh, strict=True)}
        with catalog.transaction():
            whole = [(article, [(passage, key, vectors[key]) for passage, key, _ in rows]) for article, rows in ready]
            catalog.put(whole, change.file.path, change.given)
    with catalog.transaction():
        catalog.remove(change.removed)
        catalog.name(change.given)
        catalog.finish_file(change.file.path, change.stamp, change.problems)
        if change.file.url is not None:
            catalog.set_validators(change.file.path, change.file.validators.etag, change.file.validators.modified)


def prepared(article: Article, embedder: Embedder) -> list[tuple[Passage, str, str]]:
    """The article's passages, each with the text that is embedded for it and that text's hash."""
    title = headline(article.title, embedder)
    texts = [(passage, embedded_text(title, passage.text)) for passage in cut(article, embedder)]
    return [(passage, sha256(text.encode()).hexdigest(), text) for passage, text in texts]


@lru_cache(maxsize=1)
def _own(model: str) -> Embedder:
    """A library's own embedder, loaded once however often it is synced."""
    return Embedder(model)


def use_model(catalog: Catalog, embedder: Embedder | None) -> Embedder:
    """The library's own embedding model, or the one that is asked for. A new library is noted as made with it.

    Raises ModelChanged where that isn't the model of an old one.
    """
    made_with = catalog.state("model")
    embedder = embedder or _own(made_with or DEFAULT)
    if made_with is None:
        catalog.set_state("model", embedder.name)
    elif made_with != embedder.name:
        raise ModelChanged(
            f"This library was made with the embedding model {made_with}, not {embedder.name}."
            f" Rebuild it first: onrecord rebuild --embedder {embedder.name}"
        )
    return embedder


def dismiss(folder: Path, article_id: str) -> bool:
    """Remove an article for good: no sync brings it back. Was it there? Raises LibraryMissing, LibraryBusy."""
    existing(folder).close()
    with writing(folder) as catalog:
        there = catalog.dismiss(article_id)
        renew_vectors(catalog, folder)
    return there


def readmit(folder: Path, article_id: str) -> bool:
    """Let the next sync bring back what `dismiss` removed. Was it removed? Raises LibraryMissing, LibraryBusy."""
    existing(folder).close()
    with writing(folder) as catalog:
        return catalog.readmit(article_id)


def groups(items: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while group := list(islice(iterator, size)):
        yield group


def shown(items: Sequence, doing: str) -> Iterable:
    """The items, with a progress bar on a terminal."""
    from tqdm import tqdm

    return tqdm(items, desc=doing, unit="", leave=False, disable=None if len(items) > 1 else True)


def _numbered(namesakes: Sequence[tuple[str, str]]) -> str:
    """What is said of articles whose ids others bear: pairs of the stated id and the one that it is held under."""
    listed = ", ".join(f"{stated} as {held}" for stated, held in namesakes[:NAMED])
    more = f" and {len(namesakes) - NAMED:,} more" if len(namesakes) > NAMED else ""
    return f"other articles had these ids first, so it is held {listed}{more}; give each article an id of its own"


def _free_id(id: str, catalog: Catalog, taken: AbstractSet[str], numbers: dict[str, int]) -> str:
    """The id, or where another article bears it the next free "id~2". `numbers` are those tried in this file."""
    number, free = numbers.get(id, 1), id
    while free in taken or catalog.source_of(free) is not None:
        number += 1
        free = f"{id}~{number}"
    numbers[id] = number
    return free
