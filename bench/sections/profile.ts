import { join } from "node:path";
import type { Products } from "../contestant.ts";
import { type OperatorProfile, type OperatorRun, productKind, readProfile } from "../operator-profile.ts";
import { measurePeak } from "../peak.ts";
import { openTraining, stepFeeds } from "../peers/engine.ts";
import { promptParameters } from "../peers/prompt-training.ts";
import { say } from "../say.ts";
import { spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";
import { batchSize, fullBatch } from "../texts.ts";
import type { Workplace } from "../workplace.ts";

const warmUps = 2;
/** Of the product that stands for what the machine can do. */
const peakSize = 2048;

export interface OperatorShare {
  readonly operator: string;
  readonly calls: number;
  /** Median over the steps. */
  readonly milliseconds: number;
  /** Of the time in operators. */
  readonly share: number;
}

/** Products of one kind in a step; 10⁹ multiplications and additions a second. */
export interface ProductShare {
  readonly kind: Products;
  /** Of the time in operators. */
  readonly share: number;
  readonly gflops: number;
  /** In one large product of the kind. */
  readonly peakGflops: number;
}

export interface ProfileResult {
  /** Of the products with frozen matrices of the encoder, forward and backward; all others are in full. */
  readonly products: Products;
  readonly operators: readonly OperatorShare[];
  /** Of a step: the whole run of the model, and the operators in it. */
  readonly runMs: number;
  readonly operatorMs: number;
  readonly kinds: readonly ProductShare[];
  /** The time that the step's products would take at the peak of their kinds, over the time that they take. */
  readonly productsOfPeak: number;
  /** The same with the products within attention, over the whole step. */
  readonly stepOfPeak: number;
}

type Peaks = Readonly<Record<Products, number>>;

/** Where the time of a prompt-learning step goes. Measuring each operator costs a few percent by itself. */
export async function measureProfile(place: Workplace): Promise<readonly ProfileResult[]> {
  const peaks: Peaks = {
    full: await measurePeak(place, "full", peakSize),
    rounded: await measurePeak(place, "rounded", peakSize),
  };
  const results: ProfileResult[] = [];
  for (const products of ["full", "rounded"] as const) {
    const result = summarise(products, await profileStep(place, products), peaks);
    say(describe(result, place));
    results.push(result);
  }
  return results;
}

async function profileStep(place: Workplace, products: Products): Promise<OperatorProfile> {
  const feeds = stepFeeds(await fullBatch(place), "prompts");
  const prefix = join(place.folder, `step-profile-${products}`);
  const session = await openTraining(place, "prompts", products, prefix);
  for (let at = 0; at < warmUps + place.settings.profileSteps; at++) {
    await session.step(promptParameters(place.prompts), feeds);
  }
  await session.release();
  const { runs, runMs } = await readProfile(prefix);
  return { runs: runs.slice(warmUps), runMs: runMs.slice(warmUps) };
}

function summarise(
  products: Products,
  { runs, runMs: allRunMs }: OperatorProfile,
  peaks: Peaks,
): ProfileResult {
  const medianOf = (pick: (run: OperatorRun) => number) =>
    spreadOf(runs.map((run) => run.reduce((sum, each) => sum + pick(each), 0))).median;
  const [runMs, operatorMs] = [spreadOf(allRunMs).median, medianOf(({ milliseconds }) => milliseconds)];
  const names = new Set(runs.flatMap((run) => run.map(({ operator }) => operator)));
  const operators = [...names].map((name) => {
    const milliseconds = medianOf((run) => (run.operator === name ? run.milliseconds : 0));
    const calls = medianOf((run) => (run.operator === name ? 1 : 0));
    return { operator: name, calls, milliseconds, share: milliseconds / operatorMs };
  });
  const kinds = (["full", "rounded"] as const).flatMap((kind) => {
    const isOfKind = (run: OperatorRun): boolean => productKind(run.operator) === kind;
    const operations = medianOf((run) => (isOfKind(run) ? run.operations : 0));
    const milliseconds = medianOf((run) => (isOfKind(run) ? run.milliseconds : 0));
    return operations === 0 ? [] : [{ kind, operations, milliseconds }];
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const peakMs = sum(kinds.map(({ kind, operations }) => operations / peaks[kind] / 1e6));
  const within = medianOf((run) => (productKind(run.operator) === "within" ? run.operations : 0));
  return {
    products,
    runMs,
    operatorMs,
    operators: operators.sort((a, b) => b.milliseconds - a.milliseconds),
    kinds: kinds.map(({ kind, operations, milliseconds }) => ({
      kind,
      share: milliseconds / operatorMs,
      peakGflops: peaks[kind],
      gflops: operations / milliseconds / 1e6,
    })),
    productsOfPeak: peakMs / sum(kinds.map(({ milliseconds }) => milliseconds)),
    stepOfPeak: (peakMs + within / peaks.full / 1e6) / runMs,
  };
}

function describe(result: ProfileResult, { settings }: Workplace): string {
  const { products, runMs, operatorMs, kinds, productsOfPeak, stepOfPeak } = result;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const rows = result.operators.map(({ operator, calls, milliseconds, share }) => [
    operator,
    String(calls),
    milliseconds.toFixed(2),
    percent(share),
  ]);
  const way = products === "full" ? "products in full" : "products with frozen matrices in 8 bits";
  return [
    `\nProfile of a prompt-learning step, ${batchSize(settings)}, ${way}: ${runMs.toFixed(0)} ms, of it in operators ${operatorMs.toFixed(0)} ms`,
    formatTable(["operator", "calls", "ms a step", "share"], rows),
    ...kinds.map(
      ({ kind, share, gflops, peakGflops }) =>
        `Products ${kind === "full" ? "in full" : "in 8 bits"} take ${percent(share)} and reach ${gflops.toFixed(0)} GFLOP/s, ${percent(gflops / peakGflops)} of the ${peakGflops.toFixed(0)} of one ${peakSize} × ${peakSize} product.`,
    ),
    `All products together reach ${percent(productsOfPeak)} of their peaks; the whole step, attention counted, ${percent(stepOfPeak)}.`,
  ].join("\n");
}
