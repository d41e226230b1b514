import type { FromLearner } from "../../protocol/learner.ts";
import { messageWithQuotation, type Notice } from "../../session/notices.ts";

/**
 * Gathers what the learner notices. Documents may give hundreds of remarks: the log gets them all, the
 * user one. What is quoted from documents is shown and not logged.
 */
export class LearningNotices {
  readonly #show: (notice: Notice) => void;
  readonly #log: (line: string) => void;
  #remarks: Notice[] = [];

  constructor(show: (notice: Notice) => void, log: (line: string) => void) {
    this.#show = show;
    this.#log = log;
  }

  hear(message: FromLearner): void {
    if (message.kind === "notice") {
      this.#log(`${message.message} ${message.advice}`);
      this.#remarks.push({ message: messageWithQuotation(message), advice: message.advice });
    } else if (message.kind === "progress") {
      this.#tell();
    }
  }

  #tell(): void {
    const [first, ...others] = this.#remarks;
    this.#remarks = [];
    if (first !== undefined) {
      this.#show(
        others.length === 0
          ? first
          : {
              message: `Idiolect has ${others.length + 1} remarks about your documents and the store (where it keeps what it learns).`,
              advice: "The log has them all; learning goes on.",
            },
      );
    }
  }
}
