import { drawEvenly } from "../../../learning/cut-document.ts";
import { MaskedLmMeasure, maskedLmFigures, maskingFor } from "../../../learning/masked-lm-measure.ts";
import { fixedMasks } from "../../../learning/masking.ts";
import { noWord, type Passage, packPassages } from "../../../learning/passages.ts";
import { createRandom, type Random } from "../../../numbers/random.ts";
import type { PretrainedModel } from "../../../plm/pretrained-model.ts";
import type { SoftPrompts } from "../../../prompts/soft-prompts.ts";
import { TextEncoder } from "../../../tone/reading/text-encoder.ts";
import { assemble, type HardInput } from "../../hard-prompts/assemble.ts";
import {
  type HardPassage,
  type HardPrompts,
  hardOrders,
  hardPrompts,
} from "../../hard-prompts/hard-prompts.ts";
import type { HardPromptAdaptation } from "../adaptation.ts";
import { passageCounts } from "../opinions/sentiment-texts.ts";
import type { WritingWriter } from "../opinions/writing.ts";
import { type CellFigures, type CellListener, type Figures, ownReading } from "../study.ts";
import type { StudySizes } from "../study-sizes.ts";

/** Tokens of a passage, so that several fit beside an input; special tokens counted. */
const passageTokens = 64;
/** Draws the hidden words, the same for every condition. */
const maskSeed = "context";

const ofAnother = "passages of another writer";

export interface WordsContextRequest {
  readonly base: PretrainedModel;
  readonly writers: readonly WritingWriter[];
  readonly sizes: Pick<StudySizes, "words" | "measured">;
  readonly threads: number;
}

/**
 * Guesses hidden words of the newest documents with earlier passages beside them. Passages are chosen for the
 * text as it is shown, with the words already hidden: they must not be found by what is to be guessed.
 */
export class WordsContext {
  readonly #request: WordsContextRequest;
  /** The same for all conditions. */
  #prepared: Promise<readonly PreparedWriter[]> | undefined;

  constructor(request: WordsContextRequest) {
    this.#request = request;
  }

  /**
   * Earlier texts of some writers with passages in all orders beside them, to learn from. While a text is learned
   * from, its words are hidden anew each time, so passages are chosen for the whole text.
   */
  async learnable(
    writers: readonly string[],
    each: number,
    tokens: number,
    random: Random,
  ): Promise<readonly Passage[]> {
    const prepared = await this.#prepare();
    return prepared
      .filter(({ writer }) => writers.includes(writer))
      .flatMap(({ earlier, passages }) =>
        earlier.slice(0, each).map((passage, at) => {
          const order = hardOrders[random.integer(hardOrders.length)]!;
          const from = hardPrompts(order, passages.toSpliced(at, 1));
          return besidePassages(this.#request.base, { passage, shown: passages[at]! }, from, tokens).passage;
        }),
      );
  }

  /** @param soft the prompts that each writer's texts are read with; none where it has none. */
  async measure(
    { order, tokens }: HardPromptAdaptation,
    soft: ReadonlyMap<string, SoftPrompts>,
    listen: CellListener,
  ): Promise<CellFigures> {
    const { base, threads } = this.#request;
    const prepared = await this.#prepare();
    const prompts = prepared.map(({ passages }) => hardPrompts(order, passages));
    const measure = new MaskedLmMeasure(base, threads);
    try {
      const figures: Record<string, Record<string, Figures>> = {};
      for (const [at, { writer, asked }] of prepared.entries()) {
        await listen(at / prepared.length);
        const read = async (from: HardPrompts): Promise<Figures> => {
          const inputs = asked.map((one) => besidePassages(base, one, from, tokens));
          const passages = inputs.map(({ passage }) => passage);
          const { loss, top1 } = maskedLmFigures(await measure.scores(passages, soft.get(writer), maskSeed))!;
          return { loss, top1, ...passageCounts(inputs.map(({ input }) => input)) };
        };
        figures[writer] = {
          [ownReading]: await read(prompts[at]!),
          ...(order === "none" ? {} : { [ofAnother]: await read(prompts[(at + 1) % prompts.length]!) }),
        };
      }
      return figures;
    } finally {
      await measure.release();
    }
  }

  #prepare(): Promise<readonly PreparedWriter[]> {
    this.#prepared ??= prepareAll(this.#request);
    return this.#prepared;
  }
}

async function prepareAll({
  base,
  writers,
  sizes,
  threads,
}: WordsContextRequest): Promise<readonly PreparedWriter[]> {
  const encoder = new TextEncoder(base, { threads, tokensPerRun: 2048 });
  try {
    const prepared: PreparedWriter[] = [];
    for (const writer of writers) prepared.push(await prepare(base, encoder, writer, sizes));
    return prepared;
  } finally {
    await encoder.release();
  }
}

/** What a writer's passages are chosen from, and for. */
interface PreparedWriter {
  readonly writer: string;
  /** Earlier texts in random order. */
  readonly earlier: readonly Passage[];
  /** The same, as passages. */
  readonly passages: readonly HardPassage[];
  readonly asked: readonly Asked[];
}

/** A passage whose words are hidden, with what is looked up with. */
export interface Asked {
  readonly passage: Passage;
  /** Tokens that are shown, without special ones, and their vector. */
  readonly shown: Pick<HardPassage, "ids" | "vector">;
}

async function prepare(
  model: PretrainedModel,
  encoder: TextEncoder,
  { writer, documents }: WritingWriter,
  { words, measured }: WordsContextRequest["sizes"],
): Promise<PreparedWriter> {
  const random = createRandom(maskSeed).fork(writer);
  const cut = Math.min(documents.length - 1, Math.floor(0.9 * documents.length));
  const short = documents.map(({ sentences }, at) => shortPassages(model, sentences, at));
  const earlier = random.shuffle([...drawEvenly(short.slice(0, cut), words.context, random)]);
  const later = drawEvenly(short.slice(cut), measured, random.fork("later"));
  const vectors = await encoder.read(earlier);
  const passages = earlier.map(
    ({ ids, document }, at): HardPassage => ({
      ids: ids.slice(1, -1),
      vector: vectors[at]!.vector,
      time: Number(document),
    }),
  );
  return { writer, earlier, passages, asked: await hide(model, encoder, later) };
}

async function hide(
  model: PretrainedModel,
  encoder: TextEncoder,
  later: readonly Passage[],
): Promise<readonly Asked[]> {
  const masks = fixedMasks(later, maskingFor(model), createRandom(maskSeed));
  const shown = later.map(({ ids }, row) => {
    const seen = Int32Array.from(ids);
    masks[row]!.positions.forEach((at, which) => {
      seen[at] = masks[row]!.shown[which]!;
    });
    return { ids: seen };
  });
  const vectors = await encoder.read(shown);
  const special = new Set<number>(Object.values(model.tokenizer.specialIds));
  return later.map((passage, row) => ({
    passage,
    shown: { ids: shown[row]!.ids.filter((id) => !special.has(id)), vector: vectors[row]!.vector },
  }));
}

/** The passage with others behind it; only its own words can be hidden, and they are the same ones as alone. */
export function besidePassages(
  { tokenizer, config }: PretrainedModel,
  { passage, shown }: Asked,
  prompts: HardPrompts,
  tokens: number,
): { readonly passage: Passage; readonly input: HardInput } {
  const text = { ids: passage.ids.slice(1, -1), words: passage.words.slice(1, -1) };
  const budget = { tokens: Math.max(passage.ids.length, Math.min(tokens, config.max_position_embeddings)) };
  const [input] = assemble(text, prompts.choose(shown), tokenizer.specialIds, budget);
  const ids = Int32Array.from(input!.ids);
  const words = new Uint16Array(ids.length).fill(noWord);
  words.set(input!.words, 1);
  return { passage: { ids, words }, input: input! };
}

function shortPassages(
  model: PretrainedModel,
  sentences: readonly string[],
  document: number,
): readonly Passage[] {
  const { cls, sep } = model.tokenizer.specialIds;
  const tokenised = sentences.map((text, at) => model.tokenizer.encodeWords(text, { isContinued: at > 0 }));
  const maximumTokens = Math.min(passageTokens, model.config.max_position_embeddings / 2);
  return packPassages(tokenised, { clsId: cls, sepId: sep, maximumTokens, document: String(document) });
}
