import { createRandom } from "../../src/learning/random.ts";
import { adapterTuning } from "../../src/prompts/adapter-tuning.ts";
import { biasTuning } from "../../src/prompts/bias-tuning.ts";
import { lowRankTuning } from "../../src/prompts/low-rank-tuning.ts";
import { inputPromptTuning } from "../../src/prompts/prompt-tuning.ts";
import { zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import type { Tuning } from "../../src/prompts/tuning.ts";
import { type Absentee, adamRates, type Contestant, type Method } from "../contestant.ts";
import { pytorchCommand, writeTunedWeights } from "../peers/peer-commands.ts";
import { startPeer } from "../peers/peer-process.ts";
import { startTunedEngine } from "../peers/tuned-engine.ts";
import { say, sayProgress } from "../say.ts";
import { formatTable } from "../table.ts";
import { fullPassages, maskedBatch, passagesOf } from "../texts.ts";
import type { Workplace } from "../workplace.ts";
import { type Comparison, comparePaired, intervalText, lossTolerances } from "./compare.ts";

const [batchRows, lengthTokens] = [16, 128];

export interface TuningResult extends Comparison {
  readonly method: Method;
  readonly title: string;
  readonly absent: readonly Absentee[];
}

/** Times a masked-LM step of each way of tuning a frozen encoder, beside PyTorch on the same batch. */
export async function measureTunings(place: Workplace): Promise<readonly TuningResult[]> {
  const { model, settings } = place;
  const passages = fullPassages(model, await passagesOf(model, "media/sample-blog"), lengthTokens);
  const batch = maskedBatch(model, passages.slice(0, batchRows), createRandom("full batch"));
  const results: TuningResult[] = [];
  for (const [method, tuning] of Object.entries(tunings(place)) as [Method, Tuning][]) {
    const contestants: Contestant[] = [await startTunedEngine(place, tuning, adamRates.prompts)];
    const peer = await startPeer(pytorchCommand(settings), {
      ...{ kind: "load", weights: writeTunedWeights(place, tuning), config: model.config },
      ...{ training: method, threads: settings.threads, rate: adamRates.prompts },
    });
    const absent = "step" in peer ? [] : [peer];
    try {
      if ("step" in peer) contestants.push(peer);
      const title = `${tuning.method}, encoder frozen: ${batchRows} × ${lengthTokens}`;
      const batches = Array.from({ length: settings.rounds }, () => batch);
      const note = sayProgress(title, batches.length);
      const [engine, ...peers] = contestants;
      const comparison = await comparePaired(engine!, peers, batches, lossTolerances.full, note);
      results.push({ method, title, absent, ...comparison });
    } finally {
      await Promise.all(contestants.map((contestant) => contestant.close()));
    }
  }
  say(describe(results));
  return results;
}

function tunings({ model, prompts }: Workplace): Readonly<Record<Method, Tuning>> {
  const random = createRandom("tunings");
  const { config } = model;
  // The peer has the prompt alone, so what all share is zero.
  const shared = { ...zeroPrompts(config, prompts.length), layers: 1 };
  return {
    inputPrompt: inputPromptTuning({ shared }),
    lowRank: lowRankTuning(config, { random }),
    adapters: adapterTuning(config, { random }),
    biases: biasTuning(config),
  };
}

function describe(results: readonly TuningResult[]): string {
  const rows = results.map(({ title, engine, peers: [peer], absent }) => [
    title,
    engine.milliseconds.median.toFixed(0),
    peer?.milliseconds.median.toFixed(0) ?? "",
    peer === undefined ? "" : intervalText(peer.meanRatio),
    peer?.largestLossDifference.toExponential(1) ?? "",
    peer?.isVoid === true ? "VOID: the losses differ" : absent.map(({ reason }) => reason).join("; "),
  ]);
  return formatTable(["", "median ms", "PyTorch", "ratio [95 %]", "loss differs", ""], rows);
}
