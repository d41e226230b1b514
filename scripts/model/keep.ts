/*
 * Writes the weights of a build's last checkpoint as a small model directory, whether the build has ended or not: to
 * look at with `idiolect evaluate tone --model`, or for another stage to begin with (`model:build -- --from`).
 *   node scripts/model/keep.ts --source <what the build was given> --to <dir> [--work .cache/model-build]
 */
import { parseArgs } from "node:util";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { readBuilt, writeBuiltModel } from "./built-model.ts";
import { refuseCommittedPlace, type TrainingKind, workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    to: { type: "string" },
    work: { type: "string" },
    research: { type: "boolean", default: false },
  },
});
const { source, to } = options;
if (source === undefined || to === undefined) {
  throw new Error(
    "Name what the build was given as its source, and where the model goes: --source <dir> --to <dir>",
  );
}
const kind: TrainingKind = options.research ? "research" : "open";
refuseCommittedPlace(to, kind);
const built = readBuilt(options.work ?? workFolder(kind), kind, await readModelDirectory(source));
writeBuiltModel(to, { ...built, withOffsets: true });
console.log(`Wrote ${to}: step ${built.step}`);
