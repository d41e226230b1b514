import { byDate, splitByDate } from "../../numbers/by-date.ts";
import { fewestMeasured } from "../../numbers/gate.ts";
import { prequentialParts } from "../../numbers/prequential.ts";
import { type ClassShares, classShares, type OrdinalScale, scaleOfText } from "../head/ordinal-scale.ts";
import type { LabelledTone } from "../labels/labelled-tone.ts";
import { PersonalTone } from "../writer/personal-tone.ts";

/** Share of the documents, the oldest, that prompts are tuned on where the others measure them. */
export const knownShare = 0.65;
/** Labels of fewer held-out documents can have one cause, and show nothing. */
export const fewestDocuments = fewestMeasured;

/** A label that was not learned from, with what the readings of its text were. */
export interface HeldOutTone {
  readonly label: LabelledTone;
  readonly general: ClassShares;
  readonly personal: ClassShares;
}

/**
 * Reads labels before they are learned from, in the order of their documents; labels of one document stay together.
 * Emoticons are learned from as far as they are older than what is read, and prove nothing themselves.
 */
export function readHeldOut(labels: readonly LabelledTone[], scale: OrdinalScale): readonly HeldOutTone[] {
  const documents = byDate(groupByDocument(labels.filter(isSaid)));
  return prequentialParts(documents).flatMap(({ known, next }) => {
    const tone = PersonalTone.learn(labelsUpTo(known, next, labels), scale);
    return labelsOf(next).map((label) => readOne(label, tone, scale));
  });
}

/** The labels of the oldest documents, on which prompts are tuned to be measured; without emoticons. */
export function knownLabels<Label extends LabelledTone>(labels: readonly Label[]): readonly Label[] {
  return labelsOf(splitLabels(labels).earlier);
}

/**
 * The labels of the oldest documents with emoticons that are older than what follows, and the documents that follow, whose
 * labels measure what was learned from the former.
 */
export function knownAndLater(labels: readonly LabelledTone[]): {
  readonly known: readonly LabelledTone[];
  readonly later: readonly LabelledDocument<LabelledTone>[];
} {
  const { earlier, later } = splitLabels(labels);
  return { known: labelsUpTo(earlier, later, labels), later };
}

function readOne(label: LabelledTone, tone: PersonalTone, scale: OrdinalScale): HeldOutTone {
  const own = scaleOfText(label, scale);
  return {
    label,
    general: classShares(label.latent, own),
    personal: classShares(tone.latent(label), own),
  };
}

/** Whether the writer has said how a text is meant, and not only put a sign into it. */
export const isSaid = ({ kind }: Pick<LabelledTone, "kind">): boolean => kind !== "emoticon";

export interface LabelledDocument<Label extends LabelledTone> {
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

function splitLabels<Label extends LabelledTone>(labels: readonly Label[]) {
  return splitByDate(groupByDocument(labels.filter(isSaid)), knownShare);
}

/** What is known before some documents are read: the labels of those before them, and older emoticons. */
function labelsUpTo(
  known: readonly LabelledDocument<LabelledTone>[],
  next: readonly LabelledDocument<LabelledTone>[],
  labels: readonly LabelledTone[],
): readonly LabelledTone[] {
  const fromMs = next[0]?.timeMs ?? Infinity;
  return [...labelsOf(known), ...labels.filter((label) => !isSaid(label) && label.timeMs < fromMs)];
}

function labelsOf<Label extends LabelledTone>(
  documents: readonly LabelledDocument<Label>[],
): readonly Label[] {
  return documents.flatMap(({ labels }) => labels);
}
