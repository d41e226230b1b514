import { createHash } from "node:crypto";
import { z } from "zod";
import { textHash } from "./text-hash.ts";

const entryShape = z.object({
  /** Short hashes of path and text: enough to know a document again, and nothing of what it says. */
  path: z.string(),
  text: z.string(),
  isHeldOut: z.boolean(),
});

const learnedDocumentsShape = z.object({
  version: z.literal(1),
  /** Names how it was learned: other options learn everything anew. */
  options: z.string(),
  documents: z.array(entryShape),
});

type LearnedDocument = Readonly<z.infer<typeof entryShape>>;

/** Which documents the prompts of a profile version were learned from. */
export type LearnedDocuments = Readonly<z.infer<typeof learnedDocumentsShape>>;

/** Throws ZodError for what no version has kept. */
export function parseLearnedDocuments(value: unknown): LearnedDocuments {
  return learnedDocumentsShape.parse(value);
}

/** A document as it is recognised. */
export interface NamedText {
  readonly path: string;
  readonly sentences: readonly string[];
}

/** A document with how it stands to a profile version. */
export interface Recognised<T> {
  readonly document: T;
  /** `edited`: the path was known with another text. */
  readonly state: "known" | "edited" | "new";
  /** Whether the version was measured on it, and not trained. */
  readonly isHeldOut: boolean;
}

export interface Recognition<T> {
  readonly documents: readonly Recognised<T>[];
  /** Documents that the version was learned from and that are nowhere any more. */
  readonly gone: number;
}

export function nameDocument({ path, sentences }: NamedText, isHeldOut: boolean): LearnedDocument {
  return { path: short(path), text: short(textHash(sentences.join(" "))), isHeldOut };
}

/** Compares the documents there are with those of a version; a file that was moved is the same document. */
export function recognise<T extends NamedText>(
  { documents: learned }: LearnedDocuments,
  present: readonly T[],
): Recognition<T> {
  const byText = new Map(learned.map((one) => [one.text, one]));
  const byPath = new Map(learned.map((one) => [one.path, one]));
  const names = present.map((document) => nameDocument(document, false));
  const [texts, paths] = [new Set(names.map(({ text }) => text)), new Set(names.map(({ path }) => path))];
  return {
    gone: learned.filter(({ path, text }) => !texts.has(text) && !paths.has(path)).length,
    documents: present.map((document, at) => {
      const { path, text } = names[at]!;
      const same = byText.get(text);
      const former = same ?? byPath.get(path);
      const state = same === undefined ? (former === undefined ? "new" : "edited") : "known";
      return { document, state, isHeldOut: former?.isHeldOut ?? false };
    }),
  };
}

const short = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
