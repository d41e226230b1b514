import { describe, expect, it } from "vitest";
import { type CardFigures, writeCard } from "../../scripts/model/card-text.ts";
import type { BuildDataReport } from "../../scripts/model/data-report.ts";
import type { ToneMeasure } from "../../scripts/model/measure-tone.ts";
import { measureClasses } from "../../src/lab/measures/class-measures.ts";
import { measureSides } from "../../src/lab/tone/measure-sides.ts";
import type { ToneTable } from "../../src/lab/tone/tone-table.ts";

const tone: ToneMeasure = { texts: 40, accuracy: 0.5, macroF1: 0.45, macroRecall: 0.475, majority: 0.25 };
const measured = measureClasses([0, 1, 2, 2], [0, 1, 2, 1], 3);
const sides = measureSides(
  [{ text: "A plain text.", side: 1 }],
  [{ shares: [0, 0.1, 0.8, 0.1, 0], reading: { valence: 0, label: "neutral", confidence: 0.8 } }],
);
const tones: ToneTable = {
  sets: {
    proseRandom: { classes: 5, idiolect: measured, vader: measured, alwaysNeutral: measured, sides },
    emobank: { classes: 5, idiolect: measured, vader: measured, alwaysNeutral: measured, correlation: 0.62 },
  },
  checklist: { single: { negation: { right: 11, of: 14 } }, pairs: { fairness: { right: 7, of: 8 } } },
};
const set = { licence: "CC BY 4.0", rows: 60, heldOut: 3, tooLong: 0 };

function figures(kind: "open" | "research"): CardFigures {
  const sentiment = {
    mr: { ...set, trained: 50, removedDuplicates: 7 },
    goemotions: { ...set, trained: 45, removedDuplicates: 4 },
    ...(kind === "research" ? { sst5: { ...set, trained: 59, removedDuplicates: 1 } } : {}),
  };
  const report: BuildDataReport = {
    kind,
    text: {} as BuildDataReport["text"],
    sentiment,
    newWriters: { "Ada Novelist": 1000 },
    leftOutOfTests: { tweeteval: 21, newWriterParagraphs: 5 },
    leftOut: { "general/mpqa": "licence not stated" },
    secondsToMake: 1,
  };
  return {
    report,
    masked: {},
    tone: { sst5: tone, mr: tone, goemotions3: tone, tweeteval: tone },
    neighbours: [],
    blogRepeats: { trainingTexts: 900, repeating: 3, longestWords: 11 },
    toneTable: tones,
    config: { num_hidden_layers: 12, hidden_size: 384, tone_prompts: false },
    start: "e5-small-v2",
    curve: [{ step: 500, "wikipedia top-1": 0.3, "wikipedia loss": 4.8 }],
    step: "6000",
    dropout: 0,
    machine: "a machine",
  };
}

const rowOf = (card: string, start: string): string | undefined =>
  card.split("\n").find((line) => line.startsWith(`| ${start} |`));

describe("writeCard", () => {
  it("counts the near copies that were removed from labelled sets, and those left out of tests", () => {
    const card = writeCard(figures("open"));
    expect(rowOf(card, "mr | CC BY 4.0")).toBe("| mr | CC BY 4.0 | 50 | 7 |");
    expect(rowOf(card, "all | ")).toBe("| all |  | 95 | 11 |");
    expect(card).toContain("training texts nearly repeat them: 21 texts");
    expect(card).toContain(
      "Of 900 training texts, 3 stand nearly so in a blog, the longest of them 11 words long",
    );
  });

  it("says which step was exported, and the dropout that it was trained with", () => {
    const said = (dropout: number) => writeCard({ ...figures("open"), dropout });
    expect(said(0)).toContain(" Exported: step 6000; docs/models.md");
    expect(said(0.1)).toContain(" Exported: step 6000, trained with a dropout of 0.1; docs/models.md");
  });

  it("says of each test whether its set was trained on", () => {
    const trained = (kind: "open" | "research") =>
      ["sst5", "mr", "goemotions3", "tweeteval"].map((test) =>
        rowOf(writeCard(figures(kind)), test)
          ?.split(" | ")
          .at(-1),
      );
    expect(trained("open")).toEqual(["no |", "yes |", "yes |", "no |"]);
    expect(trained("research")).toEqual(["yes |", "yes |", "yes |", "no |"]);
    expect(rowOf(writeCard(figures("open")), "tweeteval")).toBe(
      "| tweeteval | 40 | 50.0 % | 45.0 % | 47.5 % | 25.0 % | no |",
    );
  });

  it("says that weights for research must not be shipped, and gives them no open licence", () => {
    expect(writeCard(figures("research"))).toMatch(
      /license: other[\s\S]*must not\s+be committed, published or shipped/,
    );
    expect(writeCard(figures("open"))).toMatch(/^---\nlicense: apache-2\.0\n/);
    expect(writeCard(figures("open"))).not.toContain("must not");
  });

  it("tells how tone is shown, how sure it is, and what each set and capability has", () => {
    const card = writeCard(figures("open"));
    expect(rowOf(card, "proseRandom | 100.0 %")).toBe(
      "| proseRandom | 100.0 % | 100.0 % | – | – | – | – | 0.0 % | 0.200 |",
    );
    expect(rowOf(card, "80.0 %")).toBe("| 80.0 % | 100.0 % | 1 |");
    expect(rowOf(card, "emobank")).toMatch(/^\| emobank \| 5 \| 4 \| 75\.0 % \| .* \| 0\.620 \|$/);
    expect(rowOf(card, "negation")).toBe("| negation | single | 11 of 14 |");
    expect(rowOf(card, "fairness")).toBe("| fairness | pairs | 7 of 8 |");
    expect(card).toContain("labels by a large language model");
  });

  it("names the shape of the weights and those that the build began with", () => {
    const card = writeCard(figures("open"));
    expect(card).toContain("(12 layers, size 384)");
    expect(card).toMatch(/base_model: intfloat\/e5-small-v2[\s\S]*It starts from e5-small-v2 \(MIT\)/);
    expect(writeCard({ ...figures("open"), start: "all-MiniLM-L6-v2" })).toMatch(
      /base_model: sentence-transformers\/all-MiniLM-L6-v2\n[\s\S]*It starts from all-MiniLM-L6-v2/,
    );
  });

  it("shows the learning curve, and a dash for what a log does not tell", () => {
    const card = writeCard(figures("open"));
    expect(rowOf(card, "500")).toBe("| 500 | 30.0 % | 4.800 | – | – | – | – | – | – |");
    expect(card).toContain("Exported: step 6000;");
  });
});
