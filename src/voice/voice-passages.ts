/** Fewer words are too few to tell a voice by. */
export const fewestWords = 40;
const usualWords = 70;
const mostWords = 150;

/** A sentence and the number of its paragraph in the document. */
export interface PlacedSentence {
  readonly text: string;
  readonly paragraph: number;
}

/**
 * Cuts a document's sentences into passages as they are compared: whole paragraphs, short ones together with those after
 * them, long ones in parts. What is left at the end and shorter than `fewestWords` belongs to no passage.
 */
export function voicePassages(sentences: readonly PlacedSentence[]): readonly string[] {
  const passages: string[] = [];
  let open: PlacedSentence[] = [];
  let words = 0;
  const close = (): void => {
    if (words >= fewestWords) passages.push(open.map(({ text }) => text).join(" "));
    open = [];
    words = 0;
  };
  for (const sentence of sentences) {
    const more = countBlanks(sentence.text);
    const isNewParagraph = sentence.paragraph !== open.at(-1)?.paragraph;
    const isFull = words + more > mostWords && words >= fewestWords;
    if (isFull || (isNewParagraph && words >= usualWords)) close();
    open.push(sentence);
    words += more;
  }
  close();
  return passages;
}

/** Words as blanks part them. */
export const countBlanks = (text: string): number => text.match(/\S+/g)?.length ?? 0;
