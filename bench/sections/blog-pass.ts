import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeBatches, padBatch } from "../../src/learning/batching.ts";
import { intermediateDefaults } from "../../src/learning/intermediate-learning.ts";
import { maskingFor } from "../../src/learning/masked-lm-measure.ts";
import { applyMasks, fixedMasks, type MaskedBatch } from "../../src/learning/masking.ts";
import type { Passage } from "../../src/learning/passages.ts";
import type { Interval } from "../../src/numbers/intervals.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { Absentee, Contestant, TimedStep } from "../contestant.ts";
import { startEngine } from "../peers/engine.ts";
import { pytorchCommand } from "../peers/peer-commands.ts";
import { startPeer } from "../peers/peer-process.ts";
import { say, sayProgress } from "../say.ts";
import { spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";
import { passagesOf } from "../texts.ts";
import type { Workplace } from "../workplace.ts";
import { intervalText, meanRatio } from "./compare.ts";

/** Large enough that a pass lowers the loss, as learning's own rate does. */
const rate = 1e-2;
const heldOutPassages = 48;
/** Trained like the others, but not timed. */
const warmUpSteps = 2;
const pauseMs = 20;

/** What one contestant made of the blog. */
export interface Pass {
  readonly name: string;
  readonly steps: number;
  readonly paddingShare: number;
  /** Median over the timed steps; padding is not counted as tokens. */
  readonly msPerThousandTokens: number;
  /** Mean masked-LM loss of passages that were not trained on, in nats. */
  readonly heldOutBefore: number;
  readonly heldOutAfter: number;
}

export interface PassResult {
  readonly blog: string;
  readonly tokens: number;
  readonly own: Pass;
  readonly peer: Pass;
  /** Peer's time for a token over ours, step by step. */
  readonly ratio: Interval;
}

type Step = readonly MaskedBatch[];

/**
 * One pass over passages of a blog, in equally many optimiser steps, each contestant laying them out as
 * it usually does: ours by length, a step cut into runs as learning does; PyTorch in random order, each
 * batch padded to its longest passage. Both see the same passages with the same words hidden.
 */
export async function measureBlogPass(
  place: Workplace,
  folder: string,
  weights: string,
): Promise<PassResult | undefined> {
  const { model, settings } = place;
  const all = createRandom("blog pass").shuffle([...(await passagesOf(model, folder))]);
  const heldOut = all.slice(0, heldOutPassages);
  const masks = fixedMasks(all, maskingFor(model), createRandom("hidden words"));
  const maskOf = new Map(all.map((passage, at) => [passage, masks[at]!]));
  const batchOf = (passages: readonly Passage[]): MaskedBatch =>
    applyMasks(
      padBatch(passages, model.tokenizer.specialIds.pad),
      passages.map((passage) => maskOf.get(passage)!),
    );
  const train = takeTokens(
    all.slice(heldOutPassages),
    settings.blogBatches * intermediateDefaults.tokensPerStep,
  );
  const own = ownSteps(train, batchOf);
  const usual = inOrder(train, own.length).map((passages): Step => [batchOf(passages)]);
  const title = `A pass over ${basename(folder)}`;
  const contestants = await startBoth(place, weights);
  if ("reason" in contestants) {
    say(`${title}: left out, ${contestants.name}: ${contestants.reason}.`);
    return undefined;
  }
  try {
    const measured = batchOf(heldOut);
    return { blog: basename(folder), ...(await runBoth(contestants, own, usual, measured, title)) };
  } finally {
    await contestants.engine.close();
    await contestants.peer.close();
  }
}

/** The first passages, up to so many tokens. */
function takeTokens(passages: readonly Passage[], most: number): readonly Passage[] {
  let tokens = 0;
  const end = passages.findIndex(({ ids }) => {
    tokens += ids.length;
    return tokens > most;
  });
  return end < 0 ? passages : passages.slice(0, end);
}

function ownSteps(
  train: readonly Passage[],
  batchOf: (passages: readonly Passage[]) => MaskedBatch,
): readonly Step[] {
  const { tokensPerStep, tokensPerRun } = intermediateDefaults;
  const random = createRandom("own steps");
  const { batches } = makeBatches(train, { tokensPerBatch: tokensPerStep, random });
  return batches.map((step) =>
    makeBatches(step, { tokensPerBatch: tokensPerRun, random }).batches.map(batchOf),
  );
}

/** In their order, in so many parts of as good as equal size. */
function inOrder(train: readonly Passage[], parts: number): readonly (readonly Passage[])[] {
  const limit = (part: number): number => Math.round((part * train.length) / parts);
  return Array.from({ length: parts }, (_, part) => train.slice(limit(part), limit(part + 1)));
}

type Engine = Awaited<ReturnType<typeof startEngine>>;

async function startBoth(
  place: Workplace,
  weights: string,
): Promise<{ readonly engine: Engine; readonly peer: Contestant } | Absentee> {
  const { config } = place.model;
  const { threads } = place.settings;
  const peer = await startPeer(pytorchCommand(place.settings), {
    kind: "load",
    weights,
    config,
    training: "prompts",
    threads,
    rate,
  });
  return "step" in peer ? { engine: await startEngine(place, "prompts", "rounded", rate), peer } : peer;
}

async function runBoth(
  { engine, peer }: { readonly engine: Engine; readonly peer: Contestant },
  own: readonly Step[],
  usual: readonly Step[],
  heldOut: MaskedBatch,
  title: string,
): Promise<Omit<PassResult, "blog">> {
  const before = [await engine.measure(heldOut), await peer.measure(heldOut)];
  const [ownTimes, peerTimes]: [TimedStep[], TimedStep[]] = [[], []];
  const note = sayProgress(title, own.length);
  for (const [at, runs] of own.entries()) {
    ownTimes.push(await engine.stepInRuns(runs));
    await pause(pauseMs);
    peerTimes.push(await peer.step(usual[at]![0]!));
    await pause(pauseMs);
    note(at + 1);
  }
  const after = [await engine.measure(heldOut), await peer.measure(heldOut)];
  const [ownPace, peerPace] = [paceOf(ownTimes, own), paceOf(peerTimes, usual)];
  const pass = (name: string, steps: readonly Step[], pace: readonly number[], which: number): Pass => ({
    name,
    steps: steps.length,
    paddingShare: paddingOf(steps),
    msPerThousandTokens: spreadOf(pace).median,
    heldOutBefore: before[which]!,
    heldOutAfter: after[which]!,
  });
  return {
    tokens: own.flat().reduce((sum, batch) => sum + tokensOf(batch), 0),
    own: pass(engine.name, own, ownPace, 0),
    peer: pass(peer.name, usual, peerPace, 1),
    ratio: meanRatio(peerPace.map((pace, at) => pace / ownPace[at]!)),
  };
}

/** Milliseconds for a thousand tokens, step by step, warm-up left out. */
function paceOf(times: readonly TimedStep[], steps: readonly Step[]): readonly number[] {
  return times
    .map(({ milliseconds }, at) => (1000 * milliseconds) / sum(steps[at]!.map(tokensOf)))
    .slice(warmUpSteps);
}

function paddingOf(steps: readonly Step[]): number {
  const batches = steps.flat();
  return 1 - sum(batches.map(tokensOf)) / sum(batches.map(({ mask }) => mask.length));
}

const tokensOf = ({ mask }: MaskedBatch): number => sum([...mask]);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export function describePass({ blog, tokens, own, peer, ratio }: PassResult): string {
  const rows = [own, peer].map(
    ({ name, steps, paddingShare, msPerThousandTokens, heldOutBefore, heldOutAfter }) => [
      name,
      String(steps),
      (100 * paddingShare).toFixed(1),
      msPerThousandTokens.toFixed(0),
      heldOutBefore.toFixed(4),
      heldOutAfter.toFixed(4),
    ],
  );
  const heading = ["", "steps", "padding %", "ms / 1,000 tokens", "held-out loss before", "after"];
  return [
    `\nA pass over ${blog}, ${tokens} tokens, each laid out as usual, Adam at ${rate}`,
    formatTable(heading, rows),
    `PyTorch's time for a token over ours, mean over the steps with 95 % interval: ${intervalText(ratio)}`,
  ].join("\n");
}
