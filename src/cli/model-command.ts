import { basename, join } from "node:path";
import type { Command } from "commander";
import { intermediateDefaults } from "../learning/intermediate-learning.ts";
import { weightCachePath } from "../plm/cache/weight-cache-path.ts";
import { convertModel, type ModelConversion } from "../plm/foreign/convert-model.ts";
import { checkModelName, importModel } from "../plm/foreign/copy-model.ts";
import { inspectModel } from "../plm/foreign/inspect-model.ts";
import { withModelDirectory } from "../plm/foreign/model-archive.ts";
import { type VerifiedModel, verifyModel } from "../plm/foreign/verify-model.ts";
import { threadCount } from "../session/learning-options.ts";
import { addCommonOptions, type CommonOptions, type OutputOptions, parsePath } from "./common-options.ts";
import { describeModel, describeModelChecks, describeModelConversion } from "./describe-model.ts";
import type { CommandSurroundings } from "./surroundings.ts";

interface ConvertOptions extends OutputOptions {
  readonly to: string;
}

interface ImportOptions extends CommonOptions<"store"> {
  readonly name?: string;
  readonly convert?: true;
}

/** What a step is, for the estimate of its cost. */
const learningLoad = () => {
  const { tokensPerStep, tokensPerRun } = intermediateDefaults;
  return { tokensPerStep, tokensPerRun, lengthTokens: 128, threads: threadCount() };
};

export function addModelCommand(program: Command, surroundings: CommandSurroundings): void {
  const model = program.command("model").description("look at, check, shrink and keep language models");
  addInspect(model, surroundings);
  addVerify(model, surroundings);
  addConvert(model, surroundings);
  addImport(model, surroundings);
}

function addInspect(model: Command, surroundings: CommandSurroundings): void {
  addCommonOptions(
    model
      .command("inspect")
      .description("show what a model is, what it lacks and what it will cost, without reading its weights")
      .argument("<dir>", "a Hugging Face directory", parsePath),
  ).action(async (path: string, options: OutputOptions) => {
    const inspection = await inspectModel(path, learningLoad());
    const { out } = surroundings(options);
    out(options.json ? JSON.stringify({ version: 1, ...inspection }) : describeModel(inspection));
  });
}

function addVerify(model: Command, surroundings: CommandSurroundings): void {
  addCommonOptions(
    model
      .command("verify")
      .description("read every weight, try the tokenizer, and run the model on a few sentences")
      .argument("<dir>", "a Hugging Face directory", parsePath),
  ).action(async (path: string, options: OutputOptions) => {
    const { id, checks } = await verifyModel(path, weightCachePath());
    const { out } = surroundings(options);
    out(options.json ? JSON.stringify({ version: 1, path, id, checks }) : describeModelChecks(path, checks));
  });
}

function addConvert(model: Command, surroundings: CommandSurroundings): void {
  addCommonOptions(
    model
      .command("convert")
      .description("write a model with 8-bit weights, a quarter of the size")
      .argument("<dir>", "a Hugging Face directory", parsePath)
      .requiredOption("--to <dir>", "where the new directory goes", parsePath),
  ).action(async (path: string, options: ConvertOptions) => {
    const { to } = options;
    const conversion = await convertModel(path, to, weightCachePath());
    const { out } = surroundings(options);
    const result = { version: 1, path, to, ...conversion };
    out(options.json ? JSON.stringify(result) : describeModelConversion(to, conversion));
  });
}

function addImport(model: Command, surroundings: CommandSurroundings): void {
  addCommonOptions(
    model
      .command("import")
      .description("verify a model and keep a copy of it beside what is learned")
      .argument("<dir>", "a Hugging Face directory, or a .jar or .zip with an ONNX file of a BERT", parsePath)
      .option("--name <name>", "what to call it (default: the name of the directory)")
      .option("--convert", "keep it with 8-bit weights"),
    "store",
  ).action(async (path: string, options: ImportOptions) => {
    const name = checkModelName(options.name ?? basename(path).replace(/\.(jar|zip)$/i, ""));
    const to = join(options.store, "models", name);
    const { out, note } = surroundings(options);
    const keep = options.convert ? convertModel : importModel;
    const kept = await withModelDirectory<VerifiedModel | ModelConversion>(path, (directory) =>
      keep(directory, to, weightCachePath()),
    );
    if (options.json) {
      const { id } = kept;
      const details = "checks" in kept ? { checks: kept.checks } : { conversion: kept };
      out(JSON.stringify({ version: 1, name, path: to, id, ...details }));
      return;
    }
    out("checks" in kept ? describeModelChecks(path, kept.checks) : describeModelConversion(to, kept));
    note(`\nKept in ${to}.`);
    note(`Use it: idiolect learn <folder> --model ${to}`);
    note(
      `In the editor: the setting idiolect.modelPath. What was learned with another model is learned anew.`,
    );
  });
}
