import { join } from "node:path";
import { expect, test } from "vitest";
import { prepareCorpus } from "../../src/learner/corpus/learning-corpus.ts";
import { type ReadableCorpus, readableCorpus } from "../../src/learner/corpus/readable-corpus.ts";
import type { LearningPlan } from "../../src/learner/learning-plan.ts";
import { promptWork } from "../../src/learner/prompts/learn-prompts.ts";
import { type FormerVersion, planPrompts } from "../../src/learner/prompts/prompt-plan.ts";
import { named } from "../../src/learner/prompts/training-material.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { nameDocument } from "../../src/profile/learned-documents.ts";
import { encodeProfile } from "../../src/profile/profile.ts";
import { zeroPrompts } from "../../src/prompts/soft-prompts.ts";
import { learningOptions } from "../../src/session/learning-options.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { smallJob } from "./job.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { writeTinyModel } from "./tiny-model.ts";

const vocabulary =
  "the river was long and they made a boat she had no time people at bridge he would call her".split(" ");

/** Posts of 500 words each in the store, cut for the model. */
async function corpusOf(posts: number, folder: string, model: PretrainedModel): Promise<ReadableCorpus> {
  using store = openStore(join(folder, `store-${posts}`));
  const writer = store.writers.ensure("Anna");
  const random = createRandom("posts");
  for (let number = 0; number < posts; number++) {
    const sentences = Array.from({ length: 50 }, (_, paragraph) => {
      const words = Array.from({ length: 10 }, () => vocabulary[random.integer(vocabulary.length)]!);
      return { paragraph, start: 0, end: 1, text: words.join(" ") };
    });
    const path = join(folder, `${String(number).padStart(3, "0")}.md`);
    const about = { author: undefined, language: "en", dateMs: number, title: undefined, tags: [] };
    const file = { path, hash: `${number}`, sizeBytes: 1, mtimeMs: 1, words: 500 };
    store.documents.save(writer.id, { ...file, ...about }, sentences);
  }
  const breathe = async () => undefined;
  const plan = { languages: [], languagesByFolder: {} } as unknown as LearningPlan;
  const corpus = await prepareCorpus({ store, writer, model, breathe, plan }, [folder]);
  return await readableCorpus({ store, model, breathe, plan }, corpus);
}

test("Eight new posts among three hundred cost at most a tenth of the first learning of the prompts.", async () => {
  const folder = temporaryFolder();
  const model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
  const options = learningOptions({ seed: 1, cpuPercent: 100 });
  const paths = { folders: [folder], storePath: folder, modelPath: folder, cachePath: folder };
  using store = openStore(join(folder, "store"));
  const context = { store, writer: store.writers.ensure("Anna"), model, job: smallJob(paths, options) };
  const first = planPrompts(context, await corpusOf(300, folder, model), undefined);
  if (first.kind !== "anew") throw new Error(`planned ${first.kind}`);
  const former = {
    id: "first",
    prompts: { delta: { length: options.promptLength }, learned: first.learned },
    report: { gate: { masking: { open: true } }, driftBaseline: { band: {} } },
  } as unknown as FormerVersion;
  const again = planPrompts(context, await corpusOf(308, folder, model), former);
  if (again.kind !== "onwards") throw new Error(`planned ${again.kind}`);
  expect(again.newPassages).toBeGreaterThan(20);
  expect(again.replayedPassages).toBeGreaterThanOrEqual(again.newPassages / 2);
  expect(again.data.heldOut.length).toBeGreaterThan(30);
  expect(promptWork(context, again) / promptWork(context, first)).toBeLessThan(0.1);
});

test("Of new posts those prove nothing that another version was trained on.", async () => {
  const folder = temporaryFolder();
  const model = await PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
  const options = learningOptions({ seed: 1, cpuPercent: 100 });
  const paths = { folders: [folder], storePath: folder, modelPath: folder, cachePath: folder };
  using store = openStore(join(folder, "store"));
  const context = { store, writer: store.writers.ensure("Anna"), model, job: smallJob(paths, options) };
  const [fewer, more] = [await corpusOf(50, folder, model), await corpusOf(60, folder, model)];
  const first = planPrompts(context, fewer, undefined);
  if (first.kind !== "anew") throw new Error(`planned ${first.kind}`);
  const former = {
    id: "first",
    prompts: { delta: { length: options.promptLength }, learned: first.learned },
    report: { gate: { masking: { open: true } } },
  } as unknown as FormerVersion;
  const newlyHeldOut = (known: Store): number => {
    const again = planPrompts({ ...context, store: known }, more, former);
    if (again.kind !== "onwards") throw new Error(`planned ${again.kind}`);
    return again.newlyHeldOut.size;
  };
  const prompts = zeroPrompts(model.config, options.promptLength);
  const documents = more.documents.slice(50).map((one) => nameDocument(named(one), "trains"));
  const learned = { version: 1, options: "others", documents } as const;
  const blobs = encodeProfile({ prompts: { shared: prompts, delta: prompts, learned } });
  const profileVersions = { list: () => [{ id: "other", formatVersion: 1 }], blobs: () => blobs };
  expect(newlyHeldOut(store)).toBe(2);
  expect(newlyHeldOut({ profileVersions } as unknown as Store)).toBe(0);
});
