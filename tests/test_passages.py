"""Cutting articles into passages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Article
from index.embedder import Embedder
from index.passages import cut, embedded_text, headline, sentences
from tests.toys import WordEmbedder

PIECES = WordEmbedder()
PROSE = st.lists(
    st.sampled_from(
        [
            "The mayor said no. ",
            "“Why?” asked Dr. Lee. ",
            "It cost 3.5 million",
            "\n\n",
            " ",
            "…",
            "Нет! ",
            "他说不。",
            "a" * 50,
            "\t",
            "e\u0301",
        ]
    )
).map("".join)


@given(st.one_of(st.text(), PROSE))
@settings(max_examples=300, deadline=None)
def test_a_passage_is_a_stretch_of_its_article(text):
    """Cutting never changes the words."""
    for p in cut(Article("a", text), PIECES, most=12):
        assert text[p.start : p.end] == p.text


@given(st.one_of(st.text(min_size=1), PROSE.filter(bool)))
@settings(max_examples=300, deadline=None)
def test_passages_leave_nothing_out_and_repeat_nothing(text):
    """Joined, an article's passages are its text, and none is empty."""
    passages = cut(Article("a", text), PIECES, most=12)
    assert "".join(p.text for p in passages) == text
    assert all(p.text for p in passages)
    assert [p.ordinal for p in passages] == list(range(len(passages)))


@given(st.one_of(st.text(), PROSE))
@settings(max_examples=300, deadline=None)
def test_no_passage_is_longer_than_its_window(text):
    """A passage never has more word pieces than asked, so that the model cuts nothing off."""
    for p in cut(Article("a", text), PIECES, most=12):
        assert len(PIECES.offsets([p.text])[0]) <= 12


@given(st.one_of(st.text(), PROSE))
@settings(max_examples=300, deadline=None)
def test_sentences_have_no_gaps(text):
    """Each sentence begins where the one before ended; together they are the text."""
    spans = sentences(text)
    assert "".join(text[a:b] for a, b in spans) == text


def test_a_passage_ends_with_a_sentence():
    """Where sentences fit, no passage ends inside one."""
    text = "The bridge closed on Monday. Dr. Lee, of St. Mary’s, said so. Repairs cost 3.5 million. They end in May."
    passages = cut(Article("a", text), PIECES, most=16)
    assert len(passages) > 1
    assert all(p.text.rstrip().endswith(".") and not p.text.rstrip().endswith(("Dr.", "St.", "3.")) for p in passages)


def test_a_long_sentence_is_split_between_words():
    """A sentence longer than the window is cut between words, not inside one."""
    text = " ".join(f"word{i}" for i in range(100))
    passages = cut(Article("a", text), PIECES, most=12)
    assert len(passages) >= 100 / 12
    assert all(p.text.strip().startswith("word") for p in passages)


@given(st.text(max_size=3000), st.text(min_size=1, max_size=2000))
@settings(max_examples=60, deadline=None)
def test_nothing_embedded_is_cut_off_by_the_model(title, text):
    """Headline and passage together fit the packaged model's window of 256 word pieces, [CLS] and [SEP] included."""
    model = Embedder()
    for p in cut(Article("a", text), model):
        assert len(model.offsets([embedded_text(headline(title, model), p.text)])[0]) <= 254
