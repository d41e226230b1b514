import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { idiolect, tinyModel, useOwnCache } from "../run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-teach-"));
const blog = writeSmallBlog(join(folder, "blog"));
const common = ["--store", join(folder, "store"), "--model", tinyModel(folder)];

useOwnCache(folder);
beforeAll(async () => {
  await idiolect(["learn", blog, ...common, "--quiet"]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const teach = async (keys: readonly string[]) => {
  const ran = await idiolect(["teach", ...common, "--json"], `${keys.join("\n")}\n`);
  return { ...ran, asked: ran.errors.match(/^\d+ of 12 · /gm) ?? [] };
};

describe("a round of questions in the terminal", () => {
  test("ends at any answer, keeps each as a lesson, and goes on with other sentences another day.", async () => {
    const first = await teach(["5", "s", "1", "b", "2", "q"]);
    expect(first.code).toBe(0);
    expect(first.json()).toMatchObject({ version: 1, writer: "blog", answered: 2, gate: { open: false } });
    expect(first.asked.map((line) => Number.parseInt(line, 10))).toEqual([1, 2, 3, 4, 3, 4]);
    const second = await teach(["4"]);
    expect(second.json()).toMatchObject({ answered: 1 });
    const sentences = (text: string) => new Set(text.match(/^ {2}\S.*$/gm));
    const [answered] = sentences(first.errors);
    expect(sentences(second.errors)).not.toContain(answered);
    const report = await idiolect(["report", ...common, "--json"]);
    expect(report.json()).toMatchObject({ since: { lessons: 3 } });
  });

  test("says what the keys are where a line is none of them, and asks the same again.", async () => {
    const ran = await teach(["7", "please", "q"]);
    expect(ran.errors).toContain("'please' is none of the keys");
    expect(ran.json()).toMatchObject({ answered: 0 });
    expect(ran.asked).toHaveLength(1);
  });

  test("tells how often each reading would have been right before the answers.", async () => {
    const ran = await idiolect(["teach", ...common], "3\n3\nq\n");
    expect(ran.out).toMatch(
      /Right before you answered: your own reading [0-2] of 2, the general one [0-2] of 2/,
    );
  });

  test("needs a writer who was learned.", async () => {
    const { code, errors } = await idiolect([
      "teach",
      "--store",
      join(folder, "none"),
      "--model",
      common[3]!,
    ]);
    expect(code).toBe(3);
    expect(errors).toContain("Nothing has been learned yet");
  });
});
