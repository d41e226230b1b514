import { constants } from "node:fs";
import { access, lstat, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { ModelDirectoryError } from "../errors.ts";

/** The files that make a model directory. */
export const modelFileNames = ["config.json", "tokenizer.json", "model.safetensors"] as const;

/** Prompts that were made for the model, beside those files where there are any. */
export const sharedPromptsFile = "shared-prompts.safetensors";

type ModelFileName = (typeof modelFileNames)[number] | typeof sharedPromptsFile;

/** Largest sizes; BERT's config.json has 0.6 kB and a vocabulary of 250,000 tokens about 17 MB of JSON. */
const maximumBytes: Readonly<Record<ModelFileName, number>> = {
  "config.json": 2 ** 20,
  "tokenizer.json": 32 * 2 ** 20,
  "model.safetensors": 2 ** 36,
  [sharedPromptsFile]: 16 * 2 ** 20,
};

/** What may lie there in place of a missing file, and what to do with it. */
const substitutes: readonly (readonly [missing: ModelFileName, pattern: RegExp, advice: string])[] = [
  [
    "model.safetensors",
    /^pytorch_model.*\.bin$|\.(pt|pth|ckpt|pkl)$/,
    "is a pickle, which can run any program when it is opened, so it is not read. Where you trust it, write it anew " +
      "with Hugging Face's transformers: AutoModelForMaskedLM.from_pretrained(dir).save_pretrained(dir, " +
      "safe_serialization=True)",
  ],
  [
    "model.safetensors",
    /^model\.safetensors\.index\.json$/,
    "says that the weights are split into several files; write them as one: " +
      'from_pretrained(dir).save_pretrained(dir, max_shard_size="100GB")',
  ],
  ["model.safetensors", /\.gguf$/, "is a GGUF file, which holds text generators, not encoders of this kind"],
  [
    "model.safetensors",
    /^(tf_model\.h5|flax_model\.msgpack|model\.onnx)$/,
    "holds the weights in a form that is not read; get model.safetensors from the same publisher",
  ],
  [
    "tokenizer.json",
    /^(vocab\.txt|vocab\.json|merges\.txt)$/,
    "is an older form of the tokenizer; write the new one with Hugging Face's transformers: " +
      "AutoTokenizer.from_pretrained(dir).save_pretrained(dir)",
  ],
  [
    "tokenizer.json",
    /^(spiece|sentencepiece\.bpe)\.model$/,
    "is a SentencePiece vocabulary, which none of the families that can be read uses",
  ],
];

/**
 * Checks the files of a model directory before any of them is read. Throws {@link ModelDirectoryError} with
 * everything that is missing, too large, no regular file, or a link out of the directory.
 */
export async function checkModelFiles(path: string): Promise<void> {
  const directory = await stat(path).catch(() => undefined);
  if (!directory?.isDirectory()) {
    throw new ModelDirectoryError(path, ["it is not a directory that can be read"]);
  }
  const names: readonly string[] = await readdir(path).catch(() => []);
  const problems: string[] = [];
  const present: readonly ModelFileName[] = names.includes(sharedPromptsFile)
    ? [...modelFileNames, sharedPromptsFile]
    : modelFileNames;
  for (const name of present) problems.push(...(await problemsOfFile(path, name, names)));
  if (problems.length > 0) throw new ModelDirectoryError(path, problems);
}

async function problemsOfFile(
  path: string,
  name: ModelFileName,
  names: readonly string[],
): Promise<readonly string[]> {
  const file = join(path, name);
  const entry = await lstat(file).catch(() => undefined);
  if (entry === undefined) return [`${name} is missing`, ...foundInstead(name, names)];
  if (entry.isSymbolicLink() && !(await isOwnLink(path, file))) {
    const advice = "copy the directory with its links followed (cp -rL)";
    return [`${name} is a link to a file outside of the directory: ${advice}`];
  }
  const target = await stat(file).catch(() => undefined);
  if (target === undefined) return [`${name} is a link to a file that is not there`];
  if (!target.isFile()) return [`${name} is not a regular file`];
  if (target.size > maximumBytes[name]) {
    return [`${name} has ${target.size} bytes; ${maximumBytes[name]} is the most`];
  }
  const isReadable = await access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
  return isReadable ? [] : [`${name} may not be read by you`];
}

function foundInstead(missing: ModelFileName, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const known = substitutes.find(([file, pattern]) => file === missing && pattern.test(name));
    return known === undefined ? [] : [`${name} ${known[2]}`];
  });
}

/**
 * Whether a link stays where it belongs: in its directory, or, in Hugging Face's cache, in the folder `blobs`
 * beside `snapshots`, where all files of a downloaded model are kept.
 */
async function isOwnLink(path: string, file: string): Promise<boolean> {
  const directory = await realpath(path);
  const target = await realpath(file).catch(() => undefined);
  if (target === undefined) return true;
  const snapshots = dirname(directory);
  const homes = basename(snapshots) === "snapshots" ? [directory, join(snapshots, "../blobs")] : [directory];
  return homes.some((home) => target.startsWith(home + sep));
}
