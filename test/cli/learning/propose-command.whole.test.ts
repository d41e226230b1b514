import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { idiolect } from "../run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-propose-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("The terminal tells which folders hold texts, in which languages, and what would be learned of them.", async () => {
  writeSmallBlog(join(folder, "mind", "journal"), 3);
  writeSmallBlog(join(folder, "mind", "projects"), 3);
  mkdirSync(join(folder, "mind", ".obsidian"));
  writeFileSync(join(folder, "mind", ".obsidian", "app.json"), "{}");
  mkdirSync(join(folder, "tagebuch"));
  for (let day = 1; day < 5; day++) {
    const text =
      "Am Morgen gingen wir wieder durch den Wald, und das Wetter war viel besser als gestern. ".repeat(4);
    writeFileSync(join(folder, "tagebuch", `${day}.md`), text);
  }
  const { code, out } = await idiolect(["propose", folder]);
  expect(code).toBe(0);
  expect(out).toMatch(/mind\n {2}6 documents, [\d,]+ words, 4 tags\n {2}in English\n/);
  expect(out).toMatch(
    /tagebuch\n {2}4 documents, \d+ words, 0 tags\n {2}in German \(not English: tags yes, tone and voice no\)/,
  );
  const { json } = await idiolect(["propose", folder, "--languages", "de,en", "--json"]);
  expect(json()["proposals"]).toMatchObject([
    { folder: join(folder, "mind"), languages: { hasTagsAlone: false } },
    {
      folder: join(folder, "tagebuch"),
      languages: { hasTagsAlone: false, counts: [{ language: "de", isRead: true }] },
    },
  ]);
});

test("A folder without texts is said to have none, and one that is not there is an error.", async () => {
  mkdirSync(join(folder, "empty"), { recursive: true });
  expect((await idiolect(["propose", join(folder, "empty")])).out).toContain("No prose was found");
  expect(await idiolect(["propose", join(folder, "gone")])).toMatchObject({ code: 1 });
});

test.skipIf(process.platform === "win32")(
  "Ctrl-C stops it in clear words, and nothing is kept.",
  async () => {
    const many = Array.from({ length: 500 }, () => join(import.meta.dirname, "../../../media"));
    const ran = idiolect(["propose", ...many, "--json"]);
    await expect.poll(() => process.listenerCount("SIGINT")).toBeGreaterThan(0);
    process.emit("SIGINT");
    const { code, errors } = await ran;
    expect(code).toBe(130);
    expect(errors).toContain("Stopped looking; nothing was kept.");
  },
);
