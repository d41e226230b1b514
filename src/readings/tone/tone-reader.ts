import { type Gate, gate } from "../../numbers/gate.ts";
import { mean } from "../../numbers/mean.ts";
import { ModelWithoutToneError } from "../../profile/errors.ts";
import type { ProfileState } from "../../profile/versions.ts";
import { said } from "../../said/said.ts";
import type { Store } from "../../store/store.ts";
import {
  type ClassShares,
  classShares,
  expectedValence,
  latentOf,
  type MinimumConfidence,
  type OrdinalScale,
  scaleOfText,
} from "../../tone/head/ordinal-scale.ts";
import { nearestClass } from "../../tone/head/tone-classes.ts";
import { type LabelledTone, toneScopes } from "../../tone/labels/labelled-tone.ts";
import { toneGate } from "../../tone/proof/tone-gate.ts";
import { type DocumentSentence, documentLatent } from "../../tone/reading/document-latent.ts";
import { ToneBaseline } from "../../tone/reading/tone-baseline.ts";
import { readTone, saidTone, type ToneReading } from "../../tone/reading/tone-reading.ts";
import { generalTone, PersonalTone } from "../../tone/writer/personal-tone.ts";
import { learnedLabels } from "../../tone/writer/tone-learning.ts";
import { SentenceCache } from "./sentence-cache.ts";
import { SentenceReader, type SentenceReaders } from "./sentence-reader.ts";
import { lessonsWithoutText, toneCorrections } from "./tone-corrections.ts";

/** The general reading and, where it is shown, the writer's own. */
export interface ReadingPair {
  readonly general: ToneReading;
  readonly personal: ToneReading | null;
  /** The writer said so: `personal` is what was taught. */
  readonly taught?: true;
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

/** Valences that differ by less say the same, so that a word of one sentence is no reading of all others. */
const leastDifference = 0.15;

/** From here on a side is told of several sentences: of a sentence drawn from them it is the likeliest, and no rare one. */
const minimumOfMany: MinimumConfidence = { negative: 0.4, neutral: 0, positive: 0.4 };

/**
 * Reads the tone of texts, in general and as one writer: reading sentences with the model (`encode`,
 * cached) is one thing, and what the readings say is another and costs next to nothing.
 *
 * The personal reading is shown behind an open gate. What the writer has taught needs no proof: behind a
 * closed gate, and where nothing was learned, the personal reading is the general one moved by the
 * corrections alone, and it is shown where they make it another. A sentence that was taught reads as the
 * writer said, no stronger.
 */
export class ToneReader {
  readonly scale: OrdinalScale;
  readonly gate: Gate;
  /** All that the writer has said, and signs such as emoticons. */
  readonly labels: readonly LabelledTone[];
  /** Absent where nothing was learned; it is there behind a closed gate, too. */
  readonly personal: PersonalTone | undefined;
  /** Absent where nothing, or too little, was learned. */
  readonly baseline: ToneBaseline | undefined;
  readonly #sentences: SentenceReader;
  /** What was taught alone. */
  readonly #memory: PersonalTone;
  /** What was said of the sentences that were taught, by their keys. */
  readonly #taught: ReadonlyMap<string, number>;

  private constructor(parts: {
    readonly sentences: SentenceReader;
    readonly scale: OrdinalScale;
    readonly gate: Gate;
    readonly labels: readonly LabelledTone[];
    readonly personal?: PersonalTone;
    readonly baseline: ToneBaseline | undefined;
    readonly memory: PersonalTone;
    readonly taught: ReadonlyMap<string, number>;
  }) {
    this.#sentences = parts.sentences;
    this.scale = parts.scale;
    this.gate = parts.gate;
    this.labels = parts.labels;
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
    const lessons = writer === undefined ? [] : writer.store.corrections.current(writer.id);
    const learned = state.kind === "open" ? state.profile.tone : undefined;
    const taught = await toneCorrections(lessons, (texts) => sentences.read(texts, breathe));
    const { read, unread } = lessonsWithoutText(lessons, learned);
    const corrections = [...taught.map(({ label }) => label), ...read];
    const labels = learned && [...learnedLabels(learned), ...corrections];
    const judged = labels && toneGate(labels, scale, learned.parameters.promptWeight > 0);
    return new ToneReader({
      sentences,
      scale,
      gate:
        judged === undefined
          ? gateOf(state)
          : { open: judged.open, reason: judged.reason, said: judged.said },
      labels: labels ?? corrections,
      ...(judged === undefined
        ? {}
        : {
            personal: PersonalTone.learn(
              labels!,
              scale,
              learned!.parameters.promptWeight,
              judged.open ? judged.scopes : toneScopes,
              unread,
            ),
          }),
      baseline: learned?.baseline && new ToneBaseline(learned.baseline),
      memory: new PersonalTone(generalTone, [...corrections, ...unread], scale),
      taught: new Map([...corrections, ...unread].map(({ key, target }) => [key, target.valence])),
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
  isTaught({ key }: Pick<DocumentSentence, "key">): boolean {
    return this.#taught.has(key);
  }

  readDocument(key: string, texts: readonly DocumentSentence[], options: ReadOptions = {}): DocumentTone {
    return {
      document: this.readTogether(key, texts, options),
      sentences: texts.map((text) => this.readSentence(text, options)),
      gate: this.gate,
    };
  }

  /**
   * Sentences together: how a sentence that is drawn from them reads, so one strong sentence does not colour a page.
   * Behind an open gate it is moved as far as the writer means texts as a whole otherwise.
   */
  readTogether(
    key: string,
    texts: readonly DocumentSentence[],
    { unproven = false, strength = 1 }: ReadOptions = {},
  ): ReadingPair {
    const { tone, isProven } = this.#own(unproven);
    const read = (shares: ClassShares) => readTone(shares, minimumOfMany);
    const general = meanShares(texts.map((text) => this.#shares(text, text.latent)));
    const own = meanShares(texts.map((text) => this.#ownShares(text, tone, strength)));
    if (!isProven || strength === 0) return pairOf(read(general), read(own), false);
    const moved = tone.documentLatent(key, texts, strength) - documentLatent(texts, this.scale);
    const latent = latentOf(expectedValence(general), this.scale) + moved;
    return pairOf(read(general), read(classShares(latent, this.scale)), true);
  }

  readSentence(text: DocumentSentence, { unproven = false, strength = 1 }: ReadOptions = {}): ReadingPair {
    const { tone, isProven } = this.#own(unproven);
    const read = (latent: number) => readTone(this.#shares(text, latent), this.scale.minimumConfidence);
    const said = this.#taught.get(text.key);
    if (said !== undefined) return { general: read(text.latent), personal: saidTone(said), taught: true };
    return pairOf(read(text.latent), read(tone.latent(text, strength)), isProven && strength > 0);
  }

  /** What counts as the writer's own reading, and whether all of it is shown. */
  #own(unproven: boolean): { readonly tone: PersonalTone; readonly isProven: boolean } {
    const isProven = this.personal !== undefined && (this.gate.open || unproven);
    return { tone: isProven ? this.personal! : this.#memory, isProven };
  }

  #shares(text: DocumentSentence, latent: number): ClassShares {
    return classShares(latent, scaleOfText(text, this.scale));
  }

  #ownShares(text: DocumentSentence, tone: PersonalTone, strength: number): ClassShares {
    const said = this.#taught.get(text.key);
    return said === undefined ? this.#shares(text, tone.latent(text, strength)) : certain(nearestClass(said));
  }
}

const pairOf = (general: ToneReading, personal: ToneReading, isShown: boolean): ReadingPair => ({
  general,
  personal: isShown || isOther(general, personal) ? personal : null,
});

/** Whether two readings say something else. */
function isOther(one: ToneReading, other: ToneReading): boolean {
  return (
    one.label !== other.label ||
    one.mixed !== other.mixed ||
    Math.abs(one.valence - other.valence) > leastDifference
  );
}

/** All in one class. */
const certain = (k: number): ClassShares =>
  [0, 1, 2, 3, 4].map((each) => (each === k ? 1 : 0)) as unknown as ClassShares;

/** Neutral where there are no texts. */
function meanShares(all: readonly ClassShares[]): ClassShares {
  if (all.length === 0) return certain(2);
  return [0, 1, 2, 3, 4].map((k) => mean(all.map((shares) => shares[k]!))) as unknown as ClassShares;
}

function gateOf(state: ProfileState): Gate {
  switch (state.kind) {
    case "none":
      return gate(false, said("no writer has been learned"));
    case "otherModel":
      return gate(
        false,
        said(
          "the writer was learned with another base model, such as a former one, and has to be learned anew; what you taught counts already",
        ),
      );
    case "open":
      return state.report.gate.tone;
    default:
      return state satisfies never;
  }
}
