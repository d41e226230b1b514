import { toneProblems, toneTable } from "../../src/lab/tone/tone-table.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { type CalibrationOptions, calibrateModel } from "./calibrate-model.ts";
import { ExportRefusedError } from "./errors.ts";

/**
 * Calibrates a model directory, writes the numbers into its config.json, and measures its tone on every set as the product
 * reads it: in 8 bits, with what was calibrated, and with the shared prompts that lie there where config.json wants them.
 * Throws {@link ExportRefusedError} where a word list or silence is as good.
 */
export async function requireBetter(path: string, options: CalibrationOptions): Promise<void> {
  console.log("calibration", JSON.stringify(await calibrateModel(path, options)));
  const reader = generalReader(await PretrainedModel.open(path, options.cachePath));
  const table = await toneTable(reader, options.dataPath, options.threads);
  for (const [set, { idiolect, vader }] of Object.entries(table.sets)) {
    const figures = [idiolect.right, idiolect.macroF1, vader.right, vader.macroF1].map((x) => x.toFixed(3));
    console.log(set, figures.join(" "));
  }
  const problems = toneProblems(table);
  if (problems.length > 0) throw new ExportRefusedError(problems);
}
