/** A profile was written by another version of Idiolect. */
export class ProfileFormatError extends Error {
  override readonly name = "ProfileFormatError";
  readonly advice = "Learn the writer again with this version.";

  constructor(found: number, known: number) {
    super(`The profile has format ${found}, and this version knows format ${known}. Learn the writer again.`);
  }
}

/** A model was asked for the tone of a text and has no head for it. */
export class ModelWithoutToneError extends Error {
  override readonly name = "ModelWithoutToneError";
  readonly advice = "Use the model that ships with Idiolect, or one that has the head.";

  constructor(path: string) {
    super(
      `The model ${path} has no head for tone. Use the model that ships with Idiolect, or one that has the head.`,
    );
  }
}
