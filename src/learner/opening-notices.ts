import type { StoreOpening } from "../store/store.ts";

/** Something that the user should know and that stops nothing. */
export interface Notice {
  readonly message: string;
  readonly advice: string;
}

/** What is to be said about how the store was opened; nothing where all was well. */
export function openingNotices({
  origin,
  damagedMirrorLines,
  restoredCorrections,
}: StoreOpening): readonly Notice[] {
  const notices: Notice[] = [];
  if (origin.kind === "rebuilt") {
    notices.push({
      message: `The store was damaged; it lies at ${origin.setAside} now and a new one was begun.`,
      advice:
        `Your documents are untouched, ${restoredCorrections} corrections were restored; ` +
        "learn again to have the rest back.",
    });
  }
  if (damagedMirrorLines > 0) {
    notices.push({
      message: `${damagedMirrorLines} lines of the copy of your corrections cannot be read.`,
      advice: "They stay in the file; all others are in use.",
    });
  }
  return notices;
}
