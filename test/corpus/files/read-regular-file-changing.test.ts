import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { FileChangingError } from "../../../src/corpus/errors.ts";
import { readRegularFile } from "../../../src/corpus/files/read-regular-file.ts";

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-changing-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "post.md");
}

const read = async (path: string) =>
  Buffer.from(await readRegularFile(path, { maximumBytes: 1e6 })).toString();

test("A file that is saved while it is read is read as a whole.", async () => {
  const path = newFile();
  const [former, text] = ["It was as it was.\n".repeat(900), "She made a boat.\n".repeat(10_000)];
  for (let turns = 0; turns < 12; turns++) {
    writeFileSync(path, former);
    const reading = read(path);
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    // As editors save: emptied, and written in parts.
    writeFileSync(path, text.slice(0, 70_000));
    await setImmediate();
    appendFileSync(path, text.slice(70_000));
    expect(await reading).toBe(text);
  }
});

test("A file that is written to all the time is left for another time.", async () => {
  const path = newFile();
  writeFileSync(path, "And so on.\n");
  const timer = setInterval(() => appendFileSync(path, "And so on.\n"), 1);
  try {
    await expect(read(path)).rejects.toThrow(FileChangingError);
  } finally {
    clearInterval(timer);
  }
});
