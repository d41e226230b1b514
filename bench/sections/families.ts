import { join } from "node:path";
import { replacedTokenObjective } from "../../src/lab/objectives/replaced-token-objective.ts";
import type { MaskedBatch } from "../../src/learning/masking.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { openGeneratorAt } from "../../src/plm/heads/generator.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { promptTuning } from "../../src/prompts/prompt-tuning.ts";
import { type SoftPrompts, zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import {
  type Absentee,
  adamRates,
  type Contestant,
  type Products,
  type ReplacedBatch,
  type TrainingBatch,
} from "../contestant.ts";
import { writeFamilyModels } from "../family-models.ts";
import { startEngine } from "../peers/engine.ts";
import { pytorchCommand, writePeerWeights } from "../peers/peer-commands.ts";
import { startPeer } from "../peers/peer-process.ts";
import { startTunedEngine, telling } from "../peers/tuned-engine.ts";
import { say, sayProgress } from "../say.ts";
import { batchSize, fullBatch, fullRows } from "../texts.ts";
import type { Workplace } from "../workplace.ts";
import { type Comparison, comparePaired, comparisonTable, lossTolerances } from "./compare.ts";

/** A model of a family with a batch to learn from. */
interface Family<Batch extends TrainingBatch = TrainingBatch> {
  readonly name: string;
  readonly model: PretrainedModel;
  readonly prompts: SoftPrompts;
  readonly batch: Batch;
  readonly start: (products: Products) => Promise<Contestant<Batch>>;
}

export interface FamilyResult extends Comparison {
  readonly family: string;
  readonly title: string;
  readonly products: Products;
  readonly absent: readonly Absentee[];
}

/** Times a step of prompt learning with a model of each family, beside PyTorch on the same batch. */
export async function measureFamilies(place: Workplace): Promise<readonly FamilyResult[]> {
  const results: FamilyResult[] = [];
  for await (const family of families(place)) {
    for (const products of ["full", "rounded"] as const) {
      results.push(await measureFamily(place, family, products));
    }
  }
  say(`\nPrompt learning with each family, random weights, ${batchSize(place.settings)}`);
  say(comparisonTable(results));
  return results;
}

async function* families(place: Workplace): AsyncGenerator<Family> {
  const folders = writeFamilyModels(join(place.folder, "families"), place.model);
  const cache = join(place.folder, "families-cache");
  yield await guessingFamily(place, "BERT", await PretrainedModel.open(folders.bert, cache));
  yield await guessingFamily(place, "DistilBERT", await PretrainedModel.open(folders.distilbert, cache));
  yield await guessingFamily(place, "RoBERTa", await PretrainedModel.open(folders.roberta, cache));
  const discriminator = await PretrainedModel.open(folders.discriminator, cache);
  const generator = await openGeneratorAt(folders.generator, discriminator, cache);
  yield await guessingFamily(place, "ELECTRA's generator", generator);
  yield await tellingFamily(place, discriminator, generator);
}

async function guessingFamily(place: Workplace, name: string, model: PretrainedModel): Promise<Family> {
  const prompts = randomPrompts(place, model);
  const family: Family<MaskedBatch> = {
    name: `${name}, hidden words`,
    model,
    prompts,
    batch: await fullBatch({ ...place, model }),
    start: (products) => startEngine({ ...place, model, prompts }, "prompts", products),
  };
  return family;
}

/** Replaced words are told; the generator has put them in before. */
async function tellingFamily(
  place: Workplace,
  model: PretrainedModel,
  generator: PretrainedModel,
): Promise<Family> {
  const prompts = randomPrompts(place, model);
  const tuning = promptTuning({ shared: prompts });
  const { threads } = place.settings;
  const family: Family<ReplacedBatch> = {
    name: "ELECTRA's discriminator, replaced words",
    model,
    prompts,
    batch: await filledBatch(place, model, generator),
    start: (products) => {
      const tuned = { model, tuning, products };
      return startTunedEngine(tuned, telling(tuned), { threads, rate: adamRates.prompts });
    },
  };
  return family;
}

/** The batch as learning has it, in one run. */
async function filledBatch(
  { settings }: Workplace,
  model: PretrainedModel,
  generator: PretrainedModel,
): Promise<ReplacedBatch> {
  const tuning = promptTuning({ shared: zeroPrompts(model.config) });
  const tokensPerRun = settings.batchRows * settings.lengthTokens;
  const options = { tokensPerRun, threads: settings.threads };
  const objective = replacedTokenObjective({ model, tuning, generator }, options);
  try {
    const rows = await fullRows(model, settings);
    const [run] = await objective.runs(rows, createRandom("full batch"), async () => undefined);
    const { ids, mask, replaced } = run!.feeds;
    return {
      batch: rows.length,
      length: settings.lengthTokens,
      ids: ids!.data as BigInt64Array,
      mask: mask!.data as Float32Array,
      replaced: replaced!.data as Float32Array,
    };
  } finally {
    await objective.release();
  }
}

/** As large as hidden states are, so that the losses tell whether both sides read them alike. */
function randomPrompts({ prompts }: Workplace, { config }: PretrainedModel): SoftPrompts {
  const random = createRandom("family prompts");
  const zeros = zeroPrompts(config, prompts.length);
  return { ...zeros, values: zeros.values.map(() => random.normal()) };
}

async function measureFamily(
  { settings, folder }: Workplace,
  { name, model, prompts, batch, start }: Family,
  products: Products,
): Promise<FamilyResult> {
  const { threads } = settings;
  const contestants = [await start(products)];
  const peer = await startPeer(pytorchCommand(settings), {
    kind: "load",
    weights: writePeerWeights({ model, prompts, folder }, "peer-weights family"),
    config: model.config,
    training: "prompts",
    threads,
    rate: adamRates.prompts,
  });
  if ("step" in peer) contestants.push(peer);
  try {
    const title = `${name}, products ${products === "full" ? "in full" : "in 8 bits"}`;
    const batches = Array.from({ length: settings.rounds }, () => batch);
    const [engine, ...peers] = contestants;
    const note = sayProgress(title, batches.length);
    const comparison = await comparePaired(engine!, peers, batches, lossTolerances[products], note);
    return { family: name, title, products, absent: "step" in peer ? [] : [peer], ...comparison };
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.close()));
  }
}
