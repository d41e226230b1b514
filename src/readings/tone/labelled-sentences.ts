import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { type DocumentSentence, documentText } from "../../tone/reading/document-latent.ts";
import type { ReadLabel } from "../../tone/writer/tone-learning.ts";
import { readSentences, type ToneReaders } from "./sentence-reader.ts";

/** A sentence as it stands and as it was read. */
export interface SentenceText {
  readonly text: string;
  readonly reading: DocumentSentence;
}

/** A label and what it was said of: a sentence, or the sentences of a document. */
export interface LabelledSentences {
  readonly label: ReadLabel;
  readonly sentences: readonly SentenceText[];
}

/** A document's label, with the sentences that it is said of. */
export function labelDocument(
  about: Pick<ReadLabel, "key" | "document" | "weight" | "timeMs" | "kind"> & { readonly valence: number },
  sentences: readonly SentenceText[],
  scale: OrdinalScale,
): LabelledSentences {
  const { key, valence, ...rest } = about;
  const target = { kind: "valence", valence } as const;
  return { label: { ...documentText(key, readingsOf(sentences), scale), ...rest, target }, sentences };
}

/** The same labels with the readings of their texts under a writer's prompts beside the general ones. */
export async function readUnder(
  prompts: SoftPrompts,
  labels: readonly LabelledSentences[],
  { model, encoder, breathe }: Pick<ToneReaders, "model" | "encoder" | "breathe">,
  scale: OrdinalScale,
): Promise<readonly LabelledSentences[]> {
  const texts = labels.flatMap(({ sentences }) => sentences.map(({ text }) => text));
  const readers = { model, encoder, general: prompts, ...(breathe === undefined ? {} : { breathe }) };
  const own = (await readSentences(readers, texts)).values();
  return labels.map(({ label, sentences }) => {
    const read = sentences.map(({ text, reading }) => ({
      text,
      reading: { ...reading, latentPersonal: own.next().value!.latent },
    }));
    return { label: withPersonal(label, read, scale), sentences: read };
  });
}

function withPersonal(label: ReadLabel, sentences: readonly SentenceText[], scale: OrdinalScale): ReadLabel {
  const readings = readingsOf(sentences);
  const { latentPersonal } =
    label.scope === "document" ? documentText(label.key, readings, scale) : readings[0]!;
  return latentPersonal === undefined ? label : { ...label, latentPersonal };
}

const readingsOf = (sentences: readonly SentenceText[]): readonly DocumentSentence[] =>
  sentences.map(({ reading }) => reading);
