import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { LearningStatus } from "../../src/protocol/learning-status.ts";
import { notifications, requests } from "../../src/protocol/requests.ts";
import { writeTopicBlog } from "../cli/topic-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { needs } from "../prerequisite.ts";
import {
  networkCalls,
  openedPaths,
  outside,
  runWatched,
  type SystemCall,
  Watch,
  writtenPaths,
} from "./system-calls.ts";

const strace = needs("strace");
const program = resolve("dist/cli.js");

/**
 * The whole journey of a writer in the terminal and in another editor, watched by the operating system: whatever our
 * programs or the native code in them do, they do by system calls.
 */
describe.skipIf(strace.isMissing)(`The whole journey, system call by system call${strace.note}`, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-silence-")));
  const home = join(folder, "home");
  const store = join(folder, "store");
  const temporary = join(folder, "temporary");
  const blog = join(folder, "blog");
  const draft = join(folder, "draft.md");
  const secret = join(folder, "secret");
  const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: temporary };
  const watch = new Watch();
  let calls: readonly SystemCall[];

  beforeAll(async () => {
    for (const path of [home, temporary, secret]) mkdirSync(path);
    writeTopicBlog(blog, 24);
    writeFileSync(draft, "The river was long. They had no time for people.\n");
    writeFileSync(join(secret, "diary.md"), "Nobody may read this.\n");
    symlinkSync(join(secret, "diary.md"), join(blog, "link.md"));
    symlinkSync(secret, join(blog, "linked"));
    const places = ["--store", store];
    const model = ["--model", writeTinyModel(join(folder, "model"))];
    const run = async (...words: readonly string[]) => {
      const command = [process.execPath, program, ...words, ...places];
      const { code, output } = await runWatched(watch, command, { env, cwd: folder });
      expect(`${words.join(" ")}: ${code}\n${code === 0 ? "" : output}`).toBe(`${words.join(" ")}: 0\n`);
    };
    await run("learn", blog, ...model);
    await run("read", draft, ...model);
    await run("tags", draft, ...model);
    await run("report", ...model);
    await serve([...places, ...model]);
    // Otherwise the paths below would be those of a cache that never was.
    expect(existsSync(join(home, ".cache", "idiolect"))).toBe(true);
    await run("forget", "--yes");
    calls = watch.calls();
  }, 300_000);
  afterAll(() => {
    watch[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A language server for another editor: hovers, learning, and a wait until it is done. */
  async function serve(options: readonly string[]): Promise<void> {
    const [strace = "", ...words] = [
      ...watch.prefix,
      process.execPath,
      program,
      "lsp",
      "--stdio",
      ...options,
    ];
    const child = spawn(strace, words, { env, cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    const client = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const learned = new Promise<void>((resolve, reject) => {
      client.onNotification(notifications.status.method, (status: LearningStatus) => {
        if (status.kind === "idle") resolve();
        if (status.kind === "failed") reject(new Error(status.reason));
      });
    });
    client.listen();
    await client.sendRequest("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(blog).href,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(blog).href, name: "blog" }],
      initializationOptions: { hearsNotifications: true },
    });
    await client.sendNotification("initialized", {});
    await hover(client);
    writeFileSync(
      join(blog, "2024-03-01.md"),
      "---\ntags: [water]\n---\n\nThe river has water, and the water is a river.\n",
    );
    await client.sendRequest(requests.learn.method, { folders: [blog] });
    await learned;
    await hover(client);
    client.dispose();
    child.stdin.end();
    await once(child, "exit");
  }

  async function hover(client: ProtocolConnection): Promise<void> {
    const textDocument = { uri: pathToFileURL(draft).href };
    const text = "The river was long. They had no time for people.\n";
    await client.sendNotification("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId: "markdown", version: 1, text },
    });
    await client.sendRequest("textDocument/hover", { textDocument, position: { line: 0, character: 5 } });
    await client.sendNotification("textDocument/didClose", { textDocument });
  }

  test("starts the programs that it is about: terminal, learner and language server.", () => {
    const programs = new Set(calls.map((call) => call.process));
    for (const part of [/cli\.js", "learn"/, /learner\.js"/, /"lsp", "--stdio"/, /"forget"/]) {
      expect([...programs].filter((one) => part.test(one))).not.toEqual([]);
    }
    expect([store, join(home, ".cache", "idiolect")].filter(existsSync)).toEqual([]);
  });

  test("makes no socket but those between our own processes, and looks up no name.", () => {
    expect(networkCalls(calls)).toEqual([]);
    expect(openedPaths(calls).filter((path) => /resolv\.conf|nsswitch|\/etc\/hosts/.test(path))).toEqual([]);
  });

  test("writes into the store, the cache and the temporary folder, and nowhere else.", () => {
    const foreign = outside(writtenPaths(calls, folder), [
      store,
      join(home, ".cache", "idiolect"),
      temporary,
    ]);
    expect(foreign.filter((path) => path !== join(home, ".cache"))).toEqual([]);
  });

  test("opens no file of the writer's beyond the folder that was consented to, though links in it lead elsewhere.", () => {
    const ours = [store, blog, draft, temporary, join(home, ".cache", "idiolect"), join(folder, "model")];
    const below = openedPaths(calls).filter((path) => path.startsWith(`${folder}/`));
    expect(outside(below, ours)).toEqual([]);
  });
});

/** Shut off from every network, without being root outside. */
const shutOff = ["unshare", "--map-root-user", "--net"];

describe.skipIf(strace.isMissing)(`The watch itself${strace.note}`, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-loud-")));
  const options = { env: { PATH: process.env["PATH"], HOME: folder }, cwd: folder, before: shutOff };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("sees what ONNX Runtime does where its switch does not reach it.", { timeout: 60_000 }, async () => {
    using watch = new Watch();
    const model = writeTinyModel(join(folder, "model"));
    const draft = join(folder, "draft.md");
    writeFileSync(draft, "The river was long.\n");
    // Native code reads the environment itself; a copy of it is one that native code does not see.
    const copied = `data:text/javascript,Object.defineProperty(process, "env", { value: { ...process.env } })`;
    const words = [
      "--import",
      copied,
      program,
      "read",
      draft,
      "--store",
      join(folder, "store"),
      "--model",
      model,
    ];
    const { code, output } = await runWatched(watch, [process.execPath, ...words], options);
    expect(`${code} ${output}`).toMatch(/^0 /);
    expect(writtenPaths(watch.calls(), folder).filter((path) => /onnxruntime/.test(path))).not.toEqual([]);
  });

  test("sees sockets, names that are looked up, and files that are made.", async () => {
    using watch = new Watch();
    const script = `
      require("node:net").connect(9, "127.0.0.1").on("error", () => undefined);
      require("node:dns").lookup("idiolect.invalid", () => undefined);
      require("node:fs").mkdirSync("made");
      require("node:fs").writeFileSync("made/one", "");
      require("node:fs").renameSync("made/one", "made/two");`;
    await runWatched(watch, [process.execPath, "-e", script], options);
    const calls = watch.calls();
    expect(networkCalls(calls).filter((call) => call.includes("127.0.0.1"))).not.toEqual([]);
    expect(openedPaths(calls)).toContain("/etc/hosts");
    expect(writtenPaths(calls, folder)).toEqual(
      expect.arrayContaining(["made", "made/one", "made/two"].map((name) => join(folder, name))),
    );
  });
});
