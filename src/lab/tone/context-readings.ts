import { Graph } from "../../graph/graph.ts";
import type { GraphSession } from "../../graph/session.ts";
import { cheapestRuns, padBatch } from "../../learning/batching.ts";
import { bertEncoder } from "../../plm/encoder/bert-encoder.ts";
import { textInputs } from "../../plm/encoder/encoder-inputs.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { promptFeeds, promptInputs, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import { readToneHead } from "../../tone/head/tone-head.ts";
import type { DocumentSentence } from "../../tone/reading/document-latent.ts";
import { assemble, type HardInput, poolChunks } from "../hard-prompts/assemble.ts";

/** A sentence with those that stand before it in its document, the nearest last. */
export interface SentenceInContext {
  readonly text: string;
  readonly before: readonly string[];
}

/** What a reading of tone is made of. */
export type ContextReading = Pick<DocumentSentence, "latent" | "textScale">;

const tokensPerRun = 1024;

/**
 * Reads sentences with the sentences before them as a hard prompt: `[CLS] text [SEP] the one before [SEP] …`. Attention sees
 * all of it, the head pools [CLS] and the text's own tokens. The text is never cut; what has no room, the furthest first,
 * is left out. One reading for each, in order.
 */
export async function readInContext(
  model: PretrainedModel,
  sentences: readonly SentenceInContext[],
  { prompts, threads }: { readonly prompts: SoftPrompts | undefined; readonly threads: number },
): Promise<readonly ContextReading[]> {
  const { graph, outputs } = contextGraph(model, prompts?.length ?? 0);
  const session = await model.compile(graph, outputs, { threads });
  try {
    const inputs = sentences.map((sentence) => inputsOf(model, sentence));
    const read = await readInputs(session, model, inputs.flat(), prompts);
    let from = 0;
    return inputs.map((own) => {
      const given = read.slice(from, from + own.length);
      from += own.length;
      const [latent, textScale] = poolChunks(own, given);
      return { latent: latent!, ...(textScale === undefined ? {} : { textScale }) };
    });
  } finally {
    await session.release();
  }
}

function inputsOf(
  { tokenizer, config }: PretrainedModel,
  { text, before }: SentenceInContext,
): readonly HardInput[] {
  const passages = before.toReversed().map((sentence, at) => ({
    ids: tokenizer.encodeWords(sentence).ids,
    vector: new Float32Array(),
    time: -at,
  }));
  return assemble(tokenizer.encodeWords(text), passages, tokenizer.specialIds, {
    tokens: config.max_position_embeddings,
  });
}

/** Location and, of a head that has one, scale of each input, in order. */
async function readInputs(
  session: GraphSession,
  { tokenizer }: PretrainedModel,
  inputs: readonly HardInput[],
  prompts: SoftPrompts | undefined,
): Promise<readonly (readonly number[])[]> {
  const read: (readonly number[])[] = new Array(inputs.length);
  const rows = inputs.map((input, row) => ({ ...input, row }));
  for (const batch of cheapestRuns(rows, tokensPerRun)) {
    const padded = padBatch(batch, tokenizer.specialIds.pad);
    const shape = [padded.batch, padded.length];
    const { locations, scales } = await session.run({
      ids: { data: padded.ids, shape },
      mask: { data: padded.mask, shape },
      own: { data: ownMask(batch, padded.length), shape },
      ...(prompts === undefined ? {} : promptFeeds(prompts)),
    });
    for (const [at, { row }] of batch.entries()) {
      read[row] = [Number(locations!.data[at]), ...(scales === undefined ? [] : [Number(scales.data[at])])];
    }
  }
  return read;
}

/** 1 at [CLS], the text and the [SEP] behind it, as where a text is read alone; [batch, length]. */
function ownMask(batch: readonly HardInput[], length: number): Float32Array {
  const mask = new Float32Array(batch.length * length);
  for (const [row, { ownTokens }] of batch.entries()) {
    mask.fill(1, row * length, row * length + ownTokens + 1);
  }
  return mask;
}

function contextGraph(model: PretrainedModel, promptLength: number) {
  const graph = new Graph();
  const inputs = textInputs(graph);
  const own = graph.input("own", "float32", ["batch", "length"]);
  const weights = model.weights(graph);
  const prompts = promptLength > 0 ? promptInputs(graph, model.config, promptLength).prompts : undefined;
  const { rows } = bertEncoder(model.config, weights, inputs, { prompts });
  const { location, scale } = readToneHead(model.config, weights, rows, { ...inputs, mask: own });
  return { graph, outputs: { locations: location, ...(scale === undefined ? {} : { scales: scale }) } };
}
