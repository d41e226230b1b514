import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * Prepares something in a folder once for all tests of a file. Each test gets the folder as it was then, at the same path:
 * learning takes seconds, a copy does not.
 */
export function preparedOnce<T>(prepare: (folder: string) => T | Promise<T>): () => Promise<T> {
  const base = mkdtempSync(join(tmpdir(), "idiolect-prepared-"));
  const [used, kept] = [join(base, "used"), join(base, "kept")];
  afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 3 }));
  let prepared: Promise<T> | undefined;
  const begin = async () => {
    mkdirSync(used);
    const value = await prepare(used);
    cpSync(used, kept, { recursive: true, preserveTimestamps: true });
    return value;
  };
  return async () => {
    const isFirst = prepared === undefined;
    prepared ??= begin();
    const value = await prepared;
    if (!isFirst) {
      rmSync(used, { recursive: true });
      cpSync(kept, used, { recursive: true, preserveTimestamps: true });
    }
    return value;
  };
}
