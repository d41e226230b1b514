import type { Gate, WriterReport } from "../protocol/editor-messages.ts";
import { commandNames } from "./command-names.ts";
import {
  formatBytes,
  formatCount,
  formatDay,
  formatPercent,
  formatSecondsRoughly,
  formatSigned,
} from "./format.ts";
import type { Translate } from "./translate.ts";
import type { ReportBlock } from "./webview-messages.ts";

/** The report of all writers as parts of a page. */
export function reportBlocks(reports: readonly WriterReport[], t: Translate): readonly ReportBlock[] {
  if (reports.length === 0) {
    return [
      { kind: "title", text: "Idiolect" },
      { kind: "text", text: t("Nothing was learned yet, and nothing is kept.") },
      { kind: "buttons", buttons: [{ text: t("Learn From My Documents"), command: commandNames.learn }] },
    ];
  }
  return [...reports.flatMap((report) => writerBlocks(report, t)), buttons(t)];
}

function writerBlocks(report: WriterReport, t: Translate): readonly ReportBlock[] {
  return [
    { kind: "title", text: report.writer.name },
    ...corpusBlocks(report, t),
    ...gateBlocks(report, t),
    ...curveBlocks(report, t),
    ...maskingBlocks(report.heldOut.masking, t),
    ...tagBlocks(report.heldOut.tags, t),
    ...toneBlocks(report.heldOut.tone, t),
    ...learnedBlocks(report, t),
    ...versionBlocks(report, t),
    ...storedBlocks(report, t),
  ];
}

function corpusBlocks({ writer, corpus, corrections }: WriterReport, t: Translate): readonly ReportBlock[] {
  const { documents, words, tags } = corpus ?? writer;
  const period =
    corpus?.firstMs === undefined || corpus.lastMs === undefined
      ? []
      : [t("Written from {0} to {1}.", formatDay(corpus.firstMs), formatDay(corpus.lastMs))];
  return [
    {
      kind: "text",
      text: [
        t("{0} documents, {1} words, {2} tags.", ...[documents, words, tags].map(formatCount)),
        ...period,
        t("You taught {0} times.", formatCount(corrections)),
      ].join(" "),
    },
    ...writer.folders.map((text) => ({ kind: "quiet" as const, text })),
  ];
}

function gateBlocks({ writer: { gates } }: WriterReport, t: Translate): readonly ReportBlock[] {
  if (gates === undefined) {
    return [
      { kind: "text", text: t("Learning is not finished yet; readings are the general ones until then.") },
    ];
  }
  const block = (name: string, { open, reason }: Gate): ReportBlock => ({
    kind: "gate",
    isOpen: open,
    state: open ? t("personal") : t("general"),
    name,
    text: reason,
  });
  return [
    { kind: "heading", text: t("What is read your way") },
    {
      kind: "quiet",
      text: t(
        "Your own reading is used where it was measurably better on texts that it had not learned from.",
      ),
    },
    block(t("Tone"), gates.tone),
    block(t("Tags"), gates.tags),
    block(t("Language"), gates.masking),
  ];
}

function curveBlocks({ maskingCurve }: WriterReport, t: Translate): readonly ReportBlock[] {
  const series = [
    { name: t("texts held out"), points: pointsOf(maskingCurve, ({ heldOutLoss }) => heldOutLoss) },
    { name: t("texts learned from"), points: pointsOf(maskingCurve, ({ trainLoss }) => trainLoss) },
  ].filter(({ points }) => points.length > 1);
  return series.length === 0
    ? []
    : [
        { kind: "heading", text: t("Learning") },
        {
          kind: "curve",
          caption: t("How badly hidden words are guessed (loss, in nats): lower is better"),
          across: t("rounds through the texts"),
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

function maskingBlocks(masking: WriterReport["heldOut"]["masking"], t: Translate): readonly ReportBlock[] {
  if (masking === undefined) {
    return [];
  }
  const { documents, masked, none, shared, own, difference } = masking;
  const row = (name: string, { loss, perplexity, top1 }: typeof own): readonly string[] => [
    name,
    loss.toFixed(3),
    perplexity.toFixed(1),
    formatPercent(top1),
  ];
  return [
    { kind: "heading", text: t("Hidden words guessed") },
    {
      kind: "table",
      caption: t(
        "{0} words hidden in your newest {1} documents, which were not learned from",
        formatCount(masked),
        formatCount(documents),
      ),
      head: ["", t("loss"), t("perplexity"), t("right")],
      rows: [
        row(t("the model alone"), none),
        row(t("as everybody writes"), shared),
        row(t("as you write"), own),
      ],
    },
    {
      kind: "quiet",
      text: t(
        "Your way changes the loss by {0} (95 % interval {1}); below zero is better.",
        formatSigned(difference.mean, 3),
        interval(difference, 3, t),
      ),
    },
  ];
}

function tagBlocks(tags: WriterReport["heldOut"]["tags"], t: Translate): readonly ReportBlock[] {
  if (tags === undefined) {
    return [];
  }
  const row = (name: string, { mrr, recallAt5, precisionAt1 }: typeof tags.idiolect): readonly string[] => [
    name,
    formatPercent(precisionAt1),
    formatPercent(recallAt5),
    mrr.toFixed(2),
  ];
  return [
    { kind: "heading", text: t("Tags suggested") },
    {
      kind: "table",
      caption: t("For {0} documents before their tags were learned", formatCount(tags.documents)),
      head: ["", t("first one is right"), t("found among five"), t("reciprocal rank")],
      rows: [
        row("Idiolect", tags.idiolect),
        row(t("tags of similar documents"), tags.embeddingKnn),
        row(t("most frequent tags"), tags.mostFrequent),
      ],
    },
  ];
}

function toneBlocks(tone: WriterReport["heldOut"]["tone"], t: Translate): readonly ReportBlock[] {
  if (tone === undefined) {
    return [];
  }
  const row = (
    name: string,
    { accuracy, meanAbsoluteError, abstained }: typeof tone.general,
  ): readonly string[] => [
    name,
    `${formatPercent(accuracy.mean)} (${formatPercent(accuracy.low)} – ${formatPercent(accuracy.high)})`,
    `${meanAbsoluteError.mean.toFixed(2)} (${meanAbsoluteError.low.toFixed(2)} – ${meanAbsoluteError.high.toFixed(2)})`,
    formatPercent(abstained),
  ];
  return [
    { kind: "heading", text: t("Tone read") },
    {
      kind: "table",
      caption: t(
        "On {0} sentences whose tone your own words tell, in {1} documents that were not learned from; with 95 % intervals",
        formatCount(tone.labels),
        formatCount(tone.documents),
      ),
      head: ["", t("right side"), t("error"), t("no clear tone")],
      rows: [row(t("in general"), tone.general), row(t("as you write"), tone.personal)],
    },
    {
      kind: "quiet",
      text: t(
        "Your way takes {0} of the error away (95 % interval {1}); above zero is better.",
        formatSigned(tone.errorGain.mean, 3),
        interval(tone.errorGain, 3, t),
      ),
    },
  ];
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
            formatCount(learned.steps),
            formatBytes(learned.peakMemoryBytes),
          ),
        },
      ];
}

function versionBlocks({ profileVersions }: WriterReport, t: Translate): readonly ReportBlock[] {
  return profileVersions.length === 0
    ? []
    : [
        { kind: "heading", text: t("Versions of the profile") },
        {
          kind: "table",
          caption: t("The one in use is marked"),
          head: [t("made"), t("id"), ""],
          rows: profileVersions.map(({ id, createdMs, isActive }) => [
            formatDay(createdMs),
            id,
            isActive ? t("in use") : "",
          ]),
        },
      ];
}

function storedBlocks({ stored }: WriterReport, t: Translate): readonly ReportBlock[] {
  const total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    { kind: "heading", text: t("What is kept, and where") },
    {
      kind: "table",
      caption: t("{0} in all, on this machine alone", formatBytes(total)),
      head: [t("what"), t("size"), t("where")],
      rows: stored.map(({ what, where, bytes }) => [what, formatBytes(bytes), where]),
    },
  ];
}

function buttons(t: Translate): ReportBlock {
  return {
    kind: "buttons",
    buttons: [
      { text: t("Learn From My Documents"), command: commandNames.learn },
      { text: t("Show Log"), command: commandNames.showLog },
      { text: t("Forget Writer…"), command: commandNames.forget },
    ],
  };
}

function interval(
  { low, high }: { readonly low: number; readonly high: number },
  digits: number,
  t: Translate,
): string {
  return t("{0} to {1}", formatSigned(low, digits), formatSigned(high, digits));
}
