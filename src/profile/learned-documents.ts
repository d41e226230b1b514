import { createHash } from "node:crypto";
import { z } from "zod";
import { textHash } from "../text/text-hash.ts";

const entryShape = z.object({
  /** Short hashes of path and text: enough to know a document again, and nothing of what it says. */
  path: z.string(),
  text: z.string(),
  isHeldOut: z.boolean(),
  /** Held out to prove on: it chose nothing. Earlier versions of Idiolect chose and proved on the same documents. */
  proves: z.boolean().optional(),
});

const learnedDocumentsShape = z.object({
  version: z.literal(1),
  /** Names how it was learned: other options learn everything anew. */
  options: z.string(),
  documents: z.array(entryShape),
  /** Short hashes of texts and paths that an earlier version was trained on and this one knows otherwise or not at all. */
  once: z.array(z.string()).optional(),
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
  /** Whether the version was not trained on it. */
  readonly isHeldOut: boolean;
  /** Whether it chose nothing either, and so proves. */
  readonly proves: boolean;
}

export interface Recognition<T> {
  readonly documents: readonly Recognised<T>[];
  /** Documents that the version was learned from and that are nowhere any more. */
  readonly gone: number;
}

/** What a document is for a version: `trains` it, `chooses` an epoch of it, or `proves` it. */
export type DocumentRole = "trains" | "chooses" | "proves";

export function nameDocument({ path, sentences }: NamedText, role: DocumentRole): LearnedDocument {
  const names = { path: short(path), text: short(textHash(sentences.join(" "))) };
  return { ...names, isHeldOut: role !== "trains", ...(role === "proves" ? { proves: true } : {}) };
}

/** Names of texts and paths that any of some versions was trained on. */
export function everTrainedOn(versions: readonly LearnedDocuments[]): ReadonlySet<string> {
  return new Set(
    versions.flatMap(({ documents, once = [] }) => [
      ...once,
      ...documents.flatMap(({ path, text, isHeldOut }) => (isHeldOut ? [] : [path, text])),
    ]),
  );
}

/** Whether nothing was ever learned from this text, nor from another one in its place. */
export function isUntaught(trained: ReadonlySet<string>, document: NamedText): boolean {
  const { path, text } = nameDocument(document, "trains");
  return !trained.has(path) && !trained.has(text);
}

/** Compares the documents there are with those of a version; a file that was moved is the same document. */
export function recognise<T extends NamedText>(
  { documents: learned }: LearnedDocuments,
  present: readonly T[],
): Recognition<T> {
  const byText = new Map(learned.map((one) => [one.text, one]));
  const byPath = new Map(learned.map((one) => [one.path, one]));
  const names = present.map((document) => nameDocument(document, "trains"));
  const [texts, paths] = [new Set(names.map(({ text }) => text)), new Set(names.map(({ path }) => path))];
  return {
    gone: learned.filter(({ path, text }) => !texts.has(text) && !paths.has(path)).length,
    documents: present.map((document, at) => {
      const { path, text } = names[at]!;
      const same = byText.get(text);
      const former = same ?? byPath.get(path);
      const state = same === undefined ? (former === undefined ? "new" : "edited") : "known";
      return { document, state, isHeldOut: former?.isHeldOut ?? false, proves: former?.proves ?? false };
    }),
  };
}

const short = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
