/*
 * Writes the trained weights as the shipped model directory: int8 matrices, float32 for the rest.
 *   npm run model:export -- --source <dir> [--work .cache/model-build] [--to models/idiolect-base]
 *   npm run model:export -- --source <dir> --research [--to .cache/idiolect-research]
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readModelDirectory } from "../../src/plm/model-directory.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/model-tensors.ts";
import { packWeight } from "../../src/plm/quantise.ts";
import { writeSafetensors } from "../../src/plm/write-safetensors.ts";
import { requireCheckpoint } from "./checkpoint.ts";
import { shippedConfig } from "./shipped-config.ts";
import { kindMark, refuseCommittedPlace, type TrainingKind, workFolder } from "./training-kind.ts";

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
const { config } = await readModelDirectory(options.source);
const checkpoint = requireCheckpoint(work, kind);
const shapes = [...encoderTensors(config), ...mlmHeadTensors(config), ...sentimentHeadTensors(config)];
const tensors = shapes.flatMap(([name, shape]) =>
  packWeight(name, shape, checkpoint.readFloats(`weight ${name}`)),
);
mkdirSync(to, { recursive: true });
const step = checkpoint.metadata.get("step") ?? "";
writeSafetensors(join(to, "model.safetensors"), tensors, { step, ...kindMark(kind) });
writeFileSync(join(to, "config.json"), `${JSON.stringify(shippedConfig(config), undefined, 2)}\n`);
copyFileSync(join(options.source, "tokenizer.json"), join(to, "tokenizer.json"));
const { heads, id } = await readModelDirectory(to);
console.log(`Wrote ${to}: step ${step}, heads ${JSON.stringify(heads)}, id ${id.slice(0, 16)}`);
