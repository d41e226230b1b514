import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives the tests of one run a folder for all that is temporary, and erases it after the last of them. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-tests-"));
  // Unix asks for the first, Windows for the others; processes that are started inherit them.
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
