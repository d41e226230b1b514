/** A document of the writer's, by its present place. Texts of documents are untrusted. */
export interface PlacedDocument {
  /** Absolute. */
  readonly path: string;
  readonly title?: string;
  /** Milliseconds since 1970; absent where none is known. */
  readonly dateMs?: number;
}

/** A tag of the writer's. Untrusted text. */
export interface UsedTag {
  readonly tag: string;
  readonly documents: number;
}

/** The tone of one of the writer's documents: how many of the sentences that were read have which side. */
export interface DatedTone extends PlacedDocument {
  readonly dateMs: number;
  readonly sentences: number;
  readonly positive: number;
  readonly negative: number;
  /** Of both sides. */
  readonly mixed: number;
}

/** How the writer's documents read over time. */
export interface ToneHistory {
  /** Oldest first, drawn evenly from those that have a date. */
  readonly documents: readonly DatedTone[];
  /** Of how many that have one. */
  readonly of: number;
}

/** The writer's most frequent tags, each with its documents, oldest first. */
export interface TagHistory {
  readonly tags: readonly { readonly tag: string; readonly documents: readonly PlacedDocument[] }[];
}
