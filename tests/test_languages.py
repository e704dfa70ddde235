"""Languages: every script is kept as it is, its sentences end where they end, and its words are found."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from index.library import Library
from index.passages import cut, sentences
from index.search import spaced, words_query
from index.sync import sync
from tests.toys import WordEmbedder, write_articles

ROWS = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "languages.jsonl").read_text("utf-8").splitlines()
]
SCRIPTS = {
    "composed and decomposed": "Café, Cafe\u0301, Ångström, A\u030angstro\u0308m.",
    "right to left": "قال المدير (الاثنين): «لا أعرف». אמר: “לא”. \u200fabc\u200e 123",
    "joiners": "می\u200cداند क्\u200dष 👩\u200d👩\u200d👧 e\u200bn\ufeffd",
    "beyond the first plane": "𝔄𐍈𠮷🜁 𒀭 ꧋",
    "old and rare": "ᚠᛖᚻ ⵜⵉⴼⵉⵏⴰⵖ ᏣᎳᎩ ༀ་མ་ཎི ᠮᠣᠩᠭᠣᠯ ꤊꤢꤛ",
    "spaces of all widths": "a\u00a0b\u2009c\u3000d\te\u2028f\x0bg\x85h",
    "typography": "ﬁ ﬂ … – — ‘a’ “b” „c“ «d» ‹e› ¹ ½ № ™",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_text_comes_back_byte_for_byte(tmp_path, name, monkeypatch):
    """Whatever the script and however it is encoded, from a file through the library to what is quoted."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)  # two processes, of no use here
    text = f"{SCRIPTS[name]} " * 40
    write_articles(tmp_path / "a.jsonl", {"id": "data", "text": text})
    (tmp_path / "b.txt").write_bytes(("Headline of it\n\nIt began on Monday.\n" + text.strip() + " It ended.").encode())
    sync([tmp_path], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    assert library.article("data").text.encode() == text.encode()
    assert "".join(passage.text for passage in library.passages("data")).encode() == text.encode()
    assert (text.strip() + " It ended.").encode() in library.article("b").text.encode()


ENDS = {
    "zh": "渡轮停航三天。公司说：“我们宁可停三天，也不愿意冒险。”居民走山路！学生怎么办？",
    "ja": "渡し船は出なかった。「理由は分からない」と係は話した。乗客は120人だった。また待った。",
    "ko": "연락선은 출항하지 않았다. 이유는 아무도 몰랐다. 승객 120명이 기다렸다. 끝났다.",
    "ar": "لم تبحر العبارة. هل يعرف أحد السبب؟ قال المدير إن 120 راكبا ينتظرون. لم يحدث شيء.",
    "ur": "کشتی نہیں چلی۔ کسی کو وجہ معلوم نہیں۔ مسافر انتظار کرتے رہے۔ پھر چلی۔",
    "he": "המעבורת לא הפליגה. איש לא ידע מדוע. 120 נוסעים המתינו. הם חזרו.",
    "hi": "नौका नहीं चली। किसी को कारण नहीं पता था। 120 यात्री रुके रहे। फिर चली।",
    "am": "ጀልባው አልተነሳም። ምክንያቱን ማንም አላወቀም። 120 መንገደኞች ጠበቁ። ተመለሱ።",
    "hy": "Լաստանավը չմեկնեց։ Ոչ ոք չգիտեր պատճառը։ 120 ուղևոր սպասում էր։ Վերադարձան։",
    "el": "Το πλοίο δεν έφυγε. Ξέρει κανείς γιατί; Περίμεναν 120 επιβάτες. Έφυγαν.",
    "ru": "Паром не вышел. Почему, сказал г. Петров, неизвестно. Ждали 120 пассажиров. Они ушли.",
    "de": "Die Fähre lief am 3. Mai nicht aus. Warum, wusste Dr. Weiß nicht. Viele warteten. Sie gingen.",
    "fi": "Lautta ei lähtenyt 3. toukokuuta. Kukaan ei tiennyt miksi. Moni odotti. He lähtivät.",
    "tr": "Feribot kalkmadı. Kimse nedenini bilmiyordu. 120 yolcu bekledi. Sonra gittiler.",
}


@pytest.mark.parametrize("language", ENDS)
def test_a_sentence_ends_where_its_language_ends_it(language):
    """Four sentences each, with the stops, dates and abbreviations of the language."""
    assert len(sentences(ENDS[language], language)) == 4


@pytest.mark.parametrize("text", ["เรือข้ามฟากไม่ออกในวันจันทร์ " * 400, "សាឡាងមិនបានចេញនៅថ្ងៃចន្ទទេ។ " * 400, "渡轮停航" * 200])
def test_a_text_without_sentence_ends_is_cut_all_the_same(text):
    """Thai marks none, and Khmer's are not known: a passage may begin in mid-sentence, and nothing is lost."""
    from index.articles import Article
    from index.embedder import Embedder

    passages = cut(Article("a", text), Embedder())
    assert len(passages) > 1 and "".join(passage.text for passage in passages) == text


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    """Four stories in each of twelve languages, with the real embedder."""
    folder = tmp_path_factory.mktemp("languages")
    rows = ({"id": f"{r['language']}-{r['id']}", "text": r["text"], "language": r["language"]} for r in ROWS)
    sync([write_articles(folder / "news.jsonl", *rows)], folder / "library")
    return Library.open(folder / "library")


def test_a_question_finds_its_story_in_each_language(library):
    """Of four stories in twelve languages the right one comes first, by its words even where meaning fails."""
    missed = Counter()
    for row in ROWS:
        first = library.search(row["question"])[0].passage.article_id
        missed[row["language"]] += first != f"{row['language']}-{row['id']}"
    assert missed.total() == 0, missed


def test_a_quotation_finds_its_article_where_words_have_no_spaces(library):
    """Some words from the middle of a Chinese or a Japanese sentence, one of them changed."""
    assert next(library.quote_candidates("因船底发现裂缝，往返西岛的渡轮", 5)).id == "zh-ferry"
    assert next(library.quote_candidates("火災が起き、作業員三人が死亡した", 5)).id == "ja-fire"


def test_a_script_without_spaces_is_searched_by_pairs_of_characters():
    """And all others by words, as they stand."""
    assert spaced("The ferry") == "The ferry"
    assert spaced("渡轮 NPA通信").split() == ["渡", "轮", "NPA", "通", "信"]
    assert words_query("渡轮停 ferry") == '"渡 轮" OR "轮 停" OR "ferry"'
