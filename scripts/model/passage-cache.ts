import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Passage } from "../../src/learning/passages.ts";

/** A passage as it is stored; `label` is the number of its class, where it has one. */
export interface StoredPassage extends Passage {
  readonly label?: number;
}

/** Named lists of passages with a note in JSON beside them. */
export interface PassageCache {
  readonly meta: unknown;
  readonly sections: Readonly<Record<string, readonly StoredPassage[]>>;
}

interface Header {
  readonly version: number;
  readonly fileBytes: number;
  readonly meta: unknown;
  /** Writers and documents are stored as numbers of places in this list. */
  readonly names: readonly string[];
  readonly sections: readonly { readonly name: string; readonly passages: number; readonly tokens: number }[];
}

const formatVersion = 1;
const none = 0xffffffff;
/** Writer, document, label and length of a passage, 4 bytes each. */
const columns = 4;

/**
 * Writes the cache in one step: a reader sees the old file or the whole new one.
 *
 * Little-endian: length of the header, the header in JSON (padded to 4 bytes), then for each section the
 * passages' columns (uint32), the ids and the word indices (uint16) of all its tokens.
 */
export function writePassageCache(path: string, cache: PassageCache): void {
  const names = new Map<string, number>();
  const parts: Uint8Array[] = [];
  const sections = Object.entries(cache.sections).map(([name, passages]) => {
    const encoded = encodeSection(passages, names);
    parts.push(...encoded.parts);
    return { name, passages: passages.length, tokens: encoded.tokens };
  });
  const bodyBytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const header: Header = {
    version: formatVersion,
    fileBytes: bodyBytes,
    meta: cache.meta,
    names: [...names.keys()],
    sections,
  };
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4, " ");
  json.copy(padded);
  const start = new Uint8Array(Uint32Array.of(padded.length).buffer);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, Buffer.concat([start, padded, ...parts]));
  renameSync(`${path}.part`, path);
}

/** Reads the cache; `undefined` if there is none, it was cut short, or another version wrote it. */
export function readPassageCache(path: string): PassageCache | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  const file = readFileSync(path);
  if (file.length < 4) {
    return undefined;
  }
  const bodyStart = 4 + file.readUInt32LE(0);
  const header = parseHeader(file.subarray(4, bodyStart));
  if (header?.version !== formatVersion || header.fileBytes !== file.length - bodyStart) {
    return undefined;
  }
  let offset = file.byteOffset + bodyStart;
  const sections: Record<string, StoredPassage[]> = {};
  for (const { name, passages, tokens } of header.sections) {
    const rows = new Uint32Array(file.buffer, offset, passages * columns);
    const ids = new Uint16Array(file.buffer, offset + rows.byteLength, tokens);
    const words = new Uint16Array(file.buffer, offset + rows.byteLength + ids.byteLength, tokens);
    sections[name] = decodeSection(rows, ids, words, header.names);
    offset += rows.byteLength + ids.byteLength + words.byteLength;
  }
  return { meta: header.meta, sections };
}

function encodeSection(
  passages: readonly StoredPassage[],
  names: Map<string, number>,
): { readonly parts: Uint8Array[]; readonly tokens: number } {
  const number = (name: string | undefined): number => {
    if (name === undefined) {
      return none;
    }
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const tokens = passages.reduce((sum, { ids }) => sum + ids.length, 0);
  const rows = new Uint32Array(passages.length * columns);
  const ids = new Uint16Array(tokens);
  const words = new Uint16Array(tokens);
  let at = 0;
  passages.forEach((passage, row) => {
    const { writer, document, label } = passage;
    rows.set([number(writer), number(document), label ?? none, passage.ids.length], row * columns);
    ids.set(passage.ids, at);
    words.set(passage.words, at);
    at += passage.ids.length;
  });
  return { parts: [rows, ids, words].map((array) => new Uint8Array(array.buffer)), tokens };
}

function decodeSection(
  rows: Uint32Array,
  ids: Uint16Array,
  words: Uint16Array,
  names: readonly string[],
): StoredPassage[] {
  const passages: StoredPassage[] = [];
  let at = 0;
  for (let row = 0; row < rows.length; row += columns) {
    const [writer, document, label, length] = rows.subarray(row, row + columns) as unknown as [
      number,
      number,
      number,
      number,
    ];
    passages.push({
      ids: ids.subarray(at, at + length),
      words: words.subarray(at, at + length),
      ...(writer === none ? {} : { writer: names[writer]! }),
      ...(document === none ? {} : { document: names[document]! }),
      ...(label === none ? {} : { label }),
    });
    at += length;
  }
  return passages;
}

function parseHeader(bytes: Buffer): Header | undefined {
  try {
    return JSON.parse(bytes.toString("utf8")) as Header;
  } catch {
    return undefined;
  }
}
