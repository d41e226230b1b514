import { openStore } from "../../../src/store/open-store.ts";

/** Goes on from the newest checkpoint and writes one after the other until it is killed, telling each step written. */
const [folder = "", runId = ""] = process.argv.slice(2);
const store = openStore(folder);
const progress = { stage: "masking", step: 0, steps: 1000, seconds: 0, peakMemoryBytes: 0 };
let step = store.learningRuns.newestCheckpoint(runId)?.step ?? 0;
process.stdout.write("start\n");
for (;;) {
  step += 1;
  const blobs = {
    prompt: new Uint8Array(300_000).fill(step % 251),
    moments: new Uint8Array(600_000).fill(step % 241),
  };
  store.learningRuns.saveCheckpoint(
    runId,
    { step, resume: { random: [step, step * 7] }, blobs },
    { ...progress, step },
  );
  process.stdout.write(`${step}\n`);
}
