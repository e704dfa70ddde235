// The page's own script, run once by the article's component with `element`, `trigger` and `watch`.
// It opens quotes, keeps what is asked and what is marked in view, copies answers, and answers the keyboard.
const $ = (selector) => document.querySelector(selector);
const desk = element.closest("#desk");
let opener = null; // the link whose article is open, to give the focus back to
let asked = 0; // questions in the conversation so far
let again = null; // the answer that is being replaced: it gets the focus, which its button takes away with it

const keyOf = (link) => link.getAttribute("href").slice("#quote-".length);
const answers = () => [...document.querySelectorAll('#chat [data-testid="bot"]')];
const paper = () => element.querySelector(".paper");

const show = () => {
  const mark = element.querySelector("mark.here");
  const below = mark && mark.offsetTop + mark.offsetHeight > paper().clientHeight * 0.8;
  paper().scrollTo({ top: below ? mark.offsetTop - paper().clientHeight / 3 : 0 }); // else the headline stays in view
  if (opener) paper().focus({ preventScroll: true });
};

const light = () => {
  document.querySelectorAll("a.open").forEach((link) => {
    if (keyOf(link) === paper().dataset.key) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
};

const open = (link) => {
  opener = link;
  desk.dataset.reading = "";
  trigger("click", { quote: keyOf(link) });
  if (keyOf(link) === paper().dataset.key) show(); // it is there already, and no new value will come
};

const close = () => {
  delete desk.dataset.reading;
  opener?.focus({ preventScroll: true });
  opener = null;
};

const copy = async (button) => {
  await navigator.clipboard.writeText(button.closest(".answer").querySelector(".as-markdown").textContent);
  const label = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = label), 1500);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a.open[href^="#quote-"]');
  const button = event.target.closest?.("button");
  if (link) {
    event.preventDefault();
    if (getSelection().isCollapsed) open(link); // to select words of a quote is no click on it
  } else if (button?.matches(".answer .copy")) {
    copy(button);
  } else if (button?.matches("#article .close")) {
    close();
  } else if (button?.matches(".answer .again") && !$("#question .stop-button")) {
    again = { turn: answers().findIndex((answer) => answer.contains(button)), begun: false };
    trigger("select", { otherwise: button.value }); // the same question is asked again on other terms
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const stop = $("#question .stop-button");
  if (stop) stop.click();
  else if (opener) close();
});

watch("value", () => {
  light();
  show();
});

// The conversation is drawn anew with each step of an answer. What the component leaves undone: names for a screen
// reader (it names a message by its source text), silence until an answer is whole, and the question in view.
new MutationObserver(() => {
  const chat = $("#chat");
  if (!chat) return;
  chat.querySelectorAll('[data-testid="user"]').forEach((message) => name(message, "Question", "group"));
  answers().forEach((message) => name(message, "Answer", "group"));
  name($("#question textarea"), "Question", "textbox"); // its label holds the button's text too
  for (const [day, words] of [["since", "first day"], ["until", "last day"]]) {
    name($(`#${day} input`), `The ${words}, as YYYY-MM-DD`, "textbox");
    name($(`#${day} button`), `Choose the ${words}`, "button");
  }
  light();
  const log = chat.querySelector('[role="log"]');
  log?.setAttribute("aria-busy", String(Boolean(chat.querySelector(".searching"))));
  if (again) {
    if (chat.querySelector(".searching")) again.begun = true;
    else if (again.begun && !$("#question .stop-button")) {
      const answer = answers()[again.turn];
      answer?.setAttribute("tabindex", "-1");
      answer?.focus({ preventScroll: true });
      again = null;
    }
  }
  const questions = chat.querySelectorAll(".asked");
  if (questions.length !== asked) opener = null; // the answer's first article opens by itself, and leaves the focus
  if (log && questions.length > asked) {
    const last = questions[questions.length - 1];
    log.style.setProperty("--room", `${log.clientHeight - last.offsetHeight - 38}px`);
    log.scrollTo({ top: log.scrollTop + last.getBoundingClientRect().top - log.getBoundingClientRect().top - 16 });
  }
  asked = questions.length;
}).observe(desk, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });

function name(part, label, role) {
  if (!part || part.getAttribute("aria-label") === label) return; // or the observer would see itself for ever
  part.setAttribute("role", role);
  part.setAttribute("aria-label", label);
}
