"""The measures: each edge case, by values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.measures import (
    Point,
    auroc,
    average_precision,
    contains,
    exact_match,
    hit,
    ndcg,
    normalise,
    only_wrong,
    overlap,
    ranked,
    reciprocal_rank,
    risk_area,
    risk_coverage,
    shows_evidence,
    stands_for,
    token_f1,
    valid_answers,
)
from assistant.evaluation.sets import Span

words = st.lists(st.sampled_from(["mayor", "of", "Brent", "12", "ferries", "said"]), min_size=1, max_size=6).map(
    " ".join
)
articles = st.lists(st.sampled_from("abcdefghijklmn"), unique=True)
relevant = st.sets(st.sampled_from("abcdefgh"), min_size=1)


# Short answers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Mayor, of a town!", "mayor of town"),
        ("1,200 U.S. ferries", "1200 us ferries"),
        ("theatre and another", "theatre and another"),
        ("Brent’s “boat”", "brent’s “boat”"),  # as SQuAD's script: only ASCII punctuation goes
        ("the", ""),
    ],
)
def test_answers_are_normalised_as_by_squads_script(text, expected):
    """Case, ASCII punctuation, articles as whole words, and white space don't count."""
    assert normalise(text) == expected


def test_an_answer_is_held_against_the_right_one_that_fits_best():
    """Of several right answers the best counts, not the mean or the first."""
    assert exact_match("twelve ferries", ["12", "the Twelve Ferries."]) == 1.0
    assert exact_match("twelve old ferries", ["12", "twelve ferries"]) == 0.0
    assert token_f1("twelve old ferries", ["12", "twelve ferries"]) == pytest.approx(4 / 5)  # 2 shared of 3 and 2


def test_a_repeated_word_is_shared_only_as_often_as_both_have_it():
    """Saying the right word twice doesn't make two right words."""
    assert token_f1("ferries ferries", ["ferries"]) == pytest.approx(2 / 3)


def test_an_answer_of_no_words_is_right_only_where_none_is():
    """Two empty answers agree; an empty one and a full one share nothing."""
    assert token_f1("the", ["a"]) == 1.0
    assert token_f1("the", ["ferries"]) == 0.0
    assert token_f1("ferries", []) == 0.0


@given(words, words)
def test_token_f1_lies_between_exact_match_and_one(answer, right):
    """An exact match has F1 1, and F1 is the same from either side."""
    f1 = token_f1(answer, [right])
    assert exact_match(answer, [right]) <= f1 <= 1.0
    assert f1 == token_f1(right, [answer])


@pytest.mark.parametrize(
    ("answer", "right", "expected"),
    [
        ("about 12 ferries a day", ["twelve", "12 ferries"], 1.0),
        ("about 120 ferries", ["12"], 0.0),  # whole tokens
        ("12 old ferries", ["12 ferries"], 0.0),  # together
        ("12", ["12 ferries"], 0.0),
        ("one two three four five six seven eight nine ten eleven 12", ["12"], 1.0),
        ("one two three four five six seven eight nine ten eleven twelve 12", ["12"], 0.0),  # 13 words
        ("the ferries", ["the"], 0.0),  # a right answer of no words stands nowhere
        ("", ["12"], 0.0),
    ],
)
def test_a_right_answer_must_stand_whole_in_a_short_one(answer, right, expected):
    """Contained are whole tokens in a row, in at most twelve words."""
    assert contains(answer, right) == expected


# Evidence


def test_spans_overlap_where_they_share_a_character():
    """Spans that touch, and spans of different articles, don't overlap."""
    assert overlap(Span("a", 0, 5), Span("a", 4, 9))
    assert not overlap(Span("a", 0, 5), Span("a", 5, 9))
    assert not overlap(Span("a", 0, 5), Span("b", 0, 5))


def test_a_quote_shows_evidence_by_its_place_where_gold_spans_are_known():
    """With gold spans, the right words in another place are no evidence."""
    gold = [Span("a", 10, 20)]
    assert shows_evidence(Span("a", 19, 40), "no matter", gold, ["ferries"]) == 1.0
    assert shows_evidence(Span("a", 20, 40), "twelve ferries", gold, ["ferries"]) == 0.0


def test_a_quote_shows_evidence_by_its_words_where_no_span_is_known():
    """Without gold spans a right answer in the quote counts, and without either there is no score."""
    assert shows_evidence(Span("a", 0, 9), "of the twelve ferries that sail", [], ["twelve ferries"]) == 1.0
    assert shows_evidence(Span("a", 0, 9), "of the ferries", [], ["twelve ferries"]) == 0.0
    assert shows_evidence(Span("a", 0, 9), "of the ferries", [], []) is None


def test_a_quote_of_more_than_sixty_words_points_at_nothing():
    """Quoting the whole article isn't evidence."""
    gold = [Span("a", 0, 400)]
    assert shows_evidence(Span("a", 0, 400), "word " * 60, gold, []) == 1.0
    assert shows_evidence(Span("a", 0, 400), "word " * 61, gold, []) == 0.0


# Several right answers


@pytest.mark.parametrize(
    ("answer", "right", "expected"),
    [
        ("3,559", "3,559 people", True),
        ("In 1856", "1856", True),
        ("February 1900", "8 February 1900", False),  # a figure is missing
        ("1900", "8 February 1900", False),
        ("John B Brent", "John A Brent", False),  # not in one piece
        ("Brent", "Mayor John Brent", False),  # the smaller part
        ("John Brent", "Mayor John Brent", True),
        ("10,000 people", "3,559 people", False),
        ("", "1856", False),
    ],
)
def test_an_answer_stands_for_a_right_one_with_its_figures_and_most_of_its_words(answer, right, expected):
    """A unit or a title may be left out, a figure never."""
    assert stands_for(answer, right) is expected


def test_valid_answers_are_counted_once_each():
    """Precision is over different answers, recall over groups of spellings."""
    groups = [["silver", "a silver medal"], ["bronze"], ["gold"]]
    assert valid_answers(["Silver", "the silver", "tin", "bronze"], groups) == pytest.approx((2 / 3, 2 / 3))


def test_one_answer_may_name_several_valid_ones():
    """An answer that names two groups finds both."""
    assert valid_answers(["silver and bronze"], [["silver"], ["bronze"]]) == (1.0, 1.0)


def test_nothing_given_has_no_precision_and_finds_nothing():
    """Not found counts against recall, and isn't a wrong answer."""
    assert valid_answers([], [["silver"]]) == (None, 0.0)
    assert valid_answers(["silver"], []) == (None, None)


def test_a_wrong_answer_counts_as_the_only_one_unless_a_right_one_stands_beside_it():
    """What is neither right nor known to be wrong is no wrong source's answer."""
    groups, wrong = [["1856"]], ["1900"]
    assert only_wrong(["1900"], groups, wrong) == 1.0
    assert only_wrong(["1900", "1856"], groups, wrong) == 0.0
    assert only_wrong(["1777"], groups, wrong) == 0.0
    assert only_wrong([], groups, wrong) == 0.0
    assert only_wrong(["1900"], groups, []) is None


# Retrieval


def test_articles_rank_by_their_first_passage():
    """A second passage of an article takes no rank."""
    assert ranked([Span("b", 0, 1), Span("a", 0, 1), Span("b", 5, 9), Span("c", 0, 1)]) == ["b", "a", "c"]


def test_retrieval_measures_by_hand():
    """Relevant at ranks 2 and 4, a third one never found."""
    found, right = ["x", "a", "y", "b"], {"a", "b", "c"}
    assert hit(found, right, 1) == 0.0
    assert hit(found, right, 2) == 1.0
    assert reciprocal_rank(found, right) == 1 / 2
    assert average_precision(found, right) == pytest.approx((1 / 2 + 2 / 4) / 3)
    # gains 1/log2(3) and 1/log2(5) over the best possible 1 + 1/log2(3) + 1/log2(4)
    assert ndcg(found, right) == pytest.approx((0.63093 + 0.43068) / (1 + 0.63093 + 0.5), abs=1e-4)


def test_what_stands_beyond_the_depth_is_not_found():
    """The eleventh article counts for MAP alone."""
    found = [str(n) for n in range(10)] + ["a"]
    assert hit(found, {"a"}, 10) == reciprocal_rank(found, {"a"}) == ndcg(found, {"a"}) == 0.0
    assert average_precision(found, {"a"}) == pytest.approx(1 / 11)


def test_retrieval_is_not_measured_where_nothing_is_relevant():
    """A question without judgements falls out of the mean; one that found nothing counts zero."""
    for measure in (reciprocal_rank, ndcg, average_precision):
        assert measure(["a"], set()) is None
        assert measure([], {"a"}) == 0.0
    assert hit(["a"], set(), 1) is None


@given(articles, relevant)
def test_retrieval_measures_agree_on_what_is_perfect(found, right):
    """All lie in 0 to 1, and all are 1 where the relevant come first."""
    first = sorted(right) + [a for a in found if a not in right]
    for measure in (reciprocal_rank, ndcg, average_precision):
        assert 0.0 <= measure(found, right) <= 1.0 + 1e-9
        assert measure(first, right) == pytest.approx(1.0)


@given(articles, relevant)
def test_a_relevant_article_moved_to_the_front_never_lowers_a_measure(found, right):
    """Finding sooner isn't worse."""
    inside = [a for a in found if a in right]
    if inside:
        better = [inside[-1], *(a for a in found if a != inside[-1])]
        for measure in (reciprocal_rank, ndcg, average_precision):
            assert measure(better, right) >= measure(found, right) - 1e-9


# Confidence


def test_auroc_counts_pairs_and_ties_half():
    """Of the four pairs, three are in order and one is tied."""
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)


def test_auroc_needs_both_kinds():
    """Where all questions can be answered there is nothing to tell apart."""
    assert auroc([0.2, 0.9], [True, True]) is None
    assert auroc([], []) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_auroc_is_the_share_of_ordered_pairs(rows):
    """The rank formula agrees with counting every pair."""
    pairs = [(y, n) for y, t in rows if t for n, f in rows if not f]
    expected = sum((y > n) + (y == n) / 2 for y, n in pairs) / len(pairs) if pairs else None
    assert auroc([s for s, _ in rows], [t for _, t in rows]) == pytest.approx(expected)


def test_the_risk_coverage_curve_by_hand():
    """Four of five questions answered; two share a confidence and make one point."""
    points = risk_coverage([0.6, 0.9, 0.6, 0.3], [1.0, 0.0, 0.0, 1.0], 5)
    assert points == [Point(0.9, 1 / 5, 0.0), Point(0.6, 3 / 5, 1 / 3), Point(0.3, 4 / 5, 1 / 2)]
    # steps of widths 1/5, 2/5 and 1/5 over 4/5
    assert risk_area(points) == pytest.approx((0 + 2 / 5 * 1 / 3 + 1 / 5 * 1 / 2) / (4 / 5))


def test_nothing_answered_has_no_curve():
    """Refusing all is no perfect risk."""
    assert risk_coverage([], [], 3) == []
    assert risk_area([]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=20))
def test_the_curve_ends_at_the_mean_loss(rows):
    """With every answer counted the risk is the mean loss, and coverage only grows."""
    points = risk_coverage([s for s, _ in rows], [lost for _, lost in rows], len(rows))
    assert points[-1].coverage == 1.0
    assert points[-1].risk == pytest.approx(sum(lost for _, lost in rows) / len(rows))
    assert all(
        a.coverage < b.coverage and a.confidence > b.confidence for a, b in zip(points, points[1:], strict=False)
    )
