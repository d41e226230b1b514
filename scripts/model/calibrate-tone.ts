/*
 * Measures the numbers of src/tone/head/tone-calibration.ts for a base, on the held-out part of
 * its open labelled sets, and reads a dozen sentences with them. Run it as
 *   node scripts/model/calibrate-tone.ts [--model models/idiolect-base]
 * A base with a head of location and scale is calibrated on ordinary prose, and the numbers go into its config.json.
 */
import { parseArgs } from "node:util";
import {
  expectedCalibrationError,
  type JudgedAnswer,
  riskCoverage,
} from "../../src/lab/measures/calibration.ts";
import { packPassages } from "../../src/learning/passages.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { loadSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { classShares, type OrdinalScale } from "../../src/tone/head/ordinal-scale.ts";
import { calibratedScale, type ToneCalibration } from "../../src/tone/head/tone-calibration.ts";
import { classMasks } from "../../src/tone/head/tone-classes.ts";
import { isRightSide, logLikelihood, type ToneTarget } from "../../src/tone/labels/labelled-tone.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { abstentionShare, readTone, sideShares } from "../../src/tone/reading/tone-reading.ts";
import { calibrateModel } from "./calibrate-model.ts";
import { loadBuildData } from "./data.ts";

interface HeldOut {
  readonly set: string;
  readonly classes: 2 | 3 | 5;
  readonly target: Extract<ToneTarget, { kind: "classes" }>;
  readonly latent: number;
}

const { values: options } = parseArgs({
  options: {
    model: { type: "string", default: "models/idiolect-base" },
    data: { type: "string", default: "../shared/data" },
    work: { type: "string", default: ".cache/model-build" },
    cache: { type: "string", default: ".cache/models" },
    threads: { type: "string", default: "2" },
  },
});

/** Of 'very' among the negative and positive sentences of SST's training part. */
const veryShare = 2380 / 6920;
const temperatures = Array.from({ length: 31 }, (_, at) => Math.round(50 + 5 * at) / 100);
const shares = Array.from({ length: 30 }, (_, at) => Math.round(34 + 2 * at) / 100);
const windowWidth = 0.1;
const noMinimum = { negative: 0, neutral: 0, positive: 0 };

const sentences = [
  "I love this place and everyone in it.",
  "The new release is a joy to use.",
  "I finally fixed it, after three weeks!",
  "What a miserable, pointless meeting.",
  "The build failed again and I lost a day.",
  "I have never been so disappointed by a phone.",
  "She died in March, and the house is quiet.",
  "The meeting starts at nine.",
  "Version 2.3 adds a flag for the output folder.",
  "The soup was warm.",
  "Not bad at all.",
  "It is fine, I suppose.",
  "Oh great, another update that breaks everything.",
  "Sure, because what I needed today was a flat tyre.",
];

const model = await PretrainedModel.open(options.model, options.cache);
if (model.config.tone_head === "location_scale") {
  const { data: dataPath, cache: cachePath } = options;
  console.log(await calibrateModel(options.model, { dataPath, cachePath, threads: Number(options.threads) }));
  process.exit();
}
const { tokenizer } = model;
const prompts = loadSharedPrompts(model);
const encoder = new TextEncoder(model, { threads: Number(options.threads) });
const trained = await encoder.thresholds();
if (trained === undefined) {
  throw new Error(`${options.model} has no sentiment head. Name a base that has one: --model <dir>`);
}

const heldOut = await readHeldOut();
const calibration = calibrate(trained, heldOut);
const scale = calibratedScale(trained, calibration);
console.log(`Trained thresholds: ${Array.from(trained, (value) => value.toFixed(3)).join(", ")}`);
console.log(
  `Held-out texts: ${heldOut.length}${prompts === undefined ? "" : ", read with the shared prompts"}`,
);
console.log(`export const toneCalibration: ToneCalibration = ${JSON.stringify(calibration, undefined, 2)};`);
reportSets(heldOut, scale, calibration);
reportReliability(heldOut, scale);
await reportSentences(scale, calibration);
await encoder.release();

async function readHeldOut(): Promise<readonly HeldOut[]> {
  const data = loadBuildData({ dataPath: options.data, cachePath: options.work, tokenizer });
  const limit = model.config.max_position_embeddings;
  const examples = data.sentiment.heldOut.filter(({ ids }) => ids.length <= limit);
  const readings = await encoder.read(examples, prompts);
  return examples.map(({ set, label, classes }, row) => {
    const { members, universe } = classMasks(label, classes);
    const target = { kind: "classes", members: classesIn(members), universe: classesIn(universe) } as const;
    return { set, classes, target, latent: readings[row]!.valence! };
  });
}

function classesIn(mask: readonly number[]): readonly number[] {
  return [0, 1, 2, 3, 4].filter((k) => mask[k] === 1);
}

function calibrate(thresholds: ArrayLike<number>, texts: readonly HeldOut[]): ToneCalibration {
  const veryDistance = {
    negative: round(thresholds[1]! - veryLatent(texts, 0, thresholds[1]!)),
    positive: round(veryLatent(texts, 2, thresholds[2]!) - thresholds[2]!),
  };
  const scaleAt = (temperature: number): OrdinalScale =>
    calibratedScale(thresholds, { temperature, veryDistance, minimumConfidence: noMinimum });
  const temperature = temperatures.reduce((best, candidate) =>
    meanLoss(texts, scaleAt(candidate)) < meanLoss(texts, scaleAt(best)) ? candidate : best,
  );
  const withNeutral = texts.filter(({ classes }) => classes === 3);
  const minimum = (isNeutral: boolean): number =>
    leastConfidence(withNeutral, scaleAt(temperature), isNeutral);
  const polar = minimum(false);
  return {
    temperature,
    veryDistance,
    minimumConfidence: { negative: polar, neutral: minimum(true), positive: polar },
  };
}

/** Where the outermost third of the texts of a side (0 or 2), among those read as that side, begins. */
function veryLatent(texts: readonly HeldOut[], side: 0 | 2, threshold: number): number {
  const sign = side === 0 ? -1 : 1;
  const extremes = side === 0 ? 0 : 4;
  const distances = texts
    .filter(({ target }) => target.members.includes(extremes))
    .map(({ latent }) => sign * latent)
    .filter((distance) => distance > sign * threshold)
    .sort((a, b) => a - b);
  return sign * distances[Math.floor((1 - veryShare) * distances.length)]!;
}

function meanLoss(texts: readonly HeldOut[], at: OrdinalScale): number {
  const sum = texts.reduce((total, { target, latent }) => total + logLikelihood(target, latent, at).value, 0);
  return -sum / texts.length;
}

/** The least share at which labels of that kind, up to a tenth above it, are right more often than not. */
function leastConfidence(texts: readonly HeldOut[], at: OrdinalScale, isNeutral: boolean): number {
  const read = texts
    .map(({ target, latent }) => {
      const sides = sideShares(classShares(latent, at));
      const confidence = Math.max(...sides);
      const isRight = isRightSide(target, classShares(latent, at));
      return { confidence, isNeutral: sides.indexOf(confidence) === 1, isRight };
    })
    .filter((reading) => reading.isNeutral === isNeutral);
  const found = shares.find((share) => {
    const window = read.filter(({ confidence }) => confidence >= share && confidence < share + windowWidth);
    return window.length >= 10 && window.filter(({ isRight }) => isRight).length * 2 >= window.length;
  });
  return found ?? 1;
}

function reportSets(
  texts: readonly HeldOut[],
  at: OrdinalScale,
  { minimumConfidence }: ToneCalibration,
): void {
  for (const [set, group] of Map.groupBy(texts, (text) => text.set)) {
    const right = group.filter(({ target, latent }) => isRightSide(target, classShares(latent, at))).length;
    const readings = group.map(({ latent }) => readTone(classShares(latent, at), minimumConfidence));
    const figures = [
      `${group.length} texts`,
      `accuracy ${(right / group.length).toFixed(3)}`,
      `loss ${meanLoss(group, at).toFixed(3)} nats`,
      `no clear tone ${abstentionShare(readings).toFixed(3)}`,
      `neutral ${(readings.filter(({ label }) => label === "neutral").length / group.length).toFixed(3)}`,
    ];
    console.log(`${set}: ${figures.join(", ")}`);
  }
}

/**
 * How often the likeliest side of those that the label's scale knows is right, by its share among them;
 * the calibration error over all, and what is wrong when only the surest readings are given.
 */
function reportReliability(texts: readonly HeldOut[], at: OrdinalScale): void {
  const rows = texts.map(({ target, classes, latent }): JudgedAnswer => {
    const [negative, neutral, positive] = sideShares(classShares(latent, at));
    const known = classes === 2 ? [negative, positive] : [negative, neutral, positive];
    const total = known.reduce((sum, share) => sum + share, 0);
    return {
      confidence: Math.max(...known) / total,
      isRight: isRightSide(target, classShares(latent, at)),
    };
  });
  for (const [tenth, group] of [...Map.groupBy(rows, (row) => Math.floor(10 * row.confidence))].sort(
    ([a], [b]) => a - b,
  )) {
    const sure = group.reduce((sum, { confidence }) => sum + confidence, 0) / group.length;
    const right = group.filter(({ isRight }) => isRight).length / group.length;
    console.log(
      `confidence ${tenth / 10}: ${group.length} texts, mean ${sure.toFixed(3)}, right ${right.toFixed(3)}`,
    );
  }
  console.log(`expected calibration error ${expectedCalibrationError(rows).toFixed(4)}`);
  const points = riskCoverage(rows);
  for (const share of [0.25, 0.5, 0.75, 0.9, 1]) {
    const { coverage, risk, confidence } = points.find((point) => point.coverage >= share)!;
    console.log(
      `surest ${(100 * coverage).toFixed(0)} %: wrong ${risk.toFixed(3)}, from confidence ${confidence.toFixed(3)}`,
    );
  }
}

async function reportSentences(at: OrdinalScale, { minimumConfidence }: ToneCalibration): Promise<void> {
  const { cls, sep } = tokenizer.specialIds;
  const passages = sentences.flatMap((sentence) =>
    packPassages([tokenizer.encodeWords(sentence)], { clsId: cls, sepId: sep }),
  );
  for (const [row, { valence: latent }] of (await encoder.read(passages, prompts)).entries()) {
    const { valence, label, confidence } = readTone(classShares(latent!, at), minimumConfidence);
    console.log(
      `${latent!.toFixed(2).padStart(6)} ${valence.toFixed(2).padStart(5)} ${confidence.toFixed(2)} ` +
        `${(label ?? "no clear tone").padEnd(13)} ${sentences[row]}`,
    );
  }
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
