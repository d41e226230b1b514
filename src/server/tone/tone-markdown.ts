import { basename } from "node:path";
import { editorCommands } from "../../protocol/commands.ts";
import type { Teaching } from "../../protocol/lessons.ts";
import type { Range, ReadingPair, ToneReading } from "../../protocol/readings.ts";
import type { ToneBaseline } from "../../tone/reading/tone-baseline.ts";
import { describeBaseline } from "../../words/describe-baseline.ts";
import { describeLabel } from "../../words/describe-label.ts";
import { describeNotRead, listLanguages } from "../../words/describe-languages.ts";
import { describeSaid, describeSide, describeTone, markWords } from "../../words/describe-tone.ts";
import { formatPercent } from "../../words/format.ts";
import { t } from "../language.ts";
import { commandLink, fileLink, markdownText } from "../markdown-text.ts";
import type { ToneReason } from "./tone-reasons.ts";

/** What a hover tells of a sentence or a selection. */
export interface ToneNote {
  readonly reading: ReadingPair;
  /** Of personal readings, 0 to 1. */
  readonly strength: number;
  readonly baseline: ToneBaseline | undefined;
  /** Absent where it is of several sentences. */
  readonly reason?: ToneReason;
  /** Absent where it cannot be taught: part of a sentence, or several. */
  readonly teach?: { readonly uri: string; readonly range: Range };
}

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
  const [state, names] = [describeNotRead(languages, t), listLanguages(languages, t)];
  const told = `**${state[0]!.toUpperCase()}${state.slice(1)}**`;
  return t(
    "{0} ({1}): its tone is not read. Tags work in every language.",
    told,
    markdownText(names, longestQuote),
  );
}

function readingLines({ reading: { general, personal, taught }, strength }: ToneNote): string {
  const inGeneral = t("In general {0}", describeTone(general, t));
  if (personal === null) return `**${describeTone(general, t)}**`;
  if (taught) return `**${describeSaid(personal, t)}**  \n${inGeneral}`;
  const told = `**${describeTone(personal, t)}**`;
  const own =
    strength < 1
      ? t("{0}, as you write, at {1} of your own reading", told, formatPercent(strength, 0, t))
      : t("{0}, as you write", told);
  return describeSide(personal) === describeSide(general) ? own : `${own}  \n${inGeneral}`;
}

/**
 * The baseline was made of general readings, so a general one is compared with it. What is told of it never goes another
 * way than the tone that is told first: to 'no tone' belongs no 'more positive than'.
 */
function baselineLine({ baseline, reading: { general, personal } }: ToneNote): string {
  if (baseline === undefined) return "";
  const comparison = baseline.compare(general.valence);
  const { direction } = comparison;
  if (direction !== undefined && direction !== directionOf(personal ?? general)) return "";
  return describeBaseline(comparison, t);
}

function directionOf({ label }: ToneReading): "negative" | "positive" | undefined {
  switch (label) {
    case "veryNegative":
    case "negative":
      return "negative";
    case "positive":
    case "veryPositive":
      return "positive";
    case "neutral":
    case null:
      return undefined;
    default:
      return label satisfies never;
  }
}

/** Words are weighed in the general reading. */
function reasonLines({ reason, reading: { personal } }: ToneNote): readonly string[] {
  if (reason === undefined) return [];
  const words = markWords(reason.words, (word) => markdownText(word, longestWord));
  return [
    words.length === 0
      ? t("No word stands out.")
      : personal === null
        ? t("Words: {0}", words.join(" · "))
        : t("Words, in general: {0}", words.join(" · ")),
    ...reason.similar.map(({ text, path, line }) =>
      t(
        "You wrote before: “{0}” ({1})",
        markdownText(text, longestQuote),
        fileLink(`${basename(path)}:${line}`, path, line),
      ),
    ),
  ];
}

function teachLine({ teach }: ToneNote): string {
  if (teach === undefined) return "";
  const links = lessons.map(([name, valence]) => {
    const teaching: Teaching = { kind: "tone", ...teach, valence };
    return commandLink(describeLabel(name, t), editorCommands.teach, teaching);
  });
  return t("For me it is: {0}", links.join(" · "));
}
