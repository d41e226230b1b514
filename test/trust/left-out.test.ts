import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idiolect, tinyModel, useOwnCache } from "../cli/run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-left-out-"));
const [blog, store] = [join(folder, "blog"), join(folder, "store")];
const common = ["--store", store, "--model", tinyModel(folder)];

/** Words that stand in documents where they are not the writer's voice, by where that is. */
const leftOut: Readonly<Record<string, string>> = {
  code: "quandelcode",
  "code in a line": "quandelspan",
  "a quotation": "quandelquote",
  "the address of a link": "quandeladdress",
  "a comment": "quandelcomment",
  "a comment of Obsidian": "quandelhidden",
  "a comment in front matter": "quandelfield",
  "a table": "quandeltable",
  "a document that is left out": "quandeldocument",
};
const kept = "quandelkept";

const text = (number: number): string => `---
title: Post ${number} # ${leftOut["a comment in front matter"]}
date: 2024-01-0${number + 1}
tags: [water, notes]
mood: good
---

The ${kept} was long, and there was a river. We had no [time](https://example.org/${leftOut["the address of a link"]}) for people.

\`\`\`
${leftOut["code"]}()
\`\`\`

- \`${leftOut["code in a line"]}\`

> ${leftOut["a quotation"]}, said somebody else.

We made a boat <!-- ${leftOut["a comment"]} --> and went %%${leftOut["a comment of Obsidian"]}%% down the river, number ${number}.

| a | b |
|---|---|
| ${leftOut["a table"]} | c |
`;

useOwnCache(folder);
beforeAll(async () => {
  mkdirSync(blog);
  for (let number = 0; number < 6; number++) writeFileSync(join(blog, `${number}.md`), text(number));
  writeFileSync(
    join(blog, "private.md"),
    `---\nidiolect: false\ntitle: A\n---\n\nThe ${leftOut["a document that is left out"]} was long.\n`,
  );
  expect(await idiolect(["learn", blog, "--voice", "--quiet", ...common])).toMatchObject({ code: 0 });
  expect(await idiolect(["teach", "--quiet", ...common], "5\n1\n0\nq\n")).toMatchObject({ code: 0 });
  expect(await idiolect(["tags", join(blog, "0.md"), ...common])).toMatchObject({ code: 0 });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of all files below a folder. */
function bytesBelow(path: string): Buffer {
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}

describe("What is not the writer's voice", () => {
  test.each(Object.keys(leftOut))("is not kept of %s, in any file of the store.", (where) => {
    expect(bytesBelow(store).includes(leftOut[where]!)).toBe(false);
  });

  test("is told apart from what is kept, which stands there.", () => {
    expect(bytesBelow(store).includes(kept)).toBe(true);
  });
});

test("Nothing of the writer is in the cache of unpacked models.", () => {
  const cache = bytesBelow(join(folder, "cache"));
  expect(cache.length).toBeGreaterThan(1_000);
  expect([kept, blog, "Post 1"].filter((word) => cache.includes(word))).toEqual([]);
});
