import type { FromLearner } from "../../protocol/learner.ts";
import type { LearningStatus } from "../../protocol/learning-status.ts";
import { remarkInEnglish } from "../../session/notices.ts";
import { t } from "../language.ts";
import { sayNotice } from "../say-told.ts";

/** About two a second are enough to see something move. */
const intervalMs = 500;

/** Tells the editor what the learner does: a new kind of state or a new stage at once, numbers now and then. */
export class StatusAnnouncer {
  readonly #send: (status: LearningStatus) => void;
  #last: { readonly status: LearningStatus; readonly sentMs: number } | undefined;
  #waiting: { status: LearningStatus; readonly timer: NodeJS.Timeout } | undefined;

  constructor(send: (status: LearningStatus) => void) {
    this.#send = send;
  }

  /** The editor has asked, so it need not be told the same again. */
  noteAnswered(status: LearningStatus): void {
    this.#last = { status, sentMs: performance.now() };
  }

  announce(status: LearningStatus): void {
    if (JSON.stringify(this.#last?.status) === JSON.stringify(status)) return;
    const dueMs = this.#last === undefined ? 0 : this.#last.sentMs + intervalMs - performance.now();
    if (dueMs <= 0 || !isSameState(this.#last!.status, status)) {
      this.#sendNow(status);
    } else if (this.#waiting !== undefined) {
      this.#waiting.status = status;
    } else {
      const timer = setTimeout(() => this.#sendNow(this.#waiting!.status), dueMs);
      this.#waiting = { status, timer: timer.unref() };
    }
  }

  stop(): void {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = undefined;
  }

  #sendNow(status: LearningStatus): void {
    this.stop();
    this.#last = { status, sentMs: performance.now() };
    this.#send(status);
  }
}

function isSameState(a: LearningStatus, b: LearningStatus): boolean {
  return a.kind === "learning" && b.kind === "learning"
    ? a.stage === b.stage && a.hasTags === b.hasTags && a.writer === b.writer && a.waits?.for === b.waits?.for
    : a.kind === b.kind;
}

/** A remark in the editor's language. */
type SaidNotice = ReturnType<typeof sayNotice>;

/**
 * Gathers what the learner notices. Documents may give hundreds of remarks: the log gets them all, the
 * user one. What is quoted from documents is shown and not logged.
 */
export class LearningNotices {
  readonly #show: (notice: SaidNotice) => void;
  readonly #log: (line: string) => void;
  #remarks: SaidNotice[] = [];

  constructor(show: (notice: SaidNotice) => void, log: (line: string) => void) {
    this.#show = show;
    this.#log = log;
  }

  hear(message: FromLearner): void {
    if (message.kind === "notice") {
      this.#log(remarkInEnglish({ message: message.message, advice: message.advice }));
      this.#remarks.push(sayNotice(message));
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
              message: t(
                "Idiolect has {0} remarks about your documents and the store (where it keeps what it learns).",
                others.length + 1,
              ),
              advice: t("The log has them all; learning goes on."),
            },
      );
    }
  }
}
