import { describe, expect, test } from "vitest";
import { labWords } from "../../src/cli/lab-command.ts";
import { idiolect } from "./run-idiolect.ts";

const lab = "Usage: idiolect lab [options] [command]";
const evaluate = "Usage: idiolect lab evaluate [options] [command]";
const tags = "Usage: idiolect lab evaluate tags [options] <folder>";
const experiment = "Usage: idiolect lab experiment [options] <name>";

describe("Help of the lab", () => {
  test.each([
    ["lab --help", lab],
    ["help lab", lab],
    ["lab help", lab],
    ["lab evaluate --help", evaluate],
    ["help lab evaluate", evaluate],
    ["lab help evaluate", evaluate],
    ["lab evaluate tags --help", tags],
    ["lab experiment --help", experiment],
    // As they were called before there was a lab.
    ["evaluate --help", evaluate],
    ["help evaluate", evaluate],
    ["evaluate tags --help", tags],
    ["experiment --help", experiment],
    ["help experiment", experiment],
  ])("%s", async (words, usage) => {
    const { code, out, errors } = await idiolect(words.split(" "));
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(out.split("\n")[0]).toBe(usage);
  });

  test("is named by that of the program.", async () => {
    const { out } = await idiolect(["--help"]);
    expect(out.replaceAll(/\s+/g, " ")).toContain("idiolect lab --help");
    expect(out).not.toContain("evaluate");
  });
});

describe("Wrong usage of the lab with --json is one object on standard output", () => {
  const help = "A command is missing, or there is none of this name.";
  test.each([
    ["no command", "lab --json", "unknown option '--json'"],
    ["an unknown command", "lab nothing --json", "unknown command 'nothing'"],
    ["an unknown measure", "lab evaluate nothing --json", "unknown command 'nothing'"],
    ["the same by its former name", "evaluate nothing --json", "unknown command 'nothing'"],
    ["help for what there is not", "help lab nothing --json", help],
    ["a missing argument", "lab evaluate tags --json", "missing required argument 'folder'"],
    ["an unknown study", "lab experiment nothing --json", "baseline, layers, hard-prompts"],
    ["an empty argument", "lab evaluate tags  --json", "Word 4 after 'idiolect' is empty"],
    ["the same by its former name", "evaluate tags  --json", "Word 3 after 'idiolect' is empty"],
  ])("%s", async (_, words, message) => {
    const { code, json, errors } = await idiolect(words.split(" "));
    expect(json()).toEqual({ version: 1, error: { code: 2, message: expect.stringContaining(message) } });
    expect(code).toBe(2);
    expect(errors).not.toBe("");
  });

  test("and without is told on standard error alone.", async () => {
    const { code, out, errors } = await idiolect(["lab"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(errors).toContain(lab);
  });
});

test("A word of the lab that is not the first belongs to another command.", () => {
  expect(labWords(["read", "lab"])).toBeUndefined();
  expect(labWords(["help", "read", "evaluate"])).toBeUndefined();
  expect(labWords([])).toBeUndefined();
});
