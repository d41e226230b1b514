import { describe, expect, it } from "vitest";
import { type SentimentSource, sentimentSources } from "../../scripts/model/labelled-sources.ts";
import {
  emotionsToLabel,
  type LabelledRow,
  type LabelledSource,
  measuringSources,
} from "../../src/lab/measures/measuring-sources.ts";

describe("emotionsToLabel", () => {
  it("brings emotions of one group to three classes", () => {
    expect(emotionsToLabel(["anger", "sadness"])).toBe(0);
    expect(emotionsToLabel(["neutral"])).toBe(1);
    expect(emotionsToLabel(["joy", "gratitude"])).toBe(2);
  });

  it("leaves out what is ambiguous, contradictory, unknown or without emotions", () => {
    expect(emotionsToLabel(["surprise"])).toBeUndefined();
    expect(emotionsToLabel(["joy", "surprise"])).toBeUndefined();
    expect(emotionsToLabel(["joy", "anger"])).toBeUndefined();
    expect(emotionsToLabel(["neutral", "joy"])).toBeUndefined();
    expect(emotionsToLabel(["hunger"])).toBeUndefined();
    expect(emotionsToLabel([])).toBeUndefined();
  });
});

/** Labels of rows by the declaration of a set. */
function labels(
  source: LabelledSource,
  rows: readonly Partial<LabelledRow>[],
): readonly (number | undefined)[] {
  return rows.map((row) => source.labelOf({ text: "a text", ...row }));
}
const trained = (set: string): SentimentSource =>
  sentimentSources("research").find((one) => one.set === set)!;

describe("the labels of a set", () => {
  it("leave neutral out in SST with two classes", () => {
    expect(
      labels(
        measuringSources.sst2,
        [0, 1, 2, 3, 4].map((label) => ({ label })),
      ),
    ).toEqual([0, 0, undefined, 1, 1]);
  });

  it("are all read in GoEmotions, not the first alone", () => {
    const both = { label: "gratitude", labels: ["gratitude", "anger"] };
    expect(labels(trained("goemotions"), [both, { labels: ["joy"] }])).toEqual([undefined, 2]);
  });

  it("leave short neutral phrases of SST out, and no others", () => {
    const rows = [
      { text: "the film", label: 2 },
      { text: "a film about two brothers", label: 2 },
      { text: "dull", label: 1 },
    ];
    expect(labels(trained("sst5_phrases"), rows)).toEqual([undefined, 2, 1]);
  });

  it("begin at 0 where the file has -2 to 2, and what cannot be told is left out", () => {
    const rows = [-2, -1, 0, 1, 2, "x"].map((label) => ({ label }));
    for (const source of [trained("prose"), trained("hard"), measuringSources.proseRandom]) {
      expect(labels(source, rows)).toEqual([0, 1, 2, 3, 4, undefined]);
    }
  });

  it("leave out what belongs to a test, and headlines of EmoBank", () => {
    const parts = ["train", "test", "dev", "devtest"].map((split) => ({ label: 1, split }));
    for (const set of ["dev_so", "dev_github", "newsmtsc", "emobank"]) {
      expect(labels(trained(set), parts)).toEqual([1, undefined, undefined, undefined]);
    }
    expect(labels(trained("emobank"), [{ label: 1, split: "train", genre: "SemEval" }])).toEqual([undefined]);
    const films = [{ sst: "train" }, { sst: "dev" }, { sst: "test" }, { near_sst_dev_test: true }];
    expect(
      labels(
        trained("vader_movie"),
        films.map((film) => ({ label: 4, ...film })),
      ),
    ).toEqual([4, undefined, undefined, undefined]);
    expect(
      labels(
        trained("mr"),
        films.slice(0, 3).map((film) => ({ label: 1, ...film })),
      ),
    ).toEqual([1, undefined, undefined]);
  });

  it("are as many as the set declares, whatever its name", () => {
    const classes = Object.fromEntries(
      sentimentSources("research").map((source) => [source.set, source.classes]),
    );
    expect(classes).toMatchObject({
      prose: 5,
      hard: 5,
      emobank: 5,
      newsmtsc: 3,
      dev_so: 3,
      xed: 3,
      premo: 3,
      mr: 2,
      cr: 2,
    });
    expect(measuringSources.checklist.classes).toBe(3);
    expect(
      labels(
        measuringSources.checklist,
        ["neg", "neu", "pos", "same"].map((expected) => ({ expected })),
      ),
    ).toEqual([0, 1, 2, undefined]);
  });
});
