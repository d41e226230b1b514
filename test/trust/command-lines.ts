import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { madeUpPassage, madeUpWriters } from "../voice/made-up-writers.ts";
import type { Typed } from "./system-calls.ts";

/** How a command is run: its words, and what is typed to it. */
export interface Run {
  readonly words: readonly string[];
  readonly typed?: Typed;
}

/** Each command as docs/cli.md calls it, with runs of it that do what it is for; a later one finds what earlier ones made. */
export type Runs = Readonly<Record<string, readonly Run[]>>;

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

const rpc = (id: number | undefined, method: string, params: object) => ({
  jsonrpc: "2.0",
  ...(id === undefined ? {} : { id }),
  method,
  params,
});

/** What an agent says: who it is, and a question about a text. */
function askedByAgent(): Typed {
  const clientInfo = { name: "test", version: "1" };
  const told = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo };
  const question = { name: "idiolect_tone", arguments: { text: "The day was long." } };
  return {
    text: lines([
      rpc(1, "initialize", told),
      rpc(undefined, "notifications/initialized", {}),
      rpc(2, "tools/call", question),
    ]),
    until: '"id":2',
  };
}

/** What an editor says, who goes once the server is done. */
function saidByEditor(): Typed {
  const textDocument = { uri: "file:///draft.md" };
  const opened = { ...textDocument, languageId: "markdown", version: 1, text: "The day was long.\n" };
  const messages = [
    rpc(1, "initialize", { processId: null, rootUri: null, capabilities: {} }),
    rpc(undefined, "initialized", {}),
    rpc(undefined, "textDocument/didOpen", { textDocument: opened }),
    rpc(2, "textDocument/hover", { textDocument, position: { line: 0, character: 5 } }),
    rpc(3, "shutdown", {}),
  ].map((message) => JSON.stringify(message));
  const text = messages.map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`).join("");
  return { text, until: '"id":3' };
}

/** Writes texts, sets and a model into a folder, small ones of each kind. */
function writeMaterial(folder: string) {
  const at = (name: string) => join(folder, name);
  const [opinions, rated, posts, rewrites] = ["opinions", "rated", "posts", "rewrites"].map((name) =>
    at(`${name}.jsonl`),
  ) as [string, string, string, string];
  const blogs = ["blog", "ben", "cy"].map((name) => writeSmallBlog(at(name), 24));
  writeFileSync(at("draft.md"), "The day was long. They had no time for people.\n");
  const written = Array.from({ length: 20 * 24 }, (_, number) => ({
    writer: `w${number % 20}`,
    time: number,
    text: `The river was ${["long", "good", "not there"][number % 3]} for ${number} days.`,
    label: number % 3 === 1 ? 1 : 0,
  }));
  writeFileSync(opinions, lines(written));
  writeFileSync(
    rated,
    lines([
      { text: "I love the river.", label: 1 },
      { text: "It was long.", side: "0" },
    ]),
  );
  mkdirSync(join(at("sets"), "sentiment"), { recursive: true });
  const ratings = ["ada", "bea"].flatMap((writer) =>
    Array.from({ length: 44 }, (_, time) => {
      const text = `They said ${time} times that the river was long.`;
      return { writer, time, text, rating01: (time % 5) / 4 };
    }),
  );
  writeFileSync(join(at("sets"), "sentiment", "rt-critics.jsonl.gz"), lines(ratings));
  const passages = madeUpWriters.flatMap((writer) =>
    Array.from({ length: 10 }, (_, post) => {
      const text = `${madeUpPassage(writer, 2 * post)}\n\n${madeUpPassage(writer, 2 * post + 1)}\n`;
      return { writer, text, path: `post-${post}.md`, date: `2020-01-${10 + post}` };
    }),
  );
  writeFileSync(posts, lines(passages));
  // What no passage says, as one that nearly repeats it is left out.
  const kitchen = ["kettle sang", "cups were warm", "milk had turned", "spoon was lost", "guests came early"];
  const [original, light, full] = [" -- so it goes...", ".", ", I suppose, in a way."].map((ending) =>
    kitchen.map((what) => `My sister told us in the kitchen that the ${what}${ending}`).join(" "),
  );
  writeFileSync(rewrites, lines([{ writer: "dashes", original, light, full }]));
  return { at, blogs, opinions, rated, posts, rewrites, model: writeTinyModel(at("model")) };
}

/** Runs of every command in a folder, for the place of the store. */
export function writeRuns(folder: string, store: string): Runs {
  const { at, blogs, opinions, rated, posts, rewrites, model } = writeMaterial(folder);
  const [blog, other, third] = blogs as [string, string, string];
  const [place, by] = [
    ["--store", store],
    ["--model", model],
  ];
  const common = [...place, ...by];
  const run = (...words: readonly string[]): readonly Run[] => [{ words }];
  const few = ["--passages", "8"];
  return {
    "propose <folder...>": run("propose", blog),
    "learn <folder...>": [
      { words: ["learn", blog, "--voice", ...common] },
      { words: ["learn", other, "--writer", "blog", "--voice", ...common] },
    ],
    "read <file>": run("read", at("draft.md"), "--explain", ...common),
    "tags <file>": [
      { words: ["tags", at("draft.md"), "--new", "2", ...common] },
      { words: ["tags", blog, ...common] },
    ],
    "rename-tag <from> <to> <folder>": run("rename-tag", "notes", "pages", blog, "--apply"),
    "merge-tag <from> <into> <folder>": run("merge-tag", "kettle", "garden", blog, "--apply"),
    teach: [{ words: ["teach", ...common], typed: { text: "1\n".repeat(12) } }],
    "voice <file>": run("voice", join(blog, "03-boat.md"), ...common),
    "words <file> [word]": run("words", join(blog, "03-boat.md"), "boat", ...common),
    report: run("report", ...common),
    "own-words": run("own-words", ...common),
    "profile list": run("profile", "list", ...place),
    "profile rollback [version]": run("profile", "rollback", ...place),
    "export <file>": run("export", at("blog.idiolect"), ...place),
    "import <file>": run("import", at("blog.idiolect"), "--store", `${store}-new`, ...by),
    "model inspect <dir>": run("model", "inspect", model),
    "model verify <dir>": run("model", "verify", model),
    "model convert <dir>": run("model", "convert", model, "--to", at("small")),
    "model import <dir>": run("model", "import", model, "--name", "kept", ...place),
    demo: run("demo", ...by),
    lsp: [{ words: ["lsp", "--stdio", ...common], typed: saidByEditor() }],
    mcp: [{ words: ["mcp", "--allow", "tone", ...common], typed: askedByAgent() }],
    "lab evaluate tags <folder>": run("lab", "evaluate", "tags", blog, ...by),
    "lab evaluate mlm <folder>": run("lab", "evaluate", "mlm", blog, "--other", other, ...few, ...by),
    "lab evaluate words <folder>": run("lab", "evaluate", "words", blog, "--words", "4", ...few, ...by),
    "lab evaluate sentiment <file>": run("lab", "evaluate", "sentiment", opinions, "--min", "20", ...by),
    "lab evaluate tone": run("lab", "evaluate", "tone", "--data", rated, ...by),
    "lab evaluate round": run(
      ...[
        "lab",
        "evaluate",
        "round",
        "--of",
        "rt-critics",
        "--sets",
        at("sets"),
        "--keep",
        at("kept"),
        ...by,
      ],
    ),
    "lab evaluate voice": run("lab", "evaluate", "voice", "--posts", posts, "--rewrites", rewrites),
    "lab evaluate guesses <folders...>": run(
      ...["lab", "evaluate", "guesses", blog, other, third, "--measured", "2", "--draws", "1", ...few, ...by],
    ),
    "lab experiment <name>": run(
      ...["lab", "experiment", "baseline", "--quick", "--seeds", "1", "--only", "words"],
      ...["--out", at("study"), ...by],
    ),
    forget: run("forget", "--yes", ...place),
  };
}
