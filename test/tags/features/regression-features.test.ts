import { expect, test } from "vitest";
import {
  decodeRegressionRows,
  encodeRegressionRows,
} from "../../../src/tags/features/encode-regression-rows.ts";
import { regressionFeatures } from "../../../src/tags/features/regression-features.ts";
import { finish, type PausableWork } from "../../../src/tags/pausable-work.ts";
import { vectorSpace } from "../../../src/tags/similarity/similarity-space.ts";
import { VectorRows } from "../../../src/tags/similarity/vector-rows.ts";
import { TagMemory } from "../../../src/tags/tag-memory.ts";
import { queryMemory, type TagQuery } from "../../../src/tags/tag-query.ts";
import { wholeVectorOf } from "../../../src/tags/tagged-document.ts";
import { documentOf } from "../tagged-documents.ts";

const lessons = [
  documentOf(1, "a", ["x"], [1, 0]),
  documentOf(2, "b", ["x", "y"], [1, 1]),
  documentOf(3, "c", ["y"], [0.2, 1]),
];
const asked = documentOf(9, "d", [], [1, 0.4]);

function scoresAfter(
  documents: readonly (typeof asked)[],
  leftOut: ReadonlySet<number>,
): Map<string, number> {
  const rows = new VectorRows();
  const space = vectorSpace("space", 1, rows, wholeVectorOf);
  const group = regressionFeatures("score", [{ ...space, power: 1 }]);
  const memory = new TagMemory();
  const query = (document: typeof asked, without: ReadonlySet<number>): TagQuery => ({
    ...queryMemory(document, memory, without),
    similarities: new Map(),
  });
  for (const document of documents) {
    rows.add([document.vector]);
    group.learn?.(memory.size);
    memory.add(document);
  }
  const columns = new Map<string, Float64Array>();
  const question = query(asked, leftOut);
  finish(group.write(question, columns) as PausableWork<void>);
  return new Map(question.tags.map((tag, at) => [memory.keyOf(tag), columns.get("score")![at]!]));
}

test("one document gives k / (k(1) + noise)", () => {
  // kernel = cosine + 1; own value 2, noise 0.3.
  const cosine = 1 / Math.hypot(1, 0.4);
  expect(scoresAfter(lessons.slice(0, 1), new Set()).get("x")).toBeCloseTo((cosine + 1) / 2.3);
});

test("leaving a document out is as if it had never been learned", () => {
  const without = scoresAfter([lessons[0]!, lessons[2]!], new Set());
  const leftOut = scoresAfter(lessons, new Set([1]));
  for (const [tag, score] of without) expect(leftOut.get(tag)).toBeCloseTo(score);
});

test("leaving several documents out, alike as they may be, is as if none of them had been learned", () => {
  const all = [...lessons, documentOf(4, "e", ["x", "z"], [1, 0.9]), documentOf(5, "f", ["y"], [0.9, 0.4])];
  const without = scoresAfter([all[0]!, all[2]!], new Set());
  const leftOut = scoresAfter(all, new Set([1, 3, 4]));
  for (const [tag, score] of without) expect(leftOut.get(tag)).toBeCloseTo(score, 5);
});

test("scores stay within reason however often the same two subjects return", () => {
  const many = Array.from({ length: 60 }, (_, at) =>
    documentOf(at, "a", [at % 2 === 0 ? "x" : "y"], [at % 2, 1]),
  );
  for (const score of scoresAfter(many, new Set()).values()) expect(Math.abs(score)).toBeLessThan(2);
});

test("Asked once after many documents or after each of them, it says the same; only the newest count.", () => {
  const many = Array.from({ length: 1040 }, (_, at) =>
    documentOf(at, "a", [`t${at % 3}`], [1 + (at % 7), 1 + (at % 5)]),
  );
  const rows = new VectorRows();
  const space = vectorSpace("space", 1, rows, wholeVectorOf);
  const [often, once] = [1, 2].map(() => regressionFeatures("score", [{ ...space, power: 1 }]));
  const memory = new TagMemory();
  const ask = (group: typeof often): readonly number[] => {
    const columns = new Map<string, Float64Array>();
    const query = { ...queryMemory(asked, memory, new Set<number>()), similarities: new Map() };
    finish(group!.write(query, columns) as PausableWork<void>);
    return [...columns.get("score")!];
  };
  for (const [at, document] of many.entries()) {
    rows.add([document.vector]);
    for (const group of [often, once]) group!.learn?.(memory.size);
    memory.add(document);
    if (at % 60 === 0) ask(often);
  }
  expect(ask(once)).toEqual(ask(often));
});

test("Rows that another has worked out of the same documents, or of the first of them, are as good as its own.", () => {
  const many = Array.from({ length: 1100 }, (_, at) =>
    documentOf(at, "a", [`t${at % 3}`], [1 + (at % 7), 1 + (at % 5)]),
  );
  const afterLearning = (count: number) => {
    const rows = new VectorRows();
    const space = vectorSpace("space", 1, rows, wholeVectorOf);
    let kernels = 0;
    const kernel = {
      ...space.kernel,
      ofPlace(place: number, places: readonly number[]) {
        kernels += 1;
        return space.kernel.ofPlace(place, places);
      },
    };
    const group = regressionFeatures("score", [{ kernel, power: 1 }]);
    const memory = new TagMemory();
    for (const document of many.slice(0, count)) {
      rows.add([document.vector]);
      group.learn?.(memory.size);
      memory.add(document);
    }
    const ask = () => {
      const columns = new Map<string, Float64Array>();
      const query = { ...queryMemory(asked, memory, new Set<number>()), similarities: new Map() };
      finish(group.write(query, columns) as PausableWork<void>);
      return [...columns.get("score")!];
    };
    return { group, ask, kernels: () => kernels };
  };
  const keptAfter = (count: number) => {
    const { group } = afterLearning(count);
    finish(group.settle());
    return decodeRegressionRows(encodeRegressionRows([group.rows()]))[0]!;
  };
  const own = afterLearning(1100);
  const scores = own.ask();
  for (const [known, worked] of [
    [1100, 0],
    [1090, 10],
  ] as const) {
    const { group, ask, kernels } = afterLearning(1100);
    group.restore(keptAfter(known));
    expect(ask()).toEqual(scores);
    expect(kernels()).toBe(worked);
  }
  const stranger = afterLearning(1100);
  // Those have rows for older documents, which this one has dropped.
  stranger.group.restore(keptAfter(900));
  expect(stranger.ask()).toEqual(scores);
});
