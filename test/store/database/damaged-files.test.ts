import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Lesson } from "../../../src/store/corrections/correction.ts";
import { StoreChecksumError } from "../../../src/store/errors.ts";
import { openStore } from "../../../src/store/open-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { fillWriter } from "../forgetting/fill-writer.ts";
import { damageFile, seededRandom } from "../random-damage.ts";
import { openForTest, temporaryPath } from "../temporary-store.ts";

const count = process.env["LONG"] === "1" ? 600 : 40;
const files = ["idiolect.sqlite", "idiolect.sqlite-wal", "corrections.jsonl"] as const;

/** Teaches some lessons, one of which is taken back. */
function teach(store: Store, writerId: number, from: number, to: number): void {
  const vector = {
    maker: { modelId: "base", profileVersion: undefined },
    values: Float32Array.of(1, -2, 0.5),
  };
  for (let number = from; number < to; number += 1) {
    const sentence = `Sentence ${number} was said by writer ${writerId}.`;
    const tone: Lesson = { kind: "tone", textHash: `s${number}`, sentence, valence: (number % 5) / 4 };
    const veto: Lesson = { kind: "tagVetoed", textHash: `d${number}`, tag: `tag ${number}` };
    store.corrections.add(writerId, number % 2 === 0 ? tone : veto, vector);
  }
  for (const line of taught(store).split("\n")) everTaught.add(line);
  store.corrections.withdraw(store.corrections.list(writerId)[1]!.id);
}

/** All that was taught, as a text that tells any difference. */
function taught(store: Store): string {
  const lines = store.writers
    .list()
    .flatMap(({ id, name }) =>
      store.corrections.list(id).map((one) => JSON.stringify([name, one.id, one.createdMs, one.lesson])),
    );
  return lines.sort().join("\n");
}

let original = "";
let truth = "";
/** With what was taken back: where both copies of that are damaged, it comes back. */
const everTaught = new Set<string>();

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-damage-"));
  const first = openStore(join(folder, "original"));
  const [anna, ben] = [fillWriter(first, "Anna", "harbour", 3), fillWriter(first, "Ben", "mountain", 2)];
  teach(first, anna.id, 0, 12);
  first.close();
  const second = openStore(join(folder, "original"));
  teach(second, ben.id, 20, 29);
  truth = taught(second);
  // Copied while it is open, so that the log has something that the database has not.
  original = join(folder, "copy");
  cpSync(join(folder, "original"), original, { recursive: true });
  second.close();
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Reads what else there is. Large parts have checksums, and say when they do not fit. */
function lookAtAll(store: Store): void {
  for (const { id } of store.writers.list()) {
    for (const document of store.documents.list(id)) {
      store.documents.sentences(document.id);
      store.vectors.of(document.id, { modelId: "base", profileVersion: undefined }, "passage");
    }
    store.labels.list(id);
    store.vocabulary.list(id);
    store.acceptedTags.list(id);
    for (const version of store.profileVersions.list(id)) {
      unlessChecksumFails(() => store.profileVersions.blobs(version.id));
    }
    for (const run of store.learningRuns.list(id)) {
      unlessChecksumFails(() => store.learningRuns.newestCheckpoint(run.id));
    }
  }
}

function unlessChecksumFails(look: () => unknown): void {
  try {
    look();
  } catch (cause) {
    if (!(cause instanceof StoreChecksumError)) throw cause;
  }
}

/** Runs `check` on a copy of the store for each seed. */
function onCopies(seeds: number, check: (folder: string, random: () => number, seed: number) => void): void {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const folder = temporaryPath(`copy-${seed}`);
    cpSync(original, folder, { recursive: true });
    check(folder, seededRandom(seed), seed);
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each(files)(
  "Whatever a bad disk does to %s, no correction is lost and none is made up.",
  { timeout: 900_000 },
  (file) => {
    onCopies(count / 4, (folder, random, seed) => {
      const how = damageFile(join(folder, file), random);
      const store = openForTest(folder);
      expect(taught(store), `seed ${seed}: ${how}`).toBe(truth);
      lookAtAll(store);
      store.close();
      // The copy is whole again, or still: the database may be lost now.
      rmSync(store.paths.database);
      const again = openForTest(folder);
      expect(taught(again), `seed ${seed}: ${how}, then the database was lost`).toBe(truth);
      again.close();
    });
  },
);

test("Whatever it does to all files together, nothing is there that was never taught.", {
  timeout: 900_000,
}, () => {
  onCopies(count / 4, (folder, random, seed) => {
    const how = files.map((file) => damageFile(join(folder, file), random)).join(", ");
    const store = openForTest(folder);
    const strange = taught(store)
      .split("\n")
      .filter((line) => line !== "" && !everTaught.has(line));
    expect(strange, `seed ${seed}: ${how}`).toEqual([]);
    lookAtAll(store);
    store.close();
  });
});
