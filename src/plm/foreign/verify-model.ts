import { dot } from "../../numbers/vectors.ts";
import { ModelDirectoryError } from "../errors.ts";
import { countNotFinite } from "../files/floats.ts";
import { type ModelDirectory, readModelDirectory } from "../files/model-directory.ts";
import { sharedPromptsFile } from "../files/model-files.ts";
import { readSharedPrompts, type SharedPromptValues } from "../files/shared-prompts.ts";
import { openGenerator } from "../heads/generator.ts";
import { PretrainedModel } from "../pretrained-model.ts";
import { loadTokenizer, type Tokenizer } from "../tokens/tokenizer.ts";
import { type ModelTrial, tryModel } from "./try-model.ts";

/** Something that was looked at and found right, in words. */
export interface ModelCheck {
  readonly what: "tensors" | "tokenizer" | "run" | "guesses" | "replaced" | "generator" | "prompts";
  readonly detail: string;
}

export interface VerifiedModel {
  readonly id: string;
  readonly checks: readonly ModelCheck[];
  readonly trial: ModelTrial;
}

/**
 * Looks at all of a model: every tensor is read, that of its shared prompts, too, the tokenizer takes a text apart and puts it together, and
 * the model reads sample sentences. Unpacks it to the cache. Throws ModelDirectoryError with everything that
 * is wrong, or the error of a file that cannot be read.
 */
export async function verifyModel(path: string, cachePath: string): Promise<VerifiedModel> {
  const directory = await readModelDirectory(path);
  const tokenizer = await loadTokenizer(path, { embeddings: directory.config.vocab_size });
  const problems = [...valueProblems(directory), ...tokenizerProblems(tokenizer)];
  if (problems.length > 0) throw new ModelDirectoryError(path, problems);
  const prompts = readSharedPrompts(directory);
  const model = await PretrainedModel.open(path, cachePath);
  const trial = await tryModel(model, prompts);
  const runProblems = trialProblems(trial);
  if (runProblems.length > 0) throw new ModelDirectoryError(path, runProblems);
  const checks = [
    { what: "tensors", detail: `all ${directory.tensorNames().length} read, every number finite` },
    { what: "tokenizer", detail: `knows ${tokenizer.vocabularySize} tokens, a text comes back as it was` },
    { what: "run", detail: `read ${trial.vectors.length} sentences, each differently` },
    ...guessCheck(trial, model.config.vocab_size),
    ...replacedCheck(trial),
    ...promptCheck(prompts),
    ...generatorCheck(await openGenerator(model, cachePath)),
  ] as const;
  return { id: directory.id, checks, trial };
}

function valueProblems(directory: ModelDirectory): readonly string[] {
  return directory.tensorNames().flatMap((name) => {
    const { data } = directory.tensor(name);
    const count = countNotFinite(data);
    return count > 0 ? [`tensor ${name} holds ${count} values that are no finite numbers`] : [];
  });
}

/** In Latin letters with words that any vocabulary has to spell; no accents, so that nothing is stripped. */
const roundTripText = "The quick brown fox, aged 7, jumps over 13 lazy dogs; isn't it odd?";

function tokenizerProblems(tokenizer: Tokenizer): readonly string[] {
  const { specialIds, encodeWords, tokenOf } = tokenizer;
  const ids = Object.values(specialIds);
  const problems =
    new Set(ids).size === ids.length ? [] : ["two special tokens of tokenizer.json are the same"];
  const encoded = encodeWords(roundTripText);
  const unknown = new Set(encoded.words.filter((_, at) => encoded.ids[at] === specialIds.unk));
  if (unknown.size === encoded.spans.length) {
    return [...problems, "tokenizer.json knows no word of a plain English sentence"];
  }
  const wrong = encoded.spans.filter(({ start, end }, word) => {
    const spelled = encoded.ids
      .filter((_, at) => encoded.words[at] === word)
      .map((id) => (tokenOf(id) ?? "").replace(/^(##|\u0120)/, ""))
      .join("");
    return !unknown.has(word) && spelled.toLowerCase() !== roundTripText.slice(start, end).toLowerCase();
  });
  return wrong.length === 0
    ? problems
    : [...problems, `${wrong.length} words come back from tokenizer.json in another spelling`];
}

/** Vectors of different sentences, of length 1, that agree to this are the same reading. */
const sameCosine = 1 - 1e-6;

function trialProblems({ vectors, prompted, guesses, replacedMargin = 0 }: ModelTrial): readonly string[] {
  if (vectors.some((vector) => countNotFinite(vector) > 0)) {
    return ["reading a sentence gives numbers that are not finite"];
  }
  if (prompted?.some((vector) => countNotFinite(vector) > 0)) {
    return [`reading a sentence with ${sharedPromptsFile} gives numbers that are not finite`];
  }
  if (guesses !== undefined && !Number.isFinite(guesses.meanLoss)) {
    return ["guessing hidden words gives numbers that are not finite"];
  }
  if (!Number.isFinite(replacedMargin)) {
    return ["telling replaced words gives numbers that are not finite"];
  }
  const [first, ...others] = vectors;
  // Weights of zeros give vectors of zeros, which have no direction.
  return others.every((other) => dot(first!, other) > sameCosine || other.every((number) => number === 0))
    ? ["all sentences read the same, so its weights say nothing"]
    : [];
}

function guessCheck({ guesses }: ModelTrial, vocabularySize: number): readonly ModelCheck[] {
  if (guesses === undefined) return [];
  const { hidden, right, meanLoss } = guesses;
  const chance = Math.log(vocabularySize);
  const found = `guessed ${right} of ${hidden} hidden tokens, mean loss ${meanLoss.toFixed(2)} nats`;
  const detail =
    meanLoss < chance
      ? `${found} (chance: ${chance.toFixed(2)})`
      : `${found}; chance is ${chance.toFixed(2)}, so this head has not been trained on such text`;
  return [{ what: "guesses", detail }];
}

function replacedCheck({ replacedMargin }: ModelTrial): readonly ModelCheck[] {
  if (replacedMargin === undefined) return [];
  const found = `log-odds of replaced words minus the others': ${replacedMargin.toFixed(2)}`;
  const detail = replacedMargin > 0 ? found : `${found}; this head has not been trained on such text`;
  return [{ what: "replaced", detail }];
}

function promptCheck(prompts: SharedPromptValues | undefined): readonly ModelCheck[] {
  if (prompts === undefined) return [];
  const { layers, length } = prompts;
  return [{ what: "prompts", detail: `${length} for each of ${layers} layers, every number finite` }];
}

function generatorCheck(generator: PretrainedModel | undefined): readonly ModelCheck[] {
  if (generator === undefined) return [];
  const { num_hidden_layers: layers, hidden_size: d } = generator.config;
  return [{ what: "generator", detail: `has ${layers} layers of ${d} and the same vocabulary` }];
}
