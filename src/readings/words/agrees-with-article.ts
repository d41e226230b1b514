/** Begins with the sound of a vowel, as far as letters tell: not `use`, `one` and `European`, but `hour` and `honest`. */
const vowelSound =
  /^(?:(?!eu|ewe|on(?:c)?e\b|u(?:n[ai](?!m|n)|s[aeu]|t[ei]|bi))[aeiou]|hour|hon(?:est|ou?r)|heir)/i;

/** Whether an English word can follow the text before it: `an hour`, `a user`; anything follows what is no article. */
export function agreesWithArticle(word: string, before: string): boolean {
  const article = /(?:^|[^\p{L}\p{M}])(an?)\s*$/iu.exec(before)?.[1]?.toLowerCase();
  return article === undefined || vowelSound.test(word) === (article === "an");
}
