/** What writers' values are learned with, as in the pilots of the method; the rate is chosen on other writers. */
export const personalOptions = {
  epochs: 2,
  minimumSteps: 0,
  textsPerStep: 8,
  warmupSteps: 2,
  l2: 1e-3,
} as const;

export const promptRates = [5e-3, 2e-2] as const;
export const biasRates = [2e-2, 1e-1] as const;

/** What the prompts are learned with that all writers start from. */
export const sharedOptions = { epochs: 1, minimumSteps: 0, textsPerStep: 32 } as const;
