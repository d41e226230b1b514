import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { makeBatches } from "../../src/learning/batching.ts";
import { intermediateDefaults } from "../../src/learning/intermediate-learning.ts";
import type { MaskedBatch } from "../../src/learning/masking.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { type Absentee, adamRates, type Contestant, type Products, type Training } from "../contestant.ts";
import { startEngine } from "../peers/engine.ts";
import { pytorchCommand, tensorflow, tensorflowCommand, writePeerWeights } from "../peers/peer-commands.ts";
import type { LoadRequest } from "../peers/peer-messages.ts";
import { type PeerCommand, startPeer } from "../peers/peer-process.ts";
import { say, sayProgress } from "../say.ts";
import { formatTable } from "../table.ts";
import { batchSize, fullBatch, maskedBatch, passagesOf, sampleBlog } from "../texts.ts";
import type { Workplace } from "../workplace.ts";
import { describePass, measureBlogPass, type PassResult } from "./blog-pass.ts";
import { type Comparison, comparePaired, intervalText, lossTolerances } from "./compare.ts";

const realBlogs = ["chris-wellons", "ruben-schade"];
const [realBlog] = realBlogs;

interface StepCase {
  readonly title: string;
  readonly training: Training;
  readonly products: Products;
  readonly batches: readonly MaskedBatch[];
}

export interface StepResult extends Comparison {
  readonly title: string;
  readonly training: Training;
  readonly products: Products;
  readonly absent: readonly Absentee[];
}

export interface StepResults {
  readonly cases: readonly StepResult[];
  readonly passes: readonly PassResult[];
}

/** Times training steps against the peers: on the same batches, and over a blog as each lays it out. */
export async function measureSteps(place: Workplace): Promise<StepResults> {
  const weights = writePeerWeights(place);
  const cases: StepResult[] = [];
  for (const stepCase of await stepCases(place)) {
    const result = await runCase(place, stepCase, weights);
    say(describe(result));
    cases.push(result);
  }
  const passes: PassResult[] = [];
  for (const folder of blogFolders(place)) {
    const result = await measureBlogPass(place, folder, weights);
    if (result !== undefined) {
      say(describePass(result));
      passes.push(result);
    }
  }
  return { cases, passes };
}

/** The sample blog, and the real ones that are there. */
function blogFolders({ settings }: Workplace): readonly string[] {
  return [sampleBlog, ...realBlogs.map((name) => join(settings.corporaPath, name)).filter(existsSync)];
}

async function stepCases(place: Workplace): Promise<readonly StepCase[]> {
  const { settings, prompts } = place;
  const full = await fullBatch(place);
  const repeated = Array.from({ length: settings.rounds }, () => full);
  const size = batchSize(settings);
  const learned = `Prompt learning, p = ${prompts.length} in each layer, encoder frozen`;
  return [
    { title: `${learned}: ${size}`, training: "prompts", products: "full", batches: repeated },
    {
      title: `The same, products in 8 bits: ${size}`,
      training: "prompts",
      products: "rounded",
      batches: repeated,
    },
    ...(await blogCases(place, learned)),
    { title: `Full weights, masked-LM: ${size}`, training: "weights", products: "full", batches: repeated },
  ];
}

/** Bucketed batches of a real blog: of a whole optimiser step, and of one run as the learner cuts it. */
async function blogCases({ model, settings }: Workplace, learned: string): Promise<readonly StepCase[]> {
  const folder = join(settings.corporaPath, realBlog!);
  if (!existsSync(folder)) {
    say(`Batches of a real blog: skipped, there is no folder ${folder}.`);
    return [];
  }
  const passages = await passagesOf(model, folder);
  const { tokensPerStep, tokensPerRun } = intermediateDefaults;
  return [tokensPerStep, tokensPerRun].map((tokensPerBatch) => {
    const random = createRandom(`blog ${tokensPerBatch}`);
    const { batches, paddingShare } = makeBatches(passages, { tokensPerBatch, random });
    const chosen = batches.slice(0, settings.blogBatches);
    const padding = `${(100 * paddingShare).toFixed(1)} % padding`;
    const title = `${learned}: ${chosen.length} of ${batches.length} batches of ${basename(folder)}, up to ${tokensPerBatch} tokens, ${padding}`;
    return {
      title,
      training: "prompts" as const,
      products: "rounded" as const,
      batches: chosen.map((batch) => maskedBatch(model, batch, random)),
    };
  });
}

async function runCase(
  place: Workplace,
  { title, training, products, batches }: StepCase,
  weights: string,
): Promise<StepResult> {
  const { threads } = place.settings;
  const { config } = place.model;
  const load: LoadRequest = { kind: "load", weights, config, training, threads, rate: adamRates[training] };
  const contestants: Contestant[] = [];
  const absent: Absentee[] = [];
  try {
    contestants.push(await startEngine(place, training, products));
    for (const command of [pytorchCommand(place.settings), tensorflowCommand(place.settings)]) {
      const peer = canTrain(command, training) ? await startPeer(command, load) : cannotTrain(command);
      if ("step" in peer) {
        contestants.push(peer);
      } else {
        absent.push(peer);
      }
    }
    const [engine, ...peers] = contestants;
    const note = sayProgress(title, batches.length);
    const tolerance = lossTolerances[products];
    const comparison = await comparePaired(engine!, peers, batches, tolerance, note);
    return { title, training, products, absent, ...comparison };
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.close()));
  }
}

const canTrain = ({ name }: PeerCommand, training: Training): boolean =>
  name !== tensorflow || training === "prompts";

function cannotTrain({ name }: PeerCommand): Absentee {
  return { name, reason: "its backend has no gradient of Gather, which the word embeddings need" };
}

function describe({ title, products, engine, peers, absent }: StepResult): string {
  const rows = [engine, ...peers].map(({ name, milliseconds: { count, min, median, max } }, at) => {
    const peer = peers[at - 1];
    const ratio =
      peer === undefined ? ["", ""] : [peer.ratio.median.toFixed(2), intervalText(peer.meanRatio)];
    return [
      name,
      String(count),
      ...[min, median, max].map((value) => value.toFixed(0)),
      ...ratio,
      peer === undefined ? "" : peer.largestLossDifference.toExponential(1),
    ];
  });
  const heading = ["", "steps", "min ms", "median", "max", "ratio", "mean [95 %]", "loss differs"];
  return [
    `\n${title}`,
    formatTable(heading, rows),
    `Loss ${engine.firstLoss.toFixed(4)} at the first timed step, ${engine.lastLoss.toFixed(4)} at the last.`,
    ...peers
      .filter(({ isVoid }) => isVoid)
      .map(
        ({ name }) =>
          `VOID: the losses of ${name} differ by more than ${lossTolerances[products]}; its times say nothing.`,
      ),
    ...absent.map(({ name, reason }) => `${name}: ${reason}.`),
  ].join("\n");
}
