import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeTopicBlog } from "../cli/topic-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { LanguageServer, uriOf } from "./language-server.ts";
import { canMount, mountNote, withReadOnly } from "./read-only-home.ts";

const program = resolve(import.meta.dirname, "../../dist/cli.js");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-home-")));
const home = join(folder, "home");
const store = join(folder, "volume", "store");
const temporary = join(folder, "temporary");
const blog = join(folder, "blog");
const draft = join(folder, "draft.md");
const text = "The river was long. They had no time for people.\n";
const shutIn = withReadOnly(home);
let model: string;

beforeAll(() => {
  for (const path of [home, temporary]) mkdirSync(path);
  model = writeTinyModel(join(folder, "model"));
  writeTopicBlog(blog, 24);
  writeFileSync(draft, text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = [process.execPath, "--disable-warning=ExperimentalWarning", program];
const environment = (at: string) => ({ PATH: process.env["PATH"], HOME: at, TMPDIR: temporary });

function idiolect(before: readonly string[], at: string, ...words: readonly string[]) {
  const reading = words[0] === "forget" ? [] : ["--model", model];
  const [command = "", ...rest] = [...before, ...node, ...words, ...reading];
  return spawnSync(command, rest, { env: environment(at), cwd: folder, encoding: "utf8" });
}

/** What an editor does with the language server in such a container, from its start to its end. */
async function inEditor<T>(
  before: readonly string[],
  at: string,
  places: readonly string[],
  work: (server: LanguageServer) => Promise<T>,
): Promise<T> {
  const command = [...before, ...node, "lsp", "--stdio", "--model", model, ...places];
  const server = await LanguageServer.start({
    command,
    cwd: folder,
    env: environment(at),
    folderUri: uriOf(blog),
  });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

const hover = (server: LanguageServer): Promise<string> => server.hover(uriOf(draft), text);
const teach = (server: LanguageServer) => server.teach(uriOf(draft), text);

function answer(before: readonly string[], at: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = idiolect(before, at, ...words, "--store", store, "--json");
  expect({ words, status, stderr: status === 0 ? "" : stderr }).toEqual({ words, status: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe.skipIf(!canMount)(`In a container whose home is read-only${mountNote}`, () => {
  test("a store in the home is refused in words that say what to do.", () => {
    const { status, stderr } = idiolect(shutIn, home, "learn", blog);
    expect(status).toBe(1);
    expect(stderr).toMatch(/The store at .* cannot be written.*choose another folder for the store/);
  });

  test("a store elsewhere is learned into, read with and forgotten; models are unpacked among temporary files.", () => {
    expect(answer(shutIn, home, "learn", blog)).toMatchObject({ documents: 24 });
    expect(answer(shutIn, home, "tags", draft).tags.length).toBeGreaterThan(0);
    expect(readdirSync(home)).toEqual([]);
    const [cache] = readdirSync(temporary).filter((name) => name.startsWith("idiolect-cache-"));
    expect(readdirSync(join(temporary, cache!))).not.toEqual([]);
    answer(shutIn, home, "forget", "--yes");
    expect(existsSync(store)).toBe(false);
  });
});

describe.skipIf(!canMount)(`The language server where the home is read-only${mountNote}`, () => {
  test("reads, and refuses to keep a lesson in the home in words that say what to do.", async () => {
    await inEditor(shutIn, home, [], async (server) => {
      expect(await hover(server)).toMatch(/sure/);
      await expect(teach(server)).rejects.toThrow(/The store at .* cannot be written.*choose another folder/);
      expect(await hover(server)).toMatch(/sure/);
    });
    expect(readdirSync(home)).toEqual([]);
  });

  test("keeps a lesson in a store elsewhere, and reads it.", async () => {
    const taught = await inEditor(shutIn, home, ["--store", store], async (server) => {
      await teach(server);
      return await hover(server);
    });
    expect(taught).toMatch(/as you said/);
    expect(readdirSync(home)).toEqual([]);
    answer(shutIn, home, "forget", "--yes");
  });
});

describe("In a container whose home is new at each start", () => {
  const fresh = (name: string): string => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };

  test("what was learned into a store elsewhere is used at the next start, and nothing is learned again.", () => {
    expect(answer([], fresh("first"), "learn", blog)).toMatchObject({ learned: { skipped: false } });
    const second = fresh("second");
    const suggested = answer([], second, "tags", draft);
    expect(suggested.tags.length).toBeGreaterThan(0);
    expect(answer([], second, "learn", blog)).toMatchObject({ documents: 24, learned: { skipped: true } });
    expect(answer([], fresh("third"), "tags", draft)).toEqual(suggested);
  });

  test("a lesson that the language server kept in a store elsewhere is read at the next start.", async () => {
    const places = ["--store", store];
    expect(await inEditor([], fresh("fifth"), places, hover)).not.toMatch(/as you said/);
    await inEditor([], fresh("sixth"), places, teach);
    expect(await inEditor([], fresh("seventh"), places, hover)).toMatch(/as you said/);
  });

  test("a store in the home is gone with it, and it is said that nobody was learned.", () => {
    const { status, stderr } = idiolect([], fresh("fourth"), "tags", draft);
    expect(status).toBe(3);
    expect(stderr).toMatch(/idiolect learn/);
  });
});
