import type { ToneTable } from "../../src/lab/tone/tone-table.ts";
import type { TagMetrics } from "../../src/tags/proof/tag-metrics.ts";
import { formatPercent } from "../../src/words/format.ts";
import type { BuildDataReport } from "./data-report.ts";
import type { CurvePoint } from "./learning-curve.ts";
import type { MaskedMeasure } from "./measure-masked.ts";
import type { ToneMeasure } from "./measure-tone.ts";
import type { NeighbourMeasure } from "./tag-neighbours.ts";

export function maskedTable(masked: Readonly<Record<string, MaskedMeasure>>): string {
  const rows = Object.entries(masked).map(([kind, { model, frequency }]) => [
    kind,
    String(model.masked),
    percent(model.top1),
    model.loss.toFixed(3),
    percent(frequency.top1),
    frequency.loss.toFixed(3),
  ]);
  return table(["text", "masked tokens", "top-1", "loss", "frequency: top-1", "frequency: loss"], rows);
}

export function toneTable(tone: Readonly<Record<string, ToneMeasure>>, report: BuildDataReport): string {
  const rows = Object.entries(tone).map(([set, figures]) => [
    set,
    String(figures.texts),
    percent(figures.accuracy),
    percent(figures.macroF1),
    percent(figures.macroRecall),
    percent(figures.majority),
    isTrained(set, report) ? "yes" : "no",
  ]);
  const head = ["set", "texts", "accuracy", "macro-F1", "macro-recall", "most frequent class"];
  return table([...head, "trained on its train part"], rows);
}

/** SST-2 and SST-5 are the same sentences, GoEmotions is one set with and without grouping. */
function isTrained(test: string, { sentiment }: BuildDataReport): boolean {
  const family = /^(?:sst|mr|goemotions|tweeteval)/.exec(test)?.[0] ?? test;
  return Object.keys(sentiment).some((set) => set.startsWith(family));
}

/** Every set as the product reads it: by the likeliest class, beside VADER and always saying 'no tone'. */
export function setTable({ sets }: ToneTable): string {
  const rows = Object.entries(sets).map(([set, { classes, idiolect, vader, alwaysNeutral, correlation }]) => [
    set,
    String(classes),
    String(idiolect.texts),
    percent(idiolect.right),
    percent(idiolect.macroF1),
    percent(idiolect.macroRecall),
    percent(vader.right),
    percent(vader.macroF1),
    percent(alwaysNeutral?.right),
    correlation?.toFixed(3) ?? "–",
  ]);
  const own = ["set", "classes", "texts", "right", "macro-F1", "macro-recall"];
  return table([...own, "VADER: right", "macro-F1", "always 'no tone': right", "r"], rows);
}

/** What is shown of ordinary prose and the checklist, and how often a side that is shown is right. */
export function sideTable({ sets }: ToneTable): string {
  const rows = Object.entries(sets).flatMap(([set, { sides }]) => {
    if (sides === undefined) return [];
    const { shown, abstained, calibrationError } = sides;
    const [negative, , positive] = shown.classes;
    return [
      [
        set,
        percent(shown.right),
        percent(shown.macroF1),
        percent(negative!.precision ?? undefined),
        percent(negative!.recall ?? undefined),
        percent(positive!.precision ?? undefined),
        percent(positive!.recall ?? undefined),
        percent(abstained),
        calibrationError.toFixed(3),
      ],
    ];
  });
  const sided = ["negative: right", "found", "positive: right", "found"];
  return table(["set", "right", "macro-F1", ...sided, "not sure enough", "calibration error"], rows);
}

/** How often what is shown of random prose is right, by how sure it is. */
export function reliabilityTable({ sets }: ToneTable): string {
  const rows = (sets["proseRandom"]?.sides?.reliability ?? []).map(({ confidence, right, texts }) => [
    percent(confidence),
    percent(right),
    String(texts),
  ]);
  return table(["sure", "right", "sentences"], rows);
}

export function checklistTable({ checklist }: ToneTable): string {
  const rows = Object.entries(checklist).flatMap(([kind, capabilities]) =>
    Object.entries(capabilities).map(([name, { right, of }]) => [name, kind, `${right} of ${of}`]),
  );
  return table(["capability", "sentences", "right"], rows);
}

export function neighbourTable(neighbours: readonly NeighbourMeasure[]): string {
  const cells = (metrics: TagMetrics | undefined): string => metrics?.recallAt5.toFixed(3) ?? "–";
  const rows = neighbours.map(({ blog, mostFrequent, embeddingKnn }) => [
    blog,
    cells(mostFrequent),
    cells(embeddingKnn["original"]),
    cells(embeddingKnn["idiolect-base"]),
  ]);
  const mean = (pick: (measure: NeighbourMeasure) => number): string =>
    (neighbours.reduce((sum, measure) => sum + pick(measure), 0) / Math.max(1, neighbours.length)).toFixed(3);
  rows.push([
    "mean",
    mean(({ mostFrequent }) => mostFrequent.recallAt5),
    mean(({ embeddingKnn }) => embeddingKnn["original"]!.recallAt5),
    mean(({ embeddingKnn }) => embeddingKnn["idiolect-base"]!.recallAt5),
  ]);
  return table(["blog", "most frequent", "all-MiniLM-L6-v2", "idiolect-base"], rows);
}

export function curveTable(curve: readonly CurvePoint[]): string {
  const rows = curve.map((point) => [
    String(point.step),
    percent(point["wikipedia top-1"]),
    nats(point["wikipedia loss"]),
    percent(point["blogs top-1"]),
    nats(point["blogs loss"]),
    percent(point["prose right"]),
    percent(point["prose macro-F1"]),
    percent(point["checklist right"]),
    percent(point["SST-2 dev accuracy"]),
  ]);
  const words = ["step", "Wikipedia top-1", "loss", "blogs top-1", "loss"];
  return table([...words, "prose right", "macro-F1", "checklist", "SST-2 dev"], rows);
}

export function textTable({ text }: BuildDataReport): string {
  const rows = Object.entries(text).map(([kind, row]) => [
    kind,
    row.credit,
    row.licence,
    String(row.trainTokens),
    String(row.removedParagraphs),
  ]);
  return table(["kind", "credit", "licence", "tokens", "near copies removed"], rows);
}

export function labelledTable({ sentiment }: BuildDataReport): string {
  const rows = Object.entries(sentiment).map(([set, row]) => [
    set,
    row.licence,
    String(row.trained),
    String(row.removedDuplicates),
  ]);
  const total = (pick: (row: BuildDataReport["sentiment"][string]) => number): string =>
    String(Object.values(sentiment).reduce((sum, row) => sum + pick(row), 0));
  rows.push(["all", "", total(({ trained }) => trained), total((row) => row.removedDuplicates)]);
  return table(["set", "licence", "texts", "near copies removed"], rows);
}

export function leftOutTable({ leftOut }: BuildDataReport): string {
  return table(
    ["set", "why"],
    Object.entries(leftOut).map(([set, why]) => [set, why]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A figure that an older log lacks is a dash. */
const percent = (share: number | undefined): string => (share === undefined ? "–" : formatPercent(share, 1));
const nats = (loss: number | undefined): string => loss?.toFixed(3) ?? "–";
