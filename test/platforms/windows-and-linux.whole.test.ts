import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeTopicBlog } from "../cli/topic-blog.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";
import { needs } from "../prerequisite.ts";
import {
  networkCalls,
  openedPaths,
  outside,
  type SystemCall,
  Watch,
  writtenPaths,
} from "../trust/system-calls.ts";
import { WineMachine, windowsNode } from "./wine-machine.ts";

const program = resolve(import.meta.dirname, "../../dist/cli.js");
const strace = needs("strace");
const node = windowsNode();
const note = node === undefined ? " [without Wine and Node for Windows]" : strace.note;

/** Starting a program takes seconds, and minutes on a machine that others use. */
const timeout = 1_200_000;

/**
 * One writer on two machines: what is learned on one is read on the other, and what is taught there comes back. All
 * that Windows does is watched from outside, system call by system call. Each step goes on with what the one before
 * has left.
 */
describe.skipIf(node === undefined || strace.isMissing)(
  `Between Linux and Windows, as Wine plays it${note}`,
  { timeout },
  () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-two-systems-")));
    const home = join(folder, "home");
    const blog = join(folder, "blog");
    const draft = join(folder, "draft.md");
    const linuxStore = join(folder, "store of Linux");
    const windowsStore = join(folder, "store of Windows");
    const watch = new Watch();
    const taughtFile = join(folder, "taught-on-windows.idiolect");
    const learnedFile = join(folder, "learned-on-windows.idiolect");
    const learnedThere = join(folder, "learned on Windows");
    let machine: WineMachine;
    let model: string;

    beforeAll(async () => {
      mkdirSync(home);
      model = writeTinyModel(join(folder, "model"));
      writeTopicBlog(blog, 24);
      writeFileSync(draft, "The river was long. They had no time for people.\n");
      const ownFolder = join(folder, "windows");
      mkdirSync(ownFolder);
      machine = new WineMachine(ownFolder, node!);
      // Wine lays out its Windows at the first start, which is nothing of ours.
      expect((await machine.startCommand(doNothing()).ended).code).toBe(0);
    }, timeout);
    afterAll(() => {
      machine?.stop();
      watch[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    const doNothing = () => machine.nodeCommand("-e", "0");

    function onLinux(words: readonly string[], input = "") {
      const command = ["--disable-warning=ExperimentalWarning", program, ...words, "--json"];
      const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: tmpdir() };
      const options = { env, input, encoding: "utf8" } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
      expect({ words, status, stderr: status === 0 ? "" : stderr }).toEqual({ words, status: 0, stderr: "" });
      return JSON.parse(stdout);
    }

    async function onWindows(words: readonly string[], input = "") {
      const command = [...watch.prefix, ...machine.command(...words, "--json")];
      const { code, out, errors } = await machine.startCommand(command, input).ended;
      expect({ words, code, errors: code === 0 ? "" : errors }).toEqual({ words, code: 0, errors: "" });
      return JSON.parse(out);
    }

    const onlyStore = (store: string) => ["--store", store];
    const linux = (store = linuxStore) => [...onlyStore(store), "--model", model];
    const windows = (store = windowsStore) => [
      ...onlyStore(machine.pathOf(store)),
      ...["--model", machine.pathOf(model)],
    ];
    const tagsOf = ({
      tags,
    }: {
      readonly tags: readonly { readonly tag: string; readonly score: number }[];
    }) => tags.map(({ tag, score }) => [tag, score.toFixed(3)]);

    /** The tags that both suggest for the draft; they have to be the same. */
    async function expectSameTags(ofLinux: string, ofWindows: string): Promise<void> {
      const onOne = tagsOf(onLinux(["tags", draft, ...linux(ofLinux)]));
      expect(onOne.length).toBeGreaterThan(0);
      expect(tagsOf(await onWindows(["tags", machine.pathOf(draft), ...windows(ofWindows)]))).toEqual(onOne);
    }

    test("what was learned and taught on Linux is used on Windows, and suggests the same tags.", async () => {
      const file = join(folder, "from-linux.idiolect");
      onLinux(["learn", blog, ...linux()]);
      expect(onLinux(["teach", ...linux()], "5\nq\n")).toMatchObject({ answered: 1 });
      onLinux(["export", file, "--with-text", ...onlyStore(linuxStore)]);
      expect(await onWindows(["import", machine.pathOf(file), ...windows()])).toMatchObject({
        isNew: true,
        profileVersions: 1,
        profileInUse: "file",
        documents: 24,
        lessons: { added: 1 },
      });
      await expectSameTags(linuxStore, windowsStore);
    });

    test("what is taught on Windows comes back to Linux, each lesson once, however often it is imported.", async () => {
      expect(await onWindows(["teach", ...windows()], "1\n4\nq\n")).toMatchObject({ answered: 2 });
      await onWindows(["export", machine.pathOf(taughtFile), ...onlyStore(machine.pathOf(windowsStore))]);
      const words = ["import", taughtFile, "--profile", "here", ...linux()];
      expect(onLinux(words)).toMatchObject({ isNew: false, lessons: { added: 2, known: 1 } });
      expect(onLinux(words)).toMatchObject({ lessons: { added: 0, known: 3 } });
    });

    test("what was learned on Windows is used on Linux, and suggests the same tags.", async () => {
      const here = join(folder, "imported on Linux");
      expect(await onWindows(["learn", machine.pathOf(blog), ...windows(learnedThere)])).toMatchObject({
        documents: 24,
      });
      await onWindows([
        "export",
        machine.pathOf(learnedFile),
        "--with-text",
        ...onlyStore(machine.pathOf(learnedThere)),
      ]);
      expect(onLinux(["import", learnedFile, ...linux(here)])).toMatchObject({ isNew: true, documents: 24 });
      await expectSameTags(here, learnedThere);
    });

    /** Wine's server opens files and makes connections for all its programs, so it is watched, and its services are. */
    describe("Windows' programs, and Wine around them, watched from outside in all of that,", () => {
      const usual = new Watch();
      let calls: readonly SystemCall[];

      beforeAll(async () => {
        calls = watch.calls();
        expect((await machine.startCommand([...usual.prefix, ...doNothing()]).ended).code).toBe(0);
      }, timeout);
      afterAll(() => usual[Symbol.dispose]());

      test("are terminal and learner.", () => {
        const started = new Set(calls.map((call) => call.process));
        for (const part of [/cli\.js", "learn"/, /learner\.js"/, /cli\.js", "teach"/]) {
          expect([...started].filter((one) => part.test(one))).not.toEqual([]);
        }
      });

      test("make no other socket than a Node for Windows that does nothing, and look up no name.", () => {
        const known = new Set(networkCalls(usual.calls()).map(withoutNumbers));
        expect(networkCalls(calls).filter((call) => !known.has(withoutNumbers(call)))).toEqual([]);
        expect(networkCalls(calls).filter((call) => /sin6?_addr/.test(call))).toEqual([]);
        const opened = new Set(openedPaths(usual.calls()));
        const names = openedPaths(calls).filter((path) => /resolv\.conf|\/etc\/hosts/.test(path));
        expect(names.filter((path) => !opened.has(path))).toEqual([]);
      });

      test("write into stores, Windows' own folders, and the files that they were told to make.", () => {
        const told = [windowsStore, learnedThere, machine.folder, taughtFile, learnedFile];
        // An export is written beside its place first.
        const named = writtenPaths(calls, machine.folder).map((path) =>
          path.replace(/\.[\da-f]{8}\.draft$/, ""),
        );
        const written = outside(named, told);
        // Names of threads, and the folder of Wine's server.
        const foreign = written.filter(
          (path) => !/^\/proc\/\d+\/task\/\d+\/comm$|^\/tmp\/\.?wine-/.test(path),
        );
        expect(foreign).toEqual([]);
        expect(writtenPaths(calls, machine.folder).some((path) => path.startsWith(learnedThere))).toBe(true);
      });

      test("would be seen to speak to another.", async () => {
        using loud = new Watch();
        const script = `require("node:net").connect(9, "127.0.0.1").on("error", () => undefined)`;
        await machine.startCommand([...loud.prefix, ...machine.nodeCommand("-e", script)]).ended;
        expect(networkCalls(loud.calls()).filter((call) => call.includes("127.0.0.1"))).not.toEqual([]);
      });
    });
  },
);

/** Descriptors, inodes and names of one run's own sockets differ; what kind of socket it is does not. */
const withoutNumbers = (call: string): string =>
  call.replace(/sun_path=@"[\da-f]*"/, "sun_path=@N").replace(/[\da-f]*\d[\da-f]*/g, "N");
