import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-trust-"));
const blog = join(folder, "blog");
/** What is told of the store alone takes no model. */
const stored = ["--store", join(folder, "store")];
const common = [...stored, "--model", tinyModel(folder)];
const lines = [
  ...[
    "the river was long",
    "they made a boat",
    "she had no time",
    "people at the bridge",
    "what could he say",
  ],
  ...[
    "who found him first",
    "water is very good",
    "your work may come",
    "her number has more",
    "two would look down",
  ],
];

function writePosts(from: number, to: number): void {
  mkdirSync(blog, { recursive: true });
  for (let number = from; number < to; number++) {
    const text = Array.from(
      { length: 12 },
      (_, line) => `And ${lines[(number + line) % lines.length]} after ${number} days.`,
    );
    const date = new Date(Date.UTC(2020, 0, 1 + 7 * number)).toISOString().slice(0, 10);
    writeFileSync(join(blog, `${number}.md`), `---\ndate: ${date}\ntags: [river]\n---\n${text.join(" ")}\n`);
  }
}

interface Versions {
  readonly profileVersions: readonly { readonly id: string; readonly isActive: boolean }[];
}

useOwnCache(folder);
beforeAll(async () => {
  writePosts(0, 40);
  expect(await idiolect(["learn", blog, "--quiet", ...common])).toMatchObject({ code: 0 });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("report tells signs, divergence by strength, and that nothing is new.", async () => {
  const report = (await idiolect(["report", ...common, "--json"])).json();
  expect(report).toMatchObject({
    gate: { masking: { open: true } },
    signs: [],
    drift: { watched: true, documents: 0, hasDrifted: false, atLearning: null },
    replay: null,
    echo: {
      isExceeded: false,
      strengths: [{ strength: 0.25 }, { strength: 0.5 }, { strength: 0.75 }, { strength: 1 }],
    },
  });
  const { out } = await idiolect(["report", ...common]);
  expect(out).toContain("there are no new documents since the profile was learned");
  expect(out).toContain("limit at full strength");
});

test("report reads documents that were not learned yet, without keeping anything of them.", async () => {
  writePosts(40, 46);
  const { drift } = (await idiolect(["report", ...common, "--json"])).json() as { drift: object };
  expect(drift).toMatchObject({ watched: true, documents: 6, language: { limit: 5.5 } });
  const { corpus } = (await idiolect(["report", ...common, "--json"])).json() as { corpus: object };
  expect(corpus).toMatchObject({ documents: 40 });
});

test("profile lists versions, and goes back and forward between them.", async () => {
  await idiolect(["learn", blog, "--quiet", ...common]);
  const list = async (...words: readonly string[]) =>
    ((await idiolect(["profile", ...words, ...stored, "--json"])).json() as never as Versions)
      .profileVersions;
  const [newest, oldest, ...others] = await list("list");
  expect([newest!.isActive, oldest!.isActive, others.length]).toEqual([true, false, 0]);
  expect((await list("rollback")).map(({ isActive }) => isActive)).toEqual([false, true]);
  const again = await idiolect(["profile", "rollback", ...stored]);
  expect(again).toMatchObject({
    code: 1,
    errors: expect.stringContaining("no version before the one in use"),
  });
  const back = await idiolect(["profile", "rollback", newest!.id.slice(0, 8), ...stored]);
  expect(back).toMatchObject({ code: 0, errors: expect.stringContaining(newest!.id) });
  expect(back.out).toMatch(new RegExp(`${newest!.id}.*in use`));
});

test("learning says how new documents fit what was learned before.", async () => {
  const { out } = await idiolect(["report", ...common]);
  expect(out).toContain("learning went on from the version before, with");
  expect(out).toMatch(/when it was learned\n {2}6 new documents: the language/);
});

test("read --explain weighs words at their places in the source, by three methods.", async () => {
  const source = "---\ntitle: a\n---\n\nI *was* there. Nobody came.\n";
  for (const [option, method] of [
    [["--explain"], "integrated"],
    [["--explain", "gradient"], "gradient"],
    [["--explain", "shapley"], "shapley"],
  ] as const) {
    const { json, code } = await idiolect(["read", "-", ...option, ...common, "--json"], source);
    expect(code).toBe(0);
    const { sentences } = json() as never as Explained;
    for (const { explanation } of sentences) {
      const { words, latent, baselineLatent, completenessError } = explanation;
      const sum = words.reduce((total, { weight }) => total + weight, 0);
      expect(explanation.method).toBe(method);
      expect(baselineLatent + sum + completenessError).toBeCloseTo(latent, 5);
      for (const { text, start, end } of words) expect(source.slice(start, end)).toBe(text);
    }
    expect(sentences[0]!.explanation.words.map(({ text }) => text)).toEqual(["I", "was", "there", "."]);
  }
  expect((await idiolect(["read", "-", "--explain", "magic", ...common], source)).code).toBe(2);
  expect((await idiolect(["read", "-", "--explain", ...common], source)).out).toContain("by what they add");
});

test("own-words measures behind an open gate, and says why not behind a closed one.", async () => {
  const found = (await idiolect(["own-words", ...common, "--json", "--limit", "3"])).json();
  expect(found).toMatchObject({ version: 1, gate: { open: true }, control: "random" });
  expect(found["measured"]).toBeGreaterThan(5);
  expect((found["words"] as readonly object[]).length).toBeLessThanOrEqual(3);
  const small = join(folder, "small");
  mkdirSync(small);
  writeFileSync(join(small, "one.md"), "It was a long day.\n");
  await idiolect(["learn", small, "--writer", "Ben", "--quiet", ...common]);
  const closed = await idiolect(["own-words", "--writer", "Ben", ...common]);
  expect(closed.out).toContain("is closed: too little text");
  const { drift } = (await idiolect(["report", "--writer", "Ben", ...common, "--json"])).json() as {
    drift: object;
  };
  expect(drift).toMatchObject({ watched: false });
});

interface Explained {
  readonly sentences: readonly {
    readonly explanation: {
      readonly method: string;
      readonly latent: number;
      readonly baselineLatent: number;
      readonly completenessError: number;
      readonly words: readonly {
        readonly text: string;
        readonly start: number;
        readonly end: number;
        readonly weight: number;
      }[];
    };
  }[];
}
