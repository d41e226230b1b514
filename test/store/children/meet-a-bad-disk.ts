import { statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../../src/store/open-store.ts";
import type { Store } from "../../../src/store/store.ts";

const [folder = "", task = ""] = process.argv.slice(2);
const progress = { stage: "masking", step: 1, steps: 2, seconds: 1, peakMemoryBytes: 1 };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function attempt(name: string, action: () => void): void {
  try {
    action();
    say(`${name}: done`);
  } catch (cause) {
    say(`${name}: ${cause instanceof Error ? cause.name : cause}`);
  }
}

function correct(store: Store, writerId: number, text: string): void {
  store.corrections.add(writerId, { kind: "tone", textHash: text, sentence: text, valence: 1 });
}

/** Fills the disk with checkpoints, then to the last byte, then reports what is still there. */
function fill(): void {
  const store = openStore(folder);
  const writer = store.writers.ensure("Anna");
  const run = store.learningRuns.start(writer.id, {}, progress);
  const save = (step: number, bytes: number) => {
    const checkpoint = { step, resume: {}, blobs: { prompt: new Uint8Array(bytes).fill(step) } };
    store.learningRuns.saveCheckpoint(run.id, checkpoint, { ...progress, step });
  };
  save(1, 10_000);
  correct(store, writer.id, "Fine.");
  attempt("checkpoint", () => save(2, 3_000_000));
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, "other"), new Uint8Array(bavail * bsize));
  attempt("correction", () => correct(store, writer.id, "Too long for this disk. ".repeat(1000)));
  store.close();
  attempt("again", () => {
    const again = openStore(folder);
    const kept = again.learningRuns.newestCheckpoint(run.id)?.step;
    const corrections = again.corrections.list(writer.id).length;
    say(
      `kept: checkpoint ${kept}, ${corrections} corrections, ${again.opening.damagedMirrorLines} damaged lines`,
    );
    again.close();
  });
}

if (task === "fill") fill();
else attempt("open", () => openStore(folder).close());
