import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TextTraces } from "../../../src/store/forgetting/text-traces.ts";

const bytes = (minimum: number) => fc.uint8Array({ minLength: minimum, maxLength: 300 });

function tracesOf(...values: readonly Uint8Array[]): TextTraces {
  const traces = new TextTraces();
  for (const value of values) traces.add(value);
  return traces;
}

/** Too few different bytes prove nothing; such values are not looked for. */
const isVaried = (value: Uint8Array): boolean => new Set(value.slice(0, 8)).size >= 4;

test("A value of eight bytes and more is found wherever it lies, also after its traces were written down.", () => {
  fc.assert(
    fc.property(bytes(8), bytes(0), bytes(0), (value, before, after) => {
      fc.pre(isVaried(value));
      const traces = tracesOf(value);
      const kept = new TextTraces();
      kept.addBytes(traces.toBytes());
      const place = Buffer.concat([before, value, after]);
      expect([traces.isIn(place), kept.isIn(place)]).toEqual([true, true]);
    }),
  );
});

test("A part of a long value is found: its head, its middle and its end.", () => {
  const value = Buffer.from(Array.from({ length: 40 }, (_, at) => `word ${at * 7919} `).join(""));
  const traces = tracesOf(value);
  for (const start of [0, Math.floor((value.length - 24) / 2), value.length - 24]) {
    expect(traces.isIn(value.subarray(start, start + 24))).toBe(true);
  }
  expect(traces.isIn(Buffer.from("other words of the same length and more, all in all"))).toBe(false);
});

test("What is elsewhere by right is looked for no more, and the rest still is.", () => {
  const [shared, own] = [Buffer.from("both have said this"), Buffer.from("only one has said it")];
  const traces = tracesOf(shared, own);
  traces.dropFoundIn(Buffer.concat([Buffer.from("and "), shared, Buffer.from(" twice")]));
  expect([traces.isIn(shared), traces.isIn(own)]).toEqual([false, true]);
});

test("Zeros and short values prove nothing.", () => {
  const traces = tracesOf(new Uint8Array(400), Buffer.from("tea"));
  expect(traces.count).toBe(0);
  expect(traces.isIn(Buffer.concat([new Uint8Array(400), Buffer.from("tea")]))).toBe(false);
});
