import { isLanguageRead } from "../../corpus/language-read.ts";
import type { Store } from "../../store/store.ts";
import type { OthersWriting } from "../../voice/others-writing.ts";
import { compareWriting, type OwnWriting } from "../../voice/own-writing.ts";
import { countWriting, type WritingCounts } from "../../voice/writing-counts.ts";

/** Older documents say little of how somebody writes now, and more would hardly change a rate. */
const mostDocuments = 300;

/** The words and habits of a writer's newest documents beside others', who write English: other sentences are left out. */
export async function writerWriting(
  { documents }: Pick<Store, "documents">,
  writerId: number,
  others: OthersWriting,
  breathe: () => Promise<void> = async () => {},
): Promise<OwnWriting> {
  const counts: WritingCounts[] = [];
  for (const { id, language: usual } of documents.list(writerId).slice(-mostDocuments)) {
    await breathe();
    const sentences = documents
      .sentences(id)
      .filter(({ language = usual }) => isLanguageRead(language))
      .map(({ text }) => text);
    counts.push(countWriting(sentences));
  }
  return compareWriting(counts, others);
}
