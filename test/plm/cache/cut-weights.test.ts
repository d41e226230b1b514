import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { weightsFile } from "../../../src/plm/cache/weight-cache-names.ts";
import { readingOf } from "../reading-of.ts";
import { openTinyModel } from "../tiny-model.ts";

const newCache = (): string => mkdtempSync(join(tmpdir(), "idiolect-cut-"));

/** A script with the cache as its argument. */
function script(name: string, cachePath: string, stdio: StdioOptions): ChildProcess {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path, cachePath], { stdio });
}

describe.skipIf(process.platform === "win32")(
  "weights that are cut short while a process has them mapped",
  () => {
    it("end that process, and the next one starts from weights made anew", async () => {
      const cachePath = newCache();
      const model = await openTinyModel(cachePath);
      const reading = await readingOf(model);
      const child = script("mapped-reader.ts", cachePath, ["ignore", "ignore", "ignore", "ipc"]);
      await once(child, "message");
      child.send("read");
      expect((await once(child, "message"))[0]).toEqual(reading);
      const weights = join(model.cache.folder, weightsFile);
      chmodSync(weights, 0o600);
      truncateSync(weights, 0);
      child.send("read");
      const [, signal] = await once(child, "exit");
      // Where the system has no such signal for it, the process has read what it had in memory.
      expect(["SIGBUS", "SIGSEGV"]).toContain(signal);
      const next = await openTinyModel(cachePath);
      expect(next.cache.opening.kind).toBe("repaired");
      expect(await readingOf(next)).toEqual(reading);
    });
  },
);

describe("a process that is killed while it unpacks weights", () => {
  const kills = process.env["LONG"] === "1" ? 20 : 2;
  const random = createRandom("kills");

  it.each(Array.from({ length: kills }, (_, at) => at))(
    "leaves nothing behind that the next start keeps (%i)",
    async () => {
      const cachePath = newCache();
      const child = script("slow-unpacker.ts", cachePath, ["pipe", "pipe", "inherit"]);
      const ended = once(child, "exit");
      // It waits before each of its 42 tensors; after the last it is killed wherever it is.
      for (let steps = random.integer(44); steps > 0; steps--) {
        const [said] = await once(child.stdout!, "data");
        child.stdin!.write(".");
        if (String(said) === "!") break;
      }
      child.kill("SIGKILL");
      await ended;
      const model = await openTinyModel(cachePath);
      const { folder } = model.cache;
      expect(readdirSync(folder).sort()).toEqual(["weights.bin", "weights.record"]);
      expect(await readingOf(model)).toEqual(await readingOf(await openTinyModel()));
      expect(statSync(join(folder, weightsFile)).size).toBeGreaterThan(0);
    },
  );
});
