import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashOfModel } from "../../../src/plm/files/model-hash.ts";

const weightsBytes = 4_000_000;
const laterMs = () => Date.now() + 60_000;

/** Bytes that this process has read of anything, as the kernel of Linux counts them. */
const bytesRead = () => Number(/^rchar: (\d+)/m.exec(readFileSync("/proc/self/io", "utf8"))![1]);

test.skipIf(process.platform !== "linux")(
  "A model is read once, and again where a file was changed, also lately.",
  async () => {
    const path = mkdtempSync(join(tmpdir(), "idiolect-hash-"));
    try {
      for (const name of ["config.json", "tokenizer.json"]) writeFileSync(join(path, name), "{}");
      const write = (fill: number) =>
        writeFileSync(join(path, "model.safetensors"), new Uint8Array(weightsBytes).fill(fill));
      write(1);
      const costOf = async (nowMs?: number) => {
        const before = bytesRead();
        const hash = await hashOfModel(path, nowMs);
        return { hash, isRead: bytesRead() - before > weightsBytes / 2 };
      };
      const lately = await costOf();
      const first = await costOf(laterMs());
      const second = await costOf(laterMs());
      expect([lately.isRead, first.isRead, second.isRead]).toEqual([true, true, false]);
      expect([first.hash, second.hash]).toEqual([lately.hash, lately.hash]);
      write(2);
      const changed = await costOf(laterMs());
      expect(changed.isRead).toBe(true);
      expect(changed.hash).not.toBe(first.hash);
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  },
);
