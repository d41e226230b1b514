import { basename } from "node:path";
import { editorCommands } from "../../protocol/commands.ts";
import type { Teaching } from "../../protocol/lessons.ts";
import type { Range, ReadingPair, ToneReading } from "../../protocol/readings.ts";
import type { ToneBaseline } from "../../tone/reading/tone-baseline.ts";
import { describeLabel } from "../../words/describe-label.ts";
import { describeNotRead, listLanguages } from "../../words/describe-languages.ts";
import { formatPercent, formatSigned } from "../../words/format.ts";
import { commandLink, fileLink, markdownText } from "../markdown-text.ts";
import type { ToneReason } from "./tone-reasons.ts";

/** What a hover tells of a sentence or a selection. */
export interface ToneNote {
  readonly reading: ReadingPair;
  readonly taught: boolean;
  /** Of personal readings, 0 to 1. */
  readonly strength: number;
  readonly baseline: ToneBaseline | undefined;
  /** Absent where it is of several sentences; 'pending' while it is made. */
  readonly reason?: ToneReason | "pending";
  /** Absent where it cannot be taught: part of a sentence, or several. */
  readonly teach?: { readonly uri: string; readonly range: Range };
}

/** Readings that differ less say the same. */
const leastDifference = 0.15;
const lessons = [
  ["positive", 0.5],
  ["neutral", 0],
  ["negative", -0.5],
] as const;
const longestQuote = 120;
const longestWord = 40;

/** A hover's text: Markdown in which nothing of the document is active. */
export function toneMarkdown(note: ToneNote): string {
  return [readingLines(note), baselineLine(note), ...reasonLines(note), teachLine(note)]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** What stands in place of a tone: the languages of what is not read. */
export function notReadNote(languages: readonly string[]): string {
  const [state, names] = [describeNotRead(languages), listLanguages(languages)];
  return `**${state[0]!.toUpperCase()}${state.slice(1)}** (${markdownText(names, longestQuote)}): its tone is not read. Tags work in every language.`;
}

function readingLines({ reading: { general, personal }, taught, strength }: ToneNote): string {
  if (personal === null) return readingLine(general, "in general");
  const how = taught ? "as you said" : "as you write";
  const weakened = strength < 1 && !taught ? ` · at ${formatPercent(strength)} of your own reading` : "";
  const own = `${readingLine(personal, how)}${weakened}`;
  const isOther =
    general.label !== personal.label || Math.abs(general.valence - personal.valence) > leastDifference;
  return isOther ? `${own}  \n${plainReading(general)}, in general` : own;
}

function readingLine({ valence, label, confidence }: ToneReading, how: string): string {
  return `**${describeLabel(label)}**, ${how} · ${formatSigned(valence)} · ${formatPercent(confidence)} sure`;
}

function plainReading({ valence, label, confidence }: ToneReading): string {
  return `${describeLabel(label)} · ${formatSigned(valence)} · ${formatPercent(confidence)} sure`;
}

/** The baseline was made of general readings, so a general one is compared with it. */
function baselineLine({ baseline, reading: { general } }: ToneNote): string {
  if (baseline === undefined) return "";
  const place = baseline.describe(general.valence);
  return `${place[0]!.toUpperCase()}${place.slice(1)}.`;
}

/** Words are weighed in the general reading. */
function reasonLines({ reason, reading: { personal } }: ToneNote): readonly string[] {
  if (reason === undefined) return [];
  if (reason === "pending")
    return ["*Idiolect is finding out which words matter most: rest the mouse here again in a moment.*"];
  const words = reason.words.map(
    ({ word, weight }) => `${markdownText(word, longestWord)} ${formatSigned(weight)}`,
  );
  return [
    words.length === 0
      ? "No word stands out."
      : `Words${personal === null ? "" : ", in general"}: ${words.join(" · ")}`,
    ...reason.similar.map(
      ({ text, path, line }) =>
        `You wrote before: “${markdownText(text, longestQuote)}” (${fileLink(`${basename(path)}:${line}`, path, line)})`,
    ),
  ];
}

function teachLine({ teach }: ToneNote): string {
  if (teach === undefined) return "";
  const links = lessons.map(([name, valence]) => {
    const teaching: Teaching = { kind: "tone", ...teach, valence };
    return commandLink(name, editorCommands.teach, teaching);
  });
  return `For me it is: ${links.join(" · ")}`;
}
