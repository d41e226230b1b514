import type {
  ChoiceBlock,
  DatedPoint,
  FromReportPage,
  HoursBlock,
  ReportBlock,
  StrengthBlock,
  StripsBlock,
  TimelineBlock,
  ToReportPage,
  VersionsBlock,
} from "../protocol/pages.ts";
import { curvePlot } from "./curve-plot.ts";
import { element, table } from "./element.ts";
import { connectToHost } from "./host.ts";
import { pageNumber } from "./page-number.ts";
import { stripsPlot, timelinePlot } from "./timeline-plot.ts";
import "./report-view.css";

const main = document.querySelector("main")!;
/** What the page shows now, with what was changed on it. */
let shown: readonly ReportBlock[] = [];
const send = connectToHost<ToReportPage, FromReportPage>((message) => {
  switch (message.kind) {
    case "report":
      show(message.blocks);
      break;
    case "fill":
      for (const place of main.querySelectorAll("section")) {
        if (place.dataset["name"] === message.name) fill(place, message.blocks);
      }
      break;
    default:
      message satisfies never;
  }
});
send({ kind: "ready" });

/**
 * What came later stays until it comes again: a page that jumps is hard to read. What was changed on the page comes back as
 * it stands there, and then whoever has changed it keeps the keyboard's focus.
 */
function show(blocks: readonly ReportBlock[]): void {
  if (JSON.stringify(blocks) === JSON.stringify(shown)) return;
  shown = blocks;
  const focused = document.activeElement?.id;
  const filled = new Map(
    [...main.querySelectorAll("section")].map((place) => [place.dataset["name"], place]),
  );
  main.replaceChildren(
    ...blocks.map(
      (block) => (block.kind === "later" ? filled.get(block.name) : undefined) ?? blockElement(block),
    ),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function fill(place: HTMLElement, blocks: readonly ReportBlock[]): void {
  place.removeAttribute("aria-busy");
  place.replaceChildren(...blocks.map(blockElement));
}

function blockElement(block: ReportBlock): Element {
  switch (block.kind) {
    case "title":
      return element("h1", {}, block.text);
    case "verdict":
      return element("p", { class: "verdict" }, block.text);
    case "heading":
      return element("h2", {}, block.text);
    case "text":
      return element("p", {}, block.text);
    case "quiet":
      return element("p", { class: "quiet" }, block.text);
    case "marked":
      return element(
        "p",
        {},
        ...block.parts.map(({ text, isMarked }) => (isMarked ? element("mark", {}, text) : text)),
      );
    case "table":
      return table(block.caption, block.head, block.rows);
    case "curve":
      return curveElement(block);
    case "gate":
      return gateElement(block);
    case "buttons":
      return element("p", { class: "buttons" }, ...block.buttons.map(buttonElement));
    case "later":
      return element(
        "section",
        { "data-name": block.name, "aria-busy": "true" },
        element("p", { class: "quiet" }, block.text),
      );
    case "timeline":
      return timelineElement(block);
    case "strips":
      return stripsElement(block);
    case "versions":
      return versionsElement(block);
    case "strength":
      return strengthElement(block);
    case "choice":
      return choiceElement(block);
    case "hours":
      return hoursElement(block);
    default:
      return block satisfies never;
  }
}

type Control = StrengthBlock | ChoiceBlock | HoursBlock;

const open = (path: string): void => send({ kind: "open", path });

function timelineElement(block: TimelineBlock): HTMLElement {
  return plotWithTable(block, timelinePlot(block, open), block.points.map(openingRow));
}

function stripsElement(block: StripsBlock): HTMLElement {
  const rows = block.rows.flatMap(({ name, points }) => points.map((point) => [name, ...openingRow(point)]));
  return plotWithTable(block, stripsPlot(block, open), rows);
}

/** The plot is for the eye and the mouse; the table that opens on demand says and does the same for everybody. */
function plotWithTable(
  { caption, asTable, head }: TimelineBlock | StripsBlock,
  plot: SVGSVGElement,
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  return element(
    "figure",
    {},
    element("figcaption", { class: "quiet" }, caption),
    plot,
    element("details", {}, element("summary", {}, asTable), table(caption, head, rows)),
  );
}

/** Its second cell is the document's title, which opens it. */
function openingRow({ cells: [date = "", title = "", ...others], path }: DatedPoint): (Node | string)[] {
  const button = element("button", { type: "button", class: "link" }, title);
  button.addEventListener("click", () => open(path));
  return [date, button, ...others];
}

function versionsElement({ caption, head, rows }: VersionsBlock): HTMLTableElement {
  const cells = rows.map(({ text, state, goBack }) => {
    if (goBack === undefined) return [text, state, ""];
    const button = element("button", { type: "button", "aria-label": goBack.label }, goBack.text);
    button.addEventListener("click", () => send({ kind: "goBack", version: goBack.version }));
    return [text, state, button];
  });
  return table(caption, head, cells);
}

function change({ name }: Control, value: number | string): void {
  shown = shown.map((block) =>
    "name" in block && block.name === name ? ({ ...block, value } as Control) : block,
  );
  send({ kind: "set", name, value });
}

function strengthElement(block: StrengthBlock): HTMLElement {
  const { name: id, value } = block;
  const output = element("output", { for: id }, percent(value));
  const range = element("input", { id, type: "range", min: 0, max: 1, step: 0.05, value });
  range.addEventListener("input", () => {
    output.textContent = percent(range.valueAsNumber);
  });
  range.addEventListener("change", () => change(block, range.valueAsNumber));
  return controlElement(block, range, output);
}

function choiceElement(block: ChoiceBlock): HTMLElement {
  const select = selectElement(block.name, block.options, block.value);
  select.addEventListener("change", () => change(block, select.value));
  return controlElement(block, select);
}

const usualHours = ["22:00", "06:00"] as const;

/** Two times of day, which are there where hours are wanted. */
function hoursElement(block: HoursBlock): HTMLElement {
  const { name: id, value, always, atHours } = block;
  const isAlways = value === "always";
  const [start = "", end = ""] = isAlways
    ? usualHours
    : value.split("-").map((time) => time.padStart(5, "0"));
  const options = [
    { value: "always", text: always },
    { value: "hours", text: atHours },
  ];
  const select = selectElement(id, options, isAlways ? "always" : "hours");
  const from = element("input", { id: `${id}.from`, type: "time", required: "", value: start });
  const until = element("input", { id: `${id}.until`, type: "time", required: "", value: end });
  const times = element(
    "span",
    { class: "times" },
    ...[
      element("label", { for: from.id }, block.from),
      from,
      element("label", { for: until.id }, block.until),
      until,
    ],
  );
  const tell = () => {
    if (select.value === "always") {
      times.remove();
      change(block, "always");
      return;
    }
    if (!times.isConnected) select.after(times);
    if (from.value !== "" && until.value !== "") change(block, `${from.value}-${until.value}`);
  };
  for (const control of [select, from, until]) control.addEventListener("change", tell);
  return controlElement(block, select, ...(isAlways ? [] : [times]));
}

function selectElement(id: string, options: ChoiceBlock["options"], chosen: string): HTMLSelectElement {
  const select = element(
    "select",
    { id },
    ...options.map(({ value, text }) => element("option", { value }, text)),
  );
  select.value = chosen;
  return select;
}

/** With its label above and what is to be said of it below. */
function controlElement({ name, label, help }: Control, ...controls: readonly HTMLElement[]): HTMLElement {
  return element(
    "div",
    { class: "control" },
    element("label", { for: name }, label),
    element("span", {}, ...controls),
    element("p", { class: "quiet" }, help),
  );
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The numbers of the curve follow it as a table that opens on demand. */
function curveElement(block: ReportBlock & { readonly kind: "curve" }): HTMLElement {
  const places = [...new Set(block.series.flatMap(({ points }) => points.map(([x]) => x)))].sort(
    (a, b) => a - b,
  );
  const rows = places.map((place) => [
    pageNumber(place, 0),
    ...block.series.map(({ points }) => {
      const value = points.find(([x]) => x === place)?.[1];
      return value === undefined ? "" : pageNumber(value, 3);
    }),
  ]);
  return element(
    "figure",
    {},
    element("figcaption", { class: "quiet" }, block.caption),
    curvePlot(block),
    element(
      "details",
      {},
      element("summary", {}, block.asTable),
      table(block.caption, [block.across, ...block.series.map(({ name }) => name)], rows),
    ),
  );
}

function gateElement({ isOpen, state, name, text }: ReportBlock & { readonly kind: "gate" }): HTMLElement {
  return element(
    "div",
    { class: "gate" },
    element("strong", {}, name),
    element("span", { class: isOpen ? "state open" : "state" }, state),
    element("span", {}, text),
  );
}

function buttonElement({ text, command }: { readonly text: string; readonly command: string }): HTMLElement {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", () => send({ kind: "command", command }));
  return button;
}
