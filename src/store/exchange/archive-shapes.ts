import { z } from "zod";
import { renamedTagShape } from "../repositories/renamed-tags.ts";
import { chosenFilesShape } from "../repositories/writers.ts";

/** Version of the file that *Export* writes. A reader refuses what is newer. */
export const archiveVersion = 1;

/** Tells the file from any other. */
export const archiveFormat = "idiolect-writer";

/** What the first file of an archive says of all the others. */
export const manifestShape = z.object({
  format: z.literal(archiveFormat),
  version: z.literal(archiveVersion),
  /** Version of Idiolect. */
  madeBy: z.string(),
  madeMs: z.number(),
  writer: z.object({ name: z.string().min(1), createdMs: z.number() }),
  /** Whether sentences of documents are in it. */
  withText: z.boolean(),
  /** Which kinds of files are read; folders are those of one machine alone, and are not in it. */
  chosenFiles: chosenFilesShape.optional(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
});

/** A profile version without its parts, which are files of their own. */
const keptVersionShape = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  createdMs: z.number(),
  baseModelId: z.string(),
  formatVersion: z.number(),
  report: z.json(),
  isActive: z.boolean(),
  blobs: z.array(z.string().regex(/^\w{1,64}$/)),
});

export const keptVersionsShape = z.array(keptVersionShape);

export const keptTagsShape = z.array(
  z.object({
    path: z.string(),
    textHash: z.string(),
    sentencesBase64: z.base64(),
    tag: z.string(),
    acceptedMs: z.number(),
  }),
);

/** In the order in which they were renamed. */
export const keptRenamingsShape = z.array(renamedTagShape);

const unitShape = z.union([
  z.object({ kind: z.literal("document") }),
  z.object({ kind: z.enum(["passage", "sentence"]), position: z.number() }),
]);

/** A document with all that was read of it; one is a line. */
export const keptDocumentShape = z.object({
  path: z.string(),
  hash: z.string(),
  sizeBytes: z.number(),
  mtimeMs: z.number(),
  author: z.string().optional(),
  language: z.string().optional(),
  dateMs: z.number().optional(),
  title: z.string().optional(),
  words: z.number(),
  tags: z.array(
    z.object({
      tag: z.string(),
      kind: z.enum(["field", "hashtag", "spaced", "word"]),
      counts: z.boolean(),
    }),
  ),
  sentences: z.array(
    z.object({
      paragraph: z.number(),
      start: z.number(),
      end: z.number(),
      text: z.string(),
      language: z.string().optional(),
    }),
  ),
  labels: z.array(
    z.object({
      sentence: z.number().optional(),
      source: z.string(),
      valence: z.number(),
      weight: z.number(),
    }),
  ),
  passages: z.array(
    z.object({
      modelId: z.string(),
      firstSentence: z.number(),
      endSentence: z.number(),
      tokens: z.number(),
    }),
  ),
  vectors: z.array(
    z.object({
      unit: unitShape,
      modelId: z.string(),
      profileVersion: z.string().optional(),
      float32Base64: z.base64(),
    }),
  ),
});

export type ArchiveManifest = Readonly<z.infer<typeof manifestShape>>;
export type KeptVersion = Readonly<z.infer<typeof keptVersionShape>>;
export type KeptTag = Readonly<z.infer<typeof keptTagsShape>[number]>;
export type KeptDocument = Readonly<z.infer<typeof keptDocumentShape>>;
