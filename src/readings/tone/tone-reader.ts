import type { Gate } from "../../numbers/gate.ts";
import { ModelWithoutToneError } from "../../profile/errors.ts";
import type { ProfileState } from "../../profile/versions.ts";
import type { Store } from "../../store/store.ts";
import { classShares, type OrdinalScale, scaleOfText } from "../../tone/head/ordinal-scale.ts";
import { type DocumentSentence, documentLatent } from "../../tone/reading/document-latent.ts";
import { ToneBaseline } from "../../tone/reading/tone-baseline.ts";
import { readTone, type ToneReading } from "../../tone/reading/tone-reading.ts";
import { generalTone, PersonalTone } from "../../tone/writer/personal-tone.ts";
import { restoreTone } from "../../tone/writer/tone-learning.ts";
import { SentenceCache } from "./sentence-cache.ts";
import { SentenceReader, type SentenceReaders } from "./sentence-reader.ts";
import { toneCorrections } from "./tone-corrections.ts";

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

export interface ReadOptions {
  /** Gives personal readings behind a closed gate, too. */
  readonly unproven?: boolean;
  /** From the general reading, 0, to the personal one, 1; what was taught of a sentence counts in full. */
  readonly strength?: number;
}

/** A writer as a reading needs one. */
export interface ToneWriter {
  readonly store: Store;
  readonly id: number;
  readonly state: ProfileState;
}

/** What a text reads as, on the scale of that text. */
interface Latents {
  readonly general: number;
  readonly personal: number;
  readonly scale: OrdinalScale;
}

/** Latent valences that differ by less are the same. */
const rounding = 1e-6;

/**
 * Reads the tone of texts, in general and as one writer: reading sentences with the model (`encode`,
 * cached) is one thing, and what the readings say is another and costs next to nothing.
 *
 * The personal reading is shown behind an open gate. What the writer has taught needs no proof: behind a
 * closed gate, and where nothing was learned, the personal reading is the general one moved by the
 * corrections alone, and it is shown where they move it.
 */
export class ToneReader {
  readonly scale: OrdinalScale;
  readonly gate: Gate;
  /** Absent where nothing was learned; it is there behind a closed gate, too. */
  readonly personal: PersonalTone | undefined;
  /** Absent where nothing, or too little, was learned. */
  readonly baseline: ToneBaseline | undefined;
  readonly #sentences: SentenceReader;
  /** What was taught alone. */
  readonly #memory: PersonalTone;
  /** Keys of the sentences that were taught. */
  readonly #taught: ReadonlySet<string>;

  private constructor(parts: {
    readonly sentences: SentenceReader;
    readonly scale: OrdinalScale;
    readonly gate: Gate;
    readonly personal?: PersonalTone;
    readonly baseline: ToneBaseline | undefined;
    readonly memory: PersonalTone;
    readonly taught: ReadonlySet<string>;
  }) {
    this.#sentences = parts.sentences;
    this.scale = parts.scale;
    this.gate = parts.gate;
    this.personal = parts.personal;
    this.baseline = parts.baseline;
    this.#memory = parts.memory;
    this.#taught = parts.taught;
  }

  /** Throws ModelWithoutToneError for a model that has no head for tone. */
  static async open(
    { encoder, reader, cache = new SentenceCache() }: SentenceReaders,
    writer: ToneWriter | undefined,
    breathe?: () => Promise<void>,
  ): Promise<ToneReader> {
    const scale = await encoder.scale();
    if (scale === undefined) throw new ModelWithoutToneError(reader.model.directory.path);
    const state = writer?.state ?? { kind: "none" };
    const sentences = new SentenceReader({ encoder, reader, cache }, state);
    const taught =
      writer === undefined
        ? []
        : await toneCorrections(writer.store.corrections.current(writer.id), (texts) =>
            sentences.read(texts, breathe),
          );
    const corrections = taught.map(({ label }) => label);
    const learned = state.kind === "open" ? state.profile.tone : undefined;
    // Corrections that were learned from may have been taken back since: the ones in the store count.
    const others = learned && {
      ...learned,
      labels: learned.labels.filter(({ kind }) => kind !== "correction"),
    };
    return new ToneReader({
      sentences,
      scale,
      gate: gateOf(state),
      ...(others === undefined ? {} : { personal: restoreTone(others, corrections, scale) }),
      baseline: learned?.baseline && new ToneBaseline(learned.baseline),
      memory: new PersonalTone(generalTone, corrections, scale),
      taught: new Set(corrections.map(({ key }) => key)),
    });
  }

  /** `key` names the document: its hash. */
  async read(key: string, sentences: readonly string[], options: ReadOptions = {}): Promise<DocumentTone> {
    return this.readDocument(key, await this.encode(sentences), options);
  }

  /** Reads sentences with the model, those that are not in the cache; between its runs it waits for `breathe`. */
  encode(sentences: readonly string[], breathe?: () => Promise<void>): Promise<readonly DocumentSentence[]> {
    return this.#sentences.read(sentences, breathe);
  }

  /** Whether the writer has said how this very sentence reads. */
  isTaught({ key }: DocumentSentence): boolean {
    return this.#taught.has(key);
  }

  readDocument(key: string, texts: readonly DocumentSentence[], options: ReadOptions = {}): DocumentTone {
    return {
      document: this.readTogether(key, texts, options),
      sentences: texts.map((text) => this.readSentence(text, options)),
      gate: this.gate,
    };
  }

  /** Sentences as one text. */
  readTogether(
    key: string,
    texts: readonly DocumentSentence[],
    { unproven = false, strength = 1 }: ReadOptions = {},
  ): ReadingPair {
    const { tone, isProven } = this.#own(unproven);
    const general = documentLatent(texts, this.scale);
    const personal = tone.documentLatent(key, texts, strength);
    return this.#pair({ general, personal, scale: this.scale }, isProven && strength > 0);
  }

  readSentence(text: DocumentSentence, { unproven = false, strength = 1 }: ReadOptions = {}): ReadingPair {
    const { tone, isProven } = this.#own(unproven);
    const personal = tone.latent(text, this.isTaught(text) ? 1 : strength);
    const scale = scaleOfText(text, this.scale);
    return this.#pair({ general: text.latent, personal, scale }, isProven && strength > 0);
  }

  /** What counts as the writer's own reading, and whether all of it is shown. */
  #own(unproven: boolean): { readonly tone: PersonalTone; readonly isProven: boolean } {
    const isProven = this.personal !== undefined && (this.gate.open || unproven);
    return { tone: isProven ? this.personal! : this.#memory, isProven };
  }

  #pair({ general, personal, scale }: Latents, isShown: boolean): ReadingPair {
    const read = (latent: number) => readTone(classShares(latent, scale), scale.minimumConfidence);
    const isMoved = Math.abs(personal - general) > rounding;
    return { general: read(general), personal: isShown || isMoved ? read(personal) : null };
  }
}

function gateOf(state: ProfileState): Gate {
  switch (state.kind) {
    case "none":
      return { open: false, reason: "no writer has been learned" };
    case "otherModel":
      return { open: false, reason: "the writer was learned with another model; please learn again" };
    case "open":
      return state.report.gate.tone;
    default:
      return state satisfies never;
  }
}
