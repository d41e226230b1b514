/*
 * Trains the shared prompts that ship with the base: masked-LM on open text of many writers, the model
 * frozen (docs/models.md). Starts from activations of real text. Writes shared-prompts.safetensors; where tone is read with
 * it, the base is calibrated and measured with it first, as `model:export` does without.
 *   npm run model:prompts -- [--model models/idiolect-base] [--passages 4800]
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { deserialize, serialize } from "node:v8";
import {
  IntermediateLearning,
  type IntermediateState,
  intermediateDefaults,
} from "../../src/learning/intermediate-learning.ts";
import type { Passage } from "../../src/learning/passages.ts";
import { createRandom, type Random } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { realTextPrompts, saveSharedPrompts } from "../../src/prompts/shared-prompts.ts";
import { defaultPromptLength, personalPrompts, type SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { type BuildData, loadBuildData } from "./data.ts";
import { requireBetter } from "./require-better.ts";

const { values: options } = parseArgs({
  options: {
    model: { type: "string", default: "models/idiolect-base" },
    data: { type: "string", default: "../shared/data" },
    work: { type: "string", default: ".cache/model-build" },
    passages: { type: "string", default: "4800" },
    epochs: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
  },
});
const model = await PretrainedModel.open(options.model, join(options.work, "weights"));
const { tokenizer } = model;
const data = loadBuildData({ dataPath: options.data, cachePath: options.work, tokenizer, say: console.log });
const random = createRandom(options.seed);
const train = drawWriters(data, Number(options.passages), random.fork("writers"));
const heldOut = Object.values(data.newWriters).flatMap((passages) => passages.slice(0, 12));
const start = await realTextPrompts(model, train.slice(0, 256), defaultPromptLength);

const checkpoint = join(options.work, `shared-prompts-${model.id.slice(0, 16)}.state`);
const state = existsSync(checkpoint)
  ? (deserialize(readFileSync(checkpoint)) as IntermediateState)
  : undefined;
const learning = await IntermediateLearning.create(
  model,
  start,
  { train, heldOut },
  {
    ...intermediateDefaults,
    epochs: Number(options.epochs),
    tokensPerRun: 2048,
    seed: options.seed,
    threads: Number(options.threads),
  },
  state,
);
const startedMs = performance.now();
const resumedAt = learning.loop.step;
while (!learning.loop.isFinished) {
  const loss = await learning.loop.advance();
  if (learning.loop.step % 20 === 0) {
    const seconds = (performance.now() - startedMs) / 1000 / (learning.loop.step - resumedAt);
    console.log(
      `step ${learning.loop.step}/${learning.loop.totalSteps} loss ${loss.toFixed(3)} ${seconds.toFixed(2)} s/step`,
    );
    writeFileSync(checkpoint, serialize(learning.state()));
  }
}
const { delta, curve } = learning.result();
await learning.release();
for (const { epoch, heldOut: figures } of curve) {
  console.log(
    `epoch ${epoch}: held-out perplexity of new writers ${figures?.perplexity.toFixed(2)}, top-1 ${figures?.top1.toFixed(3)}`,
  );
}
await keepPrompts(personalPrompts(start, delta));

/** What is refused leaves the model as it was. Throws ExportRefusedError. */
async function keepPrompts(prompts: SoftPrompts): Promise<void> {
  if (!model.config.tone_prompts) {
    saveSharedPrompts(options.model, prompts);
    return;
  }
  const draft = mkdtempSync(join(tmpdir(), "idiolect-prompts-"));
  try {
    const path = join(draft, "model");
    cpSync(options.model, path, { recursive: true });
    saveSharedPrompts(path, prompts);
    const cachePath = join(draft, "cache");
    await requireBetter(path, { dataPath: options.data, cachePath, threads: Number(options.threads) });
    cpSync(path, options.model, { recursive: true });
  } finally {
    rmSync(draft, { recursive: true });
  }
}

/**
 * Passages of as many writers as possible, each writer's in turn, so that nobody's prompt is learned:
 * half from today's work blogs, the rest from books, speeches and letters.
 */
function drawWriters({ byWriter, text }: BuildData, count: number, random: Random): readonly Passage[] {
  const blogs = new Set(text.government.train);
  const isBlog = (passages: readonly Passage[]): boolean => blogs.has(passages[0]!);
  const writers = Object.values(byWriter).map((passages) => random.shuffle([...passages]));
  const mixed = random.shuffle([...text.mixed.train]).slice(0, count / 8);
  const fromBlogs = takeTurns(writers.filter(isBlog), count / 2);
  const fromOthers = takeTurns(
    writers.filter((passages) => !isBlog(passages)),
    count - count / 2 - mixed.length,
  );
  return random.shuffle([...fromBlogs, ...fromOthers, ...mixed]);
}

function takeTurns(writers: readonly (readonly Passage[])[], count: number): readonly Passage[] {
  const longest = Math.max(...writers.map((passages) => passages.length));
  const taken: Passage[] = [];
  for (let turn = 0; turn < longest && taken.length < count; turn++) {
    taken.push(...writers.flatMap((passages) => passages.slice(turn, turn + 1)));
  }
  return taken.slice(0, count);
}
