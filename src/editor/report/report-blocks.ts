import { basename } from "node:path";
import type { LearningStatus } from "../../protocol/learning-status.ts";
import type { ReportBlock } from "../../protocol/pages.ts";
import type { Gate } from "../../protocol/readings.ts";
import type { WriterReport } from "../../protocol/writer-report.ts";
import { describeCounts } from "../../words/describe-counts.ts";
import {
  describeHabit,
  describeOwnWords,
  describeShortWriting,
  describeWordsUsedOwnWay,
} from "../../words/describe-writing.ts";
import {
  formatBytes,
  formatCount,
  formatDay,
  formatNumber,
  formatPercent,
  formatSecondsRoughly,
} from "../../words/format.ts";
import { adviceOnAnswers, reportVerdict } from "../../words/report-verdict.ts";
import { plural, type Translate } from "../../words/translate.ts";
import { shortPath } from "../client/store-place.ts";
import { commandNames } from "../command-names.ts";
import {
  type ChosenSettings,
  controlBlocks,
  keepingButtons,
  storedBlocks,
  versionBlocks,
} from "./control-blocks.ts";
import { heldOutBlocks } from "./held-out-blocks.ts";

/** What the dashboard shows beside the reports. */
export interface Surroundings {
  /** The folder of the store. */
  readonly place: string;
  readonly chosen: ChosenSettings;
  /** Undefined before the server has run. */
  readonly learning: LearningStatus | undefined;
}

/** Under which the history of a writer comes later. */
export const historyName = (writer: string): string => `history of ${writer}`;

/** The dashboard of all writers as parts of a page. */
export function reportBlocks(
  reports: readonly WriterReport[],
  { place, chosen, learning }: Surroundings,
  t: Translate,
): readonly ReportBlock[] {
  if (reports.length === 0) {
    return [
      { kind: "title", text: "Idiolect" },
      { kind: "text", text: t("Nothing has been learned yet, and nothing is kept.") },
      {
        kind: "buttons",
        buttons: [
          { text: t("Learn From My Documents"), command: commandNames.learn },
          { text: t("Import"), command: commandNames.importFile },
        ],
      },
    ];
  }
  return [
    ...reports.flatMap((report) => writerBlocks(report, place, t)),
    keepingButtons(t),
    ...controlBlocks(chosen, learning, t),
  ];
}

function writerBlocks(report: WriterReport, place: string, t: Translate): readonly ReportBlock[] {
  return [
    { kind: "title", text: report.writer.name },
    ...verdictBlocks(report, t),
    ...corpusBlocks(report, t),
    laterHistory(report, t),
    ...signBlocks(report, t),
    ...versionBlocks(report, t),
    ...writingBlocks(report, t),
    ...gateBlocks(report, t),
    ...heldOutBlocks(report.heldOut, t),
    ...curveBlocks(report, t),
    ...learnedBlocks(report, t),
    ...storedBlocks(report, place, t),
  ];
}

/** First what a writer can count on; all figures stand behind it. */
function verdictBlocks(
  { writer: { gates, languages }, toneAnswers, heldOut: { tags } }: WriterReport,
  t: Translate,
): readonly ReportBlock[] {
  const facts = { gates, toneAnswers, tags, languages };
  const advice = adviceOnAnswers(facts, t);
  return [
    ...reportVerdict(facts, t).map((text) => ({ kind: "verdict" as const, text })),
    ...(advice === undefined ? [] : [{ kind: "quiet" as const, text: advice }]),
  ];
}

function corpusBlocks({ writer, corpus, corrections }: WriterReport, t: Translate): readonly ReportBlock[] {
  const { documents, words, tags } = corpus ?? writer;
  const period =
    corpus?.firstMs === undefined || corpus.lastMs === undefined
      ? []
      : [t("Written from {0} to {1}.", formatDay(corpus.firstMs, t), formatDay(corpus.lastMs, t))];
  return [
    {
      kind: "text",
      text: [
        `${describeCounts({ documents, words, tags }, t)}.`,
        ...period,
        ...describeCorrections(corrections, t),
      ].join(" "),
    },
    ...writer.folders.map((folder) => ({ kind: "quiet" as const, text: shortPath(folder) })),
    ...describeLeftOut(corpus?.leftOut ?? [], t).map((text) => ({ kind: "quiet" as const, text })),
  ];
}

/** Documents that are there and were not learned from, and why. */
function describeLeftOut(
  leftOut: NonNullable<NonNullable<WriterReport["corpus"]>["leftOut"]>,
  t: Translate,
): readonly string[] {
  return leftOut.map(({ reason, documents }) => {
    const count = formatCount(documents, t);
    switch (reason) {
      case "other":
        return t("Left out: {0} by others.", count);
      case "together":
        return t("Left out: {0} written together with others.", count);
      case "field":
        return t("Left out: {0} that say so in their front matter.", count);
      case "folder":
        return t("Left out: {0} in folders that are not to be learned from.", count);
      case "excluded":
        return t("Left out: {0} by patterns in the settings.", count);
      default:
        return reason satisfies never;
    }
  });
}

function describeCorrections(corrections: number, t: Translate): readonly string[] {
  if (corrections === 0) {
    return [];
  }
  return [plural(t, corrections, "You taught {0} thing.", "You taught {0} things.")];
}

function gateBlocks({ writer: { gates }, heldOut }: WriterReport, t: Translate): readonly ReportBlock[] {
  if (gates === undefined) {
    return [];
  }
  const block = (name: string, isOpen: boolean, text: string): ReportBlock => ({
    kind: "gate",
    isOpen,
    state: isOpen ? t("personal") : t("general"),
    name,
    text,
  });
  return [
    { kind: "heading", text: t("The figures behind it") },
    {
      kind: "quiet",
      text: t("Your own reading is used only where it did better on texts that it had not learned from."),
    },
    block(t("Tone"), gates.tone.open, gates.tone.reason),
    block(t("Tags"), gates.tags.open, explainTags(gates.tags, heldOut.tags, t)),
    block(t("Language"), gates.masking.open, explainMasking(gates.masking, heldOut.masking, t)),
    ...(gates.voice === undefined ? [] : [voiceBlock(gates.voice, t)]),
  ];
}

/** A voice has no general reading to fall back on. */
const voiceBlock = ({ open, reason }: Gate, t: Translate): ReportBlock => ({
  kind: "gate",
  isOpen: open,
  state: open ? t("told") : t("not told"),
  name: t("Voice"),
  text: reason,
});

/** What a writer does and others do not, or that there is too little to tell. */
function writingBlocks({ writing, ownWords }: WriterReport, t: Translate): readonly ReportBlock[] {
  const heading = (text: string): ReportBlock => ({ kind: "heading", text });
  const line = (text: string): ReportBlock => ({ kind: "text", text });
  const words = heading(t("Words of your own"));
  const ways = ownWordBlocks(ownWords, t);
  if (writing.kind === "short") {
    return [words, { kind: "quiet", text: describeShortWriting(writing, t) }, ...ways];
  }
  return [
    words,
    line(describeOwnWords(writing, t)),
    ...ways,
    heading(t("Habits")),
    ...writing.habits.map((habit) => line(describeHabit(habit, t))),
  ];
}

/** Words that are used in another way than others use them, each with a passage. */
function ownWordBlocks(ownWords: WriterReport["ownWords"], t: Translate): readonly ReportBlock[] {
  if (ownWords === undefined) return [];
  const passages = ownWords.words.flatMap(({ word, passage }) =>
    passage === undefined ? [] : [`${word}: “${passage.text}” (${basename(passage.path)})`],
  );
  return [
    { kind: "text", text: describeWordsUsedOwnWay(ownWords, t) },
    ...passages.map((text) => ({ kind: "quiet" as const, text })),
  ];
}

/** What went wrong with learning, and how the newest documents fit what was learned before. */
function signBlocks({ signs, drift }: WriterReport, t: Translate): readonly ReportBlock[] {
  const noted = signs.map(({ message, advice }) => ({
    kind: "text" as const,
    text: `${message}. ${advice}`,
  }));
  const watched = drift === undefined ? [] : [{ kind: "text" as const, text: `${drift.reason}.` }];
  return [
    ...(noted.length === 0 ? [] : [{ kind: "heading" as const, text: t("Please note") }, ...noted]),
    ...(watched.length === 0 ? [] : [{ kind: "heading" as const, text: t("New documents") }, ...watched]),
  ];
}

/** In a writer's words; the gate's own words where there are no figures. */
function explainTags({ reason }: Gate, tags: WriterReport["heldOut"]["tags"], t: Translate): string {
  return tags === undefined
    ? reason
    : plural(
        t,
        tags.documents,
        "Of the tags that {0} document really had, {1} were among the first five suggested. Your most frequent tags alone would have found {2}.",
        "Of the tags that {0} documents really had, {1} were among the first five suggested. Your most frequent tags alone would have found {2}.",
        formatPercent(tags.idiolect.recallAt5, 0, t),
        formatPercent(tags.mostFrequent.recallAt5, 0, t),
      );
}

function explainMasking(
  { open, reason }: Gate,
  masking: WriterReport["heldOut"]["masking"],
  t: Translate,
): string {
  if (masking === undefined) {
    return reason;
  }
  const figures = [
    formatCount(masking.documents, t),
    formatNumber(masking.own.perplexity, 1, t),
    formatNumber(masking.shared.perplexity, 1, t),
  ] as const;
  const found = open
    ? t(
        "Each word hidden in your newest {0} documents is guessed as if there were {1} words to choose from after learning, and {2} before.",
        ...figures,
      )
    : t(
        "It is not proved that words hidden in your newest {0} documents are guessed better: as if there were {1} words to choose from after learning, and {2} before.",
        ...figures,
      );
  return open ? `${found} ${explainStrangers(masking.strangers, t)}` : found;
}

/** Whether that is the writer or texts of the kind; only what other writers have learned can tell. */
function explainStrangers(
  strangers: NonNullable<WriterReport["heldOut"]["masking"]>["strangers"],
  t: Translate,
): string {
  if (strangers === undefined) {
    return t(
      "Idiolect has adapted to texts like these. Whether it has adapted to you alone cannot be said, as it has learned from nobody else on this computer.",
    );
  }
  return strangers.difference.high < 0
    ? t("What it has learned from others on this computer does worse on them: this way of writing is yours.")
    : t(
        "Idiolect has adapted to texts like these, but perhaps not to you alone: what it has learned from somebody else on this computer may do as well.",
      );
}

function curveBlocks({ maskingCurve }: WriterReport, t: Translate): readonly ReportBlock[] {
  const series = [
    { name: t("texts not learned from"), points: pointsOf(maskingCurve, ({ heldOutLoss }) => heldOutLoss) },
    { name: t("texts learned from"), points: pointsOf(maskingCurve, ({ trainLoss }) => trainLoss) },
  ].filter(({ points }) => points.length > 1);
  return series.length === 0
    ? []
    : [
        { kind: "heading", text: t("How learning went") },
        {
          kind: "curve",
          caption: t(
            "How badly hidden words are guessed while learning goes on: lower is better (the axis does not begin at zero)",
          ),
          across: t("rounds through the texts"),
          asTable: t("The same as a table"),
          series,
        },
      ];
}

type CurvePoint = WriterReport["maskingCurve"][number];

function pointsOf(
  curve: readonly CurvePoint[],
  loss: (point: CurvePoint) => number | undefined,
): readonly (readonly [number, number])[] {
  return curve.flatMap((point) => {
    const value = loss(point);
    return value === undefined ? [] : [[point.epoch, value] as const];
  });
}

function learnedBlocks({ learned }: WriterReport, t: Translate): readonly ReportBlock[] {
  return learned === undefined
    ? []
    : [
        {
          kind: "quiet",
          text: t(
            "Learned in {0} with {1} steps, at most {2} of memory.",
            formatSecondsRoughly(learned.seconds, t),
            formatCount(learned.steps, t),
            formatBytes(learned.peakMemoryBytes, t),
          ),
        },
      ];
}

const laterHistory = ({ writer: { name } }: WriterReport, t: Translate): ReportBlock => ({
  kind: "later",
  name: historyName(name),
  text: t("Reading documents for their tone over time…"),
});
