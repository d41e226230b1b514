import type { PretrainedModel } from "../plm/pretrained-model.ts";
import type { Store } from "../store/store.ts";
import { type DocumentSentence, documentLatent } from "../tasks/sentiment/document-tone.ts";
import { classShares, type OrdinalScale } from "../tasks/sentiment/ordinal-scale.ts";
import type { PersonalTone } from "../tasks/sentiment/personal-tone.ts";
import { readTone, type ToneReading } from "../tasks/sentiment/reading.ts";
import { calibratedScale } from "../tasks/sentiment/tone-calibration.ts";
import type { TextEncoder } from "../tasks/text-encoder.ts";
import { ModelWithoutToneError } from "./errors.ts";
import type { Gate } from "./gate.ts";
import type { ProfileState } from "./open-profile.ts";
import type { GeneralReader } from "./profile.ts";
import { toneCorrections } from "./tone-corrections.ts";
import { restoreTone } from "./tone-learning.ts";
import { readSentences, type ToneReaders } from "./tone-texts.ts";

/** The general reading and, where it is shown, the writer's own. */
export interface ReadingPair {
  readonly general: ToneReading;
  readonly personal: ToneReading | null;
}

export interface DocumentTone {
  readonly document: ReadingPair;
  /** One for each sentence, in order. */
  readonly sentences: readonly ReadingPair[];
  /** Whether the personal readings are shown, and why. */
  readonly gate: Gate;
}

/** Reads the tone of texts, in general and as one writer. */
export class ToneReader {
  readonly scale: OrdinalScale;
  readonly gate: Gate;
  /** Absent where nothing was learned; it is there behind a closed gate, too. */
  readonly personal: PersonalTone | undefined;
  readonly #readers: ToneReaders;

  private constructor(
    readers: ToneReaders,
    scale: OrdinalScale,
    gate: Gate,
    personal: PersonalTone | undefined,
  ) {
    this.#readers = readers;
    this.scale = scale;
    this.gate = gate;
    this.personal = personal;
  }

  /** Throws ModelWithoutToneError for a model that has no head for tone. */
  static async open(
    model: PretrainedModel,
    encoder: TextEncoder,
    general: GeneralReader,
    writer: { readonly store: Store; readonly id: number; readonly state: ProfileState } | undefined,
  ): Promise<ToneReader> {
    const trained = await encoder.thresholds();
    if (trained === undefined) {
      throw new ModelWithoutToneError(model.directory.path);
    }
    const scale = calibratedScale(trained);
    const plain: ToneReaders = { model, encoder, general: general.prompts };
    const state = writer?.state ?? { kind: "none" };
    if (writer === undefined || state.kind !== "open" || state.profile.tone === undefined) {
      return new ToneReader(plain, scale, closedGate(state), undefined);
    }
    const { profile, report } = state;
    const usesPrompts = state.profile.tone.parameters.promptWeight > 0 && profile.prompts !== undefined;
    const readers = usesPrompts ? { ...plain, personal: profile.prompts! } : plain;
    const known = new Set(state.profile.tone.labels.map(({ key, timeMs }) => `${key} ${timeMs}`));
    const corrections = await toneCorrections(writer.store, writer.id, readers);
    const since = corrections.filter(({ key, timeMs }) => !known.has(`${key} ${timeMs}`));
    return new ToneReader(readers, scale, report.gate.tone, restoreTone(state.profile.tone, since, scale));
  }

  /**
   * `key` names the document: its hash. Personal readings are given behind an open gate only, or where
   * they are asked for although `unproven`.
   */
  async read(
    key: string,
    sentences: readonly string[],
    { unproven = false }: { readonly unproven?: boolean } = {},
  ): Promise<DocumentTone> {
    const texts = await readSentences(this.#readers, sentences);
    const personal = this.gate.open || unproven ? this.personal : undefined;
    const general = readTone(classShares(documentLatent(texts, this.scale), this.scale));
    return {
      document: { general, personal: personal?.readDocument(key, texts) ?? null },
      sentences: texts.map((text) => this.#pair(text, personal)),
      gate: this.gate,
    };
  }

  #pair(text: DocumentSentence, personal: PersonalTone | undefined): ReadingPair {
    return {
      general: readTone(classShares(text.latent, this.scale)),
      personal: personal?.read(text) ?? null,
    };
  }
}

function closedGate(state: ProfileState): Gate {
  switch (state.kind) {
    case "none":
      return { open: false, reason: "no writer has been learned" };
    case "otherModel":
      return { open: false, reason: "the writer was learned with another model: learn again" };
    case "open":
      return state.report.gate.tone;
    default:
      return state satisfies never;
  }
}
