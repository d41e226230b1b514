import type { Random } from "../../numbers/random.ts";
import { knownShare } from "../../tone/proof/held-out-tone.ts";
import { TooFewWritersError } from "./errors.ts";
import type { OpinionText } from "./opinion-texts.ts";

/** A writer's texts by time: what is known, and what is to be read. */
export interface WriterTexts {
  readonly writer: string;
  readonly known: readonly OpinionText[];
  readonly later: readonly OpinionText[];
}

/** Three groups of writers without overlap. */
export interface WriterSplit {
  /** The general model learns their texts. */
  readonly training: readonly OpinionText[];
  /** All choices are made on them. */
  readonly tuning: readonly WriterTexts[];
  /** New writers: measured, and nothing else. */
  readonly targets: readonly WriterTexts[];
}

export interface SplitOptions {
  /** Texts that a writer must have to be measured. */
  readonly minimumTexts: number;
  /** How many of all writers are new ones (a share), or which. */
  readonly targets: { readonly kind: "share"; readonly share: number } | NamedTargets;
  readonly random: Random;
}

interface NamedTargets {
  readonly kind: "named";
  readonly writers: ReadonlySet<string>;
}

/** Share of the other writers that choices are made on. */
const tuningShare = 0.25;
/** Writers with fewer texts teach the general model alone. */
const leastTuningTexts = 20;
const fewestWriters = 2;

/**
 * Deals writers out. `share` is of all writers of the file; those are drawn among the writers with enough
 * texts, at most half of them. Throws TooFewWritersError where a group would be too small.
 */
export function splitWriters(texts: readonly OpinionText[], options: SplitOptions): WriterSplit {
  const writers = [...Map.groupBy(texts, ({ writer }) => writer)]
    .map(([writer, own]) => ({ writer, texts: byTime(own) }))
    .toSorted((a, b) => (a.writer < b.writer ? -1 : 1));
  const targets = new Set(chooseTargets(writers, options));
  const others = writers.filter(({ writer }) => !targets.has(writer));
  const able = others.filter((one) => one.texts.length >= leastTuningTexts).map(({ writer }) => writer);
  const drawn = options.random.fork("tuning").shuffle([...able]);
  const tuning = new Set(drawn.slice(0, Math.min(Math.round(tuningShare * others.length), able.length - 1)));
  if (targets.size < fewestWriters || tuning.size < fewestWriters) {
    throw new TooFewWritersError(
      `${writers.length} writers are too few: ${targets.size} would be new ones and ${Math.max(0, tuning.size)} ` +
        `would be there for choices; at least ${fewestWriters} of each are needed`,
    );
  }
  const pick = (group: ReadonlySet<string>) =>
    writers.filter(({ writer }) => group.has(writer)).map(divideByTime);
  return {
    training: others.filter(({ writer }) => !tuning.has(writer)).flatMap((one) => one.texts),
    tuning: pick(tuning),
    targets: pick(targets),
  };
}

interface Writer {
  readonly writer: string;
  readonly texts: readonly OpinionText[];
}

function chooseTargets(
  writers: readonly Writer[],
  { minimumTexts, targets, random }: SplitOptions,
): readonly string[] {
  const able = writers.filter((one) => one.texts.length >= minimumTexts).map(({ writer }) => writer);
  switch (targets.kind) {
    case "named":
      return able.filter((writer) => targets.writers.has(writer));
    case "share": {
      const wanted = Math.min(Math.round(targets.share * writers.length), Math.floor(able.length / 2));
      return random
        .fork("targets")
        .shuffle([...able])
        .slice(0, wanted);
    }
    default:
      return targets satisfies never;
  }
}

function divideByTime({ writer, texts }: Writer): WriterTexts {
  const count = Math.floor(knownShare * texts.length);
  return { writer, known: texts.slice(0, count), later: texts.slice(count) };
}

/** Texts of one time keep their order. */
const byTime = (texts: readonly OpinionText[]): readonly OpinionText[] =>
  texts.toSorted((a, b) => a.time - b.time);
