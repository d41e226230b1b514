import { said, whole } from "../said/said.ts";
import { SaidError } from "../said/said-error.ts";

/** A profile was written by another version of Idiolect. */
export class ProfileFormatError extends SaidError {
  constructor(found: number, known: number) {
    super(
      said("The profile has format {0}, and this version knows format {1}.", whole(found), whole(known)),
      said("Learn the writer again with this version."),
    );
  }
}

/** What was learned of a writer is not what was written. */
export class ProfileDamagedError extends SaidError {
  constructor(reason: string, cause: unknown) {
    super(
      said("What was learned of the writer is damaged and is not used: {0}.", reason),
      said("Go back to the version before it (idiolect profile rollback), or learn the writer again."),
      { cause },
    );
  }
}

/** A model was asked for the tone of a text and has no head for it. */
export class ModelWithoutToneError extends SaidError {
  constructor(path: string) {
    super(
      said("The model {0} has no head for tone.", path),
      said("Use the model that ships with Idiolect, or one that has the head."),
    );
  }
}

/** There is no profile version to go back to. */
export class NoSuchVersionError extends SaidError {
  /** @param version what was asked for; undefined: the one before */
  constructor(version: string | undefined) {
    super(
      version === undefined
        ? said("There is no version before the one in use.")
        : said("There is no profile version {0}.", version),
      said("List the versions with: idiolect profile list"),
    );
  }
}

/** A profile version was learned with another base model than the one in use. */
export class OtherBaseVersionError extends SaidError {
  constructor(version: string) {
    super(
      said(
        "The profile version {0} was learned with another base model than the version in use, and does not fit it.",
        version,
      ),
      said("Learn again instead: documents, consent and lessons are all there."),
    );
  }
}

/** The name of a profile version fits several. */
export class AmbiguousVersionError extends SaidError {
  constructor(version: string) {
    super(said("Several profile versions begin with {0}.", version), said("Give more of its id."));
  }
}
