import type { TonePage, ToneSentence } from "../protocol/pages.ts";
import { svg } from "./element.ts";
import { linearScale, linePath, nearestPlace, type Scale } from "./scale.ts";

const height = 240;
const margin = { top: 12, right: 12, bottom: 12, left: 64 } as const;
/** Points are drawn one by one only where they do not touch. */
const leastPointGap = 7;

/** What happens on the plot; places are those of sentences. */
export interface PlotActions {
  readonly select: (sentence: number) => void;
  readonly open: (sentence: number) => void;
}

interface Scales {
  readonly across: Scale;
  readonly up: Scale;
  readonly width: number;
}

/** The course of tone as a plot that one moves along with mouse or arrow keys. */
export class TonePlot {
  readonly element: SVGSVGElement;
  readonly #actions: PlotActions;
  readonly #marker = svg("g", { class: "marker" });
  #page: TonePage | undefined;
  #scales: Scales | undefined;
  #selected = 0;

  constructor(actions: PlotActions) {
    this.#actions = actions;
    // A slider is what assistive technology knows to move along by arrow keys, saying a text at each stop.
    this.element = svg("svg", { class: "tone-plot", height, tabindex: 0, role: "slider" });
    this.element.addEventListener("pointermove", ({ offsetX }) => this.#point(offsetX));
    this.element.addEventListener("click", ({ offsetX }) => {
      this.#point(offsetX);
      this.#actions.open(this.#selected);
    });
    this.element.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Draws a page for a width in pixels. The selected sentence stays, as far as there is one. */
  draw(page: TonePage, width: number): void {
    const { sentences, texts } = page;
    const across = linearScale([0, Math.max(1, sentences.length - 1)], [margin.left, width - margin.right]);
    const up = linearScale([-1, 1], [height - margin.bottom, margin.top]);
    this.#page = page;
    this.#scales = { across, up, width };
    this.element.setAttribute("width", String(width));
    this.element.setAttribute("aria-label", texts.plot);
    this.element.setAttribute("aria-valuemin", "1");
    this.element.setAttribute("aria-valuemax", String(sentences.length));
    this.element.replaceChildren(
      ...bandOf(page, this.#scales),
      ...axisOf(page, this.#scales),
      ...linesOf(page, this.#scales),
      ...pointsOf(page, this.#scales),
      this.#marker,
    );
    this.select(Math.min(this.#selected, sentences.length - 1));
  }

  /** Marks a sentence and tells its text to assistive technology. */
  select(sentence: number): void {
    const shown = this.#page?.sentences[sentence];
    if (shown === undefined || this.#scales === undefined) {
      return;
    }
    this.#selected = sentence;
    const { across, up } = this.#scales;
    const x = across(sentence);
    this.#marker.replaceChildren(
      svg("line", { x1: x, x2: x, y1: margin.top, y2: height - margin.bottom }),
      svg("circle", { cx: x, cy: up(shown.personal ?? shown.general), r: 5 }),
    );
    this.element.setAttribute("aria-valuenow", String(sentence + 1));
    this.element.setAttribute("aria-valuetext", `${shown.plain} ${shown.readings.join(". ")}`);
    this.#actions.select(sentence);
  }

  #point(x: number): void {
    const nearest = this.#scales && nearestPlace(x, this.#scales.across, this.#page?.sentences.length ?? 0);
    if (nearest !== undefined && nearest !== this.#selected) {
      this.select(nearest);
    }
  }

  #press(event: KeyboardEvent): void {
    const last = (this.#page?.sentences.length ?? 1) - 1;
    const target = placeAfterKey(event.key, this.#selected, last);
    if (target !== undefined) {
      this.select(target);
    } else if (event.key === "Enter") {
      this.#actions.open(this.#selected);
    } else {
      return;
    }
    event.preventDefault();
  }
}

function placeAfterKey(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(last, at + 1);
    case "ArrowLeft":
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "PageDown":
      return Math.min(last, at + 10);
    case "PageUp":
      return Math.max(0, at - 10);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}

function bandOf({ band }: TonePage, { up, width }: Scales): readonly SVGElement[] {
  return band === undefined
    ? []
    : [
        svg("rect", {
          class: "band",
          x: margin.left,
          width: Math.max(0, width - margin.left - margin.right),
          y: up(band.high),
          height: Math.max(0, up(band.low) - up(band.high)),
        }),
      ];
}

function axisOf({ texts }: TonePage, { up, width }: Scales): readonly SVGElement[] {
  return [
    { value: 1, text: texts.positive },
    { value: 0.5, text: "" },
    { value: 0, text: "0" },
    { value: -0.5, text: "" },
    { value: -1, text: texts.negative },
  ].flatMap(({ value, text }) => [
    svg("line", {
      class: value === 0 ? "axis" : "grid",
      x1: margin.left,
      x2: width - margin.right,
      y1: up(value),
      y2: up(value),
    }),
    svg("text", { x: margin.left - 8, y: up(value) + 4, "text-anchor": "end" }, text),
  ]);
}

/** Where some sentence has a reading of the writer's own, what counts is drawn over what holds in general. */
function linesOf(page: TonePage, scales: Scales): readonly SVGElement[] {
  const hasPersonal = page.sentences.some(({ personal }) => personal !== null);
  const general = line(page, scales, hasPersonal ? "general" : "general alone", (one) => one.general);
  return hasPersonal
    ? [general, line(page, scales, "personal", (one) => one.personal ?? one.general)]
    : [general];
}

function line(
  { sentences }: TonePage,
  { across, up }: Scales,
  name: string,
  valueIn: (sentence: ToneSentence) => number,
): SVGPathElement {
  const points = sentences.map((sentence, at) => [across(at), up(valueIn(sentence))] as const);
  return svg("path", { class: name, d: linePath(points) });
}

/** Taught sentences are always marked: their reading is the writer's word. */
function pointsOf({ sentences }: TonePage, { across, up }: Scales): readonly SVGElement[] {
  const isRoomy = sentences.length < 2 || across(1) - across(0) >= leastPointGap;
  return sentences.flatMap(({ personal, general, isTaught }, at) =>
    isRoomy || isTaught
      ? [
          svg("circle", {
            class: isTaught ? "point taught" : "point",
            cx: across(at),
            cy: up(personal ?? general),
            r: isTaught ? 4 : 2.5,
          }),
        ]
      : [],
  );
}
