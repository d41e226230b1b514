import { describe, expect, it } from "vitest";
import { historyBlocks } from "../../../src/editor/report/history-blocks.ts";
import { reportBlocks, type Surroundings } from "../../../src/editor/report/report-blocks.ts";
import type { LearningStatus } from "../../../src/protocol/learning-status.ts";
import type { WriterReport } from "../../../src/protocol/writer-report.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

const gate = (open: boolean, reason: string) => ({ open, reason });
const figures = { loss: 2.5, perplexity: 12.2, top1: 0.5 };
const tagFigures = { mrr: 0.5, recallAt5: 0.6, precisionAt1: 0.4, documents: 20 };
const interval = { mean: 0.7, low: 0.6, high: 0.8 };
const toneFigures = { accuracy: interval, meanAbsoluteError: interval, abstained: 0.1 };

const early: WriterReport = {
  writer: { name: "Ada", folders: ["/blog"], documents: 57, words: 15_000, tags: 21 },
  profileVersions: [],
  maskingCurve: [],
  heldOut: {},
  signs: [],
  corrections: 2,
  toneAnswers: { said: 4, wanted: 30 },
  writing: { kind: "short", documents: 57, words: 4_200, fewestDocuments: 12, fewestWords: 5_000 },
  stored: [{ what: "sentences", where: "/store/idiolect.db: sentences", bytes: 1_500_000 }],
};

const full: WriterReport = {
  ...early,
  writer: {
    ...early.writer,
    learnedMs: 1,
    gates: { tone: gate(false, "No better."), tags: gate(true, "Better."), masking: gate(true, "Better.") },
  },
  profileVersions: [{ id: "abc", createdMs: Date.UTC(2026, 4, 3, 12), isActive: true, canBeUsed: true }],
  maskingCurve: [
    { epoch: 0, step: 0, heldOutLoss: 2.8 },
    { epoch: 1, step: 10, heldOutLoss: 2.6, trainLoss: 2.7 },
  ],
  heldOut: {
    masking: {
      documents: 9,
      masked: 700,
      none: figures,
      shared: figures,
      own: figures,
      difference: interval,
    },
    tags: { documents: 20, idiolect: tagFigures, mostFrequent: tagFigures, embeddingKnn: tagFigures },
    tone: {
      documents: 9,
      labels: 100,
      general: toneFigures,
      personal: toneFigures,
      accuracyGain: interval,
      errorGain: interval,
    },
  },
  learned: { steps: 300, seconds: 250, peakMemoryBytes: 7e8, paddingShare: 0.05 },
};

const chosen: Surroundings["chosen"] = {
  "tone.strength": 1,
  "learning.onBattery": "pause",
  "learning.schedule": "always",
};
const surroundings: Surroundings = { place: "/store", chosen, learning: undefined };

const kinds = (reports: readonly WriterReport[]) =>
  reportBlocks(reports, surroundings, english).map(({ kind }) => kind);
const texts = (reports: readonly WriterReport[]) =>
  JSON.stringify(reportBlocks(reports, surroundings, english));

describe("what was learned of language", () => {
  const withStrangers = (strangers?: {
    writers: number;
    difference: { mean: number; low: number; high: number };
  }) => texts([{ ...full, heldOut: { ...full.heldOut, masking: { ...full.heldOut.masking!, strangers } } }]);

  it("is called the writer's only where other writers' does worse for sure", () => {
    expect(withStrangers()).toContain("Whether it has adapted to you alone cannot be said");
    const level = { mean: -0.01, low: -0.05, high: 0.02 };
    expect(withStrangers({ writers: 2, difference: level })).toContain("may do as well");
    expect(withStrangers({ writers: 2, difference: level })).not.toContain("is yours");
    const worse = { mean: -0.1, low: -0.2, high: -0.05 };
    expect(withStrangers({ writers: 2, difference: worse })).toContain("this way of writing is yours");
  });
});

describe("Words and habits", () => {
  const partsOf = (report: WriterReport) => {
    const blocks = reportBlocks([report], surroundings, english);
    const from = blocks.findIndex((block) => block.kind === "heading" && block.text === "Words of your own");
    return blocks.slice(from, from + 4).flatMap((block) => ("text" in block ? [block.text] : []));
  };

  it("stand in the report beside those of others", () => {
    const words = [{ word: "perhaps", times: 12.4, uses: 90, documents: 40 }];
    const habits = [{ kind: "sentenceWords" as const, own: 11.7, others: 17.4 }];
    expect(partsOf({ ...full, writing: { kind: "compared", others: 44, words, habits } })).toEqual([
      "Words of your own",
      expect.stringContaining("perhaps (12 ×)"),
      "Habits",
      "Your sentences have 12 words on average, those of others 17.",
    ]);
  });

  it("that are used in a way of the writer's own stand below, each with a passage; it says where there are none", () => {
    const word = { word: "grand", uses: 40, documents: 12 };
    const passage = { text: "It was a grand old ladder.", path: "/blog/ladder.md" };
    expect(partsOf({ ...full, ownWords: { words: [{ ...word, passage }] } }).slice(2)).toEqual([
      "Words that you use in a way of your own: grand.",
      "grand: “It was a grand old ladder.” (ladder.md)",
    ]);
    expect(partsOf({ ...full, ownWords: { words: [] } })[2]).toMatch(
      /^Of the words that you use often, none/,
    );
  });

  it("are left out where too little is written, and the report says so", () => {
    expect(partsOf(full).slice(0, 2)).toEqual([
      "Words of your own",
      expect.stringContaining("Too little is written in English to tell: 4,200 words in 57 documents"),
    ]);
    expect(texts([full])).not.toContain('"Habits"');
  });
});

describe("The report as a page", () => {
  it("says where nothing was learned that nothing is kept, and offers to learn.", () => {
    expect(kinds([])).toEqual(["title", "text", "buttons"]);
  });

  it("shows of a writer who is still being learned what there is.", () => {
    expect(kinds([early])).not.toContain("gate");
    expect(texts([early])).toContain("Learning is not finished yet");
    expect(texts([early])).toContain("57 documents, 15,000 words, 21 tags.");
  });

  it("begins with a plain verdict, and has all figures behind it.", () => {
    const blocks = reportBlocks([full], surroundings, english);
    const firstFigure = blocks.findIndex(({ kind }) => kind === "gate");
    const verdicts = blocks.flatMap((block) => (block.kind === "verdict" ? [block.text] : []));
    expect(verdicts).toEqual([
      "Tags: no better than always suggesting your most frequent ones.",
      "Tone: not yet yours. Your own reading can be tried after 26 more answers; until then tone is read in general.",
    ]);
    expect(blocks.findIndex(({ kind }) => kind === "verdict")).toBe(1);
    expect(blocks.findLastIndex(({ kind }) => kind === "verdict")).toBeLessThan(firstFigure);
  });

  it("names no version by its id, and no table of the database.", () => {
    expect(texts([full])).not.toContain("abc");
    expect(texts([full])).not.toMatch(/, table|: sentences"|reciprocal|perplexity|nats/);
  });

  it("says whether prompts tuned for tone are used, where some were tried.", () => {
    const { tone, ...rest } = full.heldOut;
    const tried = (usesPrompts: boolean): WriterReport => ({
      ...full,
      heldOut: { ...rest, tone: { ...tone!, usesPrompts, promptGain: { mean: 0.02, error: 0.01 } } },
    });
    expect(texts([full])).not.toContain("Prompts tuned");
    expect(texts([tried(true)])).toContain("+0.020 more");
    expect(texts([tried(false)])).toContain("left out");
  });

  it("shows the gate of a voice where one was to be learned.", () => {
    const gates = { ...full.writer.gates!, voice: gate(true, "higher in 90 % of the pairs") };
    const blocks = reportBlocks([{ ...full, writer: { ...full.writer, gates } }], surroundings, english);
    expect(blocks.filter(({ kind }) => kind === "gate").at(-1)).toEqual({
      kind: "gate",
      isOpen: true,
      state: "told",
      name: "Voice",
      text: "higher in 90 % of the pairs",
    });
  });

  it("shows three gates with their reasons, the curve and the tables of a learned writer.", () => {
    expect(kinds([full]).filter((kind) => kind === "gate")).toHaveLength(3);
    expect(kinds([full]).filter((kind) => kind === "curve")).toHaveLength(1);
    expect(kinds([full]).filter((kind) => kind === "table")).toHaveLength(4);
    expect(texts([full])).toContain("70 % (60 % to 80 %)");
    expect(texts([full])).toContain("by +0.700; with 95 % confidence, by +0.600 to +0.800");
  });

  it("explains in words how well tags and language are read.", () => {
    expect(texts([full])).toContain("60 % were among the first five suggested");
    expect(texts([full])).toContain(
      "as if there were 12.2 words to choose from after learning, and 12.2 before",
    );
    expect(texts([{ ...full, heldOut: {} }])).toContain('"text":"Better."');
  });

  it("says what went wrong and how new documents fit, and nothing where there is nothing to say.", () => {
    const signs = [{ message: "Training hardly improved", advice: "Add text." }];
    const drift = { hasDrifted: false, reason: "7 new documents: the language fits the profile" };
    expect(texts([{ ...full, signs, drift }])).toContain("Training hardly improved. Add text.");
    expect(texts([{ ...full, signs, drift }])).toContain("7 new documents: the language fits the profile.");
    expect(texts([full])).not.toContain("Please note");
    expect(texts([full])).not.toContain("New documents");
  });

  it("leaves a curve out that would be a single point.", () => {
    expect(kinds([{ ...full, maskingCurve: full.maskingCurve.slice(0, 1) }])).not.toContain("curve");
  });

  it("gives a row of a table as many cells as its head has.", () => {
    const tables = reportBlocks([full], surroundings, english).flatMap((block) =>
      block.kind === "table" ? [block] : [],
    );
    expect(tables.filter(({ head, rows }) => rows.some((row) => row.length !== head.length))).toEqual([]);
  });

  it("lists everything that is kept with its size and place.", () => {
    expect(texts([early])).toContain('["sentences","1.5 MB","idiolect.db"]');
  });
});

describe("The dashboard", () => {
  const blocksOf = (kind: string, learning?: LearningStatus, report = full) =>
    reportBlocks([report], { ...surroundings, learning }, english).filter((block) => block.kind === kind);

  it("has a way back to each version that can be used, and to no other", () => {
    const version = (id: string, isActive: boolean, canBeUsed: boolean) => ({
      id,
      createdMs: Date.UTC(2026, 4, 3, 12),
      isActive,
      canBeUsed,
    });
    const profileVersions = [version("a", true, true), version("b", false, true), version("c", false, false)];
    const [block] = blocksOf("versions", undefined, { ...full, profileVersions });
    const rows = block?.kind === "versions" ? block.rows : [];
    expect(rows.map(({ state }) => state)).toEqual(["in use", "", "of a former version of Idiolect"]);
    expect(rows.map(({ goBack }) => goBack?.version.version)).toEqual([undefined, "b", undefined]);
    expect(rows[1]!.goBack!.label).toMatch(/^Go back to 2026-05-03/);
  });

  it("exports, imports and erases beside what is kept, and pauses what is going on", () => {
    const commands = (learning?: LearningStatus) =>
      blocksOf("buttons", learning).flatMap((block) =>
        block.kind === "buttons" ? block.buttons.map(({ command }) => command) : [],
      );
    expect(commands()).toEqual(
      expect.arrayContaining(["idiolect.export", "idiolect.import", "idiolect.forget"]),
    );
    expect(commands()).not.toContain("idiolect.pause");
    const going = { kind: "learning", writer: "Ada", stage: "tags", fraction: 0.4, hasTags: true } as const;
    expect(commands(going)).toContain("idiolect.pause");
    const paused = { kind: "paused", writer: "Ada", fraction: 0.4, reason: "paused" } as const;
    expect(commands(paused)).toContain("idiolect.resume");
  });

  it("shows strength, battery and hours as they are set", () => {
    const other = {
      "tone.strength": 0.3,
      "learning.onBattery": "go on",
      "learning.schedule": "22:00-06:00",
    } as const;
    const blocks = reportBlocks([full], { ...surroundings, chosen: other }, english);
    const shown = blocks.flatMap((block) =>
      block.kind === "strength" || block.kind === "choice" || block.kind === "hours"
        ? [[block.name, block.value]]
        : [],
    );
    expect(Object.fromEntries(shown)).toEqual(other);
  });

  it.each([
    [undefined, "Nothing is being learned at the moment."],
    [{ kind: "learning", waits: undefined }, "Learning how Ada writes goes on."],
    [
      { kind: "learning", waits: { for: "mains" } },
      "Learning how Ada writes waits for mains power, at 40 %.",
    ],
    [{ kind: "paused", reason: "paused" }, "Learning how Ada writes is paused."],
  ] as const)("says of learning what it does now: %j", (state, text) => {
    const going = { writer: "Ada", stage: "tags", fraction: 0.4, hasTags: true, ...state } as LearningStatus;
    expect(blocksOf("text", state && going)).toContainEqual({ kind: "text", text });
  });

  it("shows tone and tags over time, and says nothing of a course that too few documents have", () => {
    const document = (day: number, positive: number, negative: number) => ({
      path: `/blog/${day}.md`,
      title: `Day ${day}`,
      dateMs: Date.UTC(2026, 0, day),
      sentences: 10,
      positive,
      negative,
      mixed: 0,
    });
    const documents = [document(1, 4, 0), document(2, 1, 3), document(3, 0, 0), document(4, 2, 1)];
    const tags = { tags: [{ tag: "boats", documents }] };
    const blocks = historyBlocks({ documents, of: 90 }, tags, english);
    expect(blocks.map(({ kind }) => kind)).toEqual(["heading", "text", "timeline", "strips"]);
    expect(blocks[1]).toEqual({
      kind: "text",
      text: "Of 4 documents 2 have more positive than negative sentences, and 1 more negative than positive ones. They are drawn evenly from 90 that have a date.",
    });
    expect(blocks[2]).toMatchObject({
      points: [
        {
          valence: 0.4,
          path: "/blog/1.md",
          text: "2026-01-01, Day 1: positive. 4 of 10 sentences have a tone: 4 positive",
        },
        { valence: -0.2 },
        { valence: 0 },
        { valence: 0.1 },
      ],
    });
    expect(historyBlocks({ documents: documents.slice(2), of: 2 }, { tags: [] }, english)).toEqual([]);
  });
});
