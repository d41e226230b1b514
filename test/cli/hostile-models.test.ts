import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exitCodes } from "../../src/cli/errors.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { hostileArchives } from "../plm/foreign/hostile/hostile-archives.ts";
import { hostileFiles } from "../plm/foreign/hostile/hostile-files.ts";
import { makeHostileFolder } from "../plm/foreign/hostile/hostile-folder.ts";
import { hostileConfigs, hostileTokenizers } from "../plm/foreign/hostile/hostile-json.ts";
import { hostileWeights } from "../plm/foreign/hostile/hostile-weights.ts";
import type { MeasuredRun } from "./run-measured.ts";

const root = mkdtempSync(join(tmpdir(), "idiolect-hostile-models-"));
const all = [...hostileArchives, ...hostileWeights, ...hostileFiles, ...hostileConfigs, ...hostileTokenizers];
const random = createRandom(process.env["HOSTILE_SEED"] ?? "hostile folders");
const pattern = new RegExp(process.env["HOSTILE"] ?? "");
const chosen =
  process.env["LONG"] === "1"
    ? all.filter(({ name }) => pattern.test(name))
    : random.shuffle(all).slice(0, 8);

/** What a folder may cost at most. */
const cpuMs = 2_000;
const peakBytes = 1.5 * 2 ** 30;
/** A process that has not answered by then waits for something that does not come. */
const answerMs = 60_000;

let child: ChildProcess | undefined;
let ended = new AbortController();
afterAll(() => {
  child?.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

async function start(): Promise<ChildProcess> {
  const env = { ...process.env, XDG_CACHE_HOME: join(root, "cache"), LOCALAPPDATA: join(root, "cache") };
  child = fork(new URL("run-measured.ts", import.meta.url), {
    env,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  ended = new AbortController();
  child.once("exit", () => ended.abort());
  await once(child, "message");
  return child;
}

async function run(...words: readonly string[]): Promise<MeasuredRun> {
  const ready = child?.connected === true ? child : await start();
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(answerMs)]);
  const answer = once(ready, "message", { signal });
  ready.send(words);
  try {
    return (await answer)[0] as MeasuredRun;
  } catch (cause) {
    ready.kill("SIGKILL");
    throw cause;
  }
}

const filesBelow = (path: string): readonly string[] =>
  existsSync(path) ? readdirSync(path, { recursive: true }).map(String) : [];

describe("a hostile model folder", () => {
  it.each(chosen.map((hostile, at) => [hostile.name, at, hostile] as const))(
    "with %s is refused soon, in little memory and with what to do",
    async (_name, at, hostile) => {
      const place = join(root, String(at));
      const path = join(place, hostile.file ?? "model");
      const [to, store] = [join(place, "made", "small"), join(place, "store")];
      mkdirSync(place);
      makeHostileFolder(hostile, path);
      const commands = [
        ["model", "verify", path],
        ["model", "convert", path, "--to", to],
        ["model", "import", path, "--store", store],
      ];
      for (const words of commands) {
        const result = await run(...words);
        const what = `${words[1]}: ${JSON.stringify({ ...result, errors: result.errors.slice(0, 300) })}`;
        expect(result.code, what).toBe(exitCodes.failed);
        expect(result.errors, what).toMatch(
          /Get the file again|Download or copy all three|Use the tokenizer\.json|Use the float32 file|An archive holds one/,
        );
        expect(result.errors.length, what).toBeLessThan(25_000);
        expect(result.out, what).toBe("");
        expect(result.cpuMs, what).toBeLessThan(cpuMs);
        expect(result.peakBytes, what).toBeLessThan(peakBytes);
      }
      expect(filesBelow(join(place, "made"))).toEqual([]);
      expect(filesBelow(store)).toEqual([]);
      expect(filesBelow(join(root, "cache")).filter((name) => name.endsWith(".draft"))).toEqual([]);
      rmSync(place, { recursive: true });
    },
    4 * answerMs,
  );
});
