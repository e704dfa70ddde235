"""The page in a real browser: ask, read, click, and nothing of an article runs."""

from __future__ import annotations

import importlib
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.answer import Answer, Quote, Terms
from assistant.assistant import Assistant
from assistant.cli import SAMPLE_QUESTIONS
from index.articles import Article
from tests.newsroom import (
    ABOARD,
    ABOARD_Q,
    ANSWERS,
    CHOICES,
    COURIER,
    EIGHTEEN,
    MAYOR_Q,
    RADAR,
    REFLOATED,
    TREATED,
    TREATED_Q,
    WHICH,
    WHICH_Q,
    WHY_Q,
    Newsroom,
    quote,
)
from ui.server import start

CHROMIUM = Path("/usr/bin/chromium")
REQUIRED = os.environ.get("ONRECORD_BROWSER") == "required"  # as in CI: then a missing browser fails, and skips nothing
playwright = (
    importlib.import_module("playwright.sync_api")
    if REQUIRED
    else pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install -e '.[test]'")
)
expect = playwright.expect
PATIENCE = 60_000  # milliseconds; a wait ends as soon as it can, and a busy machine is slow
expect.set_options(timeout=PATIENCE)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not REQUIRED, reason=f"needs Chromium at {CHROMIUM}: apt-get install chromium"
    ),
]


@pytest.fixture(scope="module")
def driver() -> Iterator[playwright.Playwright]:
    with playwright.sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(driver) -> Iterator[playwright.Browser]:
    browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield browser
    browser.close()


@contextmanager
def served(assistant: Assistant | Newsroom, examples: Sequence[str]) -> Iterator[str]:
    page = start(assistant, examples)
    yield page.local_url
    page.close(verbose=False)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(Newsroom(), list(ANSWERS)) as url:
        yield url


@pytest.fixture
def tab(browser, url) -> Iterator[playwright.Page]:
    """The page on a desk, opened and ready."""
    with opened(browser, url, viewport={"width": 1280, "height": 800}) as tab:
        yield tab


@contextmanager
def opened(browser, url: str, **context) -> Iterator[playwright.Page]:
    context = browser.new_context(**context)
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    tab.goto(url)
    tab.locator("#chat .placeholder-content").wait_for()
    expect(tab.locator("#question textarea")).to_be_focused()
    yield tab
    context.close()


def ask(tab, question: str) -> None:
    """Types a question, sends it with Enter, and waits for the whole answer."""
    answers = tab.locator(".answer .foot").count()
    box = tab.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(tab.locator(".answer .foot")).to_have_count(answers + 1)
    expect(tab.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def in_view(locator) -> bool:
    """Whether an element lies inside the scrolled article, where a person sees it."""
    return locator.evaluate(
        """mark => {
            const inner = mark.getBoundingClientRect(), outer = mark.closest(".paper").getBoundingClientRect();
            return inner.top >= outer.top && inner.bottom <= Math.min(outer.bottom, innerHeight);
        }"""
    )


def test_a_question_gets_its_answer_in_quotes(tab):
    """The answer streams in with its sources, its short answer and its quotes."""
    ask(tab, TREATED_Q)
    answer = tab.locator(".answer")
    expect(answer.locator("strong")).to_have_text("Eighteen")
    expect(answer.locator("blockquote")).to_have_text([EIGHTEEN.text, TREATED.text])
    expect(answer.get_by_role("heading", name="Reported differently on another day")).to_be_visible()
    expect(answer.get_by_text("attributed to the hospital in Osby", exact=True)).to_be_visible()


def test_the_sample_articles_answer_with_quotes_that_open(browser, assistant):
    """The real assistant over the sample set: a question, its quotes, and a click that shows one in its article."""
    question = "How much will the bridge repairs cost?"
    with served(assistant, SAMPLE_QUESTIONS) as url, opened(browser, url) as tab:
        ask(tab, question)
        quote = tab.locator(".answer .quote a.open").last
        said = quote.inner_text().strip("“”")
        held = [a for a in assistant.library.articles() if said in a.text]
        assert "million" in said and held
        quote.click()
        article = tab.get_by_role("region", name="Article")
        expect(article.locator("mark.here")).to_have_text(said)
        expect(article.get_by_role("heading")).to_have_text(re.compile("|".join(re.escape(a.title) for a in held)))
        assert in_view(article.locator("mark.here"))


def test_the_sources_come_before_the_answer(browser):
    """While the passages are read, the page names them, and the answer takes their place."""
    newsroom = Newsroom(pause=1.5)
    with served(newsroom, []) as url, opened(browser, url) as tab:
        tab.locator("#question textarea").fill(WHY_Q)
        tab.locator("#question textarea").press("Enter")
        expect(tab.get_by_text("Reading 3 passages from Harbour Courier, Evening Ledger")).to_be_visible()
        expect(tab.locator(".answer")).to_have_count(0)
        expect(tab.get_by_role("log")).to_have_attribute("aria-busy", "true")
        expect(tab.locator(".answer blockquote")).to_have_count(2)
        expect(tab.get_by_role("log")).to_have_attribute("aria-busy", "false")


def test_a_click_shows_the_quote_in_its_article(tab):
    """The article opens beside the chat, the sentence marked and in view, the other quotes marked more lightly."""
    ask(tab, WHY_Q)
    article = tab.get_by_role("region", name="Article")
    expect(article.locator("mark.here")).to_have_text(RADAR.text)  # the first quote opens by itself
    tab.get_by_role("link", name=REFLOATED.text).first.click()
    expect(article.get_by_role("heading")).to_have_text("Ferry runs aground off Lindholm in thick fog")
    expect(article.locator("mark.here")).to_have_text(REFLOATED.text)
    expect(article.get_by_role("link", name=re.compile("harbour-courier.example"))).to_be_visible()
    expect(article.get_by_text("Maren Voss")).to_be_visible()
    assert in_view(article.locator("mark.here"))
    expect(tab.locator('.answer a[aria-current="true"]').first).to_have_text(REFLOATED.text)


def test_a_mark_far_down_is_scrolled_into_view(browser):
    """A long article opens at the quote, each time another one is clicked."""
    text = "\n\n".join(f"Paragraph {n} says nothing of note, at some length, and then again." for n in range(200))
    long = Article("long", text, title="A long one")
    first, second = quote(long, "Paragraph 150 says nothing of note"), quote(long, "Paragraph 20 says nothing of note")
    answer = Answer("Where?", "answered", "In two places.", quotes=(first, second), confidence=0.9)
    with served(Newsroom({"Where?": answer}), []) as url, opened(browser, url) as tab:
        ask(tab, "Where?")
        for given in (second, first):
            tab.get_by_role("link", name=given.text).click()
            expect(tab.locator("mark.here")).to_have_text(given.text)
            tab.wait_for_function("document.activeElement.matches('.paper')")
            assert in_view(tab.locator("mark.here"))
            expect(tab.locator("mark.other")).to_have_count(1)


def test_not_found_shows_what_was_looked_at_as_no_answer(tab):
    """The page says plainly that the articles don't say; the passages are folded away."""
    ask(tab, MAYOR_Q)
    expect(tab.locator(".answer .words")).to_have_text("The articles don't say who the mayor of Osby is.")
    expect(tab.locator(".answer blockquote")).to_have_count(0)
    expect(tab.locator(".answer .passage").first).to_be_hidden()
    tab.get_by_text("What I looked at (3 passages)").click()
    tab.get_by_role("link", name=ABOARD.text).click()
    expect(tab.locator("mark.here")).to_have_text(ABOARD.text)


def test_the_next_question_can_be_typed_at_once(tab):
    """An article that opens by itself leaves the focus where the person types, also after a quote was clicked."""
    ask(tab, ABOARD_Q)
    tab.get_by_role("link", name=ABOARD.text).first.click()
    expect(tab.get_by_role("region", name="Article")).to_be_focused()
    ask(tab, TREATED_Q)
    expect(tab.locator("mark.here")).to_have_text(EIGHTEEN.text)
    expect(tab.locator("#question textarea")).to_be_focused()


def test_an_example_can_be_clicked(tab):
    """A person who knows nothing of the library starts with one click."""
    tab.get_by_role("button", name=ABOARD_Q).click()
    expect(tab.locator(".answer strong")).to_have_text("214 people")


def test_escape_stops_an_answer(browser):
    """A slow answer can be stopped by the keyboard, and the next question is answered."""
    newsroom = Newsroom(pause=5)
    with served(newsroom, []) as url, opened(browser, url) as tab:
        tab.locator("#question textarea").fill(WHY_Q)
        tab.locator("#question textarea").press("Enter")
        expect(tab.get_by_role("button", name="Stop")).to_be_visible()
        tab.keyboard.press("Escape")
        expect(tab.get_by_text("Stopped before there was an answer.")).to_be_visible()
        newsroom.pause = 0
        ask(tab, ABOARD_Q)
        expect(tab.locator(".answer")).to_have_count(1)


def test_how_a_question_was_understood_can_be_changed_by_a_click(browser):
    """A limit's button, a choice and the other reading ask the same question again in its place, and keep the focus."""
    newsroom = Newsroom({**ANSWERS, WHICH_Q: WHICH})
    with served(newsroom, []) as url, opened(browser, url, viewport={"width": 1280, "height": 800}) as tab:
        ask(tab, ABOARD_Q)
        ask(tab, WHICH_Q)
        for label, terms in [
            (re.compile("only Harbour Courier ?: ask without this limit"), Terms(lifted=frozenset({COURIER.words}))),
            ("the mail boat Agnete", Terms(choice=CHOICES[1])),
            ("Ask it alone", Terms(reading="alone")),
        ]:
            newsroom.terms.clear()
            box = tab.locator("#question textarea")
            box.fill("half a question")
            tab.get_by_role("button", name=label).press("Enter")
            expect(tab.get_by_role("group", name="Answer").last).to_be_focused()
            expect(tab.locator(".asked")).to_have_text([ABOARD_Q, WHICH_Q])
            expect(box).to_have_value("half a question")
            assert len(newsroom.terms) == 1
            assert terms.lifted <= newsroom.terms[0].lifted and terms.choice in (None, newsroom.terms[0].choice)
        assert newsroom.terms[0].reading == "alone"


def test_a_new_conversation_starts_empty(tab):
    """The old answers and the open article are gone, and the examples are back."""
    ask(tab, ABOARD_Q)
    tab.get_by_role("button", name="New conversation").click()
    expect(tab.locator(".answer")).to_have_count(0)
    expect(tab.get_by_text("Click a quote to read it in its article.")).to_be_visible()
    expect(tab.get_by_role("button", name=MAYOR_Q)).to_be_visible()


def test_an_answer_can_be_copied_with_its_sources(browser, url):
    """What a person pastes carries the quote, the outlet, the day and the link."""
    with opened(browser, url, permissions=["clipboard-read", "clipboard-write"]) as tab:
        ask(tab, ABOARD_Q)
        tab.get_by_role("button", name="Copy answer").click()
        expect(tab.get_by_role("button", name="Copied")).to_be_visible()
        copied = tab.evaluate("navigator.clipboard.readText()")
    assert f"> “{ABOARD.text}”\n>\n> \\[1\\] Harbour Courier · 3 March 2026 · Ferry runs aground" in copied
    assert "<https://harbour-courier.example/2026/03/ferry-aground>" in copied


def test_limits_are_used_and_named(browser):
    """A day given in the folded row reaches the assistant and stands under the answer."""
    newsroom = Newsroom()
    with served(newsroom, []) as url, opened(browser, url) as tab:
        tab.get_by_role("button", name="Limit to outlets or days").click()
        first_day = tab.get_by_role("textbox", name="The first day")
        first_day.fill("2026-03-04")
        first_day.press("Enter")
        ask(tab, ABOARD_Q)
        expect(tab.locator(".answer .foot")).to_contain_text("from 4 March 2026")
    assert newsroom.asked[0][1].since == "2026-03-04"


def test_a_phone_reads_without_scrolling_sideways(driver, browser, url):
    """On a phone nothing is wider than the screen; the article covers the chat and closes again."""
    with opened(browser, url, **driver.devices["Pixel 5"]) as tab:
        ask(tab, TREATED_Q)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        article = tab.get_by_role("region", name="Article")
        expect(article).to_be_hidden()
        tab.get_by_role("link", name=TREATED.text).tap()
        expect(article.locator("mark.here")).to_have_text(TREATED.text)
        assert in_view(article.locator("mark.here"))
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        article.get_by_role("button", name="Close the article").tap()
        expect(article).to_be_hidden()
        expect(tab.get_by_role("link", name=TREATED.text)).to_be_focused()


def test_the_page_can_be_used_by_keyboard_and_screen_reader(tab):
    """Everything has a name and a role, quotes open by Enter, and the focus goes to the article."""
    tab.get_by_role("button", name="Limit to outlets or days").press("Enter")
    ask(tab, ABOARD_Q)
    tab.get_by_text("What I looked at").press("Enter")
    for role, name in [
        ("textbox", "Question"),
        ("button", "Ask"),
        ("button", "New conversation"),
        ("button", re.compile("Limit to outlets or days")),
        ("button", "Copy answer"),
        ("heading", "On Record"),
        ("log", re.compile("conversation")),
        ("region", "Article"),
        ("group", "Question"),
        ("group", "Answer"),
    ]:
        expect(tab.get_by_role(role, name=name, exact=True).first).to_be_visible()
    nameless = tab.evaluate(
        """[...document.querySelectorAll("button, a, input, textarea, img")].filter(e => e.checkVisibility()
            && !(e.textContent.trim() || e.ariaLabel || e.title || e.alt || e.labels?.length)).map(e => e.outerHTML)"""
    )
    assert nameless == []
    assert tab.locator("html").get_attribute("lang") == "en"
    assert tab.title() == "On Record"
    link = tab.get_by_role("link", name=ABOARD.text).first
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    link.press("Enter")
    expect(tab.get_by_role("region", name="Article")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_light_and_dark(browser, url, scheme):
    """All text has a contrast of 4.5 to 1 or more against what it stands on (WCAG 2.2, 1.4.3)."""
    with opened(browser, url, color_scheme=scheme, viewport={"width": 1280, "height": 800}) as tab:
        for question in (TREATED_Q, WHY_Q, MAYOR_Q):
            ask(tab, question)
        tab.locator(".quote a.open").first.click()
        tab.locator("mark.here").wait_for()
        assert tab.evaluate(CONTRAST) == []


CONTRAST = """() => {
    const parse = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(
        c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    ).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = e => {
        for (; e; e = e.parentElement) {
            const c = parse(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] === 1) return c;
        }
        return [255, 255, 255];
    };
    const faint = [];
    const walk = document.createTreeWalker(document.querySelector(".gradio-container"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (!walk.currentNode.textContent.trim() || !e.checkVisibility() || !e.getClientRects().length) continue;
        const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
        if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(e.outerHTML.slice(0, 120));
    }
    return faint;
}"""

FLAG = "window.pwned=1"
PAYLOADS: list[Callable[[str], str]] = [
    lambda sink: f"<script>{FLAG};fetch('{sink}')</script>",
    lambda sink: f"</script><script>{FLAG}</script>",
    lambda sink: f"<img src=x onerror=\"{FLAG};fetch('{sink}')\">",
    lambda sink: f"<img src={sink}>",
    lambda sink: f"![x]({sink})",
    lambda sink: f"![x][y]\n\n[y]: {sink}",
    lambda sink: f"[click](javascript:{FLAG})",
    lambda sink: f"javascript:{FLAG}",
    lambda sink: "${Object.assign(window,{pwned:1}).x}",
    lambda sink: "`${Object.assign(window,{pwned:1}).x}`",
    lambda sink: "{{#with this}}{{constructor}}{{/with}}",
    lambda sink: f"<svg/onload={FLAG}>",
    lambda sink: f"<details open ontoggle={FLAG}>",
    lambda sink: f"<iframe srcdoc='<script>parent.pwned=1</script>'></iframe><iframe src={sink}></iframe>",
    lambda sink: f'" onmouseover="{FLAG}" style="background:url({sink})" x="',
    lambda sink: f"<form action={sink}><button>go</button></form><style>@import '{sink}';</style>",
    lambda sink: f"<a href={sink} ping={sink}>x</a><link rel=prefetch href={sink}><base href={sink}>",
    lambda sink: f"$$\\href{{javascript:{FLAG}}}{{x}}$$",
    lambda sink: "\u202etxet desrever \u2066\U000e0041",
]


@pytest.fixture
def sink() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes each request, standing for whoever would listen."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/leak", heard
    server.shutdown()
    server.server_close()


def test_nothing_in_an_article_runs_or_calls_out(browser, sink):
    """Whatever stands in any field of an article, or in a question, is shown as text and does nothing."""
    address, heard = sink
    payloads = [make(address) for make in PAYLOADS]
    hostile = "\n\n".join(payloads)
    article = Article(
        "evil", hostile, title=hostile, outlet=hostile, author=hostile, published=hostile, updated=hostile,
        url=f"javascript:{FLAG}", language='en" onclick="window.pwned=1',
    )  # fmt: skip
    whole = Quote(article, 0, len(hostile), speaker=hostile, stance="hedged", hedge=hostile, also_in=(article,))
    answer = Answer(
        hostile, "answered", hostile, short=payloads[0], alternatives=(hostile,), quotes=(whole,), looked_at=(whole,)
    )
    newsroom = Newsroom({"Who?": answer, **dict.fromkeys(payloads, answer)}, articles=(article,))
    with served(newsroom, payloads) as url, opened(browser, url) as tab:
        for question in ("Who?", "<img src=x onerror=window.pwned=1> ${window.pwned=1} ![x](" + address + ")"):
            ask(tab, question)
        tab.get_by_role("button", name="Limit to outlets or days").click()
        tab.locator("#outlets input").click()
        for link in tab.locator(".answer").last.locator("a.open").all():
            link.evaluate("e => { for (let d = e; d; d = d.parentElement) if (d.tagName === 'DETAILS') d.open = true }")
            link.click()
        expect(tab.locator("mark.here").first).to_be_visible()
        tab.mouse.move(300, 300)
        tab.wait_for_timeout(500)
        assert tab.evaluate("window.pwned") is None
        assert heard == []
        made_of_it = "#chat .message-wrap, #article, #masthead, #outlets"
        for forbidden in (
            "script",
            "img",
            "iframe",
            "form",
            "svg[onload]",
            "link",
            "base",
            "style",
            "details[ontoggle]",
        ):
            assert tab.locator(made_of_it).locator(forbidden).count() == 0, forbidden
        hrefs = tab.locator("#chat a, #article a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert hrefs and all(re.fullmatch(r"#quote-[\d-]+", href) for href in hrefs)
        for text in payloads[:-1]:
            assert "".join(text.split()) in "".join(tab.locator("#article .body").inner_text().split())
        expect(tab.locator("#article .body .unmasked")).to_contain_text(["U+202E", "U+2066", "U+E0041"])


def test_an_honest_link_is_the_only_way_out(browser, sink):
    """A web address of an article becomes a link that opens by a click alone, without saying where from."""
    address, heard = sink
    article = replace(ABOARD.article, url=address)
    answer = Answer("Who?", "answered", "x", quotes=(replace(ABOARD, article=article),), confidence=0.9)
    with served(Newsroom({"Who?": answer}), []) as url, opened(browser, url) as tab:
        ask(tab, "Who?")
        link = tab.get_by_role("region", name="Article").get_by_role("link")
        expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
        assert heard == []
        link.click()
        tab.wait_for_timeout(500)
        assert "/leak" in heard
