import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { idiolect, type Ran, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-cli-"));
const blog = writeSmallBlog(join(folder, "blog"));
/** What is told of the store alone takes no model. */
const stored = ["--store", join(folder, "store"), "--json"];
const common = [...stored, "--model", tinyModel(folder)];
let learned: Ran;

useOwnCache(folder);
beforeAll(async () => {
  learned = await idiolect(["learn", blog, ...common]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("learn tells what it found and learned, in one JSON object.", () => {
  expect(learned).toMatchObject({ code: 0 });
  expect(learned.json()).toEqual({
    version: 1,
    writer: "blog",
    documents: 14,
    passages: expect.any(Number),
    words: expect.any(Number),
    tags: 7,
    learned: {
      steps: expect.any(Number),
      seconds: expect.any(Number),
      peakMemoryBytes: expect.any(Number),
      skipped: false,
    },
    gate: { tone: gate(false), tags: gate(true), masking: gate(expect.any(Boolean)) },
    signs: expect.any(Array),
    profile: expect.any(String),
  });
  expect(learned.errors).toContain("Found 14 documents (14 new or changed)");
});

test("learn a second time learns nothing.", async () => {
  const again = await idiolect(["learn", blog, "--quiet", ...common]);
  expect(again.json()).toMatchObject({ learned: { skipped: true }, profile: learned.json()["profile"] });
  expect(again.errors).toBe("");
});

test("read gives sentences that are slices of the source, by UTF-16.", async () => {
  const path = join(folder, "read.md");
  const source = "\uFEFF---\ntitle: 🙂\n---\n\nI was 🙂 *there*. Nobody came.\n\n```\ncode\n```\n";
  writeFileSync(path, source);
  const { code, json } = await idiolect(["read", path, ...common]);
  expect(code).toBe(0);
  const { version, document, sentences, gate: shown } = json() as never as ReadAnswer;
  expect({ version, shown }).toEqual({ version: 1, shown: gate(false) });
  expect(document).toEqual({ general: reading, personal: null });
  expect(sentences.map(({ text }) => text)).toEqual(["I was 🙂 *there*.", "Nobody came."]);
  for (const { text, start, end, general, personal } of sentences) {
    expect(source.slice(start, end)).toBe(text);
    expect({ general, personal }).toEqual({ general: reading, personal: null });
  }
});

test("read takes standard input, and reads without any writer.", async () => {
  const options = ["--store", join(folder, "empty"), "--model", tinyModel(folder), "--json"];
  const { code, json } = await idiolect(["read", "-", ...options], "I am here.");
  expect(code).toBe(0);
  expect(json()).toMatchObject({
    sentences: [{ text: "I am here.", start: 0, end: 10, personal: null }],
    gate: { open: false, reason: "no writer has been learned" },
  });
});

test("tags gives the best first, with reasons, and never looks at the file's own.", async () => {
  const path = join(blog, "03-boat.md");
  const own = await idiolect(["tags", path, "--limit", "4", ...common]);
  const tags = own.json()["tags"] as readonly { tag: string; score: number; reasons: { kind: string }[] }[];
  expect(tags).toHaveLength(4);
  expect(tags.map(({ score }) => score)).toEqual(tags.map(({ score }) => score).toSorted((a, b) => b - a));
  expect(tags[0]!.reasons.length).toBeGreaterThan(0);
  const without = join(folder, "03-boat.md");
  writeFileSync(without, readFileSync(path, "utf8").replace(/^tags: .*$/m, "tags: [garden]"));
  const copy = await idiolect(["tags", without, "--limit", "4", ...common]);
  expect(copy.json()).toEqual(own.json());
});

test("tags lets present tags speak for others, and proposes tags that were never used, where it is told to.", async () => {
  const path = join(folder, "04-observatory.md");
  writeFileSync(
    path,
    "---\ntitle: The observatory\ntags: [garden]\n---\nWe saw the observatory. An observatory is dark.\n",
  );
  const scores = async (...options: readonly string[]) => {
    const { json } = await idiolect(["tags", path, ...options, ...common]);
    return json()["tags"] as readonly { tag: string; score: number; reasons: { kind: string }[] }[];
  };
  const plain = await scores();
  expect(await scores("--present")).not.toEqual(plain);
  const [first] = (await scores("--new", "2")).slice(plain.length);
  expect(first).toMatchObject({
    tag: "observatory",
    reasons: [{ kind: "new", inTitle: true, countInText: 2 }],
  });
});

test("report tells corpus, curves, held-out figures, gates, versions and what is stored.", async () => {
  const { code, json } = await idiolect(["report", ...common]);
  expect(code).toBe(0);
  expect(json()).toMatchObject({
    version: 1,
    writer: "blog",
    corpus: { documents: 14, tags: 7, folders: [blog] },
    curves: { masking: expect.arrayContaining([expect.objectContaining({ epoch: 0 })]) },
    heldOut: { tags: { documents: expect.any(Number) } },
    gate: {
      tags: gate(true),
      masking: { open: false, reason: expect.stringContaining("too few documents to prove a gain") },
    },
    profileVersions: [{ id: learned.json()["profile"], isActive: true }],
    writing: { kind: "short", documents: 14 },
    stored: expect.arrayContaining([
      { what: "sentences", where: expect.any(String), bytes: expect.any(Number) },
    ]),
  });
});

test("People get the same in words.", async () => {
  const words = common.filter((word) => word !== "--json");
  for (const command of [
    ["learn", blog],
    ["read", join(blog, "03-boat.md")],
    ["tags", join(blog, "03-boat.md")],
    ["report"],
  ]) {
    const { code, out } = await idiolect([...command, ...words]);
    expect(code).toBe(0);
    expect(out).not.toMatch(/undefined|NaN|\[object|[ \t]$/m);
  }
});

test("evaluate mlm compares own prompts with none, shared and another writer's.", async () => {
  const other = writeSmallBlog(join(folder, "other"), 12);
  const options = ["--model", tinyModel(folder), "--json"];
  const { code, json } = await idiolect(["evaluate", "mlm", blog, "--other", other, ...options]);
  const figures = { loss: expect.any(Number), perplexity: expect.any(Number), top1: expect.any(Number) };
  const difference = { measure: "loss", ...interval };
  expect({ code, ...json() }).toEqual({
    code: 0,
    version: 1,
    tokens: expect.any(Number),
    masked: expect.any(Number),
    none: figures,
    shared: figures,
    own: figures,
    other: figures,
    difference,
    differenceToOther: difference,
    tuning: {
      method: expect.any(String),
      objective: "masked-words",
      bytesPerWriter: expect.any(Number),
      trained: expect.any(Number),
    },
  });
});

test("evaluate tags measures ours beside six other methods.", async () => {
  const { code, json } = await idiolect(["evaluate", "tags", blog, "--model", tinyModel(folder), "--json"]);
  expect(code).toBe(0);
  const answer = json() as { readonly methods: object };
  expect(answer).toMatchObject({
    version: 1,
    documents: 14,
    difference: { measure: "recallAt5", ...interval },
  });
  expect(Object.keys(answer.methods).toSorted()).toEqual(
    ["bll", "centroid", "embeddingKnn", "idiolect", "mostFrequent", "tfidfKnn", "tfidfLogistic"].toSorted(),
  );
});

test("forget asks for --yes, then erases everything and says so.", async () => {
  const refused = await idiolect(["forget", ...stored]);
  expect(refused.code).toBe(2);
  const { code, json } = await idiolect(["forget", "--yes", ...stored]);
  expect(code).toBe(0);
  expect(json()).toMatchObject({
    version: 1,
    erased: expect.arrayContaining([expect.objectContaining({ bytes: expect.any(Number) })]),
  });
  expect(await idiolect(["report", ...common])).toMatchObject({ code: 3 });
});

interface ReadAnswer {
  readonly version: number;
  readonly document: object;
  readonly sentences: readonly {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly general: object;
    readonly personal: object | null;
  }[];
  readonly gate: object;
}

const interval = { mean: expect.any(Number), low: expect.any(Number), high: expect.any(Number) };
const reading = expect.objectContaining({ valence: expect.any(Number), confidence: expect.any(Number) });

function gate(open: boolean) {
  return { open, reason: expect.any(String) };
}
