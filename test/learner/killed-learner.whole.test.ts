import { join } from "node:path";
import { expect, test } from "vitest";
import { LearnerDiedError } from "../../src/learner/errors.ts";
import { learn } from "../../src/learner/learn.ts";
import { LearnerProcess } from "../../src/learner/learner-process.ts";
import { createRandom } from "../../src/numbers/random.ts";
import type { LearningJob } from "../../src/protocol/learner.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "./job.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { writeTinyModel } from "./tiny-model.ts";

const blog = join(import.meta.dirname, "..", "..", "media", "sample-blog");

const kills = process.env["LONG"] === "1" ? 30 : 3;

test(`A learner killed at ${kills} random moments ends with the profile of an undisturbed one.`, async () => {
  const folder = temporaryFolder();
  const modelPath = writeTinyModel(join(folder, "model"));
  const jobIn = (storePath: string) =>
    smallJob(
      { folders: [blog], storePath: join(folder, storePath), modelPath, cachePath: join(folder, "cache") },
      { maximumPassages: 400, epochs: 5 },
    );
  teach(jobIn("undisturbed"));
  let messages = 0;
  const count = () => {
    messages++;
  };
  await learn(jobIn("undisturbed"), { emit: count, clock: Date.now, onPace: () => undefined });
  const undisturbed = contents(jobIn("undisturbed"));

  const random = createRandom("moments");
  let killed = 0;
  for (let life = 0; killed < kills; life++) {
    const job = jobIn(`killed ${life}`);
    teach(job);
    const begun: number[] = [];
    for (;;) {
      // Of a whole run, and of what is left of it: from the first message to the last.
      const { end, step } = await killAfter(job, random.integer(messages), random.integer(40));
      begun.push(step);
      killed += end === undefined ? 1 : 0;
      if (end !== undefined || killed === kills) break;
    }
    expect(await new LearnerProcess(job).ended).toMatchObject({ kind: "done" });
    expect(contents(job)).toEqual(undisturbed);
    // No step that was in a checkpoint is done again. Who is killed before it comes to its checkpoint tells none.
    const resumed = begun.filter((step) => step > 0);
    expect(resumed).toEqual(resumed.toSorted((a, b) => a - b));
  }
}, 1_800_000);

/**
 * Kills the learner some milliseconds after it has told so many things. Gives the step it began at, and how it ended
 * where it was faster.
 */
async function killAfter(job: LearningJob, messages: number, laterMs: number) {
  let step = 0;
  let heard = 0;
  const learner = new LearnerProcess(job, (message) => {
    step = message.kind === "resumed" ? message.step : step;
    if (heard++ === messages) setTimeout(() => learner.kill(), laterMs);
  });
  const end = await learner.ended.catch((cause: unknown) => {
    expect(cause).toBeInstanceOf(LearnerDiedError);
  });
  return { end: end ?? undefined, step };
}

function teach({ storePath, writer }: LearningJob): void {
  using store = openStore(storePath, { clock: () => 1_700_000_000_000, newId: () => "lesson" });
  const { id } = store.writers.ensure(writer);
  store.corrections.add(id, { kind: "tone", textHash: "x", sentence: "It was adequate.", valence: 1 });
}

/** Everything that must not depend on how often the learner was killed. */
function contents({ storePath, writer }: LearningJob) {
  using store = openStore(storePath);
  const { id } = store.writers.named(writer)!;
  const active = store.profileVersions.active(id)!;
  const report = active.report as { readonly learned: { readonly steps: number } };
  return {
    documents: store.documents.list(id),
    labels: store.labels.list(id).map(({ documentId, valence }) => [documentId, valence]),
    corrections: store.corrections.list(id),
    blobs: store.profileVersions.blobs(active.id),
    report: { ...report, learned: { steps: report.learned.steps } },
    runs: store.learningRuns.list(id).map(({ state }) => state.kind),
    isLocked: store.lease.holder() !== undefined,
  };
}
