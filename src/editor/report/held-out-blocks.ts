import type { ReportBlock } from "../../protocol/pages.ts";
import type { WriterReport } from "../../protocol/writer-report.ts";
import { formatCount, formatNumber, formatPercent, formatRange, formatSigned } from "../../words/format.ts";
import { plural, type Translate } from "../../words/translate.ts";

/** How well the writer's texts that were not learned from are read, in tables. */
export function heldOutBlocks(
  { masking, tags, tone }: WriterReport["heldOut"],
  t: Translate,
): readonly ReportBlock[] {
  return [...maskingBlocks(masking, t), ...tagBlocks(tags, t), ...toneBlocks(tone, t)];
}

function maskingBlocks(masking: WriterReport["heldOut"]["masking"], t: Translate): readonly ReportBlock[] {
  if (masking === undefined) {
    return [];
  }
  const { documents, masked, none, shared, own, difference } = masking;
  const row = (name: string, { loss, perplexity, top1 }: typeof own): readonly string[] => [
    name,
    formatNumber(loss, 2, t),
    formatNumber(perplexity, 1, t),
    formatPercent(top1, 0, t),
  ];
  return [
    { kind: "heading", text: t("Hidden words guessed") },
    {
      kind: "table",
      caption: t(
        "{0} words hidden in your newest {1} documents, which were not learned from",
        formatCount(masked, t),
        formatCount(documents, t),
      ),
      head: ["", t("surprise"), t("as if choosing among"), t("guessed right")],
      rows: [
        row(t("the model alone"), none),
        row(t("before learning"), shared),
        row(t("after learning"), own),
      ],
    },
    {
      kind: "quiet",
      text: t(
        "What was learned from you changes the surprise (how badly hidden words are guessed) by {0}; with {1} confidence, by {2}. Below zero is better.",
        formatSigned(difference.mean, 3, t),
        formatPercent(difference.confidence ?? 0.95, 0, t),
        formatRange(difference, 3, t),
      ),
    },
  ];
}

function tagBlocks(tags: WriterReport["heldOut"]["tags"], t: Translate): readonly ReportBlock[] {
  if (tags === undefined) {
    return [];
  }
  const row = (name: string, { recallAt5, precisionAt1 }: typeof tags.idiolect): readonly string[] => [
    name,
    formatPercent(precisionAt1, 0, t),
    formatPercent(recallAt5, 0, t),
  ];
  return [
    { kind: "heading", text: t("Tags suggested") },
    {
      kind: "table",
      caption: plural(
        t,
        tags.documents,
        "For {0} document, before its tags were learned",
        "For {0} documents, before their tags were learned",
      ),
      head: ["", t("first tag is right"), t("found in the first five")],
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
    t(
      "{0} ({1} to {2})",
      ...[accuracy.mean, accuracy.low, accuracy.high].map((share) => formatPercent(share, 0, t)),
    ),
    t(
      "{0} ({1} to {2})",
      ...[meanAbsoluteError.mean, meanAbsoluteError.low, meanAbsoluteError.high].map((error) =>
        formatNumber(error, 2, t),
      ),
    ),
    formatPercent(abstained, 0, t),
  ];
  return [
    { kind: "heading", text: t("Tone read") },
    {
      kind: "table",
      caption: t(
        "Measured on {0} of your answers in {1} documents, each read before it was learned from. In brackets: where the figure lies with 95 % confidence. The error is on a scale from −1 to 1.",
        formatCount(tone.labels, t),
        formatCount(tone.documents, t),
      ),
      head: ["", t("right side"), t("error"), t("no clear tone")],
      rows: [row(t("in general"), tone.general), row(t("as you write"), tone.personal)],
    },
    {
      kind: "quiet",
      text: t(
        "Your own reading takes away {0} of the error; with {1} confidence, {2}. Above zero is better.",
        formatSigned(tone.errorGain.mean, 3, t),
        formatPercent(tone.errorGain.confidence ?? 0.95, 0, t),
        formatRange(tone.errorGain, 3, t),
      ),
    },
    ...promptBlocks(tone, t),
  ];
}

function promptBlocks(
  { usesPrompts, promptGain }: NonNullable<WriterReport["heldOut"]["tone"]>,
  t: Translate,
): readonly ReportBlock[] {
  if (usesPrompts === undefined || promptGain === undefined) return [];
  const text = usesPrompts
    ? t(
        "Prompts (what is learned from you and added to the model) were tuned on your answers and are used as well: they took away {0} more.",
        formatSigned(promptGain.mean, 3, t),
      )
    : t(
        "Prompts (what is learned from you and added to the model) were tuned on your answers and left out, as they did not prove to help.",
      );
  return [{ kind: "quiet", text }];
}
