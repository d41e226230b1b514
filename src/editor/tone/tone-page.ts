import type { TonePage, TonePageTexts } from "../../protocol/pages.ts";
import type { DocumentReading, SentenceReading } from "../../protocol/readings.ts";
import { countTones, describeCounts } from "../../words/describe-tone.ts";
import { asSentence } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";
import { describePair, ownReading } from "./describe-tone.ts";
import { describeUnreadPart } from "./describe-unread.ts";

const mostStrongest = 8;

/** What the page on tone shows of a reading. */
export function tonePage(title: string, reading: DocumentReading, t: Translate): TonePage {
  const { sentences, notRead, gate, band } = reading;
  return {
    title,
    summary: [
      ...(sentences.length === 0 ? [] : [describeCounts(countTones(sentences), t)]),
      ...(notRead.length === 0 ? [] : [describeUnreadPart(notRead, t)]),
    ],
    note: asSentence(gate.reason),
    sentences: sentences.map((sentence) => ({
      plain: sentence.plain,
      general: sentence.general.valence,
      personal: sentence.personal?.valence ?? null,
      isTaught: sentence.taught === true,
      line: sentence.range.start.line + 1,
      readings: describePair(sentence, t),
    })),
    ...(band === undefined ? {} : { band }),
    strongest: strongestOf(sentences),
    texts: textsOf(t),
  };
}

/** Places of the sentences with the strongest tone, strongest first; of equal ones the earlier. */
function strongestOf(sentences: readonly SentenceReading[]): readonly number[] {
  return sentences
    .map((sentence, at) => ({ at, reading: ownReading(sentence) }))
    .filter(({ reading: { label } }) => label !== null && label !== "neutral")
    .sort((a, b) => Math.abs(b.reading.valence) - Math.abs(a.reading.valence) || a.at - b.at)
    .slice(0, mostStrongest)
    .map(({ at }) => at);
}

function textsOf(t: Translate): TonePageTexts {
  return {
    plot: t("Course of tone, sentence by sentence"),
    general: t("In general"),
    personal: t("As you write"),
    band: t("Where 8 of 10 of your sentences lie"),
    positive: t("positive"),
    negative: t("negative"),
    strongest: t("Strongest sentences"),
    table: t("All sentences as a table"),
    sentence: t("Sentence"),
    line: t("Line"),
    taught: t("As you said"),
    help: t("Arrow keys move along the sentences, Enter shows one in the editor."),
  };
}
