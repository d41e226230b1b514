/*
 * A process that reads one sentence and tells how long each part took, from its own start.
 *   node bench/cold-reading.ts <model directory> <cache folder> <threads>
 */
import { PretrainedModel } from "../src/plm/pretrained-model.ts";
import { loadSharedPrompts } from "../src/prompts/shared-prompts.ts";
import { zeroPrompts } from "../src/prompts/soft-prompts.ts";
import { TextEncoder } from "../src/tone/reading/text-encoder.ts";

const loadedMs = performance.now();
const [modelPath = "", cachePath = "", threads = "2"] = process.argv.slice(2);
const model = await PretrainedModel.open(modelPath, cachePath);
const openedMs = performance.now();
const encoder = new TextEncoder(model, { threads: Number(threads) });
const { ids } = model.tokenizer.encodeWords("The river took the lower meadow again, and nobody minded.");
const { cls, sep } = model.tokenizer.specialIds;
await encoder.read(
  [{ ids: Uint16Array.of(cls, ...ids, sep) }],
  loadSharedPrompts(model) ?? zeroPrompts(model.config),
);
const readMs = performance.now();
await encoder.release();
// The clock of `performance` starts with the process.
const phases = { loadMs: loadedMs, openMs: openedMs - loadedMs, firstReadingMs: readMs - openedMs };
process.stdout.write(JSON.stringify(phases));
