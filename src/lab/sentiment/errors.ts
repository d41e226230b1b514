/** A file of labelled texts cannot be used as it is. */
export class OpinionFileError extends Error {
  override readonly name = "OpinionFileError";
  readonly advice: string;

  constructor(path: string, problem: string, advice: string, options?: ErrorOptions) {
    super(`${path}: ${problem}`, options);
    this.advice = advice;
  }
}

/** There are too few writers or texts to measure anything. */
export class TooFewWritersError extends Error {
  override readonly name = "TooFewWritersError";
  readonly advice = "Give a file with more writers, or ask for fewer texts of each: --min <n>";
}
