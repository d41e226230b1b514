import type { FromReportPage, ReportBlock, ToReportPage } from "../protocol/pages.ts";
import { curvePlot } from "./curve-plot.ts";
import { element, table } from "./element.ts";
import { connectToHost } from "./host.ts";
import "./report-view.css";

const main = document.querySelector("main")!;
const send = connectToHost<ToReportPage, FromReportPage>(({ blocks }) => {
  main.replaceChildren(...blocks.map(blockElement));
});
send({ kind: "ready" });

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
    case "table":
      return table(block.caption, block.head, block.rows);
    case "curve":
      return curveElement(block);
    case "gate":
      return gateElement(block);
    case "buttons":
      return element("p", { class: "buttons" }, ...block.buttons.map(buttonElement));
    default:
      return block satisfies never;
  }
}

/** The numbers of the curve follow it as a table that opens on demand. */
function curveElement(block: ReportBlock & { readonly kind: "curve" }): HTMLElement {
  const places = [...new Set(block.series.flatMap(({ points }) => points.map(([x]) => x)))].sort(
    (a, b) => a - b,
  );
  const rows = places.map((place) => [
    String(place),
    ...block.series.map(({ points }) => points.find(([x]) => x === place)?.[1].toFixed(3) ?? ""),
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
