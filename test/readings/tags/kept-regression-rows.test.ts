import { expect, test } from "vitest";
import { generalReader } from "../../../src/profile/profile.ts";
import { KeptRegressionRows } from "../../../src/readings/tags/kept-regression-rows.ts";
import { finish } from "../../../src/tags/pausable-work.ts";
import { TagSuggester } from "../../../src/tags/tag-suggester.ts";
import { openBlogModel } from "../../profile/blog-model.ts";
import { openTemporaryStore } from "../../store/temporary-store.ts";

const reader = generalReader(await openBlogModel());
const words = "bridge river mast rope flour oven bread tide".split(" ");
const nothing = new Float32Array(0);

function document(place: number, version: number) {
  const text = `${words[place % 8]} ${words[(place + version) % 7]}`;
  const tags = [words[place % 5]!];
  return { id: `${place}.md`, timeMs: place, title: "", text, tags, vectors: [], vector: nothing };
}

/** Has the rows worked out for as many documents, of which some are other ones, and gives how many were. */
async function rowsWorkedOut(
  store: ReturnType<typeof openTemporaryStore>,
  documents: number,
  others: readonly number[] = [],
): Promise<number> {
  const suggester = new TagSuggester();
  const rows = new KeptRegressionRows({ store, writerId: 1, reader }, documents);
  for (let place = 0; place < documents; place++) {
    const version = others.includes(place) ? 1 : 0;
    finish(suggester.rememberInSteps(document(place, version)));
    rows.add(`${place} ${version}`);
  }
  const [settleInSteps, before] = [suggester.settleInSteps.bind(suggester), { rows: 0 }];
  suggester.settleInSteps = () => {
    before.rows = suggester.rows().reduce((sum, { places }) => sum + places.length, 0);
    return settleInSteps();
  };
  await rows.settle(suggester, async () => undefined);
  return suggester.rows().reduce((sum, { places }) => sum + places.length, 0) - before.rows;
}

test("Of more documents than have rows, those after one that is changed, added or removed get new rows, and no others.", async () => {
  const store = openTemporaryStore();
  store.writers.ensure("Anna");
  // Of 1,700 documents the older ones were dropped twice.
  const all = await rowsWorkedOut(store, 1_700);
  expect(all).toBe(700);
  expect(await rowsWorkedOut(store, 1_701)).toBe(1);
  expect(await rowsWorkedOut(store, 1_701, [1_690])).toBe(11);
  expect(await rowsWorkedOut(store, 1_698, [1_690])).toBe(0);
});
