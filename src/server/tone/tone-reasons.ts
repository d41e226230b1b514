import { type CancellationToken, CancellationTokenSource } from "vscode-languageserver/node";
import type { DocumentReading } from "../../protocol/readings.ts";
import { type ExplainedWord, explainTone } from "../../readings/tone/explain-tone.ts";
import {
  PassageIndex,
  type SimilarSentence,
  similarSentences,
} from "../../readings/tone/similar-sentences.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import { textHash } from "../../text/text-hash.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { hasTone } from "../../tone/reading/tone-reading.ts";
import type { ServerContext } from "../context.ts";
import { placeSentences, type SentencePlace } from "../documents/sentence-places.ts";
import { startIdleTimer } from "../turns/idle-timer.ts";
import type { ToneReadings, ToneTask } from "./tone-readings.ts";

/** Why a sentence reads as it does. */
export interface ToneReason {
  readonly words: readonly ExplainedWord[];
  /** Empty, too, until they were looked for. */
  readonly similar: readonly SentencePlace[];
}

interface Wish {
  readonly key: string;
  readonly uri: string;
  readonly sentence: string;
}

/** Strongest sentences of a document that are weighed before anybody points at them; each takes some 0.3 s. */
const preparedSentences = 8;
/** So long after the last reading of a document its writer is taken to rest. */
const restMs = 1_000;
/** More wishes than this are of sentences that nobody looks at any more. */
const mostWishes = 16;
const keptReasons = 500;

/**
 * Weighing words well and looking for similar sentences takes longer than a hover may. So a hover shows what is there, or
 * the words as they can be weighed at once, and asks for the rest, which is made in the background, the newest wish first;
 * the strongest sentences of a document are prepared once it was read.
 */
export class ToneReasons {
  readonly #readings: ToneReadings;
  readonly #news: ServerContext["news"];
  readonly #reasons = new Map<string, ToneReason>();
  #wishes: readonly Wish[] = [];
  #work: Promise<void> | undefined;
  readonly #end = new CancellationTokenSource();
  readonly #rest = startIdleTimer(restMs, () => this.#wish(this.#prepared));
  #prepared: readonly Wish[] = [];
  /** Goes with the model. */
  readonly #indexes = new WeakMap<TextEncoder, { readonly made: string; readonly index: PassageIndex }>();

  constructor(context: ServerContext, readings: ToneReadings) {
    this.#readings = readings;
    this.#news = context.news;
    context.onShutdown(() => {
      this.#rest.stop();
      this.#end.cancel();
    });
  }

  /** What is known of a sentence; what is not is weighed at once, and better in the background. */
  async of(task: ToneTask, sentence: string): Promise<ToneReason> {
    const key = keyOf(task, sentence);
    const known = this.#reasons.get(key);
    if (known !== undefined) return known;
    const words = await explainTone(task.session, sentence, task.breathe, "haste");
    this.#wish([{ key, uri: task.document.uri, sentence }]);
    return { words, similar: [] };
  }

  /** Makes the reasons of a document's strongest sentences, for whoever will point at them, once the writer rests. */
  prepare(task: ToneTask, { sentences }: DocumentReading): void {
    const strongest = sentences
      .filter(({ general }) => hasTone(general))
      .toSorted((a, b) => Math.abs(b.general.valence) - Math.abs(a.general.valence))
      .slice(0, preparedSentences)
      .map(({ plain }) => ({ key: keyOf(task, plain), uri: task.document.uri, sentence: plain }));
    // The last wish is granted first.
    this.#prepared = strongest.filter(({ key }) => !this.#reasons.has(key)).toReversed();
    this.#rest.restart();
  }

  #wish(wishes: readonly Wish[]): void {
    const fresh = new Set(wishes.map(({ key }) => key));
    this.#wishes = [...this.#wishes.filter(({ key }) => !fresh.has(key)), ...wishes].slice(-mostWishes);
    this.#work ??= this.#grantAll().finally(() => {
      this.#work = undefined;
    });
  }

  async #grantAll(): Promise<void> {
    while (!this.#end.token.isCancellationRequested) {
      const wish = this.#wishes.at(-1);
      if (wish === undefined) return;
      try {
        await this.#grant(wish);
      } catch {
        // The document changed or was closed; a sentence that is still there will be asked for again.
      }
      this.#wishes = this.#wishes.filter(({ key }) => key !== wish.key);
    }
  }

  async #grant({ key, uri, sentence }: Wish): Promise<void> {
    const token: CancellationToken = this.#end.token;
    const { words, similar, writer } = await this.#readings.read(uri, "background", token, async (task) => {
      const words = await explainTone(task.session, sentence, task.breathe);
      return { words, similar: await this.#similar(task, sentence), writer: task.writer };
    });
    this.#reasons.set(key, { words, similar: await placeSentences(similar, writer, this.#news) });
    if (this.#reasons.size > keptReasons) this.#reasons.delete(this.#reasons.keys().next().value!);
  }

  async #similar(task: ToneTask, sentence: string): Promise<readonly SimilarSentence[]> {
    const { session, writer, tone, breathe } = task;
    if (writer === undefined) return [];
    const index = await this.#indexOf(task, writer);
    const read = (sentences: readonly string[]) => tone.encode(sentences, breathe);
    const [text] = await read([sentence]);
    return similarSentences(session.store, writer.id, index, text!, read);
  }

  async #indexOf({ session, breathe }: ToneTask, { id }: Writer): Promise<PassageIndex> {
    const { store, reader, encoder } = session;
    const made = `${id} ${reader.id} ${store.profileVersions.active(id)?.id}`;
    const known = this.#indexes.get(encoder);
    if (known?.made === made) return known.index;
    const index = await PassageIndex.of(store, id, reader, breathe);
    this.#indexes.set(encoder, { made, index });
    return index;
  }
}

/** Of other profiles other sentences are similar. */
function keyOf({ session, writer }: ToneTask, sentence: string): string {
  const state = writer && session.profileOf(writer);
  return `${session.reader.id} ${writer?.id} ${state?.kind === "open" ? state.id : ""} ${textHash(sentence)}`;
}
