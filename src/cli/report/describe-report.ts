import type { EchoReport, MaskingReport, ProfileReport, ReplayReport } from "../../profile/report.ts";
import type { ReportedWriting } from "../../protocol/writer-report.ts";
import type { ToneAnswers } from "../../readings/tone/tone-corrections.ts";
import type { TagReport } from "../../tags/proof/tag-metrics.ts";
import { describeLanguages, describeWhatIsLearned } from "../../words/describe-languages.ts";
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
  formatPercent,
  formatPlural,
  formatRange,
  formatSeconds,
  formatSigned,
} from "../../words/format.ts";
import { reportVerdict } from "../../words/report-verdict.ts";
import { untranslated } from "../../words/translate.ts";
import { formatTable } from "../format-table.ts";
import { describeLeftOut } from "../learning/describe-authorship.ts";
import { plotCurve } from "./plot-curve.ts";

/** The first lines of a report: what a writer can count on now. */
export function describeVerdict(
  { gate, heldOut: { tags }, corpus: { languages } }: ProfileReport,
  toneAnswers: ToneAnswers,
): string {
  const facts = {
    gates: gate,
    toneAnswers,
    languages,
    ...(tags === undefined ? {} : { tags: { documents: tags.documents, ...tags.known } }),
  };
  return reportVerdict(facts, untranslated).join("\n");
}

/** The writer's own words and habits. */
export function describeWriting(writing: ReportedWriting): string {
  if (writing.kind === "short") return `words of your own\n  ${describeShortWriting(writing)}`;
  return [
    `words of your own\n  ${describeOwnWords(writing)}`,
    ["habits", ...writing.habits.map((habit) => `  ${describeHabit(habit)}`)].join("\n"),
  ].join("\n\n");
}

/** A profile's report for people. */
export function describeReport(writer: string, report: ProfileReport): string {
  const { corpus, curves, heldOut, gate, learned, signs = [], drift, replay, echo, ownWords } = report;
  const parts = [
    describeCorpus(writer, corpus),
    ...(curves.masking.length > 1
      ? [
          `how badly hidden words are guessed in documents that were not learned from (held-out loss in nats; lower is better)\n${plotCurve(curves.masking)}`,
        ]
      : []),
    ...(heldOut.masking === undefined ? [] : [describeMasking(heldOut.masking)]),
    ...(heldOut.tags === undefined ? [] : [describeTags(heldOut.tags)]),
    ...(heldOut.tone === undefined ? [] : [describeTone(heldOut.tone)]),
    ...(replay === undefined ? [] : [describeReplay(replay)]),
    ...(drift === undefined ? [] : [`when it was learned\n  ${drift.reason}`]),
    ...(echo === undefined ? [] : [describeEcho(echo)]),
    ...(ownWords === undefined
      ? []
      : [`words used in a personal way\n  ${describeWordsUsedOwnWay(ownWords)}`]),
    describeGates(gate),
    ...(signs.length === 0 ? [] : [describeSigns(signs)]),
    `learned in ${formatSeconds(learned.seconds)}: ${formatPlural(learned.steps, "step")} on ` +
      `${formatPlural(learned.trainPassages, "passage")}, ${formatPercent(learned.paddingShare, 1)} padding, ` +
      `peak memory ${formatBytes(learned.peakMemoryBytes)}`,
  ];
  return parts.join("\n\n");
}

function describeGates(gate: ProfileReport["gate"]): string {
  const opens = {
    tone: "personal readings",
    tags: "suggestions",
    masking: "own words and drift",
    voice: "scores of how a text sounds",
  } as const;
  const rows = (Object.keys(opens) as (keyof typeof opens)[]).flatMap((task) => {
    const state = gate[task];
    return state === undefined
      ? []
      : [[task, `${state.open ? "open" : "closed"} to ${opens[task]}`, state.reason]];
  });
  return `gates\n${formatTable(rows)}`;
}

function describeCorpus(writer: string, corpus: ProfileReport["corpus"]): string {
  const { documents, words, passages, tags, taggedDocuments, firstMs, lastMs, folders } = corpus;
  const left = describeLeftOut(corpus.leftOut ?? []);
  const period =
    firstMs === undefined || lastMs === undefined ? "" : `, ${formatDay(firstMs)} to ${formatDay(lastMs)}`;
  return (
    `${writer}: ${formatPlural(documents, "document")}${period}\n` +
    `  ${formatCount(words)} words in ${formatPlural(passages, "passage")}; ` +
    `${formatPlural(tags, "tag")} on ${formatPlural(taggedDocuments, "document")}\n` +
    `  from ${folders.join(", ")}` +
    [left, corpus.languages && describeSpoken(corpus.languages)]
      .map((line) => (line ? `\n  ${line}` : ""))
      .join("")
  );
}

function describeSpoken(languages: NonNullable<ProfileReport["corpus"]["languages"]>): string | undefined {
  const [told, learned] = [describeLanguages(languages), describeWhatIsLearned(languages)];
  return told && `in ${told}${learned === undefined ? "" : ` (${learned})`}`;
}

function describeMasking({ documents, masked, none, shared, own, difference }: MaskingReport): string {
  const rows = Object.entries({ "no prompt": none, shared, own }).map(
    ([name, { loss, perplexity, top1 }]) => [
      name,
      loss.toFixed(3),
      perplexity.toFixed(1),
      formatPercent(top1, 1),
    ],
  );
  return [
    `hidden words guessed in the newest ${formatPlural(documents, "document")} (${formatPlural(masked, "hidden token")})`,
    formatTable([["", "loss", "perplexity", "right"], ...rows]),
    `  own − shared: ${formatSigned(difference.mean, 3)} nats, ${formatPercent(difference.confidence ?? 0.95)} interval ${formatRange(difference, 3)}`,
  ].join("\n");
}

function describeTags({ documents, known, usesPrompts, acceptedTags = 0 }: TagReport): string {
  const names = {
    idiolect: "idiolect",
    embeddingKnn: "nearest documents",
    mostFrequent: "most frequent",
  } as const;
  const rows = (Object.keys(names) as (keyof typeof names)[]).map((name) => {
    const { mrr, recallAt5, precisionAt1 } = known[name];
    return [names[name], mrr.toFixed(3), recallAt5.toFixed(3), precisionAt1.toFixed(3)];
  });
  return [
    `tags suggested for ${formatPlural(documents, "document")} before they were learned`,
    formatTable([["", "MRR", "recall@5", "precision@1"], ...rows]),
    `  vectors made with the writer's prompts: ${usesPrompts ? "used" : "not used, as they are not proven to help"}`,
    ...(acceptedTags === 0
      ? []
      : [
          `  ${formatPlural(acceptedTags, "tag")} taken from suggestions: they prove nothing, so they are left out`,
        ]),
  ].join("\n");
}

function describeTone({
  labels,
  documents,
  general,
  personal,
  errorGain,
  usesPrompts,
  promptGain,
}: NonNullable<ProfileReport["heldOut"]["tone"]>): string {
  const rows = Object.entries({ general, personal }).map(
    ([name, { accuracy, meanAbsoluteError, abstained }]) => [
      name,
      formatPercent(accuracy.mean),
      meanAbsoluteError.mean.toFixed(3),
      formatPercent(abstained),
    ],
  );
  return [
    `tone of ${formatPlural(labels, "label")} in ${formatPlural(documents, "document")}, read before they were learned from`,
    formatTable([["", "right side", "error", "no clear tone"], ...rows]),
    `  error taken away: ${formatSigned(errorGain.mean, 3)}, ${formatPercent(errorGain.confidence ?? 0.95)} interval ${formatRange(errorGain, 3)}`,
    ...(usesPrompts === undefined || promptGain === undefined
      ? []
      : [
          usesPrompts
            ? `  prompts tuned for tone: used, as they took ${formatSigned(promptGain.mean, 3)} more away`
            : "  prompts tuned for tone: not used, as they are not proven to help",
        ]),
  ].join("\n");
}

/** What went wrong with learning, and what to do. */
export function describeSigns(
  signs: readonly { readonly message: string; readonly advice: string }[],
): string {
  return ["please note", ...signs.map(({ message, advice }) => `  ${message}. ${advice}`)].join("\n");
}

function describeReplay({
  newPassages,
  replayedPassages,
  kept,
  onFormerText,
  onNewText,
}: ReplayReport): string {
  const parts = Object.entries({ "text from before": onFormerText, "new text": onNewText }).flatMap(
    ([name, difference]) =>
      difference === undefined ? [] : [`  on held-out ${name}: ${formatSigned(difference.mean, 3)} nats`],
  );
  return [
    `learning went on from the version before, with ${formatPlural(newPassages, "new passage")} and ${formatPlural(replayedPassages, "old one")}`,
    ...parts,
    `  kept: ${kept === "new" ? "the new prompts" : "those of the version before, as the new ones are no better"}`,
  ].join("\n");
}

function describeEcho({ strengths, limit, isExceeded }: EchoReport): string {
  const rows = strengths.map(({ strength, divergence, gain }) => [
    formatPercent(strength),
    divergence.toFixed(3),
    formatSigned(gain, 3),
  ]);
  return [
    "how far the personal guesses of hidden words differ from the general ones, by strength, in nats a word",
    formatTable([["", "differ by", "justified"], ...rows]),
    `  limit at full strength ${limit.toFixed(3)}: ${isExceeded ? "exceeded" : "not exceeded"}`,
  ].join("\n");
}
