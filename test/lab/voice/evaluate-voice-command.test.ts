import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { idiolect } from "../../cli/run-idiolect.ts";
import { madeUpPassage, madeUpWriters } from "../../voice/made-up-writers.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-voice-"));
const [posts, rewrites, kept] = ["posts.jsonl.gz", "rewrites.jsonl", "kept"].map((name) =>
  join(folder, name),
) as [string, string, string];
/** Says what no other passage says, each sentence ending as it is told. */
const aboutTea = (ending: string): string =>
  [
    "kettle sang",
    "cups were warm",
    "milk had turned",
    "spoon was lost",
    "biscuits were gone",
    "guests came early",
  ]
    .map((what) => `My sister told us in the kitchen that the ${what}${ending}`)
    .join(" ");
const original = aboutTea(" -- so it goes...");
const told = ["evaluate", "voice", "--posts", posts, "--rewrites", rewrites];

type Row = Readonly<Record<"writer" | "text" | "path" | "date", string>>;

/** Ten posts of each writer, with two passages each. */
const rowsOf = (writers: readonly string[]): Row[] =>
  writers.flatMap((writer) =>
    Array.from({ length: 10 }, (_, at) => ({
      writer,
      text: `${madeUpPassage(writer, 2 * at)}\n\n${madeUpPassage(writer, 2 * at + 1)}\n`,
      path: `post-${at}.md`,
      date: `2020-01-${10 + at}`,
    })),
  );
const others = madeUpWriters.filter((writer) => writer !== "dashes");
const pair = { writer: "dashes", original, light: original, full: original };

beforeAll(() => {
  const rows = rowsOf(madeUpWriters);
  // A paragraph that is measured stands in a post, too.
  rows.push({ writer: "dashes", text: `${original}\n`, path: "copy.md", date: "2019-01-01" });
  writeFileSync(posts, gzipSync(rows.map((row) => JSON.stringify(row)).join("\n")));
  const pairs = [
    { writer: "dashes", original, light: aboutTea("."), full: aboutTea(", I suppose, in a way.") },
    { writer: "dashes", original: "Too short.", light: "Too short!", full: "Far too short." },
    { writer: "nobody", original, light: original, full: original },
  ];
  writeFileSync(rewrites, pairs.map((row) => JSON.stringify(row)).join("\n"));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("evaluate voice", () => {
  test("counts how often an original scores above its rewritings; a text that is too short counts as wrong.", async () => {
    vi.stubEnv("IDIOLECT_EVALUATION_CACHE", kept);
    const { code, errors, json } = await idiolect([...told, "--json"]);
    expect(code).toBe(0);
    const answer = json();
    expect(answer).toMatchObject({
      version: 1,
      pairs: { light: { right: 1, of: 2 }, full: { right: 1, of: 2 } },
      areaUnderCurve: { writers: [{ writer: "dashes", heldOut: 2 }] },
      leftOut: ["nobody"],
    });
    expect(answer["areaUnderCurve"]).toMatchObject({ mean: 1 });
    expect(Object.keys(answer["methods"] as object)).toEqual([
      "together",
      "characters",
      "words",
      "assistant",
    ]);
    expect(errors).toContain("nobody");
  });

  test("learns nothing from a post that repeats a paragraph.", async () => {
    vi.stubEnv("IDIOLECT_EVALUATION_CACHE", kept);
    const { json } = await idiolect([...told, "--json"]);
    // Nine of ten posts with two passages each; the eleventh is the copy.
    expect(json()).toMatchObject({ areaUnderCurve: { writers: [{ learned: 18 }] } });
  });

  test("goes on from the writers that were measured before.", async () => {
    vi.stubEnv("IDIOLECT_EVALUATION_CACHE", kept);
    const [file = ""] = readdirSync(kept);
    const result = JSON.parse(readFileSync(join(kept, file), "utf8")) as { methods: { together: object } };
    Object.assign(result.methods.together, { light: 2 });
    writeFileSync(join(kept, file), JSON.stringify(result));
    expect((await idiolect([...told, "--json"])).json()).toMatchObject({
      pairs: { light: { right: 2, of: 2 } },
    });
  });

  test("makes anew what was kept and is damaged.", async () => {
    vi.stubEnv("IDIOLECT_EVALUATION_CACHE", kept);
    const [file = ""] = readdirSync(kept);
    writeFileSync(join(kept, file), "");
    expect((await idiolect([...told, "--json"])).json()).toMatchObject({
      pairs: { light: { right: 1, of: 2 } },
    });
  });

  test.each<readonly [string, readonly Row[], readonly object[], RegExp]>([
    ["no rewritten paragraph", rowsOf(madeUpWriters), [], /no rewritten paragraphs in/],
    ["posts of two writers", rowsOf(["dashes", "plain"]), [pair], /text of 2 writers\. .* 5 others or more/],
    [
      "posts without text",
      [...rowsOf(others), ...rowsOf(["dashes"]).map((row) => ({ ...row, text: "" }))],
      [pair],
      /No writer of .* has enough posts/,
    ],
  ])("refuses %s, in words.", async (_, rows, rewritten, words) => {
    const [few, some] = ["few.jsonl", "some.jsonl"].map((name) => join(folder, name)) as [string, string];
    writeFileSync(few, rows.map((row) => JSON.stringify(row)).join("\n"));
    writeFileSync(some, rewritten.map((row) => JSON.stringify(row)).join("\n"));
    const { code, errors } = await idiolect(["evaluate", "voice", "--posts", few, "--rewrites", some]);
    expect(code).toBe(2);
    expect(errors).toMatch(words);
  });

  test("holds out the newest post that has a passage, where the newest are too short.", async () => {
    const posts = join(folder, "short-newest.jsonl");
    const short = { writer: "dashes", text: "Short.", path: "short.md", date: "2021-01-01" };
    writeFileSync(posts, [...rowsOf(madeUpWriters), short].map((row) => JSON.stringify(row)).join("\n"));
    const ran = await idiolect(["evaluate", "voice", "--posts", posts, "--rewrites", rewrites, "--json"]);
    expect(ran.json()).toMatchObject({ areaUnderCurve: { writers: [{ writer: "dashes", heldOut: 2 }] } });
  });

  test("says which line of a file is wrong.", async () => {
    const broken = join(folder, "broken.jsonl");
    writeFileSync(broken, '{ "writer": "dashes" }');
    const { code, errors } = await idiolect(["evaluate", "voice", "--posts", posts, "--rewrites", broken]);
    expect(code).toBe(2);
    expect(errors).toMatch(/Line 1 of .*broken\.jsonl .*original/);
  });
});
