import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readLines } from "./sources.ts";

/** Writers of `tone/prose.dev` and `tone/prose.dev_random`, on which thresholds are chosen. */
export const devWriters: ReadonlySet<string> = new Set([
  "bruno-sanchez",
  "florian-haas",
  "julia-silge",
  "matthew-planchard",
  "noah-thorn",
  "rufus-pollock",
  "salvatore-iovene",
]);

/** The ten blogs that learning and tags are measured on. */
export const measuredBlogs: ReadonlySet<string> = new Set([
  "bozhidar-batsov",
  "chris-wellons",
  "drew-devault",
  "justin-wheeler",
  "kevin-deldycke",
  "matthias-endler",
  "phil-haack",
  "protesilaos-stavrou",
  "ruben-schade",
  "will-norris",
]);

/** Whether a writer is measured on, so that nothing of theirs is trained on, with whatever kind of training. */
export function isLeftOut(writer: string | undefined): boolean {
  return writer !== undefined && (devWriters.has(writer) || measuredBlogs.has(writer));
}

export const rewritesFile = "voice/rewrites.jsonl.gz";
const rewrittenRow = z.object({ original: z.string(), light: z.string(), full: z.string() });

/** The paragraphs that a voice is measured on, as they were written and as they were rewritten. */
export function readRewrites(dataPath: string): readonly string[] {
  const path = join(dataPath, rewritesFile);
  if (!existsSync(path)) return [];
  return readLines(path).flatMap((line) => Object.values(rewrittenRow.parse(JSON.parse(line))));
}
