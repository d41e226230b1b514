import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Graph } from "../../../src/graph/graph.ts";
import { mul } from "../../../src/graph/operators/arithmetic.ts";
import { expand } from "../../../src/graph/operators/views.ts";
import type { Value } from "../../../src/graph/value.ts";
import { createRandom } from "../../../src/numbers/random.ts";
import { bertEncoder } from "../../../src/plm/encoder/bert-encoder.ts";
import type { EncoderAdditions } from "../../../src/plm/encoder/encoder-additions.ts";
import type { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { openTinyModel } from "../tiny-model.ts";

const cache = mkdtempSync(join(tmpdir(), "idiolect-tuning-"));
afterAll(() => rmSync(cache, { recursive: true }));

let model: PretrainedModel;
beforeAll(async () => {
  model = await openTinyModel(cache);
});

const [batch, length, size, p] = [2, 5, 16, 3];
const random = createRandom("additions");
const numbers = Float32Array.from({ length: p * size }, random.normal);
const ids = BigInt64Array.from({ length: batch * length }, (_, at) => BigInt(5 + 3 * at));
const mask = Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1, 0, 0);

/** Last hidden states of two sequences, of the picked places if there are some. */
async function states(
  additions: (prompt: Value) => EncoderAdditions,
  picked?: readonly (readonly number[])[],
): Promise<readonly number[]> {
  const graph = new Graph();
  const tokens = {
    ids: graph.input("ids", "int64", ["batch", "length"]),
    mask: graph.input("mask", "float32", ["batch", "length"]),
  };
  const rows = graph.input("picked", "int64", ["batch", "picked"]);
  const meant = graph.input("meant", "int64", ["meant"]);
  const inputs = picked === undefined ? tokens : { ...tokens, picked: { rows, meant } };
  const prompt = graph.weight("prompt", [p, size], { kind: "memory", data: numbers });
  const encoded = bertEncoder(model.config, model.weights(graph), inputs, additions(prompt));
  const session = await model.compile(graph, { rows: encoded.rows }, { threads: 1 });
  const places = picked ?? [[]];
  const results = await session.run({
    ids: { data: ids, shape: [batch, length] },
    mask: { data: mask, shape: [batch, length] },
    picked: { data: BigInt64Array.from(places.flat(), BigInt), shape: [places.length, places[0]!.length] },
    meant: { data: BigInt64Array.from(places.flat().keys(), BigInt), shape: [places.flat().length] },
  });
  await session.release();
  return Array.from(results["rows"]!.data, Number);
}

const perSequence = (prompt: Value): Value => expand(prompt, ["batch", p, size]);

function expectEqual(some: readonly number[], others: readonly number[]): void {
  expect(some.length).toBe(others.length);
  some.forEach((number, at) => {
    expect(Math.abs(number - others[at]!)).toBeLessThan(1e-5);
  });
}

describe("what is added to an encoder", () => {
  it("is nothing to the bit where all is absent", async () => {
    expect(await states(() => ({}))).toEqual(await states(() => ({ prompts: () => undefined })));
  });

  it("may be the same prompts for all sequences or each sequence's own", async () => {
    const common = await states((prompt) => ({ prompts: () => prompt }));
    expectEqual(await states((prompt) => ({ prompts: () => perSequence(prompt) })), common);
    const front = await states((prompt) => ({ inputPrompt: prompt }));
    expectEqual(await states((prompt) => ({ inputPrompt: perSequence(prompt) })), front);
    expect(common).not.toEqual(front);
  });

  it("leaves the rows of an input prompt out of the output, picked or not", async () => {
    const all = await states((prompt) => ({ inputPrompt: prompt }));
    const places = [
      [0, 3],
      [6, 7],
    ];
    const some = await states((prompt) => ({ inputPrompt: prompt }), places);
    expect(all.length).toBe(batch * length * size);
    expectEqual(
      some,
      places.flat().flatMap((row) => all.slice(row * size, (row + 1) * size)),
    );
  });

  it("may change what goes into the layers, and the shares of attention of each", async () => {
    const plain = await states(() => ({}));
    const layers = new Set<number>();
    const same = (layer: number, shares: Value): Value => {
      layers.add(layer);
      return shares;
    };
    expectEqual(await states(() => ({ embedded: (rows) => rows, attended: same })), plain);
    expect([...layers]).toEqual([0, 1]);
    expect(await states(() => ({ embedded: (rows) => mul(rows, 0.5) }))).not.toEqual(plain);
    expect(await states(() => ({ attended: (_, shares) => mul(shares, 0.5) }))).not.toEqual(plain);
    expectEqual(
      await states((prompt) => ({ prompts: () => prompt, attended: same })),
      await states((prompt) => ({ prompts: () => prompt })),
    );
  });

  it("names every linear map of a block, and both of its parts", async () => {
    const maps = new Set<string>();
    const parts = new Set<string>();
    const changed = await states(() => ({
      adjust: (name, _, result) => {
        maps.add(name);
        return result;
      },
      adapt: (layer, part, rows) => {
        parts.add(`${layer} ${part}`);
        return mul(rows, 0.5);
      },
    }));
    expect(maps.size).toBe(2 * 6);
    expect(maps).toContain("encoder.layer.1.attention.self.query");
    expect(parts.size).toBe(2 * 2);
    expect(changed).not.toEqual(await states(() => ({})));
  });
});
