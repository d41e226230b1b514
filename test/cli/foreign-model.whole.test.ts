import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { goldenPath } from "../plm/encoder/family-golden.ts";
import { idiolect, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-foreign-"));
useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blog = writeSmallBlog(join(folder, "blog"), 8);
const post = join(blog, "01-bridge.md");

interface Learned {
  readonly learned: { readonly steps: number };
  readonly gate: Readonly<Record<"tone" | "tags" | "masking", { readonly reason: string }>>;
}

describe.each([
  ["RoBERTa", "tiny-roberta"],
  ["DistilBERT", "tiny-distilbert"],
  ["an ELECTRA generator", "tiny-electra/generator"],
])("%s of a user's own, without a head for tone,", (_family, path) => {
  const options = [
    "--store",
    join(folder, `store of ${path.replace("/", " ")}`),
    "--model",
    goldenPath(path),
  ];

  test("learns a writer and suggests tags, and says why it reads no tone.", async () => {
    const learned = await idiolect(["learn", blog, "--writer", "Anna", "--json", ...options]);
    expect(learned.errors).not.toMatch(/\n\s+at /);
    expect(learned.code).toBe(0);
    const { gate } = learned.json() as unknown as Learned;
    expect(gate.tone.reason).toBe("the model has no part that reads tone (no head for tone)");
    const tags = await idiolect(["tags", post, "--json", ...options]);
    expect(tags.code).toBe(0);
    expect((tags.json() as { tags: readonly unknown[] }).tags.length).toBeGreaterThan(0);
    const tone = await idiolect(["read", post, ...options]);
    expect(tone.code).toBe(1);
    expect(tone.errors).toMatch(/has no head for tone\. Use the model that ships with Idiolect/);
  });
});

test("A model that cannot guess words learns tags, and says why it learns no prompts.", async () => {
  const path = join(folder, "discriminator");
  cpSync(goldenPath("tiny-electra"), path, { recursive: true });
  rmSync(join(path, "generator"), { recursive: true });
  const options = ["--store", join(folder, "store of discriminator"), "--model", path];
  const learned = await idiolect(["learn", blog, "--writer", "Anna", "--json", ...options]);
  expect(learned.code).toBe(0);
  const { gate, learned: work } = learned.json() as unknown as Learned;
  expect(work.steps).toBe(0);
  expect(gate.masking.reason).toMatch(/no masked-LM head/);
  expect((await idiolect(["tags", post, "--json", ...options])).code).toBe(0);
  const measured = await idiolect(["evaluate", "mlm", blog, "--other", blog, "--model", path]);
  expect(measured.code).toBe(1);
  expect(measured.errors).toMatch(/has no head that guesses hidden words.*idiolect model inspect/s);
});

test("What was learned with one model is not read with another.", async () => {
  const store = ["--store", join(folder, "store of two")];
  const one = ["--model", goldenPath("tiny-bert"), ...store];
  const other = ["--model", goldenPath("tiny-roberta"), ...store];
  expect((await idiolect(["learn", blog, "--writer", "Anna", ...one])).code).toBe(0);
  expect((await idiolect(["tags", post, ...one])).code).toBe(0);
  const { code, errors } = await idiolect(["tags", post, ...other]);
  expect(code).toBe(3);
  expect(errors).toMatch(/learned with another base model/);
});
