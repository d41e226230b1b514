import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StoreDiskFullError } from "../../../src/store/errors.ts";
import { openTemporaryStore, sampleProgress, temporaryPath } from "../temporary-store.ts";

const child = join(import.meta.dirname, "../children", "meet-a-bad-disk.ts");

/** Whether this machine lets a process mount file systems that only it sees. */
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]).status === 0;

/** Runs the child on a file system of its own that is mounted by `mount`, with the folder as its argument. */
function onOwnDisk(mount: string, task: string): { readonly report: string; readonly status: number | null } {
  const folder = temporaryPath("disk");
  mkdirSync(folder);
  const script = `${mount} && exec "$NODE" --disable-warning=ExperimentalWarning "$CHILD" "$FOLDER" ${task}`;
  const ran = spawnSync("unshare", ["-rm", "sh", "-c", script], {
    env: { ...process.env, NODE: process.execPath, CHILD: child, FOLDER: folder },
    encoding: "utf8",
  });
  return { report: ran.stdout + ran.stderr, status: ran.status };
}

test("A checkpoint that finds no room is told in words and leaves the former one.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const run = store.learningRuns.start(writer.id, {}, sampleProgress);
  const former = { step: 1, resume: {}, blobs: { prompt: new Uint8Array(1000).fill(1) } };
  store.learningRuns.saveCheckpoint(run.id, former, sampleProgress);
  store.database.execute("PRAGMA max_page_count = 60");
  const next = { step: 2, resume: {}, blobs: { prompt: new Uint8Array(1_000_000).fill(2) } };
  expect(() => store.learningRuns.saveCheckpoint(run.id, next, sampleProgress)).toThrow(StoreDiskFullError);
  expect(store.learningRuns.newestCheckpoint(run.id)).toEqual(former);
  store.database.execute("PRAGMA max_page_count = 1000000");
  store.learningRuns.saveCheckpoint(run.id, next, sampleProgress);
  expect(store.learningRuns.newestCheckpoint(run.id)?.step).toBe(2);
});

const mountNote = canMount ? "" : " [without the right to mount]";

test.skipIf(!canMount)(
  `On a disk that is really full every write is told in words, and nothing saved is lost.${mountNote}`,
  () => {
    const { report, status } = onOwnDisk('mount -t tmpfs -o size=2m none "$FOLDER"', "fill");
    expect(report).toContain("checkpoint: StoreDiskFullError");
    expect(report).toContain("correction: StoreDiskFullError");
    expect(report).toContain("kept: checkpoint 1, 1 corrections, 0 damaged lines");
    expect(status).toBe(0);
  },
);

test.skipIf(!canMount)(`A new store on a full disk is told in words.${mountNote}`, () => {
  const full =
    'mount -t tmpfs -o size=16k none "$FOLDER" && { head -c 99999 /dev/zero > "$FOLDER/other" 2>/dev/null || true; }';
  expect(onOwnDisk(full, "open").report).toContain("open: StoreDiskFullError");
});

test.skipIf(!canMount)(
  `A read-only disk is told in words, whether the store exists or not.${mountNote}`,
  () => {
    const fresh = 'mount -t tmpfs -o ro none "$FOLDER"';
    expect(onOwnDisk(fresh, "open").report).toContain("open: StoreReadOnlyError");
    const make = '"$NODE" --disable-warning=ExperimentalWarning "$CHILD" "$FOLDER" open';
    const existing = `mount -t tmpfs none "$FOLDER" && ${make} && mount -o remount,ro "$FOLDER"`;
    expect(onOwnDisk(existing, "open").report).toBe("open: done\nopen: StoreReadOnlyError\n");
  },
);
