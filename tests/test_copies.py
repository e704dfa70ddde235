"""Copies: which articles are copies of which, and what is told once because of it. A toy embedder; real SQLite."""

import random
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.settings import SAMPLE
from index.articles import Article
from index.catalog import CATALOG, Catalog
from index.copies import HASHES, bands, components, linked, signature
from index.folding import wording
from index.library import Library
from index.read import read_file
from index.scope import EVERYTHING, Scope
from index.sync import sync
from index.writing import writing
from tests.made_copies import EDITS, SHARES
from tests.toys import WordEmbedder, write_articles

FIRE = (
    "A fire broke out at the harbour early on Tuesday. Two boats burned before the brigade came. "
    "Nobody was hurt, the brigade said. The harbour master, Ida Holm, put the damage at £3.5 million. "
    "The quay stays shut until Friday, and the fish market moves to the old town hall for the week."
)
AGENCY = {"id": "agency", "outlet": "Northern Wire", "published": "2025-03-02", "text": FIRE}
REPOST = {"id": "repost", "outlet": "Coast Daily", "published": "2025-03-03", "text": FIRE.replace("’", "'")}
EDITED = {
    "id": "edited",
    "outlet": "Town Crier",
    "published": "2025-03-04",
    "text": FIRE.replace("Two boats", "Three boats"),
}
DENIED = {
    "id": "denied",
    "outlet": "Evening Post",
    "published": "2025-03-05",
    "text": FIRE.replace("Nobody was hurt", "Nobody was not hurt"),
}
GOAL = {"id": "goal", "outlet": "Coast Daily", "text": "A goal in the last minute won the match for the visitors."}


@pytest.fixture(autouse=True)
def no_generation(monkeypatch):
    """Questions are answered from the catalog: Chroma plays no part here."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)


def held(place: Path, *articles: dict) -> Library:
    """A library of these articles, each in a file of its own so that it can be taken away."""
    for file in (place / "articles").glob("*"):
        file.unlink()
    for article in articles:
        write_articles(place / "articles" / f"{article['id']}.jsonl", article)
    sync([place / "articles"], place / "library", WordEmbedder())
    return Library.open(place / "library", WordEmbedder())


def family(library: Library, id: str, scope: Scope = EVERYTHING) -> tuple[str, ...]:
    return library.families([id], scope).get(id, ())


def test_copies_are_clustered_as_they_come_in_and_the_earliest_leads(tmp_path):
    """Whatever the order in which they come, copies are one family, the earliest dated first; others are none."""
    library = held(tmp_path, EDITED, GOAL)
    assert family(library, "edited") == ()
    library = held(tmp_path, EDITED, GOAL, REPOST, AGENCY)
    assert family(library, "repost") == ("agency", "repost", "edited")
    assert family(library, "goal") == ()


def test_a_family_ends_at_its_scope(tmp_path):
    """Copies outside the question's scope don't lead and aren't listed."""
    library = held(tmp_path, AGENCY, REPOST, EDITED)
    assert family(library, "repost", Scope(since="2025-03-03")) == ("repost", "edited")
    assert family(library, "repost", Scope(articles=frozenset(["repost"]))) == ()


def test_a_copy_that_goes_leaves_its_family(tmp_path):
    """Removal takes a copy out of its cluster, and what only it connected falls apart."""
    library = held(tmp_path, AGENCY, REPOST)
    assert family(library, "repost") == ("agency", "repost")
    library = held(tmp_path, REPOST)
    assert family(library, "repost") == ()
    count = "SELECT (SELECT count(*) FROM copies), (SELECT count(*) FROM bands)"
    assert library.catalog.connection.execute(count).fetchone() == (1, len(bands(signature(FIRE))))


def test_an_edit_moves_an_article_out_of_its_family(tmp_path):
    """An article that is written anew is no copy any more."""
    held(tmp_path, AGENCY, REPOST)
    assert family(held(tmp_path, AGENCY, REPOST | {"text": GOAL["text"]}), "agency") == ()


def test_parts_are_what_links_connect():
    """Of four rows of which the first and third, and the third and fourth, are alike, three are one part."""
    chance = np.random.default_rng(1)
    a, b, other = chance.integers(0, 2**32, (3, 2 * HASHES), np.uint32)
    between = np.where(np.arange(2 * HASHES) % HASHES < HASHES // 2, a, b)
    assert not linked(a, b)
    assert components(np.stack([a, other, between, b])) == [[0, 2, 3], [1]]


def test_few_common_runs_make_a_copy_only_with_most_words_in_common():
    """A tenth of the runs and half of the words: words changed here and there. Without the words: a standing notice."""
    chance = np.random.default_rng(1)
    one, other = chance.integers(0, 2**32, (2, 2 * HASHES), np.uint32)
    few = np.arange(2 * HASHES) < HASHES // 10
    most = few | (np.arange(2 * HASHES) >= HASHES + HASHES // 2)
    assert linked(np.where(most, one, other), one) and not linked(np.where(few, one, other), one)


def test_what_copies_say_alike_is_found_once_and_an_edited_toll_stays(tmp_path):
    """Search gives the earliest copy's passage and names the repost; a passage with another number is its own hit."""
    library = held(tmp_path, AGENCY, REPOST, EDITED, DENIED, GOAL)
    hits = {hit.passage.article_id: hit for hit in library.search("boats burned at the harbour")}
    assert hits["agency"].copies == ("repost",)
    assert hits["edited"].copies == hits["denied"].copies == ()
    assert "repost" not in hits


def test_a_later_copy_is_found_where_the_scope_leaves_out_the_earlier_one(tmp_path):
    """Only copies in scope stand in for each other."""
    library = held(tmp_path, AGENCY, REPOST, GOAL)
    hits = library.search("boats burned at the harbour", Scope(outlets=frozenset(["Coast Daily"])))
    assert [hit.passage.article_id for hit in hits][0] == "repost" and hits[0].copies == ()


def test_folded_hits_make_room_for_others(tmp_path):
    """Ten reposts take up one place of the count that was asked for."""
    reposts = [AGENCY | {"id": f"r{i}", "published": f"2025-04-{i + 1:02}"} for i in range(10)]
    library = held(tmp_path, AGENCY, *reposts, GOAL)
    found = [hit.passage.article_id for hit in library.search("boats burned, a goal won the match", count=2)]
    assert sorted(found) == ["agency", "goal"]


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("“Two boats burned before the brigade came.”", True),
        ("two boats  burned\nbefore the brigade came", True),
        ("Three boats burned before the brigade came.", False),
        ("Two boats burned.", False),
        ("The harbour master, Ida Holm, put the damage at £35 million.", False),
        ("The harbour master, Ida Holm, put the damage at $3.5 million.", False),
        ("The harbour master, Eda Holm, put the damage at £3.5 million.", False),
        ("Was nobody hurt, the brigade said?", False),
    ],
)
def test_only_whole_sentences_in_the_same_words_are_the_same(sentence, there):
    """A changed number, currency, name or "not", and a part of a sentence, are not what the article says."""
    assert bool(wording(Article("a", FIRE)).places(sentence)) == there


def test_a_plain_statement_isn_t_folded_into_its_denial():
    """Words that stand inside a longer sentence of the other copy are not what that sentence says."""
    denial = Article("a", "Officials denied that two boats burned before the brigade came. The quay is open.")
    assert not wording(denial).places("Two boats burned before the brigade came.")


def test_text_without_spaces_between_words_has_runs_too():
    """A copy in a script that doesn't part its words is known by its characters."""
    ferry = "渡船在清晨搁浅,船上有二百一十四人。没有人受重伤。医院说十一名乘客接受了治疗。"
    budget = "市议会星期四通过了明年的预算,公交车将运行到深夜,学校也会得到更多的钱。"
    assert linked(signature(ferry), signature(ferry.replace("清晨", "黎明")))
    assert not linked(signature(ferry), signature(budget))


def test_a_text_without_words_is_held(tmp_path):
    """Marks alone make an article that is a copy of its like and of nothing else."""
    texts = {"one": "***", "two": "***", "three": "🔥🔥"}
    library = held(tmp_path, *({"id": id, "text": text} for id, text in texts.items()))
    assert family(library, "one") == ("one", "two") and family(library, "three") == ()


def test_made_copies_of_the_sample_articles_are_clustered_with_them():
    """Up to half of its sentences edited, a copy is found; different stories are never taken for copies.

    Of the sample articles only those that carry the agency's story of the fire are linked.
    """
    articles = [a for f in sorted(SAMPLE.iterdir()) for a in read_file(f, f.name).articles if len(a.text) > 800]
    texts, chance = [a.text for a in articles], random.Random(7)
    own = [signature(text) for text in texts]
    for edit, limit in (("cut down", 0.6), ("replaced", 0.4), ("reworded", 0.3)):
        for share in (s for s in SHARES if s <= limit):
            made = [signature(EDITS[edit](text, share, texts, chance)) for text in texts]
            found = sum(bool(linked(a, b)) for a, b in zip(own, made, strict=True))
            assert found >= 0.85 * len(texts), (edit, share)
    fire = {"harbour-fire-agency", "harbour-fire-coast-today", "harbour-fire-courier"}
    for i, one in enumerate(articles):
        alike = {other.id for j, other in enumerate(articles) if j != i and linked(own[i], own[j])}
        assert alike == (fire - {one.id} if one.id in fire else set())


def test_the_catalog_s_clusters_follow_removal_in_any_order(tmp_path):
    """Taken away one by one in a seeded order, the families left are those that a new library would have."""
    chance = random.Random(11)
    stories = [AGENCY, REPOST, EDITED, DENIED, GOAL]
    left = list(stories)
    while len(left) > 1:
        left.remove(chance.choice(left))
        library = held(tmp_path, *left)
        fresh = held(tmp_path / f"fresh{len(left)}", *left)
        assert [family(library, s["id"]) for s in left] == [family(fresh, s["id"]) for s in left]
    assert Catalog.open(tmp_path / "library" / CATALOG).facts().articles == 1


def test_copies_that_go_together_cost_one_look_at_their_cluster(tmp_path):
    """Of 60 copies 59 are removed, or edited, at once: the cluster is read and divided once, not 59 times."""
    stories = [{"id": f"copy{n:02}", "text": f"{FIRE} Told by paper {n}."} for n in range(60)]
    library = held(tmp_path, *stories)
    assert len(family(library, "copy00")) == 60
    statements = []
    with writing(tmp_path / "library") as catalog, catalog.transaction() as db:
        db.set_trace_callback(statements.append)
        assert catalog.remove([story["id"] for story in stories[:59]]) == 59
    assert sum("FROM copies WHERE cluster" in statement for statement in statements) == 1
    assert family(library, "copy59") == ()


def test_an_answer_quotes_the_earliest_copy_lists_the_reposts_and_keeps_the_edited_one(tmp_path):
    """Asked for the toll: one source for the copies, the earliest; the copy with another toll is shown beside it."""
    articles = [dict(a, title="Fire at the harbour") for a in (AGENCY, REPOST, EDITED)]
    for article in articles:
        write_articles(tmp_path / "articles" / f"{article['id']}.jsonl", article)
    sync([tmp_path / "articles"], tmp_path / "library")
    answer = Assistant(Library.open(tmp_path / "library"), threshold=0.0).answer("How many boats burned?")
    copies = {quote.article.id: [copy.id for copy in quote.also_in] for quote in answer.quotes}
    assert copies == {"agency": ["repost"], "edited": []}
    assert {side.answer.split()[0] for side in answer.disagreement.sides} == {"Two", "Three"}
