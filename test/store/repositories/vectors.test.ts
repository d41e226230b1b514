import fc from "fast-check";
import { expect, test } from "vitest";
import { fromFloatBlob, toFloatBlob } from "../../../src/store/database/columns.ts";
import { openTemporaryStore, sampleDocument } from "../temporary-store.ts";

test("A vector survives the way to bytes and back bit by bit.", () => {
  fc.assert(
    fc.property(fc.float32Array(), (values) => {
      expect(fromFloatBlob(toFloatBlob(values))).toEqual(values);
    }),
    { seed: 1 },
  );
});

test("Vectors of different models, profile versions and units are kept apart.", () => {
  const store = openTemporaryStore();
  const writer = store.writers.ensure("Anna");
  const { id } = store.documents.save(writer.id, sampleDocument(), []);
  const content = { baseModelId: "base", formatVersion: 1, blobs: {}, report: {} };
  const profile = store.profileVersions.add(writer.id, content, "activate");
  const general = { modelId: "base", profileVersion: undefined };
  const personal = { modelId: "base", profileVersion: profile.id };
  store.vectors.save(id, general, [
    { unit: { kind: "document" }, values: Float32Array.of(1, 2) },
    { unit: { kind: "passage", position: 3 }, values: Float32Array.of(5, 6) },
  ]);
  store.vectors.save(id, personal, [{ unit: { kind: "document" }, values: Float32Array.of(3, 4) }]);
  store.vectors.save(id, general, [{ unit: { kind: "document" }, values: Float32Array.of(7, 8) }]);
  expect(store.vectors.list(writer.id, general, "document")).toEqual([
    { documentId: id, unit: { kind: "document" }, values: Float32Array.of(7, 8) },
  ]);
  expect(store.vectors.list(writer.id, personal, "document")[0]?.values).toEqual(Float32Array.of(3, 4));
  expect(store.vectors.list(writer.id, general, "passage")).toEqual([
    { documentId: id, unit: { kind: "passage", position: 3 }, values: Float32Array.of(5, 6) },
  ]);
});
