import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measuringSources } from "../../src/lab/measures/measuring-sources.ts";
import type { ToneCalibrationOfModel } from "../../src/plm/files/model-config.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { readSentences } from "../../src/readings/tone/sentence-reader.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { calibrateOnProse } from "./prose-calibration.ts";
import { sidedTexts } from "./sided-texts.ts";

export interface CalibrationOptions {
  readonly dataPath: string;
  readonly cachePath: string;
  readonly threads: number;
}

/**
 * Calibrates a model with a head of location and scale on random sentences of ordinary prose, read with its shared
 * prompts where it has some, and writes the numbers into its config.json.
 */
export async function calibrateModel(
  path: string,
  { dataPath, cachePath, threads }: CalibrationOptions,
): Promise<ToneCalibrationOfModel> {
  const known = sidedTexts(dataPath, measuringSources.proseRandom);
  const model = await PretrainedModel.open(path, cachePath);
  const encoder = new TextEncoder(model, { threads });
  const { tonePrompts: general } = generalReader(model);
  const read = await readSentences(
    { model, encoder, general },
    known.map(({ text }) => text),
  );
  const [a, b, c, d] = Array.from((await encoder.thresholds())!) as [number, number, number, number];
  await encoder.release();
  const readings = read.map((reading, at) => ({ ...reading, side: known[at]!.side }));
  const calibration = calibrateOnProse(readings, [a, b, c, d]);
  const configPath = join(path, "config.json");
  const config = { ...JSON.parse(readFileSync(configPath, "utf8")), tone_calibration: calibration };
  writeFileSync(configPath, `${JSON.stringify(config, undefined, 2)}\n`);
  return calibration;
}
