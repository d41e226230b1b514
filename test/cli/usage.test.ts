import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-usage-"));
const common = ["--store", join(folder, "store"), "--model", tinyModel(folder)];

useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("--version gives the version of the package.", async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  expect(await idiolect(["--version"])).toMatchObject({ code: 0, out: `${version}\n` });
});

test("Help marks the options that cannot be left out.", async () => {
  const { out } = await idiolect(["evaluate", "mlm", "--help"]);
  expect(out.replaceAll(/\s+/g, " ")).toContain("another writer's documents, for comparison (required)");
});

describe("Wrong usage with --json is one object on standard output", () => {
  test.each([
    ["an unknown command", ["nothing", "--json"], "unknown command 'nothing'"],
    ["a missing argument", ["tags", "--json"], "missing required argument 'file'"],
    ["an unknown option", ["read", "x.md", "--json", "--bold"], "unknown option '--bold'"],
    ["a number out of range", ["tags", "x.md", "--limit", "0", "--json"], "A whole number from 1 on"],
    [
      "hours that are none",
      ["learn", "x", "--schedule", "22-6", "--json"],
      "Write hours such as 22:00-06:00",
    ],
    ["a required option left out", ["evaluate", "mlm", "x", "--json"], "'--other <folder>' not specified"],
    ["an empty path", ["learn", "", "--json"], "Word 2 after 'idiolect' is empty"],
    ["an empty name", ["report", "--writer", " ", "--json"], "Word 3 after 'idiolect' is empty"],
    ["an empty value", ["learn", "x", "--store=", "--json"], "The value in '--store=' is empty"],
    ["a folder in place of labelled texts", ["evaluate", "sentiment", folder, "--json"], "It is a folder"],
    ["a folder in place of data", ["evaluate", "tone", "--data", folder, "--json"], "It is a folder"],
    ["a folder in place of a document", ["read", folder, "--json", ...common], "is a folder"],
  ])("%s", async (_, words, message) => {
    const { code, json, errors } = await idiolect(words);
    expect(json()).toEqual({ version: 1, error: { code: 2, message: expect.stringContaining(message) } });
    expect(code).toBe(2);
    expect(errors).toContain(message);
  });

  test("also where help stands for a command that there is not.", async () => {
    const { code, json, errors } = await idiolect(["help", "nothing", "--json"]);
    const message = "A command is missing, or there is none of this name.";
    expect(json()).toEqual({ version: 1, error: { code: 2, message } });
    expect(code).toBe(2);
    expect(errors).toContain("Usage: idiolect");
  });

  test("and nothing is written there without it, or where --json is no option.", async () => {
    expect(await idiolect(["tags", "x.md", "--limit", "0"])).toMatchObject({ code: 2, out: "" });
    expect(await idiolect(["nothing", "--", "--json"])).toMatchObject({ code: 2, out: "" });
  });
});

test("read says of a folder that it takes one document.", async () => {
  const { code, errors } = await idiolect(["read", folder, ...common]);
  expect(code).toBe(2);
  expect(errors).toContain(`${folder}: is a folder, not a file. Give a text file`);
});

test("tags of a folder needs a writer who was learned, also where the folder is empty.", async () => {
  const { code, errors } = await idiolect(["tags", folder, ...common]);
  expect(code).toBe(3);
  expect(errors).toContain("Nothing has been learned yet.");
});

test("A limit of nothing is refused by all that have one.", async () => {
  for (const command of [["tags", "x.md"], ["own-words"]]) {
    expect(await idiolect([...command, "--limit", "0"])).toMatchObject({ code: 2 });
  }
});

test("evaluate sentiment names the head that a model lacks, before it learns anything.", async () => {
  const headless = writeTinyModel(join(folder, "headless"), { tone: false });
  const file = join(folder, "opinions.jsonl");
  const lines = Array.from({ length: 60 }, (_, at) =>
    JSON.stringify({ writer: `w${at % 3}`, time: at, text: `It was water ${at}.`, label: at % 2 }),
  );
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { code, errors } = await idiolect([
    ...["evaluate", "sentiment", file, "--min", "2", "--targets", "0.5", "--model", headless],
  ]);
  expect(code).toBe(1);
  expect(errors).toContain(`The model ${headless} has no head for tone.`);
});

test("Measuring says of what is not there, or too little, what to do about that.", async () => {
  const absent = join(folder, "absent");
  const model = ["--model", tinyModel(folder)];
  const tone = await idiolect(["evaluate", "tone", "--data", absent, ...model]);
  expect(tone).toMatchObject({
    code: 1,
    errors: expect.stringContaining(`${absent} is not there. Check the name`),
  });
  const tags = await idiolect(["evaluate", "tags", absent, ...model]);
  expect(tags.code).toBe(3);
  expect(tags.errors).toContain(
    `There is no text in ${absent} to evaluate. Name a folder with more documents`,
  );
});
