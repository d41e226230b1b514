import { isAbsolute, resolve } from "node:path";
import { expect, test } from "vitest";
import { placesOf } from "../../src/session/places.ts";

test("Places that nobody names are the usual ones, and those that somebody names are made absolute.", () => {
  const usual = placesOf({});
  expect(Object.values(usual).every(isAbsolute)).toBe(true);
  expect(placesOf({ storePath: undefined, modelPath: "some/model" })).toEqual({
    ...usual,
    modelPath: resolve("some/model"),
  });
});
