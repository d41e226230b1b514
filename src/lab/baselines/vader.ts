import vader from "vader-sentiment";

/** Where VADER's authors draw the lines (Hutto and Gilbert 2014), and where their strong words lie. */
const [neutralEdge, strongEdge] = [0.05, 0.5];

/**
 * The class among five, very negative first, that VADER's word list and rules find in a text: by its compound score
 * from −1 to 1.
 */
export function vaderClass(text: string): 0 | 1 | 2 | 3 | 4 {
  const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text);
  if (Math.abs(compound) < neutralEdge) return 2;
  if (compound < 0) return compound <= -strongEdge ? 0 : 1;
  return compound >= strongEdge ? 4 : 3;
}
