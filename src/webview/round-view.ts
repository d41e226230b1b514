import type { FromRoundPage, RoundPage, ToRoundPage } from "../protocol/pages.ts";
import { element } from "./element.ts";
import { connectToHost } from "./host.ts";
import "./round-view.css";

const main = document.querySelector("main")!;
const send = connectToHost<ToRoundPage, FromRoundPage>(show);
let page: RoundPage | undefined;

document.addEventListener("keydown", (event) => {
  if (page?.question === undefined || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const answer = page.texts.answers.find(({ key }) => key === event.key);
  if (answer !== undefined) send({ kind: "step", step: { kind: "answer", valence: answer.valence } });
  else if (event.key.toLowerCase() === "s") send({ kind: "step", step: { kind: "skip" } });
  else if (event.key === "Backspace") send({ kind: "step", step: { kind: "back" } });
  else return;
  event.preventDefault();
});
send({ kind: "ready" });

function show(message: ToRoundPage): void {
  switch (message.kind) {
    case "message":
      page = undefined;
      main.replaceChildren(element("h1", {}, message.title), element("p", { role: "status" }, message.text));
      break;
    case "page":
      page = message.page;
      showPage(message.page);
      break;
    default:
      message satisfies never;
  }
}

/** The sentence gets the focus, so that a screen reader says it and keys are heard. */
function showPage({ title, progress, question, tally, note, texts }: RoundPage): void {
  const told = [
    ...(tally === undefined ? [] : [element("p", { class: "tally", role: "status" }, tally)]),
    element("p", { class: "quiet" }, note),
  ];
  const head = [element("h1", {}, title), element("p", { class: "quiet" }, progress)];
  const leave = button(texts.end, () => send({ kind: "end" }), "quiet-button");
  if (question === undefined) {
    const again = button(texts.again, () => send({ kind: "step", step: { kind: "begin" } }));
    main.replaceChildren(...head, ...told, element("p", { class: "others" }, again, leave));
    again.focus();
    return;
  }
  const sentence = element(
    "blockquote",
    { tabindex: -1, "aria-label": `${progress}. ${texts.ask} ${question.sentence}` },
    question.sentence,
  );
  const answers = texts.answers.map(({ key, text, valence }) =>
    button(`${key}  ${text}`, () => send({ kind: "step", step: { kind: "answer", valence } })),
  );
  main.replaceChildren(
    ...head,
    sentence,
    element("p", { class: "quiet" }, question.from),
    element("h2", {}, texts.ask),
    element("div", { class: "answers", role: "group", "aria-label": texts.ask }, ...answers),
    element(
      "p",
      { class: "others" },
      button(texts.back, () => send({ kind: "step", step: { kind: "back" } }), "quiet-button"),
      button(texts.skip, () => send({ kind: "step", step: { kind: "skip" } }), "quiet-button"),
      leave,
    ),
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
