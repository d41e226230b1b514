/** A profile was written by another version of Idiolect. */
export class ProfileFormatError extends Error {
  override readonly name = "ProfileFormatError";
  readonly advice = "Learn the writer again with this version.";

  constructor(found: number, known: number) {
    super(`The profile has format ${found}, and this version knows format ${known}. Learn the writer again.`);
  }
}

/** What was learned of a writer is not what was written. */
export class ProfileDamagedError extends Error {
  override readonly name = "ProfileDamagedError";
  readonly advice =
    "Go back to the version before it (idiolect profile rollback), or learn the writer again.";

  constructor(reason: string, cause: unknown) {
    super(
      `What was learned of the writer is damaged and is not used: ${reason}. Go back to the version before it ` +
        "(idiolect profile rollback), or learn the writer again.",
      { cause },
    );
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

/** There is no profile version to go back to. */
export class NoSuchVersionError extends Error {
  override readonly name = "NoSuchVersionError";
  readonly advice = "List the versions with: idiolect profile list";

  /** @param version what was asked for; undefined: the one before */
  constructor(version: string | undefined) {
    const what = version === undefined ? "no version before the one in use" : `no profile version ${version}`;
    super(`There is ${what}. List the versions with: idiolect profile list`);
  }
}

/** A profile version was learned with another base model than the one in use. */
export class OtherBaseVersionError extends Error {
  override readonly name = "OtherBaseVersionError";
  readonly advice = "Learn again instead: documents, consent and lessons are all there.";

  constructor(version: string) {
    super(
      `The profile version ${version} was learned with another base model than the version in use, and does not fit it. ` +
        "Learn again instead: documents, consent and lessons are all there.",
    );
  }
}

/** The name of a profile version fits several. */
export class AmbiguousVersionError extends Error {
  override readonly name = "AmbiguousVersionError";
  readonly advice = "Give more of its id.";

  constructor(version: string) {
    super(`Several profile versions begin with ${version}. Give more of its id.`);
  }
}
