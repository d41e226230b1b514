/** Fewer words are too few to tell a voice by. */
export const fewestWords = 40;
const usualWords = 70;
const mostWords = 150;

/**
 * Cuts a document's sentences into passages as they are compared: neighbouring sentences, about as many words each as a
 * paragraph has. What is left at the end and shorter than `fewestWords` belongs to no passage.
 */
export function voicePassages(sentences: readonly string[]): readonly string[] {
  const passages: string[] = [];
  let open: string[] = [];
  let words = 0;
  const close = (): void => {
    if (words >= fewestWords) passages.push(open.join(" "));
    open = [];
    words = 0;
  };
  for (const sentence of sentences) {
    const more = countBlanks(sentence);
    if (words >= fewestWords && words + more > mostWords) close();
    open.push(sentence);
    words += more;
    if (words >= usualWords) close();
  }
  close();
  return passages;
}

/** Words as blanks part them. */
export const countBlanks = (text: string): number => text.match(/\S+/g)?.length ?? 0;
