/*
 * Writes the trained weights as the shipped model directory: int8 matrices, float32 for the rest. What ships is
 * calibrated and measured first, and written only where it is above VADER's word list on every set of tone and above
 * saying nothing on ordinary prose.
 *   npm run model:export -- --source <dir> [--work .cache/model-build] [--to models/idiolect-base]
 *   npm run model:export -- --source <dir> --research [--to .cache/idiolect-research]
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toneProblems, toneTable } from "../../src/lab/tone/tone-table.ts";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { readBuilt, writeBuiltModel } from "./built-model.ts";
import { calibrateModel } from "./calibrate-model.ts";
import { ExportRefusedError } from "./errors.ts";
import { refuseCommittedPlace, type TrainingKind, workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    data: { type: "string", default: "../shared/data" },
    research: { type: "boolean", default: false },
    work: { type: "string" },
    to: { type: "string" },
    threads: { type: "string", default: "2" },
  },
});
if (options.source === undefined) {
  throw new Error(
    "Name the directory that the build started from, for its configuration and tokenizer: --source <dir>",
  );
}
const kind: TrainingKind = options.research ? "research" : "open";
const work = options.work ?? workFolder(kind);
const to = options.to ?? (options.research ? ".cache/idiolect-research" : "models/idiolect-base");
refuseCommittedPlace(to, kind);
const source = await readModelDirectory(options.source);
const built = readBuilt(work, kind, source);
const draft = mkdtempSync(join(tmpdir(), "idiolect-export-"));
try {
  const path = join(draft, "model");
  writeBuiltModel(path, built);
  const measuring = { cachePath: join(draft, "cache"), threads: Number(options.threads) };
  if (kind === "open") await requireBetter(path, { ...measuring, dataPath: options.data });
  mkdirSync(to, { recursive: true });
  // Prompts that lie there were made for other weights.
  rmSync(join(to, "shared-prompts.safetensors"), { force: true });
  cpSync(path, to, { recursive: true });
} finally {
  rmSync(draft, { recursive: true });
}
const { heads, id } = await readModelDirectory(to);
console.log(`Wrote ${to}: step ${built.step}, heads ${JSON.stringify(heads)}, id ${id.slice(0, 16)}`);

/** Calibrates, measures, and throws {@link ExportRefusedError} where a word list or silence is as good. */
async function requireBetter(
  path: string,
  options: { readonly dataPath: string; readonly cachePath: string; readonly threads: number },
): Promise<void> {
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
