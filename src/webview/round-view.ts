import type { RoundStep } from "../protocol/lessons.ts";
import type { FromRoundPage, RoundPage, ToRoundPage } from "../protocol/pages.ts";
import { element } from "./element.ts";
import { connectToHost } from "./host.ts";
import "./round-view.css";

const main = document.querySelector("main")!;
const send = connectToHost<ToRoundPage, FromRoundPage>(show);
/** What is asked now; undefined while a step is on its way, so that no key answers a question that nobody has seen. */
let page: RoundPage | undefined;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape") send({ kind: "end" });
  if (page === undefined) return;
  const answer = page.texts.answers.find(({ key }) => key === event.key);
  if (event.key === "Backspace") take({ kind: "back" });
  else if (page.question === undefined) return;
  else if (answer !== undefined) take({ kind: "answer", valence: answer.valence });
  else if (event.key.toLowerCase() === "s") take({ kind: "skip" });
  else return;
  event.preventDefault();
});
send({ kind: "ready" });

function take(step: RoundStep): void {
  if (page === undefined) return;
  page = undefined;
  send({ kind: "step", step });
}

function show(message: ToRoundPage): void {
  switch (message.kind) {
    case "message":
      page = undefined;
      showMessage(message);
      break;
    case "page":
      page = message.page;
      showPage(message.page);
      break;
    default:
      message satisfies never;
  }
}

function showMessage({ title, text, again }: Extract<ToRoundPage, { kind: "message" }>): void {
  const begin = (): void => send({ kind: "step", step: { kind: "begin" } });
  const offers = again === undefined ? [] : [element("p", { class: "others" }, button(again, begin))];
  main.replaceChildren(element("h1", {}, title), element("p", { role: "status" }, text), ...offers);
}

/** The sentence gets the focus, so that a screen reader says it and keys are heard. */
function showPage({ title, progress, question, canGoBack, tally, note, texts }: RoundPage): void {
  const told = [
    ...(tally === undefined ? [] : [element("p", { class: "tally" }, tally)]),
    element("p", { class: "quiet" }, note),
  ];
  const head = [element("h1", {}, title), element("p", { class: "quiet" }, progress)];
  const back = canGoBack ? [button(texts.back, () => take({ kind: "back" }), "quiet-button")] : [];
  const leave = button(texts.end, () => send({ kind: "end" }), "quiet-button");
  if (question === undefined) {
    const outcome = element(
      "section",
      { tabindex: -1, "aria-label": [progress, ...(tally === undefined ? [] : [tally]), note].join(" ") },
      ...told,
    );
    const again = button(texts.again, () => take({ kind: "begin" }));
    main.replaceChildren(...head, outcome, element("p", { class: "others" }, ...back, again, leave));
    outcome.focus();
    return;
  }
  const sentence = element(
    "blockquote",
    { tabindex: -1, "aria-label": `${progress}. ${texts.ask} ${question.sentence}` },
    question.sentence,
  );
  const answers = texts.answers.map(({ key, text, valence }) => {
    const made = button(`${key} ${text}`, () => take({ kind: "answer", valence }));
    made.setAttribute("aria-keyshortcuts", key);
    return made;
  });
  const skip = button(texts.skip, () => take({ kind: "skip" }), "quiet-button");
  main.replaceChildren(
    ...head,
    sentence,
    element("p", { class: "quiet" }, question.from),
    element("h2", {}, texts.ask),
    element("div", { class: "answers", role: "group", "aria-label": texts.ask }, ...answers),
    element("p", { class: "others" }, ...back, skip, leave),
    ...told,
    element("p", { class: "quiet" }, texts.help),
  );
  sentence.focus();
}

function button(text: string, press: () => void, name = "answer"): HTMLButtonElement {
  const made = element("button", { type: "button", class: name }, text);
  made.addEventListener("click", press);
  return made;
}
