/** Which of two profiles of one writer is used after an import: the one that was here, or the one in the file. */
export type ProfileChoice = "here" | "file";

export interface ExportWish {
  readonly writer: string;
  /** Absolute; a file that is there is replaced. */
  readonly file: string;
  /** With the text of the documents. */
  readonly withText: boolean;
}

/** What an exported file holds. */
export interface ExportedFile {
  readonly bytes: number;
  readonly lessons: number;
  readonly acceptedTags: number;
  readonly profileVersions: number;
  readonly documents: number;
}

/** What a file would bring, read whole and compared with its checksums. */
export interface ImportPreview {
  readonly writer: string;
  /** Milliseconds since 1970. */
  readonly madeMs: number;
  readonly withText: boolean;
  readonly lessons: number;
  readonly profileVersions: number;
  /** Absent: there is nothing to choose. */
  readonly choice?: { readonly hereMs: number; readonly fileMs: number };
}

export interface ImportedFile {
  readonly writer: string;
  readonly isNew: boolean;
  readonly lessons: {
    readonly added: number;
    /** They were here without their sentences. */
    readonly completed: number;
    readonly known: number;
    /** They were taken back, here or there. */
    readonly takenBack: number;
  };
  /** What was not here before. */
  readonly acceptedTags: number;
  readonly profileVersions: number;
  readonly documents: number;
  /** Absent where nothing was learned on either side. */
  readonly profileInUse?: ProfileChoice;
}
