import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { allCommands } from "../cli/all-commands.ts";
import { needs } from "../prerequisite.ts";
import { writeRuns } from "./command-lines.ts";
import { networkCalls, openedPaths, runWatched, Watch } from "./system-calls.ts";

const strace = needs("strace");
const program = resolve("dist/cli.js");

describe(`Every command of the terminal${strace.note}`, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "idiolect-every-command-")));
  const [home, temporary] = [join(folder, "home"), join(folder, "temporary")];
  for (const path of [home, temporary]) mkdirSync(path);
  const runs = writeRuns(folder, join(folder, "store"));
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    TMPDIR: temporary,
    IDIOLECT_EVALUATION_CACHE: join(folder, "learned"),
  };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is here.", () => {
    const commands = allCommands().map(({ usage }) => usage);
    expect(Object.keys(runs).toSorted()).toEqual([...commands].toSorted());
  });

  test.skipIf(strace.isMissing).each(Object.entries(runs))(
    "%s makes no socket but those between our own processes, and looks up no name.",
    async (_, all) => {
      for (const { words, typed } of all) {
        using watch = new Watch();
        const command = [process.execPath, program, ...words];
        const { code, output } = await runWatched(watch, command, { env, cwd: folder }, typed);
        expect(`${words.join(" ")}: ${code}\n${code === 0 ? "" : output}`).toBe(`${words.join(" ")}: 0\n`);
        const calls = watch.calls();
        expect(calls.some((call) => call.process.includes("cli.js"))).toBe(true);
        expect(networkCalls(calls)).toEqual([]);
        expect(openedPaths(calls).filter((path) => /resolv\.conf|nsswitch|\/etc\/hosts/.test(path))).toEqual(
          [],
        );
      }
    },
    300_000,
  );
});
