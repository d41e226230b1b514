import { createHash } from "node:crypto";
import type { TaggedDocument } from "./tagged-document.ts";

/** What the ranker is fitted and measured on: the newest documents. */
export const mostFitted = 1000;

const nameLength = 12;
/** Raised where the same documents give other weights than before, so that those of earlier versions are fitted anew. */
const wayOfFitting = 2;
/** Weights that are shared by all tags move little with less. */
const leastShared = 0.95;

/** Names a document by all that the ranker learns from it, and not by its place: short hashes, which say nothing of it. */
export function nameFittedDocument({
  title,
  text,
  tags,
  accepted = new Set(),
}: Pick<TaggedDocument, "title" | "text" | "tags" | "accepted">): string {
  const content = JSON.stringify([wayOfFitting, title, text, tags, [...accepted].sort()]);
  return createHash("sha256").update(content).digest("hex").slice(0, nameLength);
}

/** Whether documents are nearly all the ones that a ranker was fitted on, and it on nearly these alone. */
export function areStillFitted(fitted: readonly string[], present: readonly string[]): boolean {
  const known = new Set(fitted);
  const shared = present.filter((name) => known.has(name)).length;
  return shared >= leastShared * Math.max(fitted.length, present.length);
}
