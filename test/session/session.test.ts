import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { inEnglish } from "../../src/said/said.ts";
import { Session, type SessionOptions } from "../../src/session/session.ts";
import { openStore, openStoreIfAny } from "../../src/store/open-store.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

let folder: string;
const told: string[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  told.length = 0;
});

function open(options: Partial<SessionOptions> = {}): Session {
  const [storePath, modelPath, cachePath] = ["store", "model", "cache"].map((name) => join(folder, name));
  const session = new Session({
    places: () => ({ storePath: storePath!, modelPath: modelPath!, cachePath: cachePath! }),
    tell: ({ message }) => told.push(inEnglish(message)),
    ...options,
  });
  onTestFinished(() => session.release());
  return session;
}

test("Who only looks makes no store, and everybody else one, which is opened once.", () => {
  const looking = open({ openStore: openStoreIfAny });
  expect(looking.store.writers.list()).toEqual([]);
  expect(existsSync(join(folder, "store"))).toBe(false);
  const making = open();
  expect(making.store).toBe(making.store);
  expect(existsSync(join(folder, "store"))).toBe(true);
});

test("A store that was damaged is told when it is opened, once.", () => {
  openStore(join(folder, "store")).close();
  writeFileSync(join(folder, "store", "idiolect.sqlite"), "no database");
  const session = open();
  expect([session.store, session.store].map(({ opening }) => opening.origin.kind)).toEqual([
    "rebuilt",
    "rebuilt",
  ]);
  expect(told).toEqual([expect.stringMatching(/^The store was damaged\. It has been moved to /)]);
});

test("A store whose file another process erased is opened anew.", () => {
  const session = open();
  session.store.writers.ensure("Ann");
  rmSync(join(folder, "store"), { recursive: true });
  expect(session.store.writers.list()).toEqual([]);
});

test("A model is opened once for all that come together, and again after it was given back.", async () => {
  writeTinyModel(join(folder, "model"));
  const session = open();
  expect(session.isModelOpen).toBe(false);
  const [a, b] = await Promise.all([session.reading(), session.reading()]);
  expect(a.encoder).toBe(b.encoder);
  expect(a.reader).toBe(b.reader);
  await session.release();
  expect(session.isModelOpen).toBe(false);
  expect((await session.reading()).encoder).not.toBe(a.encoder);
});

test("A model that could not be opened is asked for again.", async () => {
  const session = open();
  await expect(session.reading()).rejects.toThrow();
  expect(session.isModelOpen).toBe(false);
  writeTinyModel(join(folder, "model"));
  await expect(session.reading()).resolves.toHaveProperty("encoder");
});

test("Unpacked weights that were damaged are told, and texts are read as before.", async () => {
  writeTinyModel(join(folder, "model"));
  const session = open();
  const read = async () => {
    const { encoder } = await session.reading();
    return (await encoder.read([{ ids: Uint16Array.of(2, 7, 3) }]))[0]!.vector;
  };
  const before = await read();
  await session.release();
  const [name] = readdirSync(join(folder, "cache"));
  writeFileSync(join(folder, "cache", name!, "weights.record"), "half");
  expect(await read()).toEqual(before);
  expect(told).toEqual([expect.stringMatching(/unpacked weights in .* were damaged/)]);
});

test("A profile is kept until another version is used, and belongs to its writer and store.", async () => {
  writeTinyModel(join(folder, "model"));
  const session = open();
  const { reader, profileOf } = await session.reading();
  const { store } = session;
  const [ann, ben] = [store.writers.ensure("Ann"), store.writers.ensure("Ben")];
  expect([ann, ben].map((writer) => profileOf(writer).kind)).toEqual(["none", "none"]);
  const version = { baseModelId: "another", formatVersion: 1, blobs: {}, report: {} };
  store.profileVersions.add(ann.id, version, "activate");
  expect(profileOf(ann)).toEqual({ kind: "otherModel" });
  expect(profileOf(ann)).toBe(profileOf(ann));
  expect(profileOf(ben)).toEqual({ kind: "none" });
  expect(reader.id).not.toBe("another");
  rmSync(join(folder, "store"), { recursive: true });
  expect(profileOf(ann)).toEqual({ kind: "none" });
});
