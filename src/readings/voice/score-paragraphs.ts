import type { Sentence } from "../../corpus/document.ts";
import { isLanguageRead } from "../../corpus/language-read.ts";
import type { Gate } from "../../numbers/gate.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import type { ProfileState } from "../../profile/versions.ts";
import { inEnglish, type Said, said } from "../../said/said.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import type { NamedBackground } from "../../voice/named-background.ts";
import { VoiceReader } from "../../voice/voice-reader.ts";
import { placeInSource, type VoiceParagraph, voiceParagraphs } from "./voice-paragraphs.ts";

/** Words that are unlike the writer, where they stand in the source, and how far they move the score (below 0). */
export interface UnlikeTurn {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export interface ScoredParagraph extends VoiceParagraph {
  /** Share of the writer's own paragraphs that score lower; null where there are too few words to tell. */
  readonly lower: number | null;
  readonly score: number | null;
  readonly turns: readonly UnlikeTurn[];
}

export type ScoredText =
  | { readonly kind: "read"; readonly paragraphs: readonly ScoredParagraph[] }
  | ({ readonly kind: "closed" } & Pick<Gate, "reason" | "said">);

const closed = (why: Said): ScoredText => ({ kind: "closed", reason: inEnglish(why), said: why });

/** What paragraphs are scored with. */
export interface ScoreSources {
  readonly store: Store;
  readonly writer: Writer;
  readonly state: ProfileState;
  readonly background: () => NamedBackground;
}

/** Scores the paragraphs in languages that are read; a closed gate says why nothing is told. */
export async function scoreParagraphs(
  { store, writer, state, background }: ScoreSources,
  { path, sentences }: { readonly path: string; readonly sentences: readonly Sentence[] },
  breathe: () => Promise<void>,
): Promise<ScoredText> {
  if (state.kind !== "open") return closed(said("this writer has not been learned with this model yet"));
  const { voice } = state.profile;
  const gate = state.report.gate.voice;
  if (gate === undefined) {
    return closed(said("the voice was not learned: switch it on and learn again"));
  }
  if (voice === undefined || !gate.open) return { kind: "closed", reason: gate.reason, said: gate.said };
  const others = background();
  if (voice.background !== others.id) {
    return closed(said("the voice was learned with another version of Idiolect: learn again"));
  }
  const voiceReader = new VoiceReader(voice, others);
  const { languages } = chosenFor(store.writers.chosenFiles(writer.id), path);
  const read = sentences.filter(({ language }) => isLanguageRead(language, languages));
  const paragraphs: ScoredParagraph[] = [];
  for (const paragraph of voiceParagraphs(read)) {
    await breathe();
    paragraphs.push(scored(paragraph, voiceReader));
  }
  return { kind: "read", paragraphs };
}

function scored(paragraph: VoiceParagraph, voiceReader: VoiceReader): ScoredParagraph {
  const reading = voiceReader.read(paragraph.text);
  if (reading.kind === "short") return { ...paragraph, lower: null, score: null, turns: [] };
  const turns = reading.turns.map((turn) => ({
    text: turn.text,
    weight: turn.weight,
    ...placeInSource(paragraph, turn),
  }));
  return { ...paragraph, lower: reading.lower, score: reading.score, turns };
}
