import { statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AdmZip from "adm-zip";
import { ModelArchiveError } from "../errors.ts";
import { writeSafetensors } from "../files/write-safetensors.ts";
import { readOnnxEncoder } from "./onnx-encoder.ts";

const largestModelBytes = 2 ** 31 - 1;
const largestTokenizerBytes = 64 * 2 ** 20;
const licences = /^(META-INF\/)?(LICEN[CS]E|NOTICE)(\.(md|txt))?$/i;
const largestLicenceBytes = 2 ** 20;

/** Whether a path names a packed model: an archive (.jar, .zip) in place of a directory. */
export function isModelArchive(path: string): boolean {
  return /\.(jar|zip)$/i.test(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Hands a model's directory to `use`. An archive that holds one ONNX file of a BERT and one `…tokenizer.json`, as
 * LangChain4j publishes them at Maven, is first written as a directory, which is taken away afterwards. Throws
 * {@link ModelArchiveError}, OnnxModelError.
 */
export async function withModelDirectory<T>(
  path: string,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  if (!isModelArchive(path)) return use(path);
  const folder = await mkdtemp(join(tmpdir(), "idiolect-model-"));
  try {
    await unpackModel(path, folder);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpackModel(path: string, folder: string): Promise<void> {
  const entries = openArchive(path);
  const read = (pattern: RegExp, what: string, largestBytes: number): Buffer => {
    const [entry, other] = entries.filter(
      ({ entryName, isDirectory }) => !isDirectory && pattern.test(entryName),
    );
    if (entry === undefined) throw new ModelArchiveError(path, `it holds no ${what}`);
    if (other !== undefined) throw new ModelArchiveError(path, `it holds more than one ${what}`);
    if (entry.header.size > largestBytes) throw new ModelArchiveError(path, `its ${what} is too large`);
    return unpacked(entry, path);
  };
  const model = read(/\.onnx$/i, "ONNX file", largestModelBytes);
  const tokenizer = read(/(^|[/-])tokenizer\.json$/i, "tokenizer.json", largestTokenizerBytes);
  const { config, tensors } = readOnnxEncoder(model, path);
  writeSafetensors(
    join(folder, "model.safetensors"),
    [...tensors].map(([name, { shape, data }]) => ({ name, shape, data, type: "F32" }) as const),
  );
  await writeFile(join(folder, "config.json"), `${JSON.stringify(config, undefined, 2)}\n`);
  await writeFile(join(folder, "tokenizer.json"), tokenizer);
  for (const entry of entries) {
    const [, , name, ending = ""] = licences.exec(entry.entryName) ?? [];
    if (name === undefined || entry.header.size > largestLicenceBytes) continue;
    await writeFile(join(folder, `${name}${ending}`), unpacked(entry, path));
  }
}

/** What grows more than this is made to: weights hardly shrink, a vocabulary to a fifth. */
const largestGrowth = 50;

function unpacked({ entryName, header, getData }: AdmZip.IZipEntry, path: string): Buffer {
  if (header.size > 2 ** 20 && header.size > largestGrowth * header.compressedSize) {
    throw new ModelArchiveError(path, `${entryName} would grow to more than ${largestGrowth} times its size`);
  }
  try {
    return getData();
  } catch (cause) {
    throw new ModelArchiveError(path, `${entryName} is damaged, locked or packed in an unknown way`, {
      cause,
    });
  }
}

function openArchive(path: string): AdmZip.IZipEntry[] {
  if (statSync(path).size > largestModelBytes) throw new ModelArchiveError(path, "it is too large");
  try {
    return new AdmZip(path).getEntries();
  } catch (cause) {
    throw new ModelArchiveError(path, "it is not a ZIP archive", { cause });
  }
}
