/*
 * Writes the trained weights as the shipped model directory: int8 matrices, float32 for the rest.
 *   npm run model:export -- [--work .cache/model-build] [--to models/idiolect-base]
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ModelConfig } from "../../src/plm/model-config.ts";
import { readModelDirectory } from "../../src/plm/model-directory.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/model-tensors.ts";
import { packWeight } from "../../src/plm/quantise.ts";
import { Safetensors } from "../../src/plm/safetensors.ts";
import { writeSafetensors } from "../../src/plm/write-safetensors.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    work: { type: "string", default: ".cache/model-build" },
    to: { type: "string", default: "models/idiolect-base" },
  },
});
if (options.source === undefined) {
  throw new Error(
    "Name the directory that the build started from, for its configuration and tokenizer: --source <dir>",
  );
}
const { config } = await readModelDirectory(options.source);
const checkpoint = Safetensors.open(join(options.work, "checkpoint.safetensors"));
const shapes = [...encoderTensors(config), ...mlmHeadTensors(config), ...sentimentHeadTensors(config)];
const tensors = shapes.flatMap(([name, shape]) =>
  packWeight(name, shape, checkpoint.readFloats(`weight ${name}`)),
);
mkdirSync(options.to, { recursive: true });
writeSafetensors(join(options.to, "model.safetensors"), tensors, {
  step: checkpoint.metadata.get("step") ?? "",
});
writeFileSync(join(options.to, "config.json"), `${JSON.stringify(shippedConfig(config), undefined, 2)}\n`);
copyFileSync(join(options.source, "tokenizer.json"), join(options.to, "tokenizer.json"));
const { heads, id } = await readModelDirectory(options.to);
console.log(
  `Wrote ${options.to}: step ${checkpoint.metadata.get("step")}, heads ${JSON.stringify(heads)}, id ${id.slice(0, 16)}`,
);

/** As Hugging Face's tools expect it. */
function shippedConfig(config: ModelConfig): Readonly<Record<string, unknown>> {
  return { architectures: ["BertForMaskedLM"], ...config, pad_token_id: 0 };
}
