import { StoreError } from "../errors.ts";

/** A file that is to be imported was not made by *Export*. */
export class ArchiveForeignError extends StoreError {
  constructor(file: string, cause?: unknown) {
    super(
      `${file} was not made by Idiolect's export.`,
      "Choose a file that 'Idiolect: Export' or 'idiolect export' has made.",
      cause,
    );
  }
}

/** A file that is to be imported is not as it was written. */
export class ArchiveDamagedError extends StoreError {
  constructor(file: string, reason: string, cause?: unknown) {
    super(
      `${file} is damaged or not complete: ${reason}. Nothing was imported.`,
      "Copy the file again from where it was made, or export again there.",
      cause,
    );
  }
}

/** A file that is to be imported comes from a version of Idiolect that writes what this one does not know. */
export class ArchiveNewerError extends StoreError {
  constructor(file: string) {
    super(
      `${file} was made by a newer version of Idiolect. Nothing was imported.`,
      "Update Idiolect here, then import the file again.",
    );
  }
}

/** What was learned elsewhere was learned with another base model, and fits none but that one. */
export class ArchiveOtherBaseError extends StoreError {
  constructor(file: string) {
    super(
      `What is in ${file} was learned with another base model than the one in use here. Nothing was imported.`,
      "Bring both machines to the same version of Idiolect, learn again where the file was made, and export again.",
    );
  }
}

/** The store and the file each have something that was learned of the writer, and only one of them can be in use. */
export class ProfileChoiceError extends StoreError {
  constructor(writer: string) {
    super(
      `Something was learned of ${writer} here and where the file was made. Nothing was imported yet.`,
      "Say which of the two is to be used; the other stays in the list of versions.",
    );
  }
}
