import type { Range } from "./readings.ts";

export interface SuggestedTag {
  readonly tag: string;
  /** 0 to 1. */
  readonly score: number;
  /** Plain sentences, strongest first. Untrusted text. */
  readonly reasons: readonly string[];
  /** The document has it already. */
  readonly present: boolean;
  /** The writer never used it; the document itself names it. These come last. */
  readonly isNew?: true;
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

/** Edits of one document, open or not. */
export interface DocumentEdits {
  readonly uri: string;
  /** Of an open document. */
  readonly version?: number;
  readonly edits: readonly TextEdit[];
}

/** Why a document is left as it is. */
export interface EditRefused {
  readonly reason: string;
  readonly advice: string;
}

/** Tags that a document lacks, best first and new ones last, beside those that it has; or why there are none, or none can be written. */
export type MissingTags =
  | {
      readonly kind: "suggested";
      readonly writer: string;
      readonly present: readonly string[];
      readonly tags: readonly SuggestedTag[];
    }
  | { readonly kind: "none"; readonly reason: string }
  | ({ readonly kind: "refused" } & EditRefused);

/** The edits that add tags, or why they cannot be made. */
export type TagsAdded =
  | { readonly kind: "edit"; readonly document: DocumentEdits }
  | ({ readonly kind: "refused" } & EditRefused);

/** A tag, and how many documents have it or one below it. */
export interface TagName {
  readonly tag: string;
  readonly documents: number;
}

/** What renames a tag everywhere, and the documents that are left as they are. */
export interface RenamedTag {
  readonly documents: readonly DocumentEdits[];
  readonly refused: readonly (EditRefused & { readonly path: string })[];
}
