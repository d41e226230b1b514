import type { AcceptedTag, AcceptingText } from "../../store/repositories/accepted-tags.ts";
import { tagKey } from "../../text/tag-key.ts";
import { textHash } from "../../text/text-hash.ts";

/** A text with its place, as the corpus or an editor has it. */
export interface PlacedText {
  readonly path: string;
  readonly sentences: readonly string[];
}

const keyBytes = 8;
/** So many sentences in common, or all where a text has fewer, make two texts one; and half of the shorter one. */
const leastShared = 3;

/** What is kept of a text that a tag was taken for: hashes, no words. */
export function acceptingText({ path, sentences }: PlacedText): AcceptingText {
  const keys = [...new Set(sentences.map(keyOf))].map((key) => Buffer.from(key, "hex"));
  return { path, textHash: textHash(sentences.join(" ")), sentences: Buffer.concat(keys) };
}

/** Tags taken for the text of a document, wherever it lay then. Keys are paths, values are tag keys. */
export function acceptedByPath(
  accepted: readonly AcceptedTag[],
  documents: readonly PlacedText[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = documents.map(({ path, sentences }) => ({ path, keys: new Set(sentences.map(keyOf)) }));
  const found = new Map<string, Set<string>>();
  for (const taken of Map.groupBy(accepted, ({ path, textHash: hash }) => `${hash} ${path}`).values()) {
    const path = pathNow(taken[0]!, known);
    if (path === undefined) continue;
    const tags = found.get(path) ?? new Set();
    found.set(path, tags);
    for (const { tag } of taken) tags.add(tagKey(tag));
  }
  return found;
}

/** Whether a tag was taken for this very document. */
export function wasTakenFor(accepted: AcceptedTag, { path, sentences }: PlacedText): boolean {
  return accepted.path === path || isSameText(keysOf(accepted), new Set(sentences.map(keyOf)));
}

interface KnownText {
  readonly path: string;
  readonly keys: ReadonlySet<string>;
}

/** Where the text lies that has most in common; where none is the same text, what was written over it. */
function pathNow(accepted: AcceptedTag, known: readonly KnownText[]): string | undefined {
  const keys = keysOf(accepted);
  const [best] = known
    .filter((text) => isSameText(keys, text.keys))
    .map(({ path, keys: own }) => ({ path, shared: sharedOf(keys, own), isThere: path === accepted.path }))
    .toSorted((a, b) => b.shared - a.shared || Number(b.isThere) - Number(a.isThere));
  return best?.path ?? known.find(({ path }) => path === accepted.path)?.path;
}

function isSameText(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const shared = sharedOf(a, b);
  return shared > 0 && shared >= Math.min(leastShared, a.size) && shared >= Math.min(a.size, b.size) / 2;
}

function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const key of a) if (b.has(key)) shared += 1;
  return shared;
}

function keysOf({ sentences }: AcceptedTag): ReadonlySet<string> {
  const text = Buffer.from(sentences).toString("hex");
  return new Set(text.match(new RegExp(`.{${2 * keyBytes}}`, "g")) ?? []);
}

function keyOf(sentence: string): string {
  return textHash(sentence).slice(0, 2 * keyBytes);
}
