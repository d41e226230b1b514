import type { LearningStatus, SinceLearned } from "../protocol/learning-status.ts";

/** A status that also says what is new since the text was read. While that is being read nothing can be said. */
export function withNews(
  status: LearningStatus,
  since: (writer: string) => SinceLearned | undefined,
): LearningStatus {
  switch (status.kind) {
    case "idle":
      return { ...status, writers: status.writers.map((one) => ({ ...one, ...newsOf(since(one.name)) })) };
    case "learning":
      return status.stage === "corpus" ? status : { ...status, ...newsOf(since(status.writer)) };
    case "paused":
      return { ...status, ...newsOf(since(status.writer)) };
    case "unlearned":
    case "elsewhere":
    case "failed":
      return status;
    default:
      return status satisfies never;
  }
}

const newsOf = (since: SinceLearned | undefined): { readonly since?: SinceLearned } =>
  since === undefined ? {} : { since };
