import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeUpPassage } from "../voice/made-up-writers.ts";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-voice-"));
const blog = join(folder, "blog");
const draft = join(folder, "draft.md");
const run = ["--store", join(folder, "store"), "--model", tinyModel(folder), "--json"];
useOwnCache(folder);

interface Voice {
  readonly gate: { readonly open: boolean; readonly reason?: string };
  readonly paragraphs:
    | readonly {
        readonly text: string;
        readonly start: number;
        readonly end: number;
        readonly lower: number | null;
        readonly turns: readonly { readonly text: string; readonly start: number; readonly end: number }[];
      }[]
    | null;
}

const draftText = [
  madeUpPassage("dashes", 500),
  madeUpPassage("doubts", 501),
  "Too short to tell, this one.",
].join("\n\n");

const voiceOf = async (): Promise<Voice> =>
  (await idiolect(["voice", draft, ...run])).json() as unknown as Voice;

beforeAll(() => {
  mkdirSync(blog);
  for (let post = 0; post < 10; post++) {
    const text = [0, 1, 2].map((at) => madeUpPassage("dashes", 3 * post + at)).join("\n\n");
    writeFileSync(join(blog, `2020-01-1${post}-post.md`), `${text}\n`);
  }
  writeFileSync(draft, `${draftText}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("A voice in the terminal", { timeout: 300_000 }, () => {
  test("is silent where nobody asked for it.", async () => {
    expect((await idiolect(["learn", blog, ...run])).json()["gate"]).not.toHaveProperty("voice");
    expect(await voiceOf()).toMatchObject({ gate: { open: false }, paragraphs: null });
  });

  test("is learned when it is asked for, and tells the writer's paragraph from another's.", async () => {
    const learned = (await idiolect(["learn", blog, "--voice", ...run])).json();
    expect(learned).toMatchObject({ gate: { voice: { open: true } }, learned: { skipped: false } });
    const { gate, paragraphs } = await voiceOf();
    expect(gate.open).toBe(true);
    const [own, other, short] = paragraphs!;
    expect(own!.lower).toBeGreaterThan(other!.lower!);
    expect(other!.lower).toBeLessThan(0.1);
    expect(short).toMatchObject({ lower: null, turns: [] });
    const unlike = other!.turns[0]!;
    expect(draftText.slice(unlike.start, unlike.end)).toContain(unlike.text);
  });

  test("stays with the next learning, and goes when it is switched off.", async () => {
    expect((await idiolect(["learn", blog, ...run])).json()).toMatchObject({ learned: { skipped: true } });
    writeFileSync(join(blog, "2020-02-01-new.md"), `${madeUpPassage("dashes", 900)}\n`);
    expect((await idiolect(["learn", blog, ...run])).json()).toMatchObject({
      gate: { voice: { open: true } },
    });
    const without = (await idiolect(["learn", blog, "--no-voice", ...run])).json();
    expect(without["gate"]).not.toHaveProperty("voice");
    expect((await voiceOf()).paragraphs).toBeNull();
  });
});
