/** A profile was written by another version of Idiolect. */
export class ProfileFormatError extends Error {
  override readonly name = "ProfileFormatError";
  readonly advice = "Learn the writer again with this version.";

  constructor(found: number, known: number) {
    super(`The profile has format ${found}, and this version knows format ${known}. Learn the writer again.`);
  }
}
