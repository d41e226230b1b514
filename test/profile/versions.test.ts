import { expect, test } from "vitest";
import {
  AmbiguousVersionError,
  NoSuchVersionError,
  OtherBaseVersionError,
} from "../../src/profile/errors.ts";
import { noTraining } from "../../src/profile/report.ts";
import { rollBack } from "../../src/profile/versions.ts";
import { openTemporaryStore } from "../store/temporary-store.ts";

function threeVersions() {
  const store = openTemporaryStore();
  const { id: writer } = store.writers.ensure("Anna");
  const version = { baseModelId: "base", formatVersion: 1, blobs: {}, report: {} };
  const ids = [1, 2, 3].map(() => store.profileVersions.add(writer, version, "activate").id);
  return { store, writer, ids };
}

test("Going back takes the version before, and the one before that, until there is none.", () => {
  const { store, writer, ids } = threeVersions();
  expect(rollBack(store, writer).id).toBe(ids[1]);
  expect(rollBack(store, writer)).toMatchObject({ id: ids[0], isActive: true });
  expect(() => rollBack(store, writer)).toThrow(NoSuchVersionError);
  expect(store.profileVersions.active(writer)!.id).toBe(ids[0]);
  expect(store.profileVersions.list(writer)).toHaveLength(3);
});

test("A version can be named, also to go forward again, by the whole id.", () => {
  const { store, writer, ids } = threeVersions();
  rollBack(store, writer, ids[0]!);
  expect(rollBack(store, writer, ids[2]!).id).toBe(ids[2]);
});

test("A name that is too short, unknown or fits several changes nothing.", () => {
  const { store, writer, ids } = threeVersions();
  const shared = ids[0]!.slice(
    0,
    [...ids[0]!].findIndex((letter, at) => ids[1]![at] !== letter),
  );
  expect(() => rollBack(store, writer, ids[0]!.slice(0, 2))).toThrow(NoSuchVersionError);
  expect(() => rollBack(store, writer, "no such version")).toThrow(NoSuchVersionError);
  if (shared.length >= 4) expect(() => rollBack(store, writer, shared)).toThrow(AmbiguousVersionError);
  expect(store.profileVersions.active(writer)!.id).toBe(ids[2]);
});

test("There is no way back to a version of another base model.", () => {
  const { store, writer, ids } = threeVersions();
  const version = { baseModelId: "next base", formatVersion: 1, blobs: {}, report: {} };
  const { id } = store.profileVersions.add(writer, version, "activate");
  expect(() => rollBack(store, writer)).toThrow(OtherBaseVersionError);
  expect(() => rollBack(store, writer, ids[0]!)).toThrow(/another base model.*[Ll]earn again/);
  expect(store.profileVersions.active(writer)!.id).toBe(id);
});

test("There is no way back to a version that was made before anything was learned.", () => {
  const { store, writer, ids } = threeVersions();
  const nothing = { open: false, reason: "still learning" };
  const report = {
    isEarly: true,
    corpus: { folders: [], documents: 1, passages: 1, words: 1, tags: 1, taggedDocuments: 1 },
    curves: { masking: [] },
    heldOut: {},
    gate: { tone: nothing, tags: nothing, masking: nothing },
    learned: noTraining,
  };
  const early = { baseModelId: "base", formatVersion: 1, blobs: {}, report };
  store.profileVersions.add(writer, early, "activate");
  const { id } = store.profileVersions.add(writer, { ...early, report: {} }, "activate");
  expect(rollBack(store, writer).id).toBe(ids[2]);
  expect(rollBack(store, writer, id).id).toBe(id);
});
