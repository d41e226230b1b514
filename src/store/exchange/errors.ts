import { type Said, said } from "../../said/said.ts";
import { StoreError } from "../errors.ts";

/** A file that is to be imported was not made by *Export*. */
export class ArchiveForeignError extends StoreError {
  constructor(file: string, cause?: unknown) {
    super(
      said("{0} was not made by Idiolect's export.", file),
      said("Choose a file that 'Idiolect: Export' or 'idiolect export' has made."),
      cause,
    );
  }
}

/** A file that is to be imported is not as it was written. */
export class ArchiveDamagedError extends StoreError {
  constructor(file: string, reason: Said, cause?: unknown) {
    super(
      said("{0} is damaged or not complete: {1}. Nothing was imported.", file, reason),
      said("Copy the file again from where it was made, or export again there."),
      cause,
    );
  }
}

/** A file that is to be imported comes from a version of Idiolect that writes what this one does not know. */
export class ArchiveNewerError extends StoreError {
  constructor(file: string) {
    super(
      said("{0} was made by a newer version of Idiolect. Nothing was imported.", file),
      said("Update Idiolect here, then import the file again."),
    );
  }
}

/** What was learned elsewhere was learned with another base model, and fits none but that one. */
export class ArchiveOtherBaseError extends StoreError {
  constructor(file: string) {
    super(
      said(
        "What is in {0} was learned with another base model than the one in use here. Nothing was imported.",
        file,
      ),
      said(
        "Bring both machines to the same version of Idiolect, learn again where the file was made, and export again.",
      ),
    );
  }
}

/** The store and the file each have something that was learned of the writer, and only one of them can be in use. */
export class ProfileChoiceError extends StoreError {
  constructor(writer: string) {
    super(
      said(
        "Something was learned of {0} here and where the file was made. Nothing was imported yet.",
        writer,
      ),
      said("Say which of the two is to be used; the other stays in the list of versions."),
    );
  }
}
