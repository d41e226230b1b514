import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { inEnglish, type Said, type SaidValue, said, saidCount, type Told } from "../said/said.ts";
import type { StoreOpening } from "../store/store.ts";

/** Something that the user should know and that stops nothing. */
export interface Notice extends Told {
  /** What stands in documents; it is shown to their writer, and never logged. The message has no full stop then. */
  readonly quoted?: SaidValue | undefined;
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
      message: said(
        "The store was damaged. It has been moved to {0}, and a new one was begun.",
        origin.setAside,
      ),
      advice: saidCount(
        restoredCorrections,
        "Your documents are untouched, {0} correction was restored; learn again to get the rest back.",
        "Your documents are untouched, {0} corrections were restored; learn again to get the rest back.",
      ),
    });
  }
  if (damagedMirrorLines > 0) {
    const isWhole = origin.kind === "existing" || origin.kind === "migrated";
    notices.push({
      message: saidCount(
        damagedMirrorLines,
        "{0} line of the copy of your corrections cannot be read.",
        "{0} lines of the copy of your corrections cannot be read.",
      ),
      advice: isWhole
        ? said("They have been written again from the database; nothing is lost.")
        : said("They stay in the file; all the others are used."),
    });
  }
  if (lostCorrections > 0) {
    notices.push({
      message: saidCount(
        lostCorrections,
        "{0} of your corrections was damaged on the disk and could not be restored.",
        "{0} of your corrections were damaged on the disk and could not be restored.",
      ),
      advice: said("All the others are used. Please check the disk; it may be failing."),
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
      message: said("The model's unpacked weights in {0} were damaged: {1}.", folder, opening.fault),
      advice: said(
        "They have been unpacked again. Nothing of yours is lost; if this happens often, check the disk.",
      ),
    },
  ];
}

/** What a remark says, with what stands in the document that it is about. */
export function messageWithQuotation({ message, quoted }: Pick<Notice, "message" | "quoted">): Said {
  if (quoted === undefined) return message;
  return said("{0}: {1}.", message, typeof quoted === "string" ? quoted.replace(/\.$/, "") : quoted);
}

/** A remark in one line of English: its message as a sentence, then the advice. */
export function remarkInEnglish(notice: Notice): string {
  const message = inEnglish(messageWithQuotation(notice));
  return `${message.replace(/\.$/, "")}. ${inEnglish(notice.advice)}`;
}
