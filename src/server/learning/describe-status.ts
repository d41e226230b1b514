import type { LearningStatus } from "../../protocol/learning-status.ts";
import { formatProgress } from "../../words/format.ts";

/** How learning stands, in a sentence or two. */
export function describeStatus(status: LearningStatus): string {
  switch (status.kind) {
    case "unlearned":
      return "Nothing has been learned yet.";
    case "idle":
      return status.writers
        .map(({ name, documents, tags }) => `Learned: ${name}, ${documents} documents with ${tags} tags.`)
        .join(" ");
    case "learning":
      return `Learning ${status.writer}: ${formatProgress(status.fraction)}.`;
    case "paused":
      return `Learning ${status.writer} is paused at ${formatProgress(status.fraction)}.`;
    case "elsewhere":
      return `Another window or a terminal is learning (process ${status.processId}).`;
    case "failed":
      return `Learning ${status.writer} failed: ${status.reason} ${status.advice}`;
    default:
      return status satisfies never;
  }
}
