import type { Range } from "./readings.ts";

/** What is told of a paragraph, or of short ones together. */
export interface VoiceParagraphReading {
  readonly range: Range;
  readonly text: string;
  /** Share of the writer's own paragraphs that score lower; null where there are too few words to tell. */
  readonly lower: number | null;
  /** Words that are least like the writer, the worst first. */
  readonly turns: readonly { readonly text: string; readonly range: Range }[];
  /** The writer's own passages that are nearest in meaning, with the path of their document. */
  readonly near: readonly { readonly text: string; readonly path: string }[];
}

export type VoiceReading =
  | { readonly kind: "read"; readonly paragraphs: readonly VoiceParagraphReading[] }
  /** Nothing is told, with the reason. */
  | { readonly kind: "closed"; readonly reason: string };
