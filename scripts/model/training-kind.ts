import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ResearchPlaceError, TrainingKindError } from "./errors.ts";

/**
 * What a build is trained on: open sets alone, or sets for research, too. What comes out of the second
 * kind is for comparing only; it is neither shipped nor committed.
 */
export type TrainingKind = "open" | "research";

const key = "training";
/** Git ignores this folder of a checkout. */
const ignoredFolder = ".cache";
const ownCheckout = resolve(import.meta.dirname, "../..");

/** The mark of a file of weights. Open ones have none, so that they stay as they were, byte for byte. */
export function kindMark(kind: TrainingKind): Readonly<Record<string, string>> {
  return kind === "research" ? { [key]: kind } : {};
}

/** Reads the mark of a file of weights. Throws {@link TrainingKindError} at a mark that is not known. */
export function markedKind(path: string, metadata: ReadonlyMap<string, string>): TrainingKind {
  const mark = metadata.get(key);
  if (mark !== undefined && mark !== "research") throw new TrainingKindError(path, mark);
  return mark ?? "open";
}

/** Where a build of a kind keeps its checkpoint and its log unless told otherwise. */
export function workFolder(kind: TrainingKind): string {
  return `.cache/model-build${kind === "research" ? "-research" : ""}`;
}

/**
 * Weights for research go nowhere in a checkout but into its ignored folder. Links are followed, and a
 * place need not exist yet. Throws {@link ResearchPlaceError}.
 */
export function refuseCommittedPlace(path: string, kind: TrainingKind): void {
  if (kind === "open") return;
  const place = realPlace(resolve(path));
  for (let folder = place; ; folder = dirname(folder)) {
    if (folder === realPlace(ownCheckout) || existsSync(join(folder, ".git"))) {
      if (relative(folder, place).split(sep)[0] !== ignoredFolder) throw new ResearchPlaceError(path);
    }
    if (folder === dirname(folder)) return;
  }
}

function realPlace(path: string): string {
  if (existsSync(path) || path === dirname(path)) return realpathSync(path);
  return join(realPlace(dirname(path)), relative(dirname(path), path));
}
