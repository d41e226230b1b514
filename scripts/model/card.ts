/*
 * Measures the weights of a model and writes its card; for the shipped ones:
 *   npm run model:card -- --source <directory of all-MiniLM-L6-v2> [--start <name of the start weights>]
 * `--only masked`, `tone` or `neighbours` prints that part and writes nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toneTable } from "../../src/lab/tone/tone-table.ts";
import { maskingFor } from "../../src/learning/masked-lm-measure.ts";
import { encoderTensors, mlmHeadTensors, sentimentHeadTensors } from "../../src/plm/files/tensor-shapes.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { countBlogRepeats } from "./blog-repeats.ts";
import { type StartName, starts, writeCard } from "./card-text.ts";
import { markedDropout } from "./checkpoint.ts";
import { loadBuildData } from "./data.ts";
import { readLearningCurve } from "./learning-curve.ts";
import { Measurer } from "./measure.ts";
import { measureMasked } from "./measure-masked.ts";
import { asRead, measureAsRead, measureTone } from "./measure-tone.ts";
import type { Weights } from "./start-weights.ts";
import { measureNeighbours } from "./tag-neighbours.ts";
import { markedKind, refuseCommittedPlace, workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    start: { type: "string", default: "e5-small-v2" },
    model: { type: "string", default: "models/idiolect-base" },
    data: { type: "string", default: "../shared/data" },
    corpora: { type: "string", default: "../shared/corpora" },
    work: { type: "string" },
    only: { type: "string" },
    threads: { type: "string", default: "2" },
  },
});
const parts = ["masked", "tone", "neighbours"] as const;
if (options.only !== undefined && !parts.some((part) => part === options.only)) {
  throw new Error(`--only takes one of ${parts.join(", ")}`);
}
const isWanted = (part: (typeof parts)[number]): boolean => (options.only ?? part) === part;
const start = Object.keys(starts).find((name): name is StartName => name === options.start);
if (start === undefined) throw new Error(`--start takes one of ${Object.keys(starts).join(", ")}`);
const { source } = options;
if (source === undefined && isWanted("neighbours")) {
  throw new Error("Name the directory of all-MiniLM-L6-v2, to compare with: --source <dir>");
}
const threads = Number(options.threads);
const weightsPath = join(options.model, "model.safetensors");
const model = await PretrainedModel.open(options.model, join(options.work ?? workFolder("open"), "weights"));
const { metadata } = model.directory.file;
const kind = markedKind(weightsPath, metadata);
refuseCommittedPlace(options.model, kind);
const work = options.work ?? workFolder(kind);
const dealing = { dataPath: options.data, kind };
const data = loadBuildData({ ...dealing, cachePath: work, tokenizer: model.tokenizer, say: console.log });

const masking = maskingFor(model);
const measurer = new Measurer(model.config, weightsOf(model), {
  masking,
  padId: model.tokenizer.specialIds.pad,
  threads,
});
const print = (name: string, figures: unknown): void => console.log(name, figures);
const vocabulary = { masking, vocabularySize: model.tokenizer.vocabularySize };
const masked = isWanted("masked") ? await measureMasked(measurer, data, vocabulary, print) : {};
const tone = isWanted("tone") ? { ...(await measureTone(measurer, data, print)) } : {};
await measurer.release();
if (isWanted("tone") && kind === "open") {
  const figures = await measureAsRead(model, data.sentiment.test.sst5, threads);
  if (figures !== undefined) tone[asRead] = figures;
  print(asRead, figures);
}
const original = source === undefined ? undefined : await PretrainedModel.open(source, join(work, "weights"));
const neighbours =
  isWanted("neighbours") && original !== undefined
    ? await measureNeighbours(options.corpora, { original, "idiolect-base": model }, threads)
    : [];
for (const { blog, embeddingKnn } of neighbours) {
  print(blog, [embeddingKnn["original"]?.recallAt5, embeddingKnn["idiolect-base"]?.recallAt5]);
}
const blogRepeats = isWanted("neighbours") ? await countBlogRepeats(options.corpora, dealing) : undefined;
print("training texts that repeat a blog", blogRepeats);

if (options.only === undefined) {
  const log = readFileSync(join(work, "build.log"), "utf8");
  const step = metadata.get("step") ?? "";
  const curve = readLearningCurve(log, step === "" ? undefined : Number(step));
  const machine = `${cpus()[0]!.model}, ${cpus().length} cores`;
  const shown = await toneTable(generalReader(model), options.data, threads, (set, read, of) =>
    print(set, `${read}/${of}`),
  );
  const measures = {
    masked,
    tone,
    toneTable: shown,
    config: model.config,
    start,
    neighbours,
    blogRepeats,
    curve,
    dropout: markedDropout(metadata),
  };
  writeFileSync(
    join(options.model, "README.md"),
    writeCard({ report: data.report, step, machine, ...measures }),
  );
  console.log(`Wrote ${join(options.model, "README.md")}`);
}

function weightsOf({ config, directory }: PretrainedModel): Weights {
  const tensors = [...encoderTensors(config), ...mlmHeadTensors(config), ...sentimentHeadTensors(config)];
  return Object.fromEntries(tensors.map(([name]) => [name, directory.tensor(name).data]));
}
