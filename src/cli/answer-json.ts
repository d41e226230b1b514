/**
 * An answer as one line of JSON. Sentences stand there as they are said in English, not also taken apart (`Said`), which
 * is for surfaces that say them in other languages.
 */
export const answerJson = (answer: object): string =>
  JSON.stringify(answer, (key, value) => (key === "said" ? undefined : value));
