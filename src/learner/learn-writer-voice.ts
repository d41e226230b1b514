import { fewestMeasured, type Gate } from "../numbers/gate.ts";
import { createRandom } from "../numbers/random.ts";
import { openVoiceBackground } from "../session/voice-background.ts";
import { type KeptVoice, keptVoice } from "../voice/kept-voice.ts";
import { learnVoice, type VoicePassage } from "../voice/learn-voice.ts";
import { PassageSpace } from "../voice/voice-background.ts";
import { closedVoiceGate, voiceGate } from "../voice/voice-gate.ts";
import { voicePassages } from "../voice/voice-passages.ts";
import type { ReadableCorpus } from "./corpus/readable-corpus.ts";
import type { LearningContext } from "./learning-context.ts";

export interface VoiceStageResult {
  readonly gate: Gate;
  /** Absent where there is too little text. */
  readonly kept?: KeptVoice;
}

/** More passages make learning longer, hardly better. */
const mostPassages = 600;
/** Of so many the terms are counted without a pause. */
const passagesPerSlice = 20;

/** Learns to tell the writer's passages from others', and measures how well that goes. */
export async function learnWriterVoice(
  { job, breathe }: LearningContext,
  { documents }: ReadableCorpus,
): Promise<VoiceStageResult> {
  const random = createRandom(job.options.seed).fork("voice");
  const passages = documents.flatMap(({ document, sentences, paragraphs }) =>
    voicePassages(sentences.map((text, at) => ({ text, paragraph: paragraphs[at]! }))).map((text) => ({
      group: document.path,
      text,
    })),
  );
  const drawn = random.shuffle(passages).slice(0, mostPassages);
  const groups = new Set(drawn.map(({ group }) => group)).size;
  if (groups < fewestMeasured) return { gate: closedVoiceGate(groups) };
  const background = openVoiceBackground();
  const space = new PassageSpace(background);
  const own: VoicePassage[] = [];
  for (const { group, text } of drawn) {
    own.push({ group, vectors: space.vectors(text) });
    if (own.length % passagesPerSlice === 0) await breathe();
  }
  const others = background.impostors.map(({ writer, terms }) => ({
    group: writer,
    vectors: space.vectors(terms),
  }));
  const learned = await learnVoice(own, others, background.assistant, random, breathe);
  const gate = voiceGate(learned.heldOut);
  return { gate, kept: keptVoice(learned, background.id, gate) };
}
