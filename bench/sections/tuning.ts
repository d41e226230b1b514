import { adapterTuning } from "../../src/lab/tunings/adapter-tuning.ts";
import { inputPromptTuning } from "../../src/lab/tunings/input-prompt-tuning.ts";
import { lowRankTuning } from "../../src/lab/tunings/low-rank-tuning.ts";
import { biasTuning } from "../../src/lab/tunings/weight-changes.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import type { Tuning } from "../../src/prompts/tuning.ts";
import { type Absentee, adamRates, type Contestant, type Method } from "../contestant.ts";
import { pytorchCommand, writeTunedWeights } from "../peers/peer-commands.ts";
import { startPeer } from "../peers/peer-process.ts";
import { guessing, startTunedEngine } from "../peers/tuned-engine.ts";
import { say, sayProgress } from "../say.ts";
import { batchSize, fullBatch } from "../texts.ts";
import type { Workplace } from "../workplace.ts";
import { type Comparison, comparePaired, comparisonTable, lossTolerances } from "./compare.ts";

export interface TuningResult extends Comparison {
  readonly method: Method;
  readonly title: string;
  readonly absent: readonly Absentee[];
}

/** Times a masked-LM step of each way of tuning a frozen encoder, beside PyTorch on the same batch. */
export async function measureTunings(place: Workplace): Promise<readonly TuningResult[]> {
  const { model, settings } = place;
  const { threads } = settings;
  const rate = adamRates.prompts;
  const batch = await fullBatch(place);
  const results: TuningResult[] = [];
  for (const [method, tuning] of Object.entries(tunings(place)) as [Method, Tuning][]) {
    const contestants: Contestant[] = [
      await startTunedEngine({ model, tuning }, guessing({ model, tuning }), { threads, rate }),
    ];
    const peer = await startPeer(pytorchCommand(settings), {
      kind: "load",
      weights: writeTunedWeights(place, tuning),
      config: model.config,
      training: method,
      threads,
      rate,
    });
    const absent = "step" in peer ? [] : [peer];
    try {
      if ("step" in peer) contestants.push(peer);
      const title = `${tuning.method}, encoder frozen: ${batchSize(settings)}`;
      const batches = Array.from({ length: settings.rounds }, () => batch);
      const note = sayProgress(title, batches.length);
      const [engine, ...peers] = contestants;
      const comparison = await comparePaired(engine!, peers, batches, lossTolerances.full, note);
      results.push({ method, title, absent, ...comparison });
    } finally {
      await Promise.all(contestants.map((contestant) => contestant.close()));
    }
  }
  say(comparisonTable(results));
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
