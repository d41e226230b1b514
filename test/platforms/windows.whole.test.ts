import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeTopicBlog } from "../cli/topic-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { WineMachine, windowsNode } from "./wine-machine.ts";

const root = resolve(import.meta.dirname, "../..");
const node = windowsNode();
const note = node === undefined ? " [without Wine and Node for Windows]" : "";

/** Starting a program takes seconds, and minutes on a machine that others use. */
const timeout = 1_200_000;

/**
 * Idiolect for Windows as its VSIX has it, in Wine: the real onnxruntime.dll, and Windows' paths, locks on open files
 * and ends of processes. Each step goes on with what the one before has left.
 */
describe.skipIf(node === undefined)(`On Windows, as Wine plays it${note}`, { timeout }, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-windows-")));
  const blog = join(folder, "Mein Blog");
  const draft = join(blog, "draft.md");
  const store = join(folder, "Läden für Wörter");
  const posts = 24;
  let machine: WineMachine;
  let places: readonly string[];

  beforeAll(() => {
    machine = new WineMachine(folder, node!);
    writeTopicBlog(blog, posts);
    writeFileSync(draft, "The river was long. They had no time for people.\n");
    const model = writeTinyModel(join(folder, "model"));
    places = ["--store", machine.pathOf(store), "--model", machine.pathOf(model)];
  });
  afterAll(() => {
    machine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a command, which has to succeed, and gives its answer. */
  async function answer(...words: readonly string[]) {
    const { code, out, errors } = await machine.run(...words, ...places, "--json");
    expect({ words, code, errors: code === 0 ? "" : errors }).toEqual({ words, code: 0, errors: "" });
    return JSON.parse(out);
  }

  test("learning that is killed goes on, though the folder is spelled otherwise, and learns everything.", async () => {
    const learning = machine.start("learn", machine.pathOf(blog), ...places);
    await expect.poll(learning.errors, { timeout, interval: 50 }).toMatch(/Found \d+ documents/);
    learning.kill();
    // Nothing was told as learned; Wine gives no code to what it kills.
    expect((await learning.ended).out).toBe("");
    const otherwise = `z:${blog.toLowerCase()}/`;
    expect(await answer("learn", otherwise)).toMatchObject({ documents: posts + 1, tags: 3 });
    expect(readdirSync(store).filter((name) => name.includes("corrupt"))).toEqual([]);
  });

  test("tags are suggested for a draft.", async () => {
    const { tags } = await answer("tags", machine.pathOf(draft));
    expect(tags.length).toBeGreaterThan(0);
  });

  test("an editor hovers and teaches, and everything is forgotten while its server is running.", async () => {
    const results = join(folder, "results.json");
    const editor = join(root, "test/platforms/windows-editor.ts");
    const paths = [blog, draft, join(folder, "model"), store, results].map((path) => machine.pathOf(path));
    const words = [machine.pathOf(editor), machine.program, ...paths];
    const { code, errors } = await machine.startCommand(machine.nodeCommand(...words)).ended;
    expect({ code, errors: code === 0 ? "" : errors }).toEqual({ code: 0, errors: "" });
    const seen = JSON.parse(readFileSync(results, "utf8"));
    const writer = { documents: posts + 1, folders: [`Z:${blog}`] };
    expect(seen.before).toMatchObject({ kind: "idle", writers: [writer] });
    expect(seen.taught).toMatchObject({ about: "The river was long." });
    expect({ code: seen.code, stderr: seen.stderr }).toEqual({ code: 0, stderr: "" });
    expect(seen.after).toMatchObject({ kind: "unlearned" });
    const left = existsSync(store) ? readdirSync(store) : [];
    const contents = left.map((name) => readFileSync(join(store, name), "latin1")).join("\n");
    expect(contents).not.toMatch(/river|Mein Blog/);
  });
});

test("On Windows the library has neither a switch for its telemetry nor an address to send it to.", () => {
  const runtime = join(root, "node_modules/onnxruntime-node/bin/napi-v6");
  const told = (path: string) => {
    const bytes = readFileSync(join(runtime, path));
    return ["ORT_DISABLE_TELEMETRY", "events.data.microsoft.com"].filter((text) =>
      [Buffer.from(text), Buffer.from(text, "utf16le")].some((form) => bytes.includes(form)),
    );
  };
  for (const machine of ["x64", "arm64"]) expect(told(`win32/${machine}/onnxruntime.dll`)).toEqual([]);
  expect(told("linux/x64/libonnxruntime.so.1")).toHaveLength(2);
  expect(told("darwin/arm64/libonnxruntime.1.dylib")).toHaveLength(2);
});
