import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { StoreFolderError, StoreLockedError } from "../../src/store/errors.ts";
import { defaultStorePath } from "../../src/store/store-folder.ts";
import {
  openForTest,
  StillClock,
  sampleDocument,
  sampleSentences,
  temporaryPath,
} from "./temporary-store.ts";

const isWindows = process.platform === "win32";

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

/** Fills a store with a few hundred pages, one correction among them, and closes it. */
function filledStore(folder: string): string {
  const store = openForTest(folder);
  const writer = store.writers.ensure("Anna");
  for (let index = 0; index < 100; index += 1) {
    const texts = Array.from(
      { length: 20 },
      (_, line) => `Sentence ${line} of post ${index}: the harbour lay in fog.`,
    );
    store.documents.save(writer.id, sampleDocument({ path: `${index}.md` }), sampleSentences(...texts));
  }
  const lesson = { kind: "tone", textHash: "s1", sentence: "Lovely weather.", valence: -0.5 } as const;
  store.corrections.add(writer.id, lesson);
  store.close();
  return store.paths.database;
}

test.skipIf(isWindows)("Folder and files are for the user alone, even if they were not before.", () => {
  const folder = temporaryPath("some/deep/store");
  const first = openForTest(folder);
  const writer = first.writers.ensure("Anna");
  first.corrections.add(writer.id, { kind: "tone", textHash: "s", sentence: "Fine.", valence: 1 });
  expect(modeOf(folder)).toBe("700");
  const names = [
    "corrections.jsonl",
    "idiolect.sqlite",
    "idiolect.sqlite-shm",
    "idiolect.sqlite-wal",
    "idiolect.sqlite.sound",
  ];
  expect(readdirSync(folder).sort()).toEqual(names);
  expect(names.map((name) => modeOf(join(folder, name)))).toEqual(names.map(() => "600"));
  first.close();
  chmodSync(folder, 0o755);
  chmodSync(first.paths.database, 0o644);
  openForTest(folder);
  expect(modeOf(folder)).toBe("700");
  expect(modeOf(first.paths.database)).toBe("600");
});

test.skipIf(isWindows)(
  "A folder that holds files of others keeps its mode; ours in it are for the user alone.",
  () => {
    const folder = temporaryPath();
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "shopping.txt"), "bread");
    const store = openForTest(folder);
    expect(modeOf(folder)).toBe("755");
    expect(modeOf(store.paths.database)).toBe("600");
  },
);

test("A second opening finds what the first has written.", () => {
  const folder = temporaryPath();
  filledStore(folder);
  const store = openForTest(folder);
  expect(store.opening).toEqual({
    origin: { kind: "existing" },
    journal: "wal",
    restoredCorrections: 0,
    damagedMirrorLines: 0,
    lostCorrections: 0,
  });
  expect(store.documents.list(store.writers.named("Anna")!.id)).toHaveLength(100);
});

const damages: readonly (readonly [string, (path: string) => void])[] = [
  ["cut off in the middle", (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
  ["cut off within a page", (path) => truncateSync(path, statSync(path).size - 1000)],
  ["full of other bytes", (path) => writeFileSync(path, Buffer.from("no database at all ".repeat(500)))],
  ["overwritten with zeros in page 2", (path) => overwrite(path, 4096, Buffer.alloc(4096))],
  ["overwritten with zeros in page 30", (path) => overwrite(path, 29 * 4096, Buffer.alloc(4096))],
  ["overwritten at its head", (path) => overwrite(path, 0, Buffer.alloc(100, 0x5a))],
  ["overwritten with noise from page 3 to 9", (path) => overwrite(path, 8192, Buffer.alloc(7 * 4096, 0xa7))],
];

function overwrite(path: string, position: number, bytes: Buffer): void {
  const content = readFileSync(path);
  bytes.copy(content, position);
  writeFileSync(path, content);
}

test.each(damages)("A database that is %s is set aside, and the corrections come back.", (_, damage) => {
  const folder = temporaryPath();
  const path = filledStore(folder);
  damage(path);
  const damaged = readFileSync(path);
  const clock = new StillClock();
  const store = openForTest(folder, { clock: clock.read });
  const setAside = `${path}.corrupt-${clock.nowMs}`;
  expect(store.opening).toMatchObject({ origin: { kind: "rebuilt", setAside }, restoredCorrections: 1 });
  expect(readFileSync(setAside).equals(damaged)).toBe(true);
  const writer = store.writers.named("Anna")!;
  expect(store.documents.list(writer.id)).toEqual([]);
  expect(store.corrections.list(writer.id)).toMatchObject([{ lesson: { sentence: "Lovely weather." } }]);
  store.close();
  expect(openForTest(folder).opening.origin).toEqual({ kind: "existing" });
});

test("Two damaged databases at the same moment get two names.", () => {
  const folder = temporaryPath();
  const clock = new StillClock();
  const path = filledStore(folder);
  for (const _ of [1, 2]) {
    writeFileSync(path, "not a database, but long enough to be seen as one that is broken".repeat(20));
    openForTest(folder, { clock: clock.read }).close();
  }
  expect(readdirSync(folder).filter((name) => name.includes(".corrupt-"))).toEqual([
    `idiolect.sqlite.corrupt-${clock.nowMs}`,
    `idiolect.sqlite.corrupt-${clock.nowMs + 1}`,
  ]);
});

test("A file where the folder should be is told in words.", () => {
  const folder = temporaryPath();
  writeFileSync(folder, "I am a file.");
  expect(() => openForTest(folder)).toThrow(StoreFolderError);
  expect(() => openForTest(join(folder, "deeper"))).toThrow(
    /cannot be used as the store.*folder and not a file/,
  );
  expect(readFileSync(folder, "utf8")).toBe("I am a file.");
});

test("A folder where the file should be is told in words.", () => {
  const folder = temporaryPath();
  mkdirSync(join(folder, "idiolect.sqlite"), { recursive: true });
  expect(() => openForTest(folder)).toThrow(StoreFolderError);
});

test("A store that another connection keeps locked is told in words after the busy timeout.", () => {
  const folder = temporaryPath();
  const holder = openForTest(folder);
  const waiting = openForTest(folder, { busyTimeoutMs: 20 });
  holder.inTransaction(() => {
    expect(() => waiting.writers.ensure("Anna")).toThrow(StoreLockedError);
    expect(() => openForTest(folder, { busyTimeoutMs: 20 })).toThrow(
      /locked for too long.*close the other windows/,
    );
    expect(waiting.writers.list()).toEqual([]);
  });
  expect(waiting.writers.ensure("Anna").name).toBe("Anna");
});

test("Several writes in one transaction are kept or dropped together.", () => {
  const store = openForTest(temporaryPath());
  const failing = () =>
    store.inTransaction(() => {
      store.writers.ensure("Anna");
      throw new Error("no power");
    });
  expect(failing).toThrow("no power");
  expect(store.writers.list()).toEqual([]);
});

test("By default the store lies in the user's data folder.", () => {
  const path = defaultStorePath();
  expect(path.toLowerCase()).toContain("idiolect");
  expect(dirname(path)).not.toBe(".");
  expect(path).not.toContain("nodejs");
});
