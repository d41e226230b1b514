import type { GeneralReader } from "../../profile/profile.ts";
import { expectedValence } from "../../tone/head/ordinal-scale.ts";
import { type ClassCount, likeliestLabel } from "../../tone/head/tone-classes.ts";
import { formatPercent } from "../../words/format.ts";
import { vaderClass } from "../baselines/vader.ts";
import { type ClassMeasures, correlation, measureClasses } from "../measures/class-measures.ts";
import {
  type LabelledRow,
  type LabelledSource,
  measuringSources,
  readLabelled,
} from "../measures/measuring-sources.ts";
import { measureSides, type SideReport, sideOfClass } from "./measure-sides.ts";
import { type ReadTone, readTones } from "./read-tones.ts";

/** How one set was read. */
export interface ToneSetRow {
  readonly classes: 2 | 3 | 5;
  /** The likeliest class of those that the set knows. */
  readonly idiolect: ClassMeasures;
  readonly vader: ClassMeasures;
  /** Absent where the set knows no neutral. */
  readonly alwaysNeutral?: ClassMeasures;
  /** Of valences, where the set has them. */
  readonly correlation?: number;
  /** By sides, as the product shows them; of ordinary prose and the checklist. */
  readonly sides?: SideReport;
}

/** What each capability of the checklist got right, of how many. */
export type ChecklistRow = Readonly<Record<string, { readonly right: number; readonly of: number }>>;

export interface ToneTable {
  readonly sets: Readonly<Record<string, ToneSetRow>>;
  readonly checklist: { readonly single: ChecklistRow; readonly pairs: ChecklistRow };
}

/** The sets of the table; others of `measuringSources` are for choosing. */
const tableSets = [
  ...(["proseDev", "proseRandom", "checklist", "sst2", "sst5", "tweeteval", "goemotions3"] as const),
  ...(["devSo", "devGithub", "emobank", "newsmtsc"] as const),
];
type TableSet = (typeof tableSets)[number];
const withSides: readonly TableSet[] = ["proseDev", "proseRandom", "checklist"];
/** Valences of a pair that are to be the same lie no further apart. */
const sameValence = 0.1;

/** Reads every set of the table. `told` hears which set comes and how much of it is read. */
export async function toneTable(
  reader: GeneralReader,
  dataPath: string,
  threads: number,
  told: (set: string, read: number, of: number) => void = () => {},
): Promise<ToneTable> {
  const sets: Record<string, ToneSetRow> = {};
  const read = (name: string, texts: readonly string[]): Promise<readonly ReadTone[]> =>
    readTones(reader, texts, { threads }, (count) => told(name, count, texts.length));
  let single: ChecklistRow = {};
  for (const set of tableSets) {
    const source: LabelledSource = measuringSources[set];
    const rows = labelledRows(source, readLabelled(dataPath, source.file));
    const readings = await read(
      set,
      rows.map(({ text }) => text),
    );
    sets[set] = measureSet(set, source.classes, rows, readings);
    if (set === "checklist") single = byCapability(rows, readings);
  }
  const pairs = readLabelled(dataPath, measuringSources.checklist.file).filter(
    ({ pair }) => pair !== undefined,
  );
  const [first, second] = [
    await read(
      "pairs",
      pairs.map(({ text }) => text),
    ),
    await read(
      "pairs",
      pairs.map(({ pair = "" }) => pair),
    ),
  ];
  return { sets, checklist: { single, pairs: judgePairs(pairs, first, second) } };
}

interface KnownRow {
  readonly text: string;
  readonly label: number;
  readonly row: LabelledRow;
}

function labelledRows({ labelOf }: LabelledSource, rows: readonly LabelledRow[]): readonly KnownRow[] {
  return rows.flatMap((row) => {
    const label = labelOf(row);
    return label === undefined ? [] : [{ text: row.text, label, row }];
  });
}

function measureSet(
  set: TableSet,
  classes: 2 | 3 | 5,
  rows: readonly KnownRow[],
  read: readonly ReadTone[],
): ToneSetRow {
  const labels = rows.map(({ label }) => label);
  const guess = (of: readonly number[]): ClassMeasures => measureClasses(labels, of, classes);
  const valences = rows.map(({ row }) => row.valence);
  const found = valences.every((valence) => valence !== undefined)
    ? correlation(
        read.map(({ shares }) => expectedValence(shares)),
        valences,
      )
    : undefined;
  const sides = rows.map(({ text, label }) => ({ text, side: classes === 5 ? sideOfClass(label) : label }));
  return {
    classes,
    idiolect: guess(read.map(({ shares }) => likeliestLabel(shares, classes))),
    vader: guess(rows.map(({ text }) => foldClass(vaderClass(text), classes))),
    ...(classes === 2 ? {} : { alwaysNeutral: guess(labels.map(() => (classes === 3 ? 1 : 2))) }),
    ...(found === undefined ? {} : { correlation: found }),
    ...(withSides.includes(set) ? { sides: measureSides(sides, read) } : {}),
  };
}

/** A class of five among fewer. Of two, a text without a tone is a coin that always falls on positive. */
function foldClass(k: number, classes: ClassCount): number {
  if (classes === 5) return k;
  return classes === 3 ? sideOfClass(k) : k < 2 ? 0 : 1;
}

function byCapability(rows: readonly KnownRow[], read: readonly ReadTone[]): ChecklistRow {
  return tally(
    rows.map(({ label, row: { capability = "" } }, at) => [
      capability,
      likeliestLabel(read[at]!.shares, 3) === label,
    ]),
  );
}

function judgePairs(
  pairs: readonly LabelledRow[],
  first: readonly ReadTone[],
  second: readonly ReadTone[],
): ChecklistRow {
  return tally(
    pairs.map(({ capability = "", expected }, at) => {
      const difference = expectedValence(second[at]!.shares) - expectedValence(first[at]!.shares);
      switch (expected) {
        case "pair_lower":
          return [capability, difference < 0];
        case "pair_higher":
          return [capability, difference > 0];
        default:
          return [capability, Math.abs(difference) <= sameValence];
      }
    }),
  );
}

function tally(judged: readonly (readonly [capability: string, isRight: boolean])[]): ChecklistRow {
  const groups = Map.groupBy(judged, ([capability]) => capability);
  return Object.fromEntries(
    [...groups].map(([capability, group]) => [
      capability,
      { right: group.filter(([, isRight]) => isRight).length, of: group.length },
    ]),
  );
}

/**
 * Why a base may not be shipped; empty where it may. On every set it has to be above VADER's word list, by the
 * likeliest class, and on ordinary prose above always saying 'no tone', as it is shown.
 */
export function toneProblems({ sets }: ToneTable): readonly string[] {
  return Object.entries(sets).flatMap(([set, { idiolect, vader, sides }]) => {
    const problems =
      idiolect.macroF1 > vader.macroF1
        ? []
        : [compared(set, "macro-F1", idiolect.macroF1, "VADER", vader.macroF1)];
    if (!set.startsWith("prose") || sides === undefined) return problems;
    const { shown, alwaysNeutral } = sides;
    return shown.right > alwaysNeutral.right
      ? problems
      : [...problems, compared(set, "right as shown", shown.right, "always 'no tone'", alwaysNeutral.right)];
  });
}

function compared(set: string, what: string, own: number, other: string, others: number): string {
  return `${set}: ${formatPercent(own, 1)} ${what}, ${other} has ${formatPercent(others, 1)}`;
}
