import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { idiolect, tinyModel, useOwnCache } from "../run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-languages-"));
const text = join(folder, "mixed.md");
const german = "Das Essen war schrecklich und der Kellner unverschämt.";
const common = ["--store", join(folder, "store"), "--model", tinyModel(folder)];

useOwnCache(folder);
beforeAll(() => writeFileSync(text, `They went down to the water and the river was high.\n\n${german}\n`));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Languages of the sentences that have no tone, with the words for them in the table. */
async function unread(...options: readonly string[]): Promise<readonly [(string | undefined)[], string]> {
  const { json } = await idiolect(["read", text, "--json", ...options, ...common]);
  const { sentences } = json() as { readonly sentences: readonly { general: unknown; language?: string }[] };
  const { out } = await idiolect(["read", text, ...options, ...common]);
  return [sentences.filter(({ general }) => general === null).map(({ language }) => language), out];
}

test("read shows a sentence in another language as not English, and says why it has no tone.", async () => {
  const [languages, out] = await unread();
  expect(languages).toEqual(["de"]);
  expect(out).toMatch(/^ *not English +Das Essen war schrecklich/m);
  expect(out).toContain("1 sentence is not English (German): the model does not know the language");
});

test("--languages insists on a language, and leaves out those that it does not name, English too.", async () => {
  expect((await unread("--languages", "en,German"))[0]).toEqual([]);
  expect((await unread("--languages", "*"))[0]).toEqual([]);
  const [languages, out] = await unread("--languages", "de");
  expect(languages).toEqual(["en"]);
  expect(out).toContain("1 sentence is not read (English): it is none of the languages that were named");
});

test("What is no language is an error that says how to write one.", async () => {
  const { code, errors } = await idiolect(["read", text, "--languages", "en,Klingonish", ...common]);
  expect(code).toBe(2);
  expect(errors).toContain("'Klingonish' is no language: write en, or German.");
});

test("Languages named to learn are kept with the writer, and count when texts are read.", async () => {
  const blog = writeSmallBlog(join(folder, "blog"), 4);
  const learned = await idiolect(["learn", blog, "--languages", "en,de", "--quiet", ...common]);
  expect(learned.code).toBe(0);
  expect((await unread())[0]).toEqual([]);
});
