import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { plotStudyPart } from "../../../src/lab/studies/plot-study.ts";
import type { PartSummary, StudyRow } from "../../../src/lab/studies/summarise-study.ts";
import type { Interval } from "../../../src/numbers/intervals.ts";

const still: Interval = { mean: 0, low: 0, high: 0 };

function row(name: string, difference: Interval, condition = name): StudyRow {
  const figures = { accuracy: { mean: 0.5, difference, writersWorse: 0, writers: [0.5, 0.5] } };
  return { row: name, condition, figures, counts: {}, seconds: 1 };
}

function part(...rows: readonly StudyRow[]): PartSummary {
  return {
    task: "sentiment",
    title: "Tone & tags",
    reference: "general",
    writers: 2,
    facts: {},
    contrasts: [],
    measures: [{ name: "accuracy", better: "higher", unit: "share" }],
    rows: [row("general", still), ...rows],
  };
}

interface Shape {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a picture, or an error where it is not XML. */
function shapesOf(picture: string): readonly Shape[] {
  const shapes: Shape[] = [];
  const open: Shape[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        open.push({ name, attributes, text: "" });
        shapes.push(open.at(-1)!);
      },
      ontext: (text) => {
        if (open.length > 0) open.at(-1)!.text += text;
      },
      onclosetag: (name) => {
        if (open.pop()?.name !== name) throw new Error(`${name} does not close`);
      },
    },
    { xmlMode: true },
  );
  parser.end(picture);
  expect(open).toEqual([]);
  return shapes;
}

const named = (shapes: readonly Shape[], name: string): readonly Shape[] =>
  shapes.filter((shape) => shape.name === name);

const number = ({ attributes }: Shape, name: string): number => Number(attributes[name]);

/** Across and down, of a text. */
function placeOf(shapes: readonly Shape[], text: string): readonly number[] {
  const { attributes } = shapes.find((shape) => shape.text === text)!;
  return [...attributes["transform"]!.matchAll(/[\d.]+/g)].map(Number);
}

const better = row("p < 8", { mean: 0.02, low: 0.01, high: 0.04 });
const control = row("p < 8, prompt zeroed", { mean: -0.01, low: -0.03, high: 0 }, "p < 8");

test("Each row but the reference has its name, a dot within its interval, and its figures.", () => {
  const shapes = shapesOf(plotStudyPart(part(better, control), { kind: "dots" }));
  const dots = named(shapes, "circle");
  expect(dots).toHaveLength(2);
  for (const [at, { name, told }] of [
    { name: "p < 8", told: "+2.0 [+1.0, +4.0]" },
    { name: "p < 8, prompt zeroed", told: "−1.0 [−3.0, 0.0]" },
  ].entries()) {
    const dot = dots[at]!;
    const interval = named(shapes, "line").find(
      (line) => number(line, "y1") === number(dot, "cy") && number(line, "y2") === number(dot, "cy"),
    )!;
    expect(number(interval, "x1")).toBeLessThan(number(dot, "cx"));
    expect(number(interval, "x2")).toBeGreaterThan(number(dot, "cx"));
    expect(placeOf(shapes, name)[1]).toBe(number(dot, "cy"));
    expect(placeOf(shapes, told)[1]).toBe(number(dot, "cy"));
  }
  expect(number(dots[0]!, "cx")).toBe(placeOf(shapes, "+2.0")[0]);
  expect(number(dots[1]!, "cx")).toBeLessThan(placeOf(shapes, "0.0")[0]!);
  expect(shapes.some(({ text }) => text === "general")).toBe(false);
});

test("A control is hollow, a condition is not.", () => {
  const dots = named(shapesOf(plotStudyPart(part(better, control), { kind: "dots" })), "circle");
  const isHollow = ({ attributes }: Shape): boolean => attributes["fill"] !== attributes["stroke"];
  expect(dots.map(isHollow)).toEqual([false, true]);
});

test("The file is a picture on its own: named, on white, without anything from elsewhere, the same each time.", () => {
  const draw = (): string => plotStudyPart(part(better, control), { kind: "dots" });
  const picture = draw();
  const shapes = shapesOf(picture);
  expect(shapes[0]).toMatchObject({
    name: "svg",
    attributes: { xmlns: "http://www.w3.org/2000/svg", role: "img" },
  });
  expect(named(shapes, "title").map(({ text }) => text)).toEqual([
    'Tone & tags: accuracy less that of "general", points (higher is better)',
  ]);
  expect(named(shapes, "rect")[0]?.attributes).toEqual({ width: "100%", height: "100%", fill: "#ffffff" });
  expect(named(shapes, "script")).toEqual([]);
  expect(picture.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/href|url\(|https?:|@import/);
  expect(draw()).toBe(picture);
});

const lines = {
  kind: "lines",
  by: "prompt length",
  lines: { single: [[4, "p < 8"]], multi: [[4, "p < 8, prompt zeroed"] as const, [8, "long"] as const] },
} as const;

test("Lines go through the rows of a kind over a number, and each has its name.", () => {
  const long = row("long", { mean: 0.02, low: -0.01, high: 0.03 });
  const shapes = shapesOf(plotStudyPart(part(better, control, long), lines));
  const dots = named(shapes, "circle");
  expect(dots).toHaveLength(3);
  const colours = new Set(named(shapes, "circle").map(({ attributes }) => attributes["fill"]));
  expect(colours.size).toBe(2);
  expect(placeOf(shapes, "8")[0]! - placeOf(shapes, "4")[0]!).toBeGreaterThan(100);
  expect(placeOf(shapes, "prompt length")).toHaveLength(2);
  // Both lines end at the same height.
  expect(placeOf(shapes, "multi")[1]! - placeOf(shapes, "single")[1]!).toBeGreaterThanOrEqual(12);
});

test.each([{ kind: "dots" } as const, { ...lines, lines: { single: [[4, "p < 8"]] } } as const])(
  "Where nothing differs the dot is on zero, and no two ticks read the same: $kind.",
  (plot) => {
    const picture = plotStudyPart(part(row("p < 8", still)), plot);
    expect(picture).not.toMatch(/NaN|Infinity|undefined/);
    const shapes = shapesOf(picture);
    const [dot] = named(shapes, "circle");
    const zero = placeOf(shapes, "0.0");
    const isAcross = plot.kind === "dots";
    expect(number(dot!, isAcross ? "cx" : "cy")).toBe(zero[isAcross ? 0 : 1]);
    const ticks = shapes.map(({ text }) => text).filter((text) => /^[+−]?\d\.\d$/.test(text));
    expect(ticks.length).toBeGreaterThan(4);
    expect(new Set(ticks).size).toBe(ticks.length);
  },
);
