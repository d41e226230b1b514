import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { classShares } from "../../../src/tone/head/ordinal-scale.ts";
import type { LabelledTone } from "../../../src/tone/labels/labelled-tone.ts";
import { readTone } from "../../../src/tone/reading/tone-reading.ts";
import { fitPersonalTone, generalTone, PersonalTone } from "../../../src/tone/writer/personal-tone.ts";
import { noShift } from "../../../src/tone/writer/writer-shift.ts";
import { labelled, scale, text, valence } from "../tone-texts.ts";

const sentence = text("sentence", -2.5, 0);
const correction = labelled(sentence, valence(0.5), { kind: "correction" });

/** A writer who means everything 1.5 kinder than it is read; far from `sentence` in direction. */
function kindWriter(count: number, prompted = false): readonly LabelledTone[] {
  const random = createRandom(3);
  return Array.from({ length: count }, (_, at) => {
    const latent = 2 * random.normal();
    const meant = latent + 1.5 + 0.4 * random.normal();
    const label = Math.max(-1, Math.min(1, Math.round(meant / 2) / 2));
    const details = { timeMs: at, kind: "rating", ...(prompted ? { latentPersonal: meant } : {}) } as const;
    return labelled(text(`t${at}`, latent, 180 + at), valence(label), details);
  });
}

describe("a personal tone", () => {
  it("reads as the general model before anything is known of the writer", () => {
    const tone = PersonalTone.learn([], scale);
    expect(tone.read(sentence)).toEqual(readTone(classShares(sentence.latent, scale)));
  });

  it("gives a corrected sentence its label at the very next reading, and survives learning", () => {
    expect(PersonalTone.learn([], scale).read(sentence).label).toBe("negative");
    expect(new PersonalTone(generalTone, [correction], scale).read(sentence).label).toBe("positive");
    const learned = PersonalTone.learn([...kindWriter(40), correction], scale);
    expect(learned.read(sentence).label).toBe("positive");
  });

  it("reads a document without sentences as the general model does, whatever was learned", () => {
    const tone = PersonalTone.learn([...kindWriter(40), correction], scale);
    expect(tone.documentLatent("empty", [])).toBe(
      new PersonalTone(generalTone, [], scale).documentLatent("empty", []),
    );
    expect(tone.documentLatent("empty", [])).not.toBeNaN();
  });

  it("leaves a far sentence as it was after a correction", () => {
    const far = text("far", -2.5, 80);
    const tone = new PersonalTone(generalTone, [correction], scale);
    expect(tone.latent(far)).toBe(far.latent);
  });

  it("goes from the general reading to the personal one with its strength", () => {
    const tone = PersonalTone.learn(kindWriter(40), scale);
    const [none, half, full] = [0, 0.5, 1].map((strength) => tone.latent(sentence, strength));
    expect(none).toBe(sentence.latent);
    expect(half).toBeCloseTo((none! + full!) / 2, 9);
    expect(full).toBeGreaterThan(sentence.latent + 0.7);
  });

  it("learns less from corrections than from labels that nobody chose by their errors", () => {
    const labels = kindWriter(20);
    const corrections = labels.map((label) => ({ ...label, kind: "correction" as const }));
    const bias = (given: readonly LabelledTone[]): number =>
      fitPersonalTone(given, scale).shift.sentence.bias;
    expect(bias(corrections)).toBeGreaterThan(0);
    expect(bias(corrections)).toBeLessThan(bias(labels) / 1.2);
  });

  it("moves documents by the moods of documents, and sentences not", () => {
    const moods = kindWriter(20).map((label) => ({
      ...label,
      scope: "document" as const,
      kind: "mood" as const,
    }));
    const { shift } = fitPersonalTone(moods, scale);
    expect(shift.document.bias).toBeGreaterThan(0.5);
    expect(shift.sentence.bias).toBeCloseTo(0, 9);
  });

  it("counts answers in full: whoever is asked has not chosen what to speak of", () => {
    const labels = kindWriter(20);
    const bias = (kind: "answer" | "rating"): number =>
      fitPersonalTone(
        labels.map((label) => ({ ...label, kind })),
        scale,
      ).shift.sentence.bias;
    expect(bias("answer")).toBe(bias("rating"));
  });

  it("shifts what it is told to, and nothing else", () => {
    const { shift } = fitPersonalTone(kindWriter(20), scale, 0, ["document"]);
    expect(shift.sentence).toEqual(noShift);
  });

  it("reads under the writer's prompts by their weight, and shifts what they leave", () => {
    const within = PersonalTone.learn(kindWriter(60, true), scale, 0.75);
    const prompted = { ...sentence, latentPersonal: sentence.latent + 2 };
    const { bias, logSpread } = within.parameters.shift.sentence;
    expect(bias).toBeGreaterThan(1);
    expect(within.latent(prompted) - within.latent(sentence)).toBeCloseTo(1.5 * Math.exp(logSpread), 9);
  });

  it("gives a corrected sentence its label whatever it reads as under the prompts", () => {
    const prompted = { ...sentence, latentPersonal: sentence.latent + 6 };
    const neutral = labelled(prompted, valence(0), {
      kind: "correction",
      latentPersonal: sentence.latent + 6,
    });
    const parameters = { ...generalTone, promptWeight: 0.75 };
    expect(new PersonalTone(parameters, [neutral], scale).read(prompted).label).toBe("neutral");
  });

  it("survives JSON: parameters and labels make the same reader again", () => {
    const labels = kindWriter(30);
    const learned = PersonalTone.learn(labels, scale);
    const parameters = JSON.parse(JSON.stringify(learned.parameters)) as typeof learned.parameters;
    expect(new PersonalTone(parameters, labels, scale).latent(sentence)).toBe(learned.latent(sentence));
  });
});

describe("the personal tone of a document", () => {
  const sentences = [
    { ...sentence, words: 10 },
    { ...text("other", -2.5, 60), words: 10 },
  ];

  it("is the general one at strength 0 and without labels", () => {
    const tone = PersonalTone.learn(kindWriter(40), scale);
    expect(tone.documentLatent("post", sentences, 0)).toBeCloseTo(-2.5, 6);
    expect(PersonalTone.learn([], scale).documentLatent("post", sentences)).toBeCloseTo(-2.5, 6);
  });

  it("follows a correction of one of its sentences in part", () => {
    const latent = new PersonalTone(generalTone, [correction], scale).documentLatent("post", sentences);
    expect(latent).toBeGreaterThan(-2);
    expect(latent).toBeLessThan(1);
  });

  it("is the mood that the writer gave it", () => {
    const mood = labelled(text("post", -2.5, 30, "document"), valence(0.5), { kind: "mood" });
    const tone = new PersonalTone(generalTone, [mood], scale);
    expect(tone.readDocument("post", sentences).label).toBe("positive");
    expect(tone.read(sentence).label).toBe("negative");
  });
});
