import type { Interval } from "../../numbers/intervals.ts";
import type { OrdinalScale } from "../head/ordinal-scale.ts";
import type { LabelledTone } from "../labels/labelled-tone.ts";
import type { PersonalTone } from "../writer/personal-tone.ts";
import { evaluateTone, type ToneReport } from "./evaluate-tone.ts";
import { fewestDocuments, isSaid, readAsOther, readHeldOut } from "./held-out-tone.ts";

/** Fewer labels of a writer do not open the gate, whatever they say. */
export const defaultMinimumLabels = 30;

export interface ToneGateOptions {
  readonly random: () => number;
  readonly minimumLabels?: number;
  /** What another writer's labels taught, as a control. */
  readonly otherWriter?: PersonalTone;
}

/** Whether the personal reading of tone is shown, and why. */
export interface ToneGate {
  readonly open: boolean;
  /** For the user: a sentence or two, with the numbers. */
  readonly reason: string;
  /** Absent where there were too few labels to measure. */
  readonly report?: ToneReport;
  /** Held-out error taken away by another writer's shift and memory; above 0 if it, too, helps. */
  readonly otherWriterGain?: Interval;
}

/**
 * Opens for enough labels (emoticons do not count) and a personal reading that lies closer to held-out
 * labels than the general one: the interval of the mean error that it takes away, which holds with few documents, must
 * lie above zero, and it must neither name the wrong side more often nor do worse on the newest labels. The error decides, not the accuracy: it uses how
 * far off a reading was, so that a dozen held-out labels can show anything at all. The interval is by document, so
 * labels of a few documents alone leave it shut.
 */
export function toneGate(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
  { random, minimumLabels = defaultMinimumLabels, otherWriter }: ToneGateOptions,
): ToneGate {
  const said = labels.filter(isSaid).length;
  if (said < minimumLabels) return { open: false, reason: tooFew(said, minimumLabels) };
  const heldOut = readHeldOut(labels, scale);
  const { minimumConfidence } = scale;
  const report = evaluateTone(heldOut, random, minimumConfidence);
  const verdict = judge(report);
  if (report.documents < 2) return verdict;
  if (otherWriter === undefined) return { ...verdict, report };
  const asOther = evaluateTone(readAsOther(heldOut, otherWriter, scale), random, minimumConfidence);
  return { ...verdict, report, otherWriterGain: asOther.errorGain };
}

/** Whether a held-out report opens the gate, and why. */
export function judge(report: ToneReport): { readonly open: boolean; readonly reason: string } {
  if (report.documents < fewestDocuments) return { open: false, reason: tooClose(report) };
  const { general, personal, errorGain, accuracyGain, newestErrorGain } = report;
  const compared =
    `On ${count(report.labels, "label")}, each read before it was learned from, your own reading was off by ` +
    `${twoDigits(personal.meanAbsoluteError.mean)} on average (on a scale from −1 to 1), the general one by ` +
    `${twoDigits(general.meanAbsoluteError.mean)}; the difference is ${twoDigits(errorGain.mean)} ` +
    `[${twoDigits(errorGain.low)}, ${twoDigits(errorGain.high)}].`;
  if (personalIsGeneral(report)) {
    return { open: false, reason: `Your labels agree with the general reading. ${compared}` };
  }
  if (errorGain.high < 0) {
    return { open: false, reason: `${compared} It does worse, so the general reading is shown.` };
  }
  if (errorGain.low <= 0) {
    const advice =
      "That may be chance, so the general reading is shown; with more labels it may become clear.";
    return { open: false, reason: `${compared} ${advice}` };
  }
  if (accuracyGain.mean < 0) {
    const sides = `${percent(personal.accuracy.mean)} against ${percent(general.accuracy.mean)}`;
    const advice = `But it names the right side less often (${sides}), so the general reading is shown.`;
    return { open: false, reason: `${compared} ${advice}` };
  }
  if (newestErrorGain < 0) {
    const advice = "But on the newest third of them it does worse, so the general reading is shown.";
    return { open: false, reason: `${compared} ${advice}` };
  }
  return { open: true, reason: `${compared} So your own reading is shown.` };
}

/** Learning changed nothing that could be measured. */
function personalIsGeneral({ errorGain }: ToneReport): boolean {
  return Math.max(Math.abs(errorGain.low), Math.abs(errorGain.high)) < 1e-4;
}

function tooFew(labels: number, minimumLabels: number): string {
  return (
    `You have labelled ${count(labels, "text")}; your own reading is shown from ${minimumLabels} on. ` +
    "Ratings or moods in front matter count, and so do corrections."
  );
}

function tooClose({ documents, labels }: ToneReport): string {
  return (
    `The ${count(labels, "label")} that your own reading can be measured on lie in ${count(documents, "document")}; ` +
    `they can show something from ${fewestDocuments} on. Ratings or moods in front matter count, and so do corrections.`
  );
}

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? "" : "s"}`;
const twoDigits = (value: number): string => value.toFixed(2).replace("-", "−");
const percent = (share: number): string => `${Math.round(100 * share)} %`;
