import { isLanguageRead } from "../../corpus/language-read.ts";
import type { DatedTone } from "../../protocol/tone-history.ts";
import type { StoredDocument } from "../../store/repositories/documents.ts";
import { countTones } from "../../words/describe-tone.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { strengthAt } from "../tone/kept-strength.ts";
import { writerNamed } from "./writer-named.ts";
import { placedDocument } from "./writer-tags.ts";

/** As many points as one sees apart, and as many sentences as a document's tone needs: together some seconds of reading. */
const [mostDocuments, mostSentences] = [48, 24];

/** Answers `toneHistory`: work that nobody hurries for, so hovers and completions go before it. */
export const toneHistory: ServerFeature = {
  register(context, { toneReadings }) {
    answerRequest(context, "toneHistory", ({ writer: name }, token) =>
      context.host.read("background", token, async (session, breathe) => {
        const { store } = session;
        const writer = writerNamed(store, name);
        const tone = await toneReadings.openFor(session, writer, breathe);
        const dated = store.documents.list(writer.id).filter(({ dateMs }) => dateMs !== undefined);
        const documents: DatedTone[] = [];
        for (const document of evenly(dated, mostDocuments)) {
          const { languages } = context.settings(document.path).corpus;
          const sentences = store.documents
            .sentences(document.id)
            .filter(({ language }) => language === undefined || isLanguageRead(language, languages))
            .map(({ text }) => text);
          const placed = placedDocument(context, document);
          if (placed === undefined || sentences.length === 0) continue;
          const read = await tone.encode(evenly(sentences, mostSentences), breathe);
          const strength = strengthAt(context, session, writer, document.path);
          const counts = countTones(read.map((sentence) => tone.readSentence(sentence, { strength })));
          documents.push({ ...placed, dateMs: dateOf(document), ...counts });
        }
        return { documents, of: dated.length };
      }),
    );
  },
};

const dateOf = ({ dateMs }: StoredDocument): number => dateMs!;

/** At most so many, in equal steps from the first to the last. */
function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.round((at * (all.length - 1)) / (most - 1))]!);
}
