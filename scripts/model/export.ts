/*
 * Writes the trained weights as the shipped model directory: int8 matrices, float32 for the rest. What ships is
 * calibrated and measured first, and written only where it is above VADER's word list on every set of tone and above
 * saying nothing on ordinary prose. With `--without-tone-prompts` its general tone is read without the shared prompts, also
 * once there are some. `--average <model directory>`, once or several times, takes the mean with other ends (an earlier
 * stage, or others that began alike); `--share` says how much each counts, in their order, and all count alike without.
 *   npm run model:export -- --source <dir> [--work .cache/model-build] [--to models/idiolect-base] [--without-tone-prompts]
 *   npm run model:export -- --source <dir> --research [--to .cache/idiolect-research]
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { averageWith, otherEnds, readBuilt, writeBuiltModel } from "./built-model.ts";
import { requireBetter } from "./require-better.ts";
import { refuseCommittedPlace, type TrainingKind, workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    data: { type: "string", default: "../shared/data" },
    research: { type: "boolean", default: false },
    work: { type: "string" },
    to: { type: "string" },
    "without-tone-prompts": { type: "boolean", default: false },
    average: { type: "string", multiple: true, default: [] },
    share: { type: "string", multiple: true, default: [] },
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
const ends = otherEnds(options.average, options.share.map(Number));
const source = await readModelDirectory(options.source);
const read = readBuilt(work, kind, source);
averageWith(read.weights, ends);
const built = { ...read, config: { ...read.config, tone_prompts: !options["without-tone-prompts"] } };
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
