import { splitByDate } from "../../evaluation/splits.ts";
import type { LabelledTone } from "./labelled-tone.ts";
import { type ClassShares, classShares, type OrdinalScale } from "./ordinal-scale.ts";
import { PersonalTone } from "./personal-tone.ts";

/**
 * How labels are held out. `split`: the oldest 65 % of the documents are learned from, the others
 * measured. `prequential`: the same ones are measured, each after learning from all before it, as it is
 * when a profile is kept up to date.
 */
export type HeldOutProtocol = "split" | "prequential";

/** Share of the documents that is known from the start. */
export const knownShare = 0.65;

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
): readonly HeldOutTone[] {
  const { earlier, later } = splitByDate(groupByDocument(labels.filter(isSaid)), knownShare);
  const firstLaterMs = later[0]?.timeMs ?? Infinity;
  const signs = labels.filter((label) => !isSaid(label) && label.timeMs < firstLaterMs);
  const known = [...earlier.flatMap((document) => document.labels), ...signs];
  let tone = PersonalTone.learn(known, scale);
  return later.flatMap((document) => {
    const readings = document.labels.map((label) => readOne(label, tone, scale));
    if (protocol === "prequential") {
      known.push(...document.labels);
      tone = PersonalTone.learn(known, scale);
    }
    return readings;
  });
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

interface LabelledDocument {
  readonly id: string;
  /** Of the earliest label. */
  readonly timeMs: number;
  readonly labels: readonly LabelledTone[];
}

function groupByDocument(labels: readonly LabelledTone[]): readonly LabelledDocument[] {
  return Map.groupBy(labels, ({ document }) => document)
    .entries()
    .map(([id, group]) => ({ id, timeMs: Math.min(...group.map(({ timeMs }) => timeMs)), labels: group }))
    .toArray();
}
