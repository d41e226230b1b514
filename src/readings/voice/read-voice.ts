import type { Sentence } from "../../corpus/document.ts";
import { isLanguageRead } from "../../corpus/language-read.ts";
import { cutDocument } from "../../learning/cut-document.ts";
import type { GeneralReader } from "../../profile/profile.ts";
import type { ProfileState } from "../../profile/versions.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { textHash } from "../../text/text-hash.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import type { NamedBackground } from "../../voice/named-background.ts";
import { VoiceReader } from "../../voice/voice-reader.ts";
import { PassageIndex } from "../tone/similar-sentences.ts";
import { placeInSource, type VoiceParagraph, voiceParagraphs } from "./voice-paragraphs.ts";

/** Words that are unlike the writer, where they stand in the source, and how far they move the score (below 0). */
export interface UnlikeTurn {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** A passage that the writer wrote before, near in meaning. */
export interface OwnPassageNear {
  readonly text: string;
  readonly path: string;
  /** In the source as it was learned. */
  readonly start: number;
}

export interface ParagraphVoice {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Share of the writer's own paragraphs that score lower; null where there are too few words to tell. */
  readonly lower: number | null;
  readonly score: number | null;
  readonly turns: readonly UnlikeTurn[];
  readonly near: readonly OwnPassageNear[];
}

export type DocumentVoice =
  | { readonly kind: "read"; readonly paragraphs: readonly ParagraphVoice[] }
  | { readonly kind: "closed"; readonly reason: string };

/** What a voice is read with. */
export interface VoiceSources {
  readonly store: Store;
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
  readonly writer: Writer;
  readonly state: ProfileState;
  readonly background: () => NamedBackground;
}

const mostNear = 2;

/** Says of each paragraph how much it sounds like the writer, and where not; a closed gate says why nothing is told. */
export async function readVoice(
  sources: VoiceSources,
  document: { readonly path: string; readonly sentences: readonly Sentence[] },
  breathe: () => Promise<void> = async () => {},
): Promise<DocumentVoice> {
  const { store, reader, writer, state, background } = sources;
  if (state.kind !== "open")
    return { kind: "closed", reason: "this writer has not been learned with this model yet" };
  const { voice } = state.profile;
  const gate = state.report.gate.voice;
  if (gate === undefined) {
    return { kind: "closed", reason: "the voice was not learned: switch it on and learn again" };
  }
  if (voice === undefined || !gate.open) return { kind: "closed", reason: gate.reason };
  const others = background();
  if (voice.background !== others.id) {
    return { kind: "closed", reason: "the voice was learned with another version of Idiolect: learn again" };
  }
  const voiceReader = new VoiceReader(voice, others);
  const chosen = store.writers.chosenFiles(writer.id)?.languages;
  const read = document.sentences.filter(({ language }) => isLanguageRead(language, chosen));
  const index = await PassageIndex.of(store, writer.id, reader.id, breathe);
  const paragraphs: ParagraphVoice[] = [];
  for (const paragraph of voiceParagraphs(read)) {
    await breathe();
    const { text, start, end } = paragraph;
    const reading = voiceReader.read(text);
    const near = await nearPassages(sources, index, paragraph, document.path, breathe);
    if (reading.kind === "short") {
      paragraphs.push({ text, start, end, lower: null, score: null, turns: [], near });
      continue;
    }
    const turns = reading.turns.map((turn) => ({
      text: turn.text,
      weight: turn.weight,
      ...placeInSource(paragraph, turn),
    }));
    paragraphs.push({ text, start, end, lower: reading.lower, score: reading.score, turns, near });
  }
  return { kind: "read", paragraphs };
}

/** The writer's own passages nearest in meaning, none of the document itself. */
async function nearPassages(
  { store, reader, encoder, writer }: VoiceSources,
  index: PassageIndex,
  { sentences }: VoiceParagraph,
  path: string,
  breathe: () => Promise<void>,
): Promise<readonly OwnPassageNear[]> {
  const texts = sentences.map(({ plain }) => plain);
  const [passage] = cutDocument(reader.model, path, texts).passages;
  if (passage === undefined) return [];
  const [reading] = await encoder.read([passage], reader.prompts, breathe);
  const paths = new Map(store.documents.list(writer.id).map((document) => [document.id, document.path]));
  const hashes = new Set(texts.map(textHash));
  return index
    .nearest(reading!.vector, 3 * mostNear)
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
