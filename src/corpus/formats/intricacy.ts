/** Marks of quotations, lists and footnotes at the start of one line, one inside the other. */
const deepestContainers = 60;
const CONTAINERS = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s]+\]:)){61}/m;
const deepestBrackets = 300;
/** Lines of `=` or `-` below a line of text. */
const mostUnderlines = 1_500;
const UNDERLINE = /[\r\n] {0,3}(?:=+|-+)[ \t]*(?=[\r\n]|$)/g;

/**
 * Why a Markdown text would take the parser longer than anybody can wait, with costs that grow with the square of
 * what is nested; undefined for what a person may have written.
 */
export function intricacyOf(text: string): string | undefined {
  if (CONTAINERS.test(text))
    return `more than ${deepestContainers} lists, quotations or footnotes inside one another`;
  if (bracketDepth(text) > deepestBrackets) {
    return `more than ${deepestBrackets} brackets inside one another`;
  }
  const underlines = text.match(UNDERLINE)?.length ?? 0;
  return underlines > mostUnderlines ? `more than ${mostUnderlines} underlined headings` : undefined;
}

/** How many brackets are open where one of them is closed; a blank line closes all. */
function bracketDepth(text: string): number {
  let deepest = 0;
  let depth = 0;
  for (const { 0: mark } of text.matchAll(/[[\]]|(?:\n|\r(?!\n))[ \t]*[\r\n]/g)) {
    if (mark === "[") depth += 1;
    else if (mark !== "]") depth = 0;
    else {
      deepest = Math.max(deepest, depth);
      depth = Math.max(0, depth - 1);
    }
  }
  return deepest;
}
