import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { openStore } from "../../src/store/open-store.ts";
import { idiolect, tinyModel, useOwnCache } from "../cli/run-idiolect.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { madeUpPassage } from "../voice/made-up-writers.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-mcp-"));
const blog = writeSmallBlog(join(folder, "blog"));
const model = tinyModel(folder);
// As with the shipped base: what is read under shared prompts has another id than the model.
const values = Float32Array.from({ length: 2 * 2 * 32 }, (_, at) => Math.sin(at));
saveSharedPrompts(model, { layers: 2, length: 2, hiddenSize: 32, values });
const places = ["--store", join(folder, "store"), "--model", model];
const voiced = ["--store", join(folder, "voiced"), ...places.slice(2)];

useOwnCache(folder);
beforeAll(async () => {
  expect(await idiolect(["learn", blog, ...places, "--quiet"])).toMatchObject({ code: 0 });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A client of the real program, for the time of `work`. */
async function withAgent<T>(words: readonly string[], work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ name: "test", version: "1" });
  const args = [join(import.meta.dirname, "../../dist/cli.js"), "mcp", ...words];
  const environment = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") } as Record<string, string>;
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, env: environment, stderr: "ignore" }),
  );
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

interface Answered {
  readonly isError?: boolean;
  readonly text: string;
}

async function ask(client: Client, name: string, input: Record<string, unknown>): Promise<Answered> {
  const result = await client.callTool({ name, arguments: input });
  const [first] = result.content as readonly { readonly text: string }[];
  return { isError: result.isError === true, text: first!.text };
}

describe("idiolect mcp", () => {
  it("answers what the writer allows, and knows no other tool", async () => {
    await withAgent(["--allow", "tone", "tags", ...places], async (client) => {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(["idiolect_tone", "idiolect_tags"]);
      expect(tools[0]!.inputSchema).toMatchObject({ required: ["text"], additionalProperties: false });

      const tone = await ask(client, "idiolect_tone", { text: "I love the river. The day was long." });
      expect(tone.isError).toBe(false);
      expect(JSON.parse(tone.text)).toMatchObject({ writer: "blog", sentencesRead: 2 });

      const tags = await ask(client, "idiolect_tags", { text: "A walk along the river.", limit: 3 });
      const found = JSON.parse(tags.text) as { tags: readonly { tag: string; reasons: readonly string[] }[] };
      expect(found.tags).toHaveLength(3);
      expect(found.tags[0]).toMatchObject({ tag: expect.any(String), score: expect.any(Number) });

      await expect(
        ask(client, "idiolect_passages", { topic: "rivers" }).then(({ isError }) => isError || "answered"),
      ).rejects.toThrow(/idiolect_passages/);
    });
  });

  it("lets the own reading count as the editor is set, or as it is told at its start", async () => {
    const store = join(folder, "taught");
    const taught = ["--store", store, ...places.slice(2)];
    const twentyFour = writeSmallBlog(join(folder, "more"), 24);
    expect(await idiolect(["learn", twentyFour, ...taught, "--quiet"])).toMatchObject({ code: 0 });
    for (let round = 0; round < 2; round++) await idiolect(["teach", ...taught], "1\n".repeat(12));
    const asked = async (...options: string[]) => {
      const answered = await withAgent(["--allow", "tone", ...taught, ...options], (client) =>
        ask(client, "idiolect_tone", { text: "The day was long. They had no time for people." }),
      );
      const { personal } = JSON.parse(answered.text) as { readonly personal: string };
      return personal;
    };
    expect(await asked()).toBe("The personal readings are shown.");
    const kept = openStore(store);
    kept.writers.setToneStrength(kept.writers.list()[0]!.id, 0.4);
    kept.close();
    expect(await asked()).toContain("they count 40 %");
    expect(await asked("--strength", "0")).toContain("the general ones alone");
  }, 300_000);

  it("suggests tags of a closed list and no others, where it is given one", async () => {
    const list = join(folder, "tags.txt");
    writeFileSync(list, "never-used\n");
    await withAgent(["--allow", "tags", "--closed-list", list, ...places], async (client) => {
      const { text } = await ask(client, "idiolect_tags", { text: "A walk along the river.", limit: 3 });
      const { tags } = JSON.parse(text) as { tags: readonly { tag: string }[] };
      expect(tags.map(({ tag }) => tag)).toEqual(["never-used"]);
    });
  });

  it("gives passages of the writer, from where they stand, to an agent that may have them", async () => {
    await withAgent(["--allow", "passages", ...places], async (client) => {
      const { text, isError } = await ask(client, "idiolect_passages", { topic: "the river", limit: 2 });
      expect(isError).toBe(false);
      const { passages } = JSON.parse(text) as { passages: readonly { path: string; text: string }[] };
      expect(passages).toHaveLength(2);
      for (const passage of passages) {
        expect(passage.path.startsWith(blog.replaceAll("\\", "/"))).toBe(true);
        expect(passage.text.length).toBeGreaterThan(10);
      }
    });
  });

  it("refuses what it cannot answer, in words, and goes on", async () => {
    const refusals: readonly (readonly [Record<string, unknown>, RegExp])[] = [
      [{ text: "word ".repeat(5_000) }, /20000/],
      [{ text: " \n" }, /no text/],
      [{ text: 7 }, /text/],
      [{ text: "Fine.", path: "/etc/passwd" }, /path/],
      [{ text: "Fine.", writer: "Nobody" }, /knows no writer/],
      [{ text: "Das Haus ist sehr schön, und der Garten auch. Wir wohnen gern hier." }, /English/],
    ];
    await withAgent(["--allow", "tone", ...places], async (client) => {
      for (const [input, words] of refusals) {
        const refused = await ask(client, "idiolect_tone", input);
        expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(words) });
      }
      expect(await ask(client, "idiolect_tone", { text: "Fine." })).toMatchObject({ isError: false });
    });
  });

  it("says how much each paragraph sounds like the writer, and gives no text of theirs", async () => {
    const diary = join(folder, "diary");
    mkdirSync(diary);
    const learnPosts = async (from: number, to: number): Promise<void> => {
      for (let post = from; post < to; post++) {
        const text = [0, 1, 2].map((at) => madeUpPassage("dashes", 3 * post + at)).join("\n\n");
        writeFileSync(join(diary, `2020-01-1${post}-post.md`), `${text}\n`);
      }
      expect(await idiolect(["learn", diary, "--voice", ...voiced, "--quiet"])).toMatchObject({ code: 0 });
    };
    await learnPosts(0, 5);
    await withAgent(["--allow", "voice", ...voiced], async (client) => {
      expect(await ask(client, "idiolect_voice", { text: madeUpPassage("dashes", 500) })).toMatchObject({
        isError: true,
        text: expect.stringContaining("there are only 5 documents"),
      });
    });
    await learnPosts(5, 10);
    await withAgent(["--allow", "voice", ...voiced], async (client) => {
      const text = [madeUpPassage("dashes", 500), madeUpPassage("doubts", 501), "Short."].join("\n\n");
      const answered = await ask(client, "idiolect_voice", { text });
      expect(answered.isError).toBe(false);
      const { paragraphs, ...rest } = JSON.parse(answered.text) as {
        readonly paragraphs: readonly {
          readonly lower: number | null;
          readonly forTheWriter: string;
          readonly leastLike: readonly string[];
        }[];
      };
      expect(rest).toEqual({ writer: "diary", paragraphsRead: 3 });
      const [own, other, short] = paragraphs;
      expect(own!.lower).toBeGreaterThan(other!.lower!);
      expect(own!.forTheWriter).toContain("sounds like you");
      expect(other!.forTheWriter).toContain("hardly");
      expect(other!.leastLike.every((turn) => text.includes(turn))).toBe(true);
      expect(other!.leastLike).not.toHaveLength(0);
      expect(short).toMatchObject({ lower: null, leastLike: [] });

      for (const [sent, words] of [
        ["Only a few words.", /too short/],
        ["Das Haus ist sehr schön, und der Garten auch. Wir wohnen gern hier.", /language is de/],
      ] as const) {
        const refused = await ask(client, "idiolect_voice", { text: sent });
        expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(words) });
      }
    });
  }, 300_000);

  it("says nothing of a voice that was not learned", async () => {
    await withAgent(["--allow", "voice", ...places], async (client) => {
      expect(await ask(client, "idiolect_voice", { text: madeUpPassage("asks", 1) })).toMatchObject({
        isError: true,
        text: expect.stringContaining("was not learned"),
      });
    });
  });

  it("says to learn first where nothing was learned", async () => {
    const empty = ["--store", join(folder, "empty"), ...places.slice(2)];
    await withAgent(["--allow", "tags", ...empty], async (client) => {
      expect(await ask(client, "idiolect_tags", { text: "A walk." })).toMatchObject({
        isError: true,
        text: expect.stringContaining("Learn From My Documents"),
      });
    });
  });

  it("serves nobody who was allowed nothing", async () => {
    const { code, errors } = await idiolect(["mcp", ...places]);
    expect(code).toBe(2);
    expect(errors).toContain("--allow");
  });
});
