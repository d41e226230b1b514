/*
 * Writes the trained weights as the shipped model directory: int8 matrices, float32 for the rest.
 *   npm run model:export -- --source <dir> [--work .cache/model-build] [--to models/idiolect-base]
 *   npm run model:export -- --source <dir> --research [--to .cache/idiolect-research]
 */
import { parseArgs } from "node:util";
import { readModelDirectory } from "../../src/plm/model-directory.ts";
import { writeBuiltModel } from "./built-model.ts";
import { requireCheckpoint } from "./checkpoint.ts";
import { builtConfig, type Weights } from "./start-weights.ts";
import { refuseCommittedPlace, type TrainingKind, workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    research: { type: "boolean", default: false },
    work: { type: "string" },
    to: { type: "string" },
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
const config = builtConfig(source.config);
const checkpoint = requireCheckpoint(work, kind);
const weights: Weights = {};
for (const name of checkpoint.entries.keys()) {
  if (name.startsWith("weight ")) weights[name.slice("weight ".length)] = checkpoint.readFloats(name);
}
const step = Number(checkpoint.metadata.get("step"));
writeBuiltModel(to, { config, weights, tokenizerPath: source.tokenizerPath, step, kind });
const { heads, id } = await readModelDirectory(to);
console.log(`Wrote ${to}: step ${step}, heads ${JSON.stringify(heads)}, id ${id.slice(0, 16)}`);
