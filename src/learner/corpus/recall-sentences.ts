import { isWithoutText } from "../../store/corrections/correction.ts";
import type { Store } from "../../store/store.ts";
import { textHash } from "../../text/text-hash.ts";

/** Gives lessons that came from another machine without their sentences those of the documents that are here. */
export function recallSentences({ corrections, documents }: Store, writerId: number): void {
  const lacking = Map.groupBy(
    corrections.list(writerId).filter(({ lesson }) => isWithoutText(lesson)),
    ({ lesson }) => lesson.textHash,
  );
  if (lacking.size === 0) return;
  const completed = documents.list(writerId).flatMap(({ id, path }) =>
    documents.sentences(id).flatMap(({ text: sentence }) =>
      (lacking.get(textHash(sentence)) ?? []).map((correction) => ({
        ...correction,
        lesson: { ...correction.lesson, sentence, documentPath: path },
      })),
    ),
  );
  corrections.merge(writerId, completed, []);
}
