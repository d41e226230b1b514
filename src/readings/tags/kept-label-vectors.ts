import type { GeneralReader } from "../../profile/profile.ts";
import type { Store } from "../../store/store.ts";
import type { LabelVectors } from "../../tags/features/label-features.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { TextEncoder } from "../../tone/reading/text-encoder.ts";
import { readLabelVectors } from "./label-vectors.ts";

const partName = "label vectors";
const formatVersion = 1;

interface LabelSources {
  readonly store: Store;
  readonly writerId: number;
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
}

/** As `readLabelVectors`, but only tags that the store has no vector of are read, and those are kept in it. */
export async function keptLabelVectors(
  sources: LabelSources,
  tags: readonly string[],
  breathe: () => Promise<void>,
): Promise<LabelVectors> {
  const { writerId, reader, encoder } = sources;
  const madeFrom = `${formatVersion} ${reader.id}`;
  const kept = sources.store.preparedTags.read(writerId, partName);
  const known = kept?.madeFrom === madeFrom ? decode(kept.content) : new Map<string, Float32Array>();
  const keys = [...new Set(tags.map(tagKey))];
  const missing = keys.filter((key) => !known.has(key));
  const read = await readLabelVectors(reader.model, encoder, missing, reader.prompts, breathe);
  const vectors = new Map(keys.map((key) => [key, known.get(key) ?? read(key)!]));
  if (missing.length > 0 || known.size > vectors.size) {
    sources.store.preparedTags.keep(writerId, partName, { madeFrom, content: encode(vectors) });
  }
  return (tag) => vectors.get(tagKey(tag));
}

/** The length of a list of keys, the list as JSON, and the vectors one after the other. */
function encode(vectors: ReadonlyMap<string, Float32Array>): Uint8Array {
  const keys = Buffer.from(JSON.stringify([...vectors.keys()]));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(keys.length);
  const values = Array.from(vectors.values(), ({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([length, keys, ...values]);
}

function decode(content: Uint8Array): Map<string, Float32Array> {
  const bytes = Buffer.from(content);
  const start = 4 + bytes.readUInt32LE();
  const keys: readonly string[] = JSON.parse(bytes.toString("utf8", 4, start));
  // The copy also aligns the bytes.
  const values = new Float32Array(Uint8Array.from(bytes.subarray(start)).buffer);
  const size = values.length / (keys.length || 1);
  return new Map(keys.map((key, at) => [key, values.subarray(at * size, (at + 1) * size)]));
}
