import { z } from "zod";
import { checkJson, withChecksum } from "../checked-json.ts";
import { lessonShape } from "./correction.ts";

const entryShape = z.object({
  id: z.string(),
  writer: z.string(),
  createdMs: z.number(),
  lesson: lessonShape,
  vector: z
    .object({ modelId: z.string(), profileVersion: z.string().optional(), float32Base64: z.base64() })
    .optional(),
});
/** Lines of the first version had no checksum. */
const firstShape = entryShape.extend({ version: z.literal(1) });
const secondShape = entryShape.extend({ version: z.literal(2) });
const withdrawalShape = z.object({
  version: z.literal(2),
  id: z.string(),
  writer: z.string(),
  withdrawn: z.literal(true),
});
const newerShape = z.object({
  id: z.string().optional().catch(undefined),
  writer: z.string().optional().catch(undefined),
});
const versionShape = z.object({ version: z.number().min(3) });

/** One correction as the mirror keeps it. It names the writer, for ids change when a store is made anew. */
export type MirrorEntry = Readonly<z.infer<typeof entryShape>>;

/** A line of the mirror with its text, which is never written in another way than it was found. */
export type MirrorLine = { readonly text: string } & (
  | { readonly kind: "entry"; readonly entry: MirrorEntry; readonly hasChecksum: boolean }
  /** The correction of this id was taken back: it must not return from an older state of the database. */
  | { readonly kind: "withdrawal"; readonly id: string; readonly writer: string }
  /** Of a newer version of Idiolect, which alone knows what it means. */
  | { readonly kind: "newer"; readonly id: string | undefined; readonly writer: string | undefined }
  /** Torn by a crash, or changed by a bad disk. */
  | { readonly kind: "damaged" }
);

export function entryLine(entry: MirrorEntry, unknownKeys: object = {}): string {
  return withChecksum({ ...unknownKeys, version: 2, ...entry });
}

export function withdrawalLine(id: string, writer: string): string {
  return withChecksum({ version: 2, id, writer, withdrawn: true });
}

export function parseLine(text: string): MirrorLine {
  const checked = checkJson(text);
  if (checked.kind === "damaged") return { kind: "damaged", text };
  const content = parseJson(checked.text);
  const found = checked.kind === "whole" ? parseChecked(content) : parseUnchecked(content);
  return { ...found, text };
}

/** Whose line it is, where it can be told. */
export function writerOfLine(line: MirrorLine): string | undefined {
  if (line.kind === "entry") return line.entry.writer;
  return line.kind === "damaged" ? undefined : line.writer;
}

/** The line of the first version that stands in `text`, as it is written now. */
export function renewedLine(text: string, entry: MirrorEntry): string {
  return entryLine(entry, z.looseObject({}).parse(parseJson(text)));
}

type Meaning = MirrorLine extends infer Line ? (Line extends unknown ? Omit<Line, "text"> : never) : never;

function parseChecked(content: unknown): Meaning {
  const entry = secondShape.safeParse(content);
  if (entry.success) return { kind: "entry", entry: entryOf(entry.data), hasChecksum: true };
  const withdrawal = withdrawalShape.safeParse(content);
  if (withdrawal.success)
    return { kind: "withdrawal", id: withdrawal.data.id, writer: withdrawal.data.writer };
  return newer(content);
}

function parseUnchecked(content: unknown): Meaning {
  const entry = firstShape.safeParse(content);
  if (entry.success) return { kind: "entry", entry: entryOf(entry.data), hasChecksum: false };
  return versionShape.safeParse(content).success ? newer(content) : { kind: "damaged" };
}

function newer(content: unknown): Meaning {
  const found = newerShape.safeParse(content);
  return found.success
    ? { kind: "newer", id: found.data.id, writer: found.data.writer }
    : { kind: "damaged" };
}

function entryOf({
  version: _,
  ...entry
}: z.infer<typeof firstShape> | z.infer<typeof secondShape>): MirrorEntry {
  return entry;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
