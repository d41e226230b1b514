import { describe, expect, it } from "vitest";
import { readFrontMatter } from "../../../src/front-matter/front-matter.ts";
import { type FieldLabels, labelsOfFields } from "../../../src/tone/labels/field-labels.ts";

/** Labels of documents named by their number, each given by the lines of its front matter. */
function labelsOf(...frontMatters: readonly string[]): FieldLabels {
  return labelsOfFields(
    frontMatters.map((lines, at) => ({
      id: String(at),
      fields: readFrontMatter(`---\n${lines}\n---\nText.\n`)!.fields,
    })),
  );
}

const valencesOf = (...frontMatters: readonly string[]): readonly number[] =>
  labelsOf(...frontMatters).labels.map(({ valence }) => Math.round(valence * 1000) / 1000);

describe("labels from front matter", () => {
  it.each([
    ["mood: very bad", -1],
    ["mood: bad", -0.5],
    ["mood: so-so", 0],
    ["Mood: Good", 0.5],
    ["mood: 'Very Good'", 1],
    ["mood: 🙂", 0.5],
    ["mood: ☹️", -0.5],
    ["sentiment: positive", 0.5],
    ["sentiment: -0.6", -0.6],
    ["rating: 4", 0.5],
    ["rating: 3.5", 0.25],
    ["rating: 4/5", 0.5],
    ["rating: 10 / 10", 1],
    ["rating: 3 out of 4", 0.5],
    ["rating: 85 %", 0.7],
    ["stars: ★★★☆☆", 0],
    ["stars: ★★★★", 0.5],
    ["stars: 5 stars", 1],
    ["rating: ⭐⭐", -0.5],
    ["rating: excellent", 1],
  ])("reads %s as %d", (line, valence) => {
    expect(labelsOf(line)).toMatchObject({ labels: [{ valence }], unknown: [] });
  });

  it("learns from all documents whether bare ratings are out of 5, 10 or 100", () => {
    expect(valencesOf("rating: 4", "rating: 2")).toEqual([0.5, -0.5]);
    expect(valencesOf("rating: 4", "rating: 10")).toEqual([-0.333, 1]);
    expect(valencesOf("rating: 50", "rating: 100")).toEqual([0, 1]);
    expect(valencesOf("rating: 0", "rating: 5")).toEqual([-1, 1]);
  });

  it("reports what it does not know and guesses nothing", () => {
    const { labels, unknown } = labelsOf("mood: nostalgic", "sentiment: 7", "rating: 6/5", "stars: many");
    expect(labels).toEqual([]);
    expect(unknown).toEqual([
      { document: "0", field: "mood", value: "nostalgic" },
      { document: "2", field: "rating", value: "6/5" },
      { document: "3", field: "stars", value: "many" },
      { document: "1", field: "sentiment", value: "7" },
    ]);
  });

  it("takes the mean of a list's known words", () => {
    const { labels, unknown } = labelsOf("mood: [calm, very good, pensive]");
    expect(labels).toEqual([{ document: "0", field: "mood", kind: "mood", valence: 0.75, weight: 0.5 }]);
    expect(unknown).toEqual([{ document: "0", field: "mood", value: "pensive" }]);
  });

  it("leaves other fields, empty ones and tables alone", () => {
    expect(labelsOf("title: good", "mood:", "rating:\n  value: 4")).toEqual({ labels: [], unknown: [] });
  });
});
