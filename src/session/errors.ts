/** What every failure of learning has in common: what happened, and what the reader can do about it. */
export abstract class LearnerError extends Error {
  readonly advice: string;

  constructor(message: string, advice: string, cause?: unknown) {
    super(`${message} ${advice}`, cause === undefined ? undefined : { cause });
    this.advice = advice;
  }
}

/** Another process learns with the same store. */
export class LearnerBusyError extends LearnerError {
  override readonly name = "LearnerBusyError";

  constructor(processId: number) {
    super(
      `Idiolect is already learning into this store (process ${processId}).`,
      "Wait until it is done, or pause it where it was started.",
    );
  }
}

/** Another process took the lease while this one learned. */
export class LeaseLostError extends LearnerError {
  override readonly name = "LeaseLostError";

  constructor() {
    super(
      "Another process has taken over learning into this store, so this one stopped.",
      "Nothing is lost: the other one goes on from the last checkpoint.",
    );
  }
}
