/** How much text a study takes; the figures depend on it, so it is part of every cell's key. */
export interface StudySizes {
  /** Writers that are measured, at most. */
  readonly writers: number;
  /** Writers that rates are chosen on. */
  readonly tuningWriters: number;
  /** Later texts, or held-out passages, of a measured writer, at most. */
  readonly measured: number;
  readonly sentiment: {
    /** Texts that a measured writer has at least. */
    readonly leastTexts: number;
    /** Other writers' texts that the general model learns from, at most. */
    readonly generalTexts: number;
    readonly generalEpochs: number;
    /** Other writers' texts that shared prompts learn from. */
    readonly sharedTexts: number;
    /** Other writers' texts with passages, from which the model learns to use passages. */
    readonly contextTexts: number;
  };
  readonly words: {
    /** Passages of a measured writer that prompts learn from, at most. */
    readonly learned: number;
    /** Passages of other writers that shared prompts learn from, all together. */
    readonly shared: number;
    readonly epochs: number;
    /** Earlier passages that hard prompts choose from, at most. */
    readonly context: number;
  };
}

export const fullSizes: StudySizes = {
  writers: 1_000,
  tuningWriters: 12,
  measured: 64,
  sentiment: {
    leastTexts: 40,
    generalTexts: 9_000,
    generalEpochs: 2,
    sharedTexts: 2_000,
    contextTexts: 1_500,
  },
  words: { learned: 160, shared: 320, epochs: 3, context: 400 },
};

/** For tests: everything is run, and nothing is learned well. */
export const quickSizes: StudySizes = {
  writers: 4,
  tuningWriters: 2,
  measured: 6,
  sentiment: { leastTexts: 8, generalTexts: 48, generalEpochs: 1, sharedTexts: 16, contextTexts: 16 },
  words: { learned: 6, shared: 6, epochs: 1, context: 12 },
};
