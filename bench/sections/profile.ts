import { join } from "node:path";
import { Graph } from "../../src/graph/graph.ts";
import { matMul } from "../../src/graph/operations.ts";
import { GraphSession } from "../../src/graph/session.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { createRandom } from "../../src/learning/random.ts";
import { layerViews } from "../../src/prompts/soft-prompts.ts";
import { isMatrixProduct, type OperatorRun, readProfile } from "../operator-profile.ts";
import { openTraining, stepFeeds } from "../peers/engine.ts";
import { say } from "../say.ts";
import { spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";
import { fullPassages, maskedBatch, passagesOf } from "../texts.ts";
import type { Workplace } from "../workplace.ts";

const [batchRows, lengthTokens] = [16, 128];
const warmUps = 2;
const peakSize = 2048;

export interface OperatorShare {
  readonly operator: string;
  readonly calls: number;
  /** Median over the steps. */
  readonly milliseconds: number;
  /** Of the time in operators. */
  readonly share: number;
}

export interface ProfileResult {
  readonly operators: readonly OperatorShare[];
  /** Of a step: the whole run of the model, and the operators in it. */
  readonly runMs: number;
  readonly operatorMs: number;
  readonly productShare: number;
  /** 10⁹ multiplications and additions a second in the matrix products of the step, and in one large product. */
  readonly productGflops: number;
  readonly peakGflops: number;
}

/** Where the time of a prompt-learning step goes. Measuring each operator costs a few percent by itself. */
export async function measureProfile(place: Workplace): Promise<ProfileResult> {
  const { model, settings, prompts } = place;
  const running = await passagesOf(model, "media/sample-blog");
  const passages = fullPassages(model, running, lengthTokens).slice(0, batchRows);
  const feeds = stepFeeds(maskedBatch(model, passages, createRandom("full batch")), "prompts");
  const prefix = join(place.folder, "step-profile");
  const session = await openTraining(place, "prompts", "rounded", prefix);
  for (let at = 0; at < warmUps + settings.profileSteps; at++) {
    await session.step(layerViews(prompts), feeds);
  }
  await session.release();
  const { runs, runMs } = await readProfile(prefix);
  const result = summarise(runs.slice(warmUps), runMs.slice(warmUps), await measurePeak(place));
  say(describe(result));
  return result;
}

function summarise(
  runs: readonly (readonly OperatorRun[])[],
  runMs: readonly number[],
  peakGflops: number,
): ProfileResult {
  const medianOf = (pick: (run: OperatorRun) => number) =>
    spreadOf(runs.map((run) => run.reduce((sum, each) => sum + pick(each), 0))).median;
  const operatorMs = medianOf(({ milliseconds }) => milliseconds);
  const names = new Set(runs.flatMap((run) => run.map(({ operator }) => operator)));
  const operators = [...names].map((name) => {
    const milliseconds = medianOf((run) => (run.operator === name ? run.milliseconds : 0));
    const calls = medianOf((run) => (run.operator === name ? 1 : 0));
    return { operator: name, calls, milliseconds, share: milliseconds / operatorMs };
  });
  const productMs = medianOf((run) => (isMatrixProduct(run.operator) ? run.milliseconds : 0));
  return {
    operators: operators.sort((a, b) => b.milliseconds - a.milliseconds),
    runMs: spreadOf(runMs).median,
    operatorMs,
    productShare: productMs / operatorMs,
    productGflops: medianOf(({ operations }) => operations) / productMs / 1e6,
    peakGflops,
  };
}

/** The fastest of several products of two large square matrices, one of them a constant weight. */
async function measurePeak({ settings, folder }: Workplace): Promise<number> {
  const graph = new Graph();
  const random = createRandom("peak");
  const numbers = () => Float32Array.from({ length: peakSize * peakSize }, () => random() - 0.5);
  const left = graph.input("left", "float32", [peakSize, peakSize]);
  const right = graph.weight("right", [peakSize, peakSize], { kind: "memory", data: numbers() });
  const prefix = join(folder, "peak-profile");
  const { threads, profileSteps } = settings;
  const model = writeModel(graph, { product: matMul(left, right) });
  const session = await GraphSession.create(model, { threads, profilePrefix: prefix });
  const feeds = { left: { data: numbers(), shape: [peakSize, peakSize] } };
  for (let at = 0; at < warmUps + profileSteps; at++) {
    await session.run(feeds);
  }
  await session.release();
  const { runs } = await readProfile(prefix);
  const products = runs.flat().filter(({ operations }) => operations > 0);
  return spreadOf(products.map(({ operations, milliseconds }) => operations / milliseconds / 1e6)).max;
}

function describe(result: ProfileResult): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const rows = result.operators.map(({ operator, calls, milliseconds, share }) => [
    operator,
    String(calls),
    milliseconds.toFixed(2),
    percent(share),
  ]);
  const ofPeak = percent(result.productGflops / result.peakGflops);
  return [
    `\nProfile of a prompt-learning step, ${batchRows} × ${lengthTokens}: ${result.runMs.toFixed(0)} ms, of it in operators ${result.operatorMs.toFixed(0)} ms`,
    formatTable(["operator", "calls", "ms a step", "share"], rows),
    `Matrix products take ${percent(result.productShare)} and reach ${result.productGflops.toFixed(0)} GFLOP/s, ${ofPeak} of the ${result.peakGflops.toFixed(0)} GFLOP/s of one ${peakSize} × ${peakSize} product.`,
  ].join("\n");
}
