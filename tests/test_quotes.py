"""The gate: which words may stand in quotation marks."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.attribution import Voice
from assistant.cli import main
from assistant.evaluation import dishonest, variants
from assistant.excerpts import voice_of
from assistant.namesakes import same_speaker
from assistant.nearest import Difference
from assistant.normal import fold
from assistant.quotes import Verdict, check, find
from index.articles import Article
from index.library import Library
from index.sync import sync
from tests.newsroom import ARTICLES, FERRY, UPDATE
from tests.toys import WordEmbedder, write_articles

NEWS = Path(__file__).parents[1].parent / "shared" / "data" / "news-2022" / "articles.jsonl.gz"
MILL = Article(
    "mill",
    "The mill on the Orre lost 1,500 tons of grain, or 5.5% of its stock, in a non-insured fire at 10:30. "
    "“We didn't expect it,” said Ada Moor. Its U.S. owner, well-\nknown for thrift, will not rebuild.\n\n"
    "The oﬃce — a listed building — was saved. It fell to -5 degrees at night. The us­ual guards, 10–12 men, may "
    "leave in May. “I … I saw smoke,” the guard, Ben Moor, said. The polish on the Polish bell came off. "
    "The bell's rope is 6' long.The clapper [a copy] is new.",
)
LATER = Article("a", UPDATE.text.splitlines()[-1], published="2026-03-06")


def made(folder: Path, articles: Sequence[Article]) -> Library:
    """A library of these articles, as a sync makes it."""
    file = write_articles(folder / "articles" / "articles.jsonl", *map(asdict, articles))
    embedder = WordEmbedder()
    assert not sync([file.parent], folder / "library", embedder).problems
    return Library.open(folder / "library", embedder)


def ids(verdict: Verdict) -> set[str]:
    return {a.id for a in (verdict.quotes[0].article, *verdict.also_in)}


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    """Three articles and a fourth whose typesetting is odd."""
    return made(tmp_path_factory.mktemp("quotes"), [*ARTICLES, LATER, MILL])


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Library:
    """The sample articles."""
    folder = Path(__file__).parents[1] / "assistant" / "sample" / "articles"
    texts = {f.stem: f.read_text("utf-8").split("\n---\n", 1)[1].strip() for f in sorted(folder.glob("*.md"))}
    return made(tmp_path_factory.mktemp("sample"), [Article(id, text) for id, text in texts.items()])


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> Library:
    """The first 120 of the shared news articles."""
    if not NEWS.exists():
        pytest.skip("needs the shared question sets")
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        articles = [Article(**json.loads(line)) for line, _ in zip(lines, range(120), strict=False)]
    return made(tmp_path_factory.mktemp("news"), articles)


@pytest.mark.parametrize(
    ("given", "real"),
    [
        ("the mill  on\nthe\u00a0Orre", "The mill on the Orre"),
        ('"We didn\'t expect it"', "We didn't expect it"),
        ("‘We didn’t expect it,’ said Ada Moor", "“We didn't expect it,” said Ada Moor"),
        ("the office - a listed building - was saved", "The oﬃce — a listed building — was saved"),
        ("The office—a listed building—was saved.", "The oﬃce — a listed building — was saved."),
        ("The usual guards", "The us­ual guards"),
        ("owner, well-known for thrift", "owner, well-\nknown for thrift"),
        ("owner, wellknown for thrift", "owner, well-\nknown for thrift"),
        ("The mill on the Or-\nre lost", "The mill on the Orre lost"),
        ("in a non-\ninsured fire", "in a non-insured fire"),
        ("10-12 men", "10–12 men"),
        ("５.５％ of its stock", "5.5% of its stock"),
        ("I... I saw smoke", "I … I saw smoke"),
        ("The clapper [a copy] is new", "The clapper [a copy] is new"),
    ],
)
def test_another_typesetting_is_the_same_quote(given, real):
    """White space, marks, dashes, ligatures, hyphen breaks and full-width forms don't change what is said."""
    verdict = check(given, MILL)
    assert verdict.kind == "exact"
    assert [q.text for q in verdict.quotes] == [real]


@pytest.mark.parametrize(
    "words",
    [
        "The mill on the Orre lost 1,501 tons",
        "500 tons of grain",
        "5% of its stock",
        "1,500 tons of grain, or 5.5 of its stock",
        "or 5.5",
        "insured fire at 10:30",
        "We did expect it",
        "Its owner, well-known for thrift, will rebuild",
        "Its U.S. owner, well-known for thrift, may not rebuild",
        "It fell to 5 degrees at night",
        "5 degrees at night",
        "12 men, may leave in May",
        "10 men",
        "The usual guards, 10-12 men, may leave in may",
        "The Polish on the Polish bell came off",
        "The bell's rope is 6\" long",
        "The bell's rope was 6' long",
        "It fell to -5 degrees at night The usual guards",
        "We don't expect it",
        "The clapper is new",
        "The guards, 10-12 men",
    ],
)
def test_a_changed_word_is_never_exact(words):
    """Figures, units, signs, negations, modals, names, case and punctuation inside count, and so do cut words."""
    verdict = check(words, MILL)
    assert verdict.kind == "altered"
    assert verdict.quotes[0].text in MILL.text


def test_what_differs_is_said_word_by_word():
    """An altered quote comes with the real sentence and each word that differs."""
    verdict = check("The vessel will be refloated on Thursday if the weather holds", FERRY)
    assert verdict.kind == "altered"
    assert verdict.differences == (Difference("vessel", "ship"), Difference("will", "may"))
    assert verdict.quotes[0].text.startswith("The ship may be refloated") and verdict.quotes[0].text.endswith("office.")


@pytest.mark.parametrize(
    ("given", "real"),
    [
        ("Fog is common … and the lighthouse at Lindholm", ["Fog is common", "and the lighthouse at Lindholm"]),
        ("Fog is common in the sound [. . .] without a keeper", ["Fog is common in the sound", "without a keeper"]),
        ("[F]og is common in the sound", ["Fog is common in the sound"]),
        ("Fog is [very] common in the sound", ["Fog is common in the sound"]),
        ("[The operator], Nordline, said the steering", ["Nordline, said the steering"]),
        ("Fishermen in Lindholm [the village] said they had asked", ["Fishermen in Lindholm said they had asked"]),
    ],
)
def test_an_ellipsis_or_a_bracket_splits_a_quote_into_pieces(given, real):
    """Pieces in order and near each other are exact, and shown in the article's words alone."""
    verdict = check(given, FERRY)
    assert verdict.kind == "exact"
    assert [q.text for q in verdict.quotes] == real


@pytest.mark.parametrize(
    "words",
    [
        "without a keeper … Fog is common",  # another order
        "The ferry Solveig ran aground … Fishermen in Lindholm said",  # too far apart
        "Fog … keeper … 2011",  # pieces of one word
        "Fog is common … without a keeper",  # pieces of three words
        "The radar did … its chairwoman",  # leaves out "not"
        "The radar did [surely], its chairwoman",
        "Fog is [not] common in the sound",
        "[It isn't true that] fog is common in the sound",
        "Fishermen in [the village] said they had asked",  # which one?
        "[The owner], Nordline, said the steering",  # the operator
    ],
)
def test_pieces_that_change_the_meaning_are_not_exact(words):
    """Order, distance and negation hold the pieces of a quote together."""
    assert check(words, FERRY).kind == "altered"


def test_a_literal_ellipsis_or_bracket_is_quoted_as_it_stands():
    """An ellipsis that the article itself has leaves nothing out."""
    assert len(check("“I ... I saw smoke,” the guard", MILL).quotes) == 1


@pytest.mark.parametrize("words", ["", " ", "…", "“”", "[sic]", "?!"])
def test_no_words_are_no_quote(words, library):
    """Words are needed, not only marks."""
    assert check(words, FERRY).kind == find(words, library).kind == "not found"


def test_few_words_are_looked_for_only_in_a_claimed_article(library):
    """Two short words stand in many articles, so they prove nothing without a claimed one."""
    assert find("may leave", library).kind == "not found"
    assert find("may leave", library, claimed_article="mill").kind == "exact"
    assert find("Ada Moor", library).reason


def test_a_quote_is_found_in_its_article_and_its_copies(library):
    """The earliest article is quoted and the others are named."""
    verdict = find("Eleven passengers were treated for bruises and cold", library)
    assert verdict.kind == "exact"
    assert ids(verdict) == {"ferry", "copy"}
    assert find("divers are to look", library).quotes[0].article.id == "update"


def test_the_claimed_article_goes_first(library):
    """Words of another article are exact nowhere but there, and the gate says so."""
    words = "Eleven passengers were treated for bruises and cold"
    assert find(words, library, claimed_article="ferry").quotes[0].article.id == "ferry"
    assert find(words, library, claimed_article="ferry").also_in == (library.article("copy"),)
    verdict = find(words, library, claimed_article="update")
    assert verdict.kind == "another article"
    assert ids(verdict) == {"ferry", "copy"}
    assert find(words, library, claimed_article="no such id").kind == "another article"


def test_an_altered_quote_is_found_in_its_article_and_its_copies(library):
    """A changed word doesn't hide the source, and doesn't become exact."""
    verdict = find("Twelve passengers were treated for bruises and cold", library)
    assert verdict.kind == "altered"
    assert ids(verdict) == {"ferry", "copy"}
    assert verdict.differences == (Difference("Twelve", "Eleven"),)


def test_a_quote_with_every_third_word_changed_is_still_altered(library):
    """Where no three words in a row are left, the article is found by single words, if two thirds of them are real."""
    verdict = find("Lifeboats from two villages brought the passengers ashore by nine o'clock", library)
    assert verdict.kind == "altered"
    assert ids(verdict) == {"ferry"}
    assert find("Lifeboats of two towns brought the crew ashore at nine", library).kind == "not found"


def test_invented_words_are_not_found(library):
    """Words that no article has or nearly has have no nearest sentence."""
    assert find("The mayor of Paris resigned on Monday after a vote of no confidence", library).kind == "not found"


def test_a_quote_of_another_speaker_is_refused(library):
    """The words are real, but somebody else said them."""
    said = {"The steering worked. The radar did not": "Ilse Brandt", "the steering had failed": None}

    def voiced(article, start, end):
        return Voice(said.get(article.text[start:end].strip("”,")), "attributed")

    words = "The steering worked. The radar did not"
    assert check(words, FERRY, "Brandt", voiced).kind == "exact"
    assert check(words, FERRY, "Brandt", voiced).quotes[0].speaker == "Ilse Brandt"
    assert check(words, FERRY, "Maren Voss", voiced).kind == "another speaker"
    assert find(words, library, claimed_speaker="Maren Voss", voice_of=voiced).kind == "another speaker"
    assert check("the steering had failed", FERRY, "Brandt", voiced).kind == "another speaker"
    assert check(words, FERRY, "Maren Voss").kind == "exact"


def test_the_real_attribution_tells_speakers_apart(library):
    """Who says it is read from the article; the words given to another are refused, and the real speaker is named."""
    words = "The steering worked. The radar did not"
    assert find(words, library, None, "Brandt", voice_of).kind == "exact"
    verdict = find(words, library, None, "Maren Voss", voice_of)
    assert verdict.kind == "another speaker" and "Brandt" in verdict.reason
    verdict = find("Fog is common in the sound in early spring", library, None, "Ilse Brandt", voice_of)
    assert verdict.kind == "another speaker" and "own voice" in verdict.reason


def test_a_long_miss_among_the_first_candidates_hides_no_holder(tmp_path):
    """Articles that hold all the runs of a quote apart from each other don't keep it from being found."""
    apart = [Article(f"a{i}", f"Support local journalism. Item {i}. Subscribe to the Gazette today.") for i in range(6)]
    held = made(tmp_path, [*apart, Article("b", "Support local journalism. Subscribe to the Gazette today.")])
    assert ids(find("Support local journalism. Subscribe to the Gazette today.", held)) == {"b"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Voss", "the pilot Maren Voss", True),
        ("Dr. Maren Voss", "Voss", True),
        ("President Voss", "Maren Voss", True),
        ("the harbour office", "harbour office", True),
        ("Voss", "a spokesman for Voss", False),
        ("Voss", "Voss's lawyer", False),
        ("Voss", "the Voss administration", False),
        ("Maren Voss", "Jonas Voss", False),
        ("the Ministry of Health", "the Ministry of Defence", False),
        ("", "Voss", False),
    ],
)
def test_a_shorter_name_is_the_same_speaker(one, other, same):
    """A surname or a title will do; a spokesman, a relative or a namesake will not."""
    assert same_speaker(one, other) is same_speaker(other, one) is same


# At the command line

WATCH = "the flames were already coming through the roof"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--speaker", "Sollace"], 0, "Exact."),
        (["--speaker", "Peter Oakes"], 1, "It is said by Ingrid Sollace"),
        (["--article", "harbour-fire-coast-today"], 0, "Coast Today"),
        (["--article", "harbour-fire-coast-today", "--speaker", "Ingrid Sollace"], 0, "Exact."),
        (["--article", "bridge-repairs"], 2, "There is no article bridge-repairs"),
    ],
)
def test_find_quote_takes_a_claimed_article_and_speaker(options, code, said, sample_library, capsys):
    """Exit code 0 only where the words stand there and this speaker says them."""
    assert main(["find-quote", WATCH, *options, "--library", str(sample_library)]) == code
    printed = capsys.readouterr()
    assert said in (printed.err if code == 2 else printed.out)


def test_find_quote_shows_a_fragments_sentence_and_voice(sample_library, capsys):
    """A fragment comes with the sentence that it is from and with who says it, as text and as JSON."""
    fragment = "production would move to the firm's second site"
    assert main(["find-quote", fragment, "--library", str(sample_library)]) == 0
    printed = capsys.readouterr().out
    assert "in its sentence: “Its managing director, Peter Oakes, told reporters that production" in printed
    assert "says Peter Oakes" in printed
    main(["find-quote", fragment, "--json", "--library", str(sample_library)])
    quote = json.loads(capsys.readouterr().out)["quotes"][0]
    assert (quote["speaker"], quote["stance"]) == ("Peter Oakes", "attributed")
    assert quote["sentence"].startswith("Its managing director")


def test_find_quote_names_the_right_article_of_a_wrong_claim(sample_library, capsys):
    """Words of one article, claimed to be another's: refused as JSON too, with the articles that have them."""
    main(["articles", "list", "--json", "--library", str(sample_library)])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    other = next(row["id"] for row in rows if "fire" not in row["id"])
    assert main(["find-quote", WATCH, "--article", other, "--json", "--library", str(sample_library)]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["kind"] == "another article"
    assert "harbour-fire-agency" in {record["quotes"][0]["article"], *record["also_in"]}


# Properties

WORDS = st.lists(
    st.sampled_from(
        ["The mayor", "said", "“Why not?”", "U.S.", "3.5", "$1,500", "-5%", "don't", "well-known", "—", "–", "--", "…",
         "a\u00add", "e\u0301t", "oﬃce", "\n\n", "(no)", "'90s", "10–12", "6'2\"", "end.Then", "[sic]", "x\u200b", "•",
         "May"]
    ),
    min_size=1,
    max_size=25,
)  # fmt: skip


@given(WORDS, st.data())
@settings(max_examples=400, deadline=None)
def test_a_slice_of_an_article_is_always_exact(words, data):
    """From word to word, whatever the typesetting."""
    article = Article("a", " ".join(words))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    given = " ".join(words[start:end])
    assume(any(c.isalnum() for c in fold(given).text.replace("[sic]", "")))
    assume("don't" not in words[max(start - 4, 0) : start])  # what is cut off from its negation is no quote
    verdict = check(given, article)
    assert verdict.kind == "exact"
    assert fold(verdict.quotes[0].text).text.strip(" -.") in fold(given).text


@given(st.sampled_from([*ARTICLES, MILL]), st.data())
@settings(max_examples=300, deadline=None)
def test_a_changed_digit_is_never_exact(article, data):
    """Whichever digit it is, and whatever it becomes."""
    at = data.draw(st.sampled_from([i for i, c in enumerate(article.text) if c.isdigit()] or [None]))
    assume(at is not None)
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != article.text[at])
    changed = article.text[:at] + digit + article.text[at + 1 :]
    start = max(changed.rfind(" ", 0, max(at - data.draw(st.integers(5, 60)), 0)), 0)
    end = changed.find(" ", at + data.draw(st.integers(1, 60)))
    words = changed[start : end if end > 0 else len(changed)]
    assume(len(words.split()) >= 3)
    assert check(words, article).kind != "exact"


@given(st.text(), st.text())
@settings(max_examples=300, deadline=None)
def test_the_normal_form_leads_back_to_the_source(a, b):
    """Each code point of the form has its offset, in order, inside the part that was folded."""
    normal = fold(a + b, len(a))
    assert len(normal.origin) == len(normal.text) + 1
    assert list(normal.origin) == sorted(normal.origin)
    assert normal.origin[-1] == len(a + b)
    assert all(len(a) <= at < len(a + b) for at in list(normal.origin)[:-1])


@given(st.text(), st.text())
@settings(max_examples=300, deadline=None)
def test_whatever_is_asked_the_quotes_are_the_articles_words(words, text):
    """No words and no article break the gate."""
    verdict = check(words, Article("a", text))
    assert all(q.text and q.text in text for q in verdict.quotes)
    assert (verdict.kind == "not found") == (not verdict.quotes)


# Variants of whole sets


@pytest.mark.parametrize("held", ["sample", pytest.param("news", marks=pytest.mark.shared)])
def test_dishonest_variants_are_caught_and_honest_ones_pass(held, request):
    """Of about 60 of each kind, none that says something else is exact, and none that says the same is refused."""
    index = request.getfixturevalue(held)
    articles = sorted(index.articles(), key=lambda a: a.id)
    lies = dishonest.dishonest(articles, 78, seed=5)
    assert len({v.kind for v in lies}) >= 20
    for v in lies:
        verdict = find(v.words, index, v.claimed_article, v.claimed_speaker, voice_of)
        assert verdict.kind != "exact", v
    refused = [v for v in variants.honest(articles, 69, seed=5) if find(v.words, index).kind != "exact"]
    assert not refused


@pytest.mark.parametrize("held", ["sample", pytest.param("news", marks=pytest.mark.shared)])
def test_excerpts_are_found_in_their_article(held, request):
    """Of 60 exact excerpts all are found in the right article; of 60 altered ones all but one; all are altered."""
    index = request.getfixturevalue(held)
    articles = sorted(index.articles(), key=lambda a: a.id)
    for v in variants.excerpts(articles, 60, seed=5):
        verdict = find(v.words, index)
        assert verdict.kind == "exact" and v.article in (verdict.quotes[0].article, *verdict.also_in), v
    verdicts = [(v, find(v.words, index)) for v in dishonest.lightly_altered(articles, 60, seed=5)]
    assert all(w.kind == "altered" for _, w in verdicts)
    assert sum(v.article in (w.quotes[0].article, *w.also_in) for v, w in verdicts) >= 59


# Words of the article that are no quote

FAIR = Article(
    "fair",
    "The mayor opened the fair on Friday. A thief was arrested on Monday after three hundred people had fled."
    " Peter Vale denied that the sprinklers had been off. He did not say he would resign. More than 300 firms closed."
    " Vice President Ines Orme called it a lie. The bank lost $3 million in May. It was false that the company had paid"
    " bribes. Prices rose by 5 per cent in June. The company said it was untrue that it had sold the ferry."
    " Officials killed 3 goats in the village near Ashby. The minister may resign if the vote fails."
    " Some 10 000 marched to the hall. Nobody thinks the bridge"
    " will fall. It is unlikely to rain. Jan Holt, who lives in Ashby, arrived in Felgate last night.",
)


@pytest.mark.parametrize(
    "words",
    [
        "he would resign",  # not
        "the sprinklers had been off",  # denied that
        "the company had paid bribes",  # false that
        "the bridge will fall",  # nobody thinks
        "the vote fails",  # if
        "The minister may resign",  # if …
        "hundred people had fled",  # three
        "000 marched to the hall",  # 10
        "300 firms closed",  # more than
        "The bank lost $3",  # million
        "Prices rose by 5",  # per cent
        "President Ines Orme called it a lie",  # vice
        "The mayor … was arrested on Monday",  # two sentences
        "The company said … it had sold the ferry",  # untrue that
        "The minister … resign if the vote fails",  # may
        "Officials killed [300] goats in the village near Ashby",
        "Officials killed [many] goats in the village near Ashby",
        "Officials killed 3 [thousand] goats in the village near Ashby",
        "Officials killed 3 goats in the village near [Felgate]",
        "Officials killed 3 goats [on Tuesday] in the village near Ashby",
        "The bank lost [nearly] $3 million in May",
        "The bank lost $3 million in M[arch]",
        "It is [likely] to rain",
        "Jan Holt [allegedly] arrived in Felgate last night",
        "arrived in [Ashby] last night",
    ],
)
def test_true_words_cut_or_filled_to_say_something_else_are_no_quote(words):
    """Cut off from a negation, a condition or half a number, spliced, or filled with a bracket, none is exact."""
    assert check(words, FAIR).kind != "exact"


@pytest.mark.parametrize(
    "words",
    [
        "He did not say he would resign",
        "[The minister] did not say he would resign",
        "Officials killed 3 goats [sic] in the village near Ashby",
        "Jan Holt … arrived in Felgate last night",
        "three hundred people had fled",
        "The minister may resign if the vote fails",
        "More than 300 firms closed",
    ],
)
def test_whole_and_fairly_shortened_words_are_a_quote(words):
    """With its negation, number and condition, "sic", a name for a pronoun or an aside left out, it is exact."""
    assert check(words, FAIR).kind == "exact"


def test_the_same_words_in_another_order_are_altered():
    """A quote whose words are all the article's, put in another order, is said to be altered, not unknown."""
    article = Article("a", "No blue links for this young digital marketer of Ashby. He prefers boats.")
    assert check("No blue young for this links digital marketer", article).kind == "altered"
    assert check("marketer digital young this for links blue no", article).kind == "altered"
