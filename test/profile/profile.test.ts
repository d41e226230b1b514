import { expect, test } from "vitest";
import { ProfileDamagedError, ProfileFormatError } from "../../src/profile/errors.ts";
import { parseLearnedDocuments } from "../../src/profile/learned-documents.ts";
import {
  decodeLearnedPrompts,
  decodeProfile,
  encodeProfile,
  profileFormatVersion,
} from "../../src/profile/profile.ts";
import { PromptNotFiniteError } from "../../src/prompts/errors.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";

const promptsOf = (...values: readonly number[]): SoftPrompts => ({
  layers: 1,
  length: 1,
  hiddenSize: values.length,
  values: Float32Array.from(values),
});

test("A profile comes back: prompts as shared plus delta, those for tone whole, heads as they were.", () => {
  const tone = { parameters: { promptWeight: 0.5 }, labels: [] };
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
    prompts: promptsOf(1.5, 1.75),
    tags,
    tone,
    tonePrompts: promptsOf(3, 4),
  });
  expect(decodeLearnedPrompts(blobs)).toEqual(prompts);
});

test("A profile without prompts and heads is one without.", () => {
  expect(decodeProfile(profileFormatVersion, encodeProfile({}))).toEqual({});
  expect(decodeLearnedPrompts(encodeProfile({}))).toBeUndefined();
});

test.each([-1, 1])("A profile of another format is refused, later or earlier (%i).", (later) => {
  expect(() => decodeProfile(profileFormatVersion + later, {})).toThrow(ProfileFormatError);
});

const halves = (...bits: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(12 + 2 * bits.length);
  new Uint32Array(bytes.buffer, 0, 3).set([1, 1, bits.length]);
  new Uint16Array(bytes.buffer, 12).set(bits);
  return bytes;
};
const json = (text: string): Uint8Array => Buffer.from(text);
const label = (vector: Float32Array) =>
  JSON.stringify({
    key: "k",
    scope: "sentence",
    latent: 0,
    document: "d",
    valence: 0,
    weight: 1,
    timeMs: 0,
    kind: "mood",
    vectorBase64: Buffer.from(vector.buffer).toString("base64"),
  });
/** Three of the four bytes of a number. */
const halfLabel = label(Float32Array.of(1)).replace("AACAPw==", "AACA");
const toneOf = (promptWeight: string, labels = "") =>
  json(`{"parameters":{"promptWeight":${promptWeight}},"labels":[${labels}]}`);
const rankerOf = (weight: string) =>
  json(
    `{"usesPrompts":false,"suggester":{"version":1,"ranker":{"version":1,"bias":0,"features":` +
      `{"a":{"mean":0,"deviation":1,"weight":${weight}}}}}}`,
  );
const sound = { shared: halves(0x3c00, 0), delta: halves(0, 0) };

test.each<[string, Parameters<typeof decodeProfile>[1]]>([
  ["NaN in the shared prompts", { ...sound, shared: halves(0x3c00, 0x7e00) }],
  ["∞ in the delta", { ...sound, delta: halves(0x7c00, 0) }],
  ["NaN in the prompts for tone", { tonePrompts: halves(0x7e00) }],
  ["prompts that are cut off", { tonePrompts: halves(0x3c00, 0).subarray(0, 13) }],
  ["∞ in the head for tone", { tone: toneOf("1e999") }],
  ["NaN in the vector of a label", { tone: toneOf("0", label(Float32Array.of(1, Number.NaN))) }],
  ["half a number in the vector of a label", { tone: toneOf("0", halfLabel) }],
  ["−∞ in the weights of tags", { tags: rankerOf("-1e999") }],
  ["a head that is no JSON", { tags: json("{") }],
])("A profile with %s is never read with.", (_what, blobs) => {
  expect(() => decodeProfile(profileFormatVersion, blobs)).toThrow(ProfileDamagedError);
  expect(() => decodeProfile(profileFormatVersion, blobs)).toThrow(/rollback.*or learn the writer again/);
});

test("A profile of such parts that are sound is read with.", () => {
  const blobs = { ...sound, tone: toneOf("0", label(Float32Array.of(1, 2))), tags: rankerOf("1") };
  expect(decodeProfile(profileFormatVersion, blobs).tone!.labels).toHaveLength(1);
});

test("Prompts that 16 bits cannot hold are no profile.", () => {
  const tonePrompts = promptsOf(1, 70_000);
  expect(() => encodeProfile({ tonePrompts })).toThrow(PromptNotFiniteError);
});
