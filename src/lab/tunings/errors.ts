/** A way of tuning that was asked for cannot be had, or not with this model. */
export class TuningWayError extends Error {
  override readonly name = "TuningWayError";
  /** What the user can do. It is part of the message, too. */
  readonly advice: string;

  constructor(problem: string, advice: string) {
    super(`${problem} ${advice}`);
    this.advice = advice;
  }
}
