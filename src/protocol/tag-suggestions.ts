import type { Range } from "./readings.ts";

export interface SuggestedTag {
  readonly tag: string;
  /** 0 to 1. */
  readonly score: number;
  /** Plain sentences, strongest first. Untrusted text. */
  readonly reasons: readonly string[];
  /** The document has it already. */
  readonly present: boolean;
}

/** Tags for a document, or why there are none. */
export type TagSuggestions =
  | { readonly kind: "suggested"; readonly tags: readonly SuggestedTag[]; readonly writer: string }
  | { readonly kind: "none"; readonly reason: string };

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** The edit that makes the tags of a document's front matter exactly these, or why it cannot be made. */
export type TagEdit =
  | { readonly kind: "edit"; readonly version: number; readonly edits: readonly TextEdit[] }
  | { readonly kind: "refused"; readonly reason: string; readonly advice: string };
