/** What a study needs is not there or cannot be used. */
export class StudyDataError extends Error {
  override readonly name = "StudyDataError";
  readonly advice: string;

  constructor(problem: string, advice: string, options?: ErrorOptions) {
    super(problem, options);
    this.advice = advice;
  }
}

/** A task has no such condition. */
export class UnsuitableConditionError extends Error {
  override readonly name = "UnsuitableConditionError";
  readonly advice = "Leave the condition out of this part of the study.";

  constructor(condition: string, task: string) {
    super(`"${condition}" cannot be measured on ${task}`);
  }
}

/** A file does not hold labelled texts. */
export class LabelledFileError extends Error {
  override readonly name = "LabelledFileError";
  readonly advice =
    "Give JSON lines { text, label } with labels from -2 to 2, or { text, side }, packed with gzip or not.";

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`${path} cannot be read as labelled texts: ${problem}`, options);
  }
}
