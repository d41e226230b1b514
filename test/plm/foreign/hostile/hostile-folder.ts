import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Safetensors } from "../../../../src/plm/files/safetensors.ts";
import { type StoredTensor, writeSafetensors } from "../../../../src/plm/files/write-safetensors.ts";
import { goldenPath } from "../../encoder/family-golden.ts";

/** A model directory with something in it that may do harm. */
export interface HostileFolder {
  readonly name: string;
  /** The tiny model that it is made of; `tiny-bert` if absent. */
  readonly base?: "tiny-bert" | "tiny-roberta" | "tiny-electra";
  /** What it is called, with an ending where that decides what it is taken for; `model` if absent. */
  readonly file?: string;
  readonly spoil: (path: string) => void;
}

export function makeHostileFolder({ base = "tiny-bert", spoil }: HostileFolder, path: string): void {
  cpSync(goldenPath(base), path, { recursive: true });
  spoil(path);
}

export type Json = Record<string, unknown>;

export function editJson(path: string, change: (json: Json) => void): void {
  const json = JSON.parse(readFileSync(path, "utf8")) as Json;
  change(json);
  writeFileSync(path, JSON.stringify(json));
}

export const weightsOf = (path: string): string => join(path, "model.safetensors");

/** Writes a file of safetensors as it is told, whether the parts fit or not. */
export function writeRaw(
  path: string,
  header: string | Uint8Array,
  dataBytes: number,
  claimed?: bigint,
): void {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(json.length));
  rmSync(path, { force: true });
  writeFileSync(path, Buffer.concat([length, json]));
  truncateSync(path, 8 + json.length + dataBytes);
}

type FloatTensor = StoredTensor & { readonly type: "F32" };

/** Writes the weights anew, each as `change` says; an empty list leaves one out. */
export function rewriteWeights(path: string, change: (tensor: FloatTensor) => readonly StoredTensor[]): void {
  const file = Safetensors.open(weightsOf(path));
  const tensors = [...file.entries.values()]
    .filter(({ type }) => type === "F32")
    .flatMap(({ name, shape }) => change({ name, shape, type: "F32", data: file.readFloats(name) }));
  writeSafetensors(weightsOf(path), tensors);
}

/** Changes the header in place and keeps the data; `text` may make of it what no JSON library would write. */
export function editHeader(path: string, change: (json: Json) => void, text = (json: string) => json): void {
  const bytes = readFileSync(weightsOf(path));
  const length = Number(bytes.readBigUInt64LE());
  const json = JSON.parse(bytes.toString("utf8", 8, 8 + length)) as Json;
  change(json);
  const header = Buffer.from(text(JSON.stringify(json)));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(weightsOf(path), Buffer.concat([prefix, header, bytes.subarray(8 + length)]));
}

export const nested = (open: string, close: string, depth: number, inside = ""): string =>
  open.repeat(depth) + inside + close.repeat(depth);
