import type { PretrainedModel } from "../plm/pretrained-model.ts";
import type { StoreOpening } from "../store/store.ts";

/** Something that the user should know and that stops nothing. */
export interface Notice {
  readonly message: string;
  readonly advice: string;
}

/** What is to be said about how the store was opened; nothing where all was well. */
export function storeNotices({
  origin,
  damagedMirrorLines,
  restoredCorrections,
  lostCorrections,
}: StoreOpening): readonly Notice[] {
  const notices: Notice[] = [];
  if (origin.kind === "rebuilt") {
    notices.push({
      message: `The store was damaged. It has been moved to ${origin.setAside}, and a new one was begun.`,
      advice:
        `Your documents are untouched, ${restoredCorrections} corrections were restored; ` +
        "learn again to get the rest back.",
    });
  }
  if (damagedMirrorLines > 0) {
    const isWhole = origin.kind === "existing" || origin.kind === "migrated";
    notices.push({
      message: `${damagedMirrorLines} lines of the copy of your corrections cannot be read.`,
      advice: isWhole
        ? "They have been written again from the database; nothing is lost."
        : "They stay in the file; all the others are used.",
    });
  }
  if (lostCorrections > 0) {
    notices.push({
      message: `${lostCorrections} of your corrections were damaged on the disk and could not be restored.`,
      advice: "All the others are used. Please check the disk; it may be failing.",
    });
  }
  return notices;
}

/** What is to be said about a model's unpacked weights; nothing where they were whole, or not there yet. */
export function modelNotices({ cache }: Pick<PretrainedModel, "cache">): readonly Notice[] {
  const { folder, opening } = cache;
  if (opening.kind !== "repaired") return [];
  return [
    {
      message: `The model's unpacked weights in ${folder} were damaged: ${opening.fault}.`,
      advice:
        "They have been unpacked again. Nothing of yours is lost; if this happens often, check the disk.",
    },
  ];
}

/** What a remark says, with what stands in the document that it is about. */
export function messageWithQuotation({
  message,
  quoted,
}: {
  readonly message: string;
  readonly quoted?: string | undefined;
}): string {
  return quoted === undefined ? message : `${message.replace(/\.$/, "")}: ${quoted.replace(/\.$/, "")}.`;
}
