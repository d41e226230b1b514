import type { TagMetrics } from "../../src/evaluation/tag-metrics.ts";
import type { BuildDataReport } from "./data.ts";
import type { MlmMeasure } from "./measure.ts";
import type { NeighbourMeasure } from "./tag-neighbours.ts";

export interface CardFigures {
  readonly report: BuildDataReport;
  readonly masked: Readonly<Record<string, { readonly model: MlmMeasure; readonly frequency: MlmMeasure }>>;
  readonly tone: Readonly<
    Record<
      string,
      {
        readonly accuracy: number;
        readonly macroF1: number;
        readonly majority: number;
        readonly texts: number;
      }
    >
  >;
  readonly neighbours: readonly NeighbourMeasure[];
  /** What the build printed. */
  readonly log: string;
  readonly machine: string;
}

/** The model card, in Markdown. Every figure comes from the measures handed in. */
export function writeCard({ report, masked, tone, neighbours, log, machine }: CardFigures): string {
  return [
    header,
    section(
      "Masked words",
      "Share of masked tokens guessed right (top-1) and mean loss in nats on held-out text, beside the unigram frequencies of the training text. 15 % of whole words are masked; masks follow from a seed.",
      maskedTable(masked),
    ),
    section(
      "Tone",
      "SST-2 test without neutral sentences, the MR sentences that stand in SST test, and GoEmotions test grouped to negative, neutral and positive (published grouping; ambiguous ones left out). Beside it, always the most frequent class.",
      toneTable(tone),
    ),
    section(
      "Neighbours",
      "Tag suggestion by nearest neighbours (k = 15, similarity to the 4th power) on ten blogs: recall@5 of known tags in the newest 30 % of the documents, beside the most frequent tags.",
      neighbourTable(neighbours),
    ),
    section(
      "On the way",
      "Measured during the build on 64 held-out passages of each kind and SST dev, float32 weights.",
      progressTable(log),
    ),
    section(
      "Training text",
      `Passages are drawn from it by chance, kinds weighted as \`scripts/model/build-batches.ts\` says. ${removed(report)}`,
      textTable(report),
    ),
    section(
      "Labelled sets",
      "Read for training. Near copies of any measured text were taken out.",
      labelledTable(report),
    ),
    section("Never trained on", "Sets that lie beside these and have no open licence.", leftOutTable(report)),
    `Measured on: ${machine}, with \`npm run model:card\`.\n`,
  ].join("\n");
}

const header = `---
license: apache-2.0
base_model: sentence-transformers/all-MiniLM-L6-v2
language: en
---
# idiolect-base

A small English BERT (6 layers, size 384, 22.7 million numbers) that guesses masked words, reads tone on
an ordinal scale and gives sentence vectors. It starts from all-MiniLM-L6-v2 (Apache-2.0) and was
trained further on open sets by \`npm run model:build\` (docs/models.md). All figures are those of the
shipped 8-bit weights.

Intended use: the base that Idiolect adds a writer's prompts to. It reads short English texts; irony,
quoted speech and other languages are read badly. Its training data hold the views and prejudices of
encyclopaedias, old novels, government blogs, film reviews and forum comments; do not judge people by
its readings.
`;

function section(title: string, text: string, table: string): string {
  return `## ${title}\n\n${text}\n\n${table}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function maskedTable(masked: CardFigures["masked"]): string {
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

function toneTable(tone: CardFigures["tone"]): string {
  const rows = Object.entries(tone).map(([set, figures]) => [
    set,
    String(figures.texts),
    percent(figures.accuracy),
    percent(figures.macroF1),
    percent(figures.majority),
  ]);
  return table(["set", "texts", "accuracy", "macro-F1", "most frequent class"], rows);
}

function neighbourTable(neighbours: CardFigures["neighbours"]): string {
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

/** Later lines win: a resumed build may have measured a step twice. */
function progressTable(log: string): string {
  const measures = log.split("\n").filter((line) => line.startsWith("{"));
  const bySteps = new Map(
    measures.map((line) => JSON.parse(line) as Record<string, number>).map((row) => [row["step"], row]),
  );
  const rows = [...bySteps.values()].map((row) => [
    String(row["step"]),
    percent(row["wikipedia top-1"]!),
    row["wikipedia loss"]!.toFixed(3),
    percent(row["government top-1"]!),
    row["government loss"]!.toFixed(3),
    percent(row["SST-2 dev accuracy"]!),
  ]);
  return table(["step", "Wikipedia top-1", "loss", "work blogs top-1", "loss", "SST-2 dev"], rows);
}

function textTable({ text }: BuildDataReport): string {
  const rows = Object.entries(text).map(([kind, row]) => [
    kind,
    row.credit,
    row.licence,
    String(row.trainTokens),
    String(row.removedParagraphs),
  ]);
  return table(["kind", "credit", "licence", "tokens", "near copies removed"], rows);
}

function labelledTable({ sentiment }: BuildDataReport): string {
  const rows = Object.entries(sentiment).map(([set, { licence }]) => [set, licence]);
  return table(["set", "licence"], rows);
}

function leftOutTable({ leftOut }: BuildDataReport): string {
  return table(
    ["set", "why"],
    Object.entries(leftOut).map(([set, why]) => [set, why]),
  );
}

function removed({ newWriters }: BuildDataReport): string {
  return `Kept out of all training, for tests of new writers: ${Object.keys(newWriters).join(", ")}.`;
}
