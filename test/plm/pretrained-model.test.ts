import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Graph } from "../../src/graph/graph.ts";
import { identity } from "../../src/graph/operators/views.ts";
import { weightsFile } from "../../src/plm/cache/weight-cache-names.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { openTinyModel, tinyBertPath } from "./tiny-model.ts";

const newFolder = (): string => mkdtempSync(join(tmpdir(), "idiolect-pretrained-"));
const norm = "embeddings.LayerNorm.weight";

describe("a pretrained model", () => {
  it("gives graphs the weights of its directory, from a file", async () => {
    const model = await openTinyModel();
    const graph = new Graph();
    const weights = model.weights(graph);
    const table = weights("embeddings.word_embeddings.weight", [50, 16]);
    const session = await model.compile(
      graph,
      { table: identity(table), norm: identity(weights(norm, [16])) },
      { threads: 1 },
    );
    const results = await session.run({});
    await session.release();
    expect(results["table"]!.data).toEqual(model.directory.tensor("embeddings.word_embeddings.weight").data);
    expect(results["norm"]!.data).toEqual(model.directory.tensor(norm).data);
  });

  it("writes its weights once, whoever opens it", async () => {
    const cache = newFolder();
    const [first] = await Promise.all([openTinyModel(cache), openTinyModel(cache), openTinyModel(cache)]);
    const { folder } = first.cache;
    const written = statSync(join(folder, weightsFile)).mtimeMs;
    await openTinyModel(cache);
    expect(statSync(join(folder, weightsFile)).mtimeMs).toBe(written);
    expect(readdirSync(folder).filter((name) => name.endsWith(".draft"))).toEqual([]);
  });

  it("says which tensor a graph asks for in vain", async () => {
    const model = await openTinyModel();
    expect(() => model.weights(new Graph())("classifier.weight", [2, 16])).toThrow(/classifier\.weight/);
  });

  it("refuses a tokenizer with more tokens than there are embeddings", async () => {
    const folder = newFolder();
    cpSync(tinyBertPath, folder, { recursive: true });
    const tokenizer = JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8"));
    for (let id = 50; id < 60; id++) {
      tokenizer.model.vocab[`extra${id}`] = id;
    }
    writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
    await expect(PretrainedModel.open(folder, newFolder())).rejects.toThrow(
      /has 60 tokens, and the model embeddings for 50/,
    );
  });
});
