import type { Sentence } from "../../corpus/document.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import { textHash } from "../../text/text-hash.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { PassageIndex, passageVector } from "../tone/similar-sentences.ts";
import { type ScoredParagraph, type ScoreSources, scoreParagraphs } from "./score-paragraphs.ts";

/** A passage that the writer wrote before, near in meaning. */
export interface OwnPassageNear {
  readonly text: string;
  readonly path: string;
  /** In the source as it was learned. */
  readonly start: number;
}

export interface ParagraphVoice extends Omit<ScoredParagraph, "sentences"> {
  readonly near: readonly OwnPassageNear[];
}

export type DocumentVoice =
  | { readonly kind: "read"; readonly paragraphs: readonly ParagraphVoice[] }
  | { readonly kind: "closed"; readonly reason: string };

/** What a voice is read with. */
export interface VoiceSources extends ScoreSources {
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
}

const mostNear = 2;

/** Says of each paragraph how much it sounds like the writer, and where not; a closed gate says why nothing is told. */
export async function readVoice(
  sources: VoiceSources,
  document: { readonly path: string; readonly sentences: readonly Sentence[] },
  breathe: () => Promise<void> = async () => {},
): Promise<DocumentVoice> {
  const voice = await scoreParagraphs(sources, document, breathe);
  if (voice.kind === "closed") return voice;
  const index = await PassageIndex.of(sources.store, sources.writer.id, sources.reader, breathe);
  const paragraphs: ParagraphVoice[] = [];
  for (const { sentences, ...paragraph } of voice.paragraphs) {
    const near = await nearPassages(sources, index, sentences, document.path, breathe);
    paragraphs.push({ ...paragraph, near });
  }
  return { kind: "read", paragraphs };
}

/** The writer's own passages nearest in meaning, none of the document itself. */
async function nearPassages(
  { store, reader, encoder, writer }: VoiceSources,
  index: PassageIndex,
  sentences: readonly Sentence[],
  path: string,
  breathe: () => Promise<void>,
): Promise<readonly OwnPassageNear[]> {
  const texts = sentences.map(({ plain }) => plain);
  const vector = await passageVector({ encoder, reader }, texts, breathe);
  if (vector === undefined) return [];
  const paths = new Map(store.documents.list(writer.id).map((document) => [document.id, document.path]));
  const hashes = new Set(texts.map(textHash));
  return index
    .nearest(vector, 3 * mostNear)
    .flatMap(({ documentId, firstSentence, endSentence }): readonly OwnPassageNear[] => {
      const own = store.documents.sentences(documentId).slice(firstSentence, endSentence);
      const [first] = own;
      const from = paths.get(documentId);
      const isSame = from === path || own.some(({ text }) => hashes.has(textHash(text)));
      if (first === undefined || from === undefined || isSame) return [];
      return [{ text: own.map(({ text }) => text).join(" "), path: from, start: first.start }];
    })
    .slice(0, mostNear);
}
