import { join } from "node:path";
import { expect, test } from "vitest";
import { LearnerDiedError } from "../../src/learner/errors.ts";
import { learn } from "../../src/learner/learn.ts";
import { LearnerProcess } from "../../src/learner/learner-process.ts";
import { createRandom } from "../../src/learning/random.ts";
import type { LearningJob } from "../../src/protocol/learner-messages.ts";
import { openStore } from "../../src/store/open-store.ts";
import { smallJob } from "./job.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { writeTinyModel } from "./tiny-model.ts";

const blog = join(import.meta.dirname, "..", "..", "media", "sample-blog");

test("A learner killed at ten random moments ends with the profile of an undisturbed one.", async () => {
  const folder = temporaryFolder();
  const modelPath = writeTinyModel(join(folder, "model"));
  const jobIn = (storePath: string) =>
    smallJob(
      { folders: [blog], storePath: join(folder, storePath), modelPath, cachePath: join(folder, "cache") },
      { maximumPassages: 400, epochs: 5 },
    );
  teach(jobIn("killed"));
  teach(jobIn("undisturbed"));
  const random = createRandom("moments");
  const steps: number[] = [];
  for (let kill = 0; kill < 10; kill++) {
    steps.push(await killAfter(jobIn("killed"), random.integer(12), random.integer(40)));
  }
  const last = await new LearnerProcess(jobIn("killed")).ended;
  expect(last.kind).toBe("done");
  await learn(jobIn("undisturbed"), { emit: () => undefined, clock: Date.now, onPace: () => undefined });

  const [killed, undisturbed] = [contents(jobIn("killed")), contents(jobIn("undisturbed"))];
  expect(killed).toEqual(undisturbed);
  // A learner that was killed before it came to its checkpoint tells no step.
  const resumedAt = steps.filter((step) => step > 0);
  expect(resumedAt.length).toBeGreaterThan(2);
  expect(resumedAt).toEqual(resumedAt.toSorted((a, b) => a - b));
}, 1_800_000);

/** Kills the learner some milliseconds after it has told of its progress so often; gives the step it began at. */
async function killAfter(job: LearningJob, messages: number, laterMs: number): Promise<number> {
  let begun = 0;
  let heard = 0;
  const learner = new LearnerProcess(job, (message) => {
    begun = message.kind === "resumed" ? message.step : begun;
    heard += message.kind === "progress" ? 1 : 0;
    if (heard > messages) {
      setTimeout(() => process.kill(learner.processId!, "SIGKILL"), laterMs);
      heard = Number.NEGATIVE_INFINITY;
    }
  });
  await expect(learner.ended).rejects.toThrow(LearnerDiedError);
  return begun;
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
  };
}
