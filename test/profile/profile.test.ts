import { expect, test } from "vitest";
import { ProfileFormatError } from "../../src/profile/errors.ts";
import { parseLearnedDocuments } from "../../src/profile/learned-documents.ts";
import {
  decodeLearnedPrompts,
  decodeProfile,
  encodeProfile,
  profileFormatVersion,
} from "../../src/profile/profile.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";

const promptsOf = (...values: readonly number[]): SoftPrompts => ({
  layers: 1,
  length: 1,
  hiddenSize: values.length,
  values: Float32Array.from(values),
});

test("A profile comes back: prompts as shared plus delta, those for tone whole, heads as they were.", () => {
  const tone = {
    parameters: {
      shift: { sentence: { bias: 0.5, logSpread: 0 }, document: { bias: 0, logSpread: 0.25 } },
      promptWeight: 0.5,
    },
    labels: [],
  };
  const tags = {
    usesPrompts: true,
    suggester: {
      version: 1,
      ranker: { version: 1, bias: -3, features: { a: { mean: 0, deviation: 1, weight: 2 } } },
    },
  } as const;
  const learned = parseLearnedDocuments({
    version: 1,
    options: "o",
    documents: [{ path: "p", text: "t", isHeldOut: true }],
  });
  const prompts = { shared: promptsOf(1, 2), delta: promptsOf(0.5, -0.25), learned };
  const blobs = encodeProfile({
    prompts,
    tags,
    tone,
    tonePrompts: promptsOf(3, 4),
  });
  expect(decodeProfile(profileFormatVersion, blobs)).toEqual({
    ...{ prompts: promptsOf(1.5, 1.75), tags, tone },
    tonePrompts: promptsOf(3, 4),
  });
  expect(decodeLearnedPrompts(blobs)).toEqual(prompts);
});

test("A profile without prompts and heads is one without.", () => {
  expect(decodeProfile(profileFormatVersion, encodeProfile({}))).toEqual({});
  expect(decodeLearnedPrompts(encodeProfile({}))).toBeUndefined();
});

test("A profile of another format is refused.", () => {
  expect(() => decodeProfile(profileFormatVersion + 1, {})).toThrow(ProfileFormatError);
});
