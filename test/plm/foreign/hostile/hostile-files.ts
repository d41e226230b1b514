import { spawnSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { saveSharedPrompts } from "../../../../src/prompts/shared-prompts.ts";
import { type HostileFolder, rewriteWeights, writeRaw } from "./hostile-folder.ts";

const needed = ["config.json", "tokenizer.json", "model.safetensors"] as const;
const prompts = "shared-prompts.safetensors";

const eachOf = (
  names: readonly string[],
  what: (name: string) => string,
  change: (file: string) => void,
): readonly HostileFolder[] =>
  names.map((name) => ({
    name: what(name),
    spoil: (path) => {
      rmSync(join(path, name), { recursive: true, force: true });
      change(join(path, name));
    },
  }));

const withPrompts = (name: string, change: (path: string, values: Float32Array) => void): HostileFolder => ({
  name,
  spoil: (path) => change(path, new Float32Array(2 * 4 * 16).fill(0.1)),
});

const save = (path: string, values: Float32Array, [layers, length, hiddenSize] = [2, 4, 16]): void =>
  saveSharedPrompts(path, { layers: layers!, length: length!, hiddenSize: hiddenSize!, values });

/** Something else where a file should be, or a file that is not the folder's own. */
export const hostileFiles: readonly HostileFolder[] = [
  ...eachOf(
    [...needed, prompts],
    (name) => `a folder named ${name}`,
    (file) => mkdirSync(file),
  ),
  ...eachOf(
    [...needed, prompts],
    (name) => `${name} that never ends`,
    (file) => symlinkSync("/dev/zero", file),
  ),
  ...eachOf(
    [...needed, prompts],
    (name) => `${name} that waits for a writer`,
    (file) => {
      spawnSync("mkfifo", [file]);
    },
  ),
  ...eachOf(
    [...needed, prompts],
    (name) => `${name} that is a link to itself`,
    (file) => symlinkSync(file, file),
  ),
  ...eachOf(
    [...needed, prompts],
    (name) => `${name} that is somebody else's`,
    (file) => symlinkSync("/etc/passwd", file),
  ),
  ...eachOf(
    needed,
    (name) => `no ${name}`,
    () => undefined,
  ),
  {
    name: "a pickle",
    spoil: (path) => renameSync(join(path, "model.safetensors"), join(path, "pytorch_model.bin")),
  },
  withPrompts("NaN in the shared prompts", (path, values) => save(path, values.fill(Number.NaN, 9, 10))),
  withPrompts("shared prompts of another model", (path, values) => save(path, values, [4, 2, 16])),
  withPrompts("shared prompts of no rows", (path) => save(path, new Float32Array(0), [2, 0, 16])),
  withPrompts("shared prompts longer than any text", (path) =>
    save(path, new Float32Array(2 * 600 * 16), [2, 600, 16]),
  ),
  withPrompts("shared prompts so large that every reading is NaN", (path, values) =>
    save(path, values.fill(3e38)),
  ),
  withPrompts("shared prompts of terabytes", (path) =>
    writeRaw(
      join(path, prompts),
      '{"prompts":{"dtype":"F32","shape":[2,4,9999999999],"data_offsets":[0,319999999968]}}',
      0,
    ),
  ),
  withPrompts("shared prompts larger than any", (path, values) => {
    save(path, values);
    truncateSync(join(path, prompts), 2 ** 30);
  }),
  ...["config.json", "model.safetensors"].map(
    (name): HostileFolder => ({
      name: `a generator whose ${name} never ends`,
      base: "tiny-electra",
      spoil: (path) => {
        rmSync(join(path, "generator", name));
        symlinkSync("/dev/zero", join(path, "generator", name));
      },
    }),
  ),
  {
    name: "a generator with NaN",
    base: "tiny-electra",
    spoil: (path) =>
      rewriteWeights(join(path, "generator"), (tensor) => [
        { ...tensor, data: tensor.data.fill(Number.NaN, 0, 1) },
      ]),
  },
  {
    name: "a generator that is a file",
    base: "tiny-electra",
    spoil: (path) => {
      rmSync(join(path, "generator"), { recursive: true });
      writeFileSync(join(path, "generator"), "");
    },
  },
  {
    name: "nothing in it",
    spoil: (path) => {
      rmSync(path, { recursive: true });
      mkdirSync(path);
    },
  },
  {
    name: "a file in its place",
    spoil: (path) => {
      rmSync(path, { recursive: true });
      writeFileSync(path, "");
    },
  },
];
