import type { FromTonePage, TonePage, ToTonePage } from "../protocol/pages.ts";
import { element, table } from "./element.ts";
import { connectToHost } from "./host.ts";
import "./tone-view.css";
import { TonePlot } from "./tone-plot.ts";

const main = document.querySelector("main")!;
const send = connectToHost<ToTonePage, FromTonePage>(show);
const open = (sentence: number): void => send({ kind: "goTo", sentence });
const detail = element("section", { class: "detail" });
const plot = new TonePlot({ select: showDetail, open });
const plotFrame = element("div", { class: "plot-frame" }, plot.element);
let page: TonePage | undefined;
let isTableOpen = false;

new ResizeObserver(drawPlot).observe(plotFrame);
send({ kind: "ready" });

function show(message: ToTonePage): void {
  switch (message.kind) {
    case "message":
      page = undefined;
      main.replaceChildren(element("h1", {}, message.title), element("p", { role: "status" }, message.text));
      break;
    case "page":
      showPage(message.page);
      break;
    default:
      message satisfies never;
  }
}

/** The plot stays in its place where there is one, and with it the keyboard's focus. */
function showPage(next: TonePage): void {
  page = next;
  const { title, summary, note, texts } = next;
  const above = [
    element("h1", {}, title),
    element("ul", { class: "summary" }, ...summary.map((text) => element("li", {}, text))),
    legendOf(next),
  ];
  const below = [
    detail,
    element("p", { class: "quiet" }, texts.help),
    ...strongestOf(next),
    tableOf(next),
    element("p", { class: "quiet" }, note),
  ];
  if (plotFrame.parentElement === main) {
    while (main.firstChild !== plotFrame) {
      main.firstChild?.remove();
    }
    while (plotFrame.nextSibling !== null) {
      plotFrame.nextSibling.remove();
    }
    main.prepend(...above);
    main.append(...below);
  } else {
    main.replaceChildren(...above, plotFrame, ...below);
  }
  drawPlot();
}

function drawPlot(): void {
  if (page !== undefined && plotFrame.clientWidth > 0) {
    plot.draw(page, plotFrame.clientWidth);
  }
}

function showDetail(at: number): void {
  const sentence = page?.sentences[at];
  if (sentence === undefined || page === undefined) {
    return;
  }
  const { plain, readings, line } = sentence;
  const remarks = [`${page.texts.line} ${line}`, ...readings];
  detail.replaceChildren(
    element("blockquote", {}, plain),
    element("p", { class: "quiet" }, remarks.join(" · ")),
  );
}

function legendOf({ texts, sentences, band }: TonePage): HTMLElement {
  const hasPersonal = sentences.some(({ personal }) => personal !== null);
  const entries = [
    ...(hasPersonal ? [["personal", texts.personal] as const] : []),
    [hasPersonal ? "general" : "alone", texts.general] as const,
    ...(band === undefined ? [] : [["band", texts.band] as const]),
    ...(sentences.some(({ isTaught }) => isTaught) ? [["taught", texts.taught] as const] : []),
  ];
  return element(
    "ul",
    { class: "legend" },
    ...entries.map(([name, text]) => element("li", { class: `key-${name}` }, text)),
  );
}

function strongestOf({ strongest, sentences, texts }: TonePage): readonly HTMLElement[] {
  const items = strongest.map((at) => {
    const button = sentenceButton(at, sentences[at]!.plain);
    return element("li", {}, button, element("span", { class: "quiet" }, sentences[at]!.readings[0] ?? ""));
  });
  return items.length === 0
    ? []
    : [element("h2", {}, texts.strongest), element("ol", { class: "strongest" }, ...items)];
}

/** The same as the plot in words. Filled when it is opened, as a long document has many sentences. */
function tableOf({ sentences, texts }: TonePage): HTMLElement {
  const details = element("details", {}, element("summary", {}, texts.table));
  const fill = () => {
    isTableOpen = details.open;
    if (details.open && details.childElementCount === 1) {
      const rows = sentences.map(({ plain, readings, line }) => [String(line), plain, readings.join(" · ")]);
      const made = table(texts.plot, [texts.line, texts.sentence, texts.personal], rows);
      made.tHead?.rows[0]?.lastElementChild?.replaceChildren(texts.plot);
      details.append(made);
    }
  };
  details.addEventListener("toggle", fill);
  details.open = isTableOpen;
  return details;
}

function sentenceButton(at: number, text: string): HTMLButtonElement {
  const button = element("button", { type: "button", class: "link" }, text);
  button.addEventListener("click", () => open(at));
  button.addEventListener("focus", () => plot.select(at));
  return button;
}
