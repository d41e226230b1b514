/** Scripts that put no spaces between words. */
const unspaced =
  "[\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]";
const letter = "[\\p{L}\\p{N}]";
/** Of these each letter is a word, with the marks on it: what belongs together stands in pairs of them. */
const single = `[${letter}&&${unspaced}]\\p{M}*`;
/** Letters with their marks, which are vowels in the scripts of India. */
const run = `[${letter}--${unspaced}][[${letter}\\p{M}]--${unspaced}]*`;

/** Runs of letters and digits; `c++` and `c#` keep their signs. */
export const plainWordPattern = new RegExp(`${single}|${run}[+#]*`, "gv");

/** Words as they are written; `c++`, `c#`, `.net`, `node.js` and `don't` stay whole. */
export const writtenWordPattern = new RegExp(`${single}|\\.?${run}(?:['’.\\-]?${run})*[+#]*`, "gv");
