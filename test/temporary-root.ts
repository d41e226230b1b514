import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives the tests of one run a folder for all that is temporary, and erases it after the last of them. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-tests-"));
  // Unix asks for the first, Windows for the others; processes that are started inherit them.
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  // Tests learn whatever this machine runs on: an empty folder says nothing about it.
  process.env["IDIOLECT_POWER_SUPPLIES"] = mkdtempSync(join(folder, "power-supplies-"));
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
