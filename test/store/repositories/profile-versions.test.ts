import { expect, test } from "vitest";
import { StoreChecksumError, StoreMissingError } from "../../../src/store/errors.ts";
import type { NewProfileVersion } from "../../../src/store/repositories/profile-versions.ts";
import { openTemporaryStore } from "../temporary-store.ts";

function profile(seed: number): NewProfileVersion {
  const blobs = { prompt: Uint8Array.of(seed, 2, 3), ranker: Uint8Array.of() };
  return { baseModelId: "base", formatVersion: 1, blobs, report: { loss: [seed, 0.5], gate: "open" } };
}

test("A profile version comes back byte by byte, with its report.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const added = store.profileVersions.add(writer.id, profile(1), "activate");
  expect(store.profileVersions.active(writer.id)).toEqual(added);
  expect(added).toMatchObject({ report: profile(1).report, isActive: true, baseModelId: "base" });
  expect(store.profileVersions.blobs(added.id)).toEqual(profile(1).blobs);
});

test("The last five versions are kept.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const ids = [1, 2, 3, 4, 5, 6, 7].map(
    (seed) => store.profileVersions.add(writer.id, profile(seed), "activate").id,
  );
  expect(store.profileVersions.list(writer.id).map(({ id }) => id)).toEqual(ids.slice(2).reverse());
  expect(store.profileVersions.blobs(ids[0]!)).toEqual({});
});

test("The active version is never dropped, however many newer ones the gate turned down.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const first = store.profileVersions.add(writer.id, profile(1), "activate");
  for (const seed of [2, 3, 4, 5, 6, 7]) store.profileVersions.add(writer.id, profile(seed), "keepFormer");
  expect(store.profileVersions.active(writer.id)).toEqual(first);
  expect(store.profileVersions.list(writer.id)).toHaveLength(5);
});

test("Activating a version that the writer does not have leaves the active one as it is.", () => {
  const store = openTemporaryStore();
  const [anna, ben] = [store.writers.ensure("Anna"), store.writers.ensure("Ben")];
  const ours = store.profileVersions.add(anna.id, profile(1), "activate");
  const theirs = store.profileVersions.add(ben.id, profile(2), "activate");
  expect(() => store.profileVersions.activate(anna.id, theirs.id)).toThrow(StoreMissingError);
  expect(store.profileVersions.active(anna.id)).toEqual(ours);
});

test("A damaged part of a profile is noticed by its checksum.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.profileVersions.add(writer.id, profile(1), "activate");
  store.database.run("UPDATE profile_blobs SET content = x'0102' WHERE name = 'prompt'");
  expect(() => store.profileVersions.blobs(id)).toThrow(StoreChecksumError);
});
