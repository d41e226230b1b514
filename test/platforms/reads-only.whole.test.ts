import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LearningStatus } from "../../src/protocol/learning-status.ts";
import { requests } from "../../src/protocol/requests.ts";
import { writeTopicBlog } from "../cli/topic-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { needs } from "../prerequisite.ts";
import {
  networkCalls,
  openedPaths,
  outside,
  runWatched,
  Watch,
  writtenPaths,
} from "../trust/system-calls.ts";
import { LanguageServer, uriOf } from "./language-server.ts";
import { layWithoutMachineCode } from "./without-machine-code.ts";

const root = resolve(import.meta.dirname, "../..");
const native = join(root, "dist/cli.js");
const base = needs("base", "model.safetensors");
const strace = needs("strace");

const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-wasm-")));
const home = join(folder, "home");
const store = join(folder, "store");
const temporary = join(folder, "temporary");
const blog = join(folder, "blog");
const draft = join(folder, "draft.md");
const text = "The river was long. They had no time for people.\n";
const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: temporary };
let hidden: string;
let model: string;

beforeAll(() => {
  for (const path of [home, temporary]) mkdirSync(path);
  hidden = layWithoutMachineCode(join(folder, "hidden"));
  model = writeTinyModel(join(folder, "model"));
  writeTopicBlog(blog, 24);
  writeFileSync(draft, text);
  const learned = idiolect(native, "learn", blog, "--model", model);
  expect(`${learned.status} ${learned.stderr}`).toMatch(/^0 /);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function idiolect(program: string, ...words: readonly string[]) {
  const command = ["--disable-warning=ExperimentalWarning", program, ...words, "--store", store];
  return spawnSync(process.execPath, command, { env, cwd: folder, encoding: "utf8" });
}

function answers(program: string, ...words: readonly string[]): unknown {
  const { status, stdout, stderr } = idiolect(program, ...words, "--json");
  expect({ words, status, stderr: status === 0 ? "" : stderr }).toEqual({ words, status: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** Every number of two answers that differ in numbers alone, side by side. */
function numbersOf(one: unknown, other: unknown, at = ""): readonly (readonly [string, number, number])[] {
  if (typeof one === "number" && typeof other === "number") return [[at, one, other]];
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
    expect([at, other]).toEqual([at, one]);
    return [];
  }
  expect([at, Object.keys(other)]).toEqual([at, Object.keys(one)]);
  const [left, right] = [Object.entries(one), Object.values(other)];
  return left.flatMap(([key, value], number) => numbersOf(value, right[number], `${at}.${key}`));
}

/** The most by which two answers may differ. */
const mostApart = 1e-5;
/** Machine code reads the shipped base with products in 8 bits, WebAssembly in full: .037 was the most of 3,000 sentences. */
const mostApartRounded = 0.05;

function expectSameButDigits(words: readonly string[], most = mostApart): void {
  const [ours, theirs] = [answers(hidden, ...words), answers(native, ...words)];
  const numbers = numbersOf(theirs, ours);
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers.filter(([, a, b]) => Math.abs(a - b) > most)).toEqual([]);
}

describe("Without machine code for this machine", () => {
  test("a draft is read with the profile that was learned elsewhere, as machine code reads it.", () => {
    expectSameButDigits(["read", draft, "--model", model]);
  });

  test("its tags are suggested in the same order, for the same reasons.", () => {
    expectSameButDigits(["tags", draft, "--model", model]);
  });

  test.skipIf(base.isMissing)(`the shipped base gives each sentence the same label.${base.note}`, () => {
    expectSameButDigits(["read", join(root, "media/sample-draft.md")], mostApartRounded);
  });

  test("learning is refused before anything is read, in words that say why and what to do.", () => {
    const { status, stderr } = idiolect(hidden, "learn", blog, "--model", model);
    expect(status).toBe(1);
    expect(stderr).toContain(`reads on this machine and does not learn`);
    expect(stderr).toContain("Learn on a machine with Linux, Windows or an Apple processor");
  });
});

/** The same in another editor, watched by the operating system. */
describe.skipIf(strace.isMissing)(`Without machine code, system call by system call${strace.note}`, () => {
  const watch = new Watch();
  afterAll(() => watch[Symbol.dispose]());
  const places = ["--store", store];
  let hovers: readonly string[];
  let refused: unknown;
  let status: LearningStatus;

  beforeAll(async () => {
    for (const words of [
      ["read", draft],
      ["tags", draft],
    ]) {
      const command = [process.execPath, hidden, ...words, ...places, "--model", model];
      const { code, output } = await runWatched(watch, command, { env, cwd: folder });
      expect(`${words.join(" ")}: ${code}\n${code === 0 ? "" : output}`).toBe(`${words.join(" ")}: 0\n`);
    }
    const server = [hidden, "lsp", "--stdio", ...places, "--model", model];
    const started = { cwd: folder, env, folderUri: uriOf(blog) };
    const watched = await LanguageServer.start({
      ...started,
      command: [...watch.prefix, process.execPath, ...server],
    });
    status = await watched.client.sendRequest(requests.status.method, {});
    refused = await watched.client.sendRequest(requests.learn.method, { folders: [blog] });
    const ours = await watched.hover(uriOf(draft), text);
    await watched.close();
    const other = await LanguageServer.start({
      ...started,
      command: [process.execPath, native, ...server.slice(1)],
    });
    hovers = [ours, await other.hover(uriOf(draft), text)];
    await other.close();
  }, 300_000);

  test("a hover says what it says with machine code.", () => {
    expect(hovers[0]).toMatch(/\w{4}/);
    expect(hovers[0]).toBe(hovers[1]);
  });

  test("the server refuses to learn in the same words, and shows what was learned.", () => {
    expect(refused).toMatchObject({ kind: "refused", reason: expect.stringContaining("does not learn") });
    expect(status).toMatchObject({ kind: "idle" });
  });

  test("there is no socket but those between our own processes, and no name is looked up.", () => {
    const calls = watch.calls();
    expect(openedPaths(calls).some((path) => path.endsWith(".wasm"))).toBe(true);
    expect(networkCalls(calls)).toEqual([]);
    expect(openedPaths(calls).filter((path) => /resolv\.conf|nsswitch|\/etc\/hosts/.test(path))).toEqual([]);
  });

  test("nothing is written but into the store, the cache and the temporary folder.", () => {
    const foreign = outside(writtenPaths(watch.calls(), folder), [
      store,
      join(home, ".cache", "idiolect"),
      temporary,
    ]);
    expect(foreign.filter((path) => path !== join(home, ".cache"))).toEqual([]);
  });
});
