import { type MeanGain, meanGain } from "../../evaluation/mean-gain.ts";
import { splitByDate } from "../../evaluation/splits.ts";
import { type LabelledTone, valenceError } from "./labelled-tone.ts";
import { type ClassShares, classShares, expectedValence, type OrdinalScale } from "./ordinal-scale.ts";
import { PersonalTone } from "./personal-tone.ts";

/**
 * How labels are held out. `split`: the oldest 65 % of the documents are learned from, the others
 * measured. `prequential`: the same ones are measured, each after learning from all before it, as it is
 * when a profile is kept up to date.
 */
export type HeldOutProtocol = "split" | "prequential";

/** Share of the documents that is known from the start. */
export const knownShare = 0.65;

/** Labels of fewer held-out documents can have one cause, and show nothing. */
export const fewestDocuments = 5;

/** A label that was not learned from, with what the readings of its text were. */
export interface HeldOutTone {
  readonly label: LabelledTone;
  readonly general: ClassShares;
  readonly personal: ClassShares;
}

/**
 * Reads held-out labels by chronological order; labels of one document stay together. Emoticons are
 * learned from as far as they are older than what is held out, and prove nothing themselves.
 */
export function readHeldOut(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
  protocol: HeldOutProtocol,
  promptWeight = 0,
): readonly HeldOutTone[] {
  const { earlier, later } = splitLabels(labels);
  const firstLaterMs = later[0]?.timeMs ?? Infinity;
  const signs = labels.filter((label) => !isSaid(label) && label.timeMs < firstLaterMs);
  const known = [...earlier.flatMap((document) => document.labels), ...signs];
  let tone = PersonalTone.learn(known, scale, promptWeight);
  return later.flatMap((document) => {
    const readings = document.labels.map((label) => readOne(label, tone, scale));
    if (protocol === "prequential") {
      known.push(...document.labels);
      tone = PersonalTone.learn(known, scale, promptWeight);
    }
    return readings;
  });
}

/** The labels that `readHeldOut` learns from at the start, without emoticons. */
export function knownLabels<Label extends LabelledTone>(labels: readonly Label[]): readonly Label[] {
  return splitLabels(labels).earlier.flatMap((document) => document.labels);
}

function splitLabels<Label extends LabelledTone>(labels: readonly Label[]) {
  return splitByDate(groupByDocument(labels.filter(isSaid)), knownShare);
}

/**
 * What readings under the writer's prompts take away of the error that shift and memory leave, on the later labels; by
 * document. The labels' `latentPersonal` must be under prompts that were tuned on the earlier ones alone. Undefined where the later
 * ones are of too few documents to tell.
 */
export function promptGain(
  labels: readonly LabelledTone[],
  scale: OrdinalScale,
  promptWeight: number,
): MeanGain | undefined {
  const [without, within] = [0, promptWeight].map((weight) => readHeldOut(labels, scale, "split", weight));
  const error = ({ label, personal }: HeldOutTone): number =>
    valenceError(label.target, expectedValence(personal));
  const gains = without!.map((held, at) => ({ held, gain: error(held) - error(within![at]!) }));
  const documents = [...Map.groupBy(gains, ({ held }) => held.label.document).values()];
  if (documents.length < fewestDocuments) return undefined;
  return meanGain(documents.map((group) => group.reduce((sum, { gain }) => sum + gain, 0) / group.length));
}

/** The same labels read with the shift and memory of somebody else: what is personal must not survive it. */
export function readAsOther(
  heldOut: readonly HeldOutTone[],
  other: PersonalTone,
  scale: OrdinalScale,
): readonly HeldOutTone[] {
  return heldOut.map(({ label }) => readOne(label, other, scale));
}

function readOne(label: LabelledTone, tone: PersonalTone, scale: OrdinalScale): HeldOutTone {
  return {
    label,
    general: classShares(label.latent, scale),
    personal: classShares(tone.latent(label), scale),
  };
}

/** Whether the writer has said how a text is meant, and not only put a sign into it. */
export const isSaid = ({ kind }: Pick<LabelledTone, "kind">): boolean => kind !== "emoticon";

interface LabelledDocument<Label extends LabelledTone> {
  readonly id: string;
  /** Of the earliest label. */
  readonly timeMs: number;
  readonly labels: readonly Label[];
}

function groupByDocument<Label extends LabelledTone>(
  labels: readonly Label[],
): readonly LabelledDocument<Label>[] {
  return Map.groupBy(labels, ({ document }) => document)
    .entries()
    .map(([id, group]) => ({ id, timeMs: Math.min(...group.map(({ timeMs }) => timeMs)), labels: group }))
    .toArray();
}
