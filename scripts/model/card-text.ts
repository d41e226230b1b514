import type { ToneTable } from "../../src/lab/tone/tone-table.ts";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { BlogRepeats } from "./blog-repeats.ts";
import {
  checklistTable,
  curveTable,
  labelledTable,
  leftOutTable,
  maskedTable,
  neighbourTable,
  reliabilityTable,
  setTable,
  sideTable,
  textTable,
  toneTable,
} from "./card-tables.ts";
import type { BuildDataReport } from "./data-report.ts";
import type { CurvePoint } from "./learning-curve.ts";
import type { MaskedMeasure } from "./measure-masked.ts";
import { asRead, type ToneMeasure } from "./measure-tone.ts";
import type { NeighbourMeasure } from "./tag-neighbours.ts";

export interface CardFigures {
  readonly report: BuildDataReport;
  readonly masked: Readonly<Record<string, MaskedMeasure>>;
  readonly tone: Readonly<Record<string, ToneMeasure>>;
  /** All sets as the product reads them. */
  readonly toneTable: ToneTable;
  readonly config: Pick<ModelConfig, "num_hidden_layers" | "hidden_size" | "tone_prompts">;
  /** What the build began with. */
  readonly start: StartName;
  readonly neighbours: readonly NeighbourMeasure[];
  /** Undefined where there are no blogs to measure on. */
  readonly blogRepeats: BlogRepeats | undefined;
  readonly curve: readonly CurvePoint[];
  /** The step of the build that was exported; empty where the weights do not say. */
  readonly step: string;
  /** The share of numbers that its last stage left out at each step; 0 without dropout. */
  readonly dropout: number;
  readonly machine: string;
}

/** The model card, in Markdown. Every figure comes from the measures handed in. */
export function writeCard(figures: CardFigures): string {
  const { report, masked, tone, neighbours, blogRepeats, curve, machine } = figures;
  return [
    (report.kind === "open" ? openHeader : researchHeader)(figures),
    section("Masked words", aboutMasked, maskedTable(masked)),
    section("Tone", aboutTone(figures), toneTable(tone, report)),
    section("Tone as it is shown", aboutShown, sideTable(figures.toneTable)),
    section(
      "How sure",
      "Random prose, what is shown of it: by the probability that it is right.",
      reliabilityTable(figures.toneTable),
    ),
    section("Sets of tone", aboutSets(figures), setTable(figures.toneTable)),
    section(
      "Checklist",
      "Short sentences by what they ask for; pairs are compared with each other.",
      checklistTable(figures.toneTable),
    ),
    section("Neighbours", aboutNeighbours(blogRepeats), neighbourTable(neighbours)),
    section(
      "On the way",
      `Measured on the way on held-out passages, random prose of the dev writers, the checklist and SST dev, float32 weights.${aboutExported(figures)}`,
      curveTable(curve),
    ),
    section(
      "Training text",
      `Passages are drawn from it by chance, kinds weighted as \`scripts/model/build-batches.ts\` says. ${aboutNewWriters(report)}`,
      textTable(report),
    ),
    section(
      "Labelled sets",
      "Read for training. Near copies of held-out text and of texts of SST (dev and test), MR and GoEmotions (dev and test) that are measured on were taken out first.",
      labelledTable(report),
    ),
    section("Never trained on", "Sets that lie beside these.", leftOutTable(report)),
    `Measured on: ${machine}, with \`npm run model:card\`.\n`,
  ].join("\n");
}

/** Start weights that a build is known to begin with. */
export const starts = {
  "all-MiniLM-L6-v2": {
    repository: "sentence-transformers/all-MiniLM-L6-v2",
    told: "It starts from all-MiniLM-L6-v2 (Apache-2.0)",
  },
  "e5-small-v2": {
    repository: "intfloat/e5-small-v2",
    told:
      "It starts from e5-small-v2 (MIT) and an earlier base of this project (docs/models.md), has all-MiniLM-L6-v2 " +
      "(Apache-2.0) as the teacher of its sentence vectors",
  },
} as const;

export type StartName = keyof typeof starts;
type Header = Pick<CardFigures, "config" | "start">;

function about({ config: { num_hidden_layers: layers, hidden_size: size }, start }: Header): string {
  return `A small English BERT (${layers} layers, size ${size}) that guesses masked words, reads tone on
an ordinal scale and gives sentence vectors. ${starts[start].told} and was`;
}

const openHeader = (header: Header): string => `---
license: apache-2.0
base_model: ${starts[header.start].repository}
language: en
---
# idiolect-base

${about(header)}
trained further on open sets by \`npm run model:build\` (docs/models.md). All figures are those of the
shipped 8-bit weights.

Intended use: the base that Idiolect adds a writer's prompts to. It reads short English texts; irony,
quoted speech and other languages are read badly. Its training data hold the views and prejudices of
encyclopaedias, old novels, government blogs, film reviews and forum comments; do not judge people by
its readings.
`;

const researchHeader = (header: Header): string => `---
license: other
base_model: ${starts[header.start].repository}
language: en
---
# A base for research, not to be shipped

**Trained on SST as well, whose data name no licence. These weights are for comparing only: they must not
be committed, published or shipped.**

${about(header)}
trained further by \`npm run model:build -- --research\` (docs/models.md). All figures are those of its
8-bit weights.
`;

const aboutShown =
  "Sentences by bloggers kept out of training (`proseDev`, half of them drawn evenly over the valence that an earlier base gave; `proseRandom`, drawn at random) and the single sentences of the checklist. Their sides are labels by a large language model that followed written guidelines, as are those of the sets `prose`, `prose_uncertain` and `hard` that were trained on; random ones were read three times, and two of three agree. What has no label counts as 'no tone'; 'not sure enough' is the share where a side was likeliest and was not shown. Thresholds and temperature were chosen on `proseRandom`.";

const aboutSets = ({ config }: CardFigures): string =>
  `By the likeliest class of those that a set knows, ${beside(config)} the shared prompts and calibrated, as the product reads; beside VADER's word list and always saying 'no tone'. r is the correlation with mean ratings of valence.`;

const beside = ({ tone_prompts }: Pick<ModelConfig, "tone_prompts">): string =>
  tone_prompts ? "with" : "without";

const aboutMasked =
  "Share of masked tokens guessed right (top-1) and mean loss in nats on held-out text, beside the unigram frequencies of the training text. 15 % of whole words are masked; masks follow from a seed.";

function aboutTone({ report, tone, config }: CardFigures): string {
  const fiveClasses =
    tone[asRead] === undefined
      ? ""
      : ` Except for the last row, as the weights are, uncalibrated; that one as the product reads, ${beside(config)} the shared prompts.`;
  return [
    "SST-2 test without neutral sentences, SST-5 test with five ordered classes, the MR sentences that stand in SST test, GoEmotions test grouped to negative, neutral and positive (published grouping; ambiguous ones left out), and TweetEval sentiment test, whose own figure is macro-recall. Beside them, always the most frequent class.",
    `The last column says whether another part of the set was trained on; MR, which was, holds most of the sentences of SST's train part.${fiveClasses}`,
    `Left out of TweetEval's test because training texts nearly repeat them: ${report.leftOutOfTests.tweeteval} texts.`,
  ].join(" ");
}

function aboutExported({ step, dropout }: CardFigures): string {
  if (step === "") return "";
  const how = dropout === 0 ? "" : `, trained with a dropout of ${dropout}`;
  return ` Exported: step ${step}${how}; docs/models.md says whether an earlier stage was averaged with it.`;
}

function aboutNeighbours(repeats: BlogRepeats | undefined): string {
  const method =
    "Tag suggestion by nearest neighbours (k = 15, similarity to the 4th power) on ten blogs: recall@5 of known tags in the newest 30 % of the documents, beside the most frequent tags.";
  if (repeats === undefined) return method;
  const { trainingTexts, repeating, longestWords } = repeats;
  return `${method} No blog is trained on. Of ${trainingTexts} training texts, ${repeating} stand nearly so in a blog, the longest of them ${longestWords} words long.`;
}

function aboutNewWriters({ newWriters, leftOutOfTests }: BuildDataReport): string {
  const names = Object.keys(newWriters).join(", ");
  return `Kept out of all training, for tests of new writers: ${names}. Of their paragraphs ${leftOutOfTests.newWriterParagraphs} were left out because training texts nearly repeat them, stock phrases mostly.`;
}

function section(title: string, text: string, table: string): string {
  return `## ${title}\n\n${text}\n\n${table}\n`;
}
