import type { Stretch } from "../../../front-matter/lines.ts";
import type { LatexEnds } from "./latex-ends.ts";

/** What is between the braces or brackets of an argument. */
export interface LatexArgument extends Stretch {
  readonly isOptional: boolean;
}

/** Optional arguments end soon; what does not is none. */
const mostOptional = 400;
const mostArguments = 9;
const PARAMETERS = /\s*\\?[a-zA-Z@]*[#\d]{0,18}\s*=?\s*\\?[a-zA-Z]*/y;
const GAP = /[ \t]*(?:%[^\n\r]{0,200})?(?:\r?\n[ \t]*)?/y;

/**
 * Arguments right behind a command, in braces and brackets; between them may stand blanks.
 * @param isDefinition whether it names what it defines, and its parameters, before them
 */
export function latexArgumentsAt(
  source: string,
  after: number,
  ends: LatexEnds,
  isDefinition = false,
): readonly LatexArgument[] {
  const found: LatexArgument[] = [];
  let at = after;
  PARAMETERS.lastIndex = at;
  if (isDefinition && PARAMETERS.test(source)) at = PARAMETERS.lastIndex;
  while (found.length < mostArguments) {
    GAP.lastIndex = at;
    GAP.test(source);
    const from = /[{[]/.test(source[at] ?? "") ? at : GAP.lastIndex;
    const argument = argumentAt(source, from, found.length === 0 && from > at, ends);
    if (argument === undefined) break;
    found.push(argument);
    at = argument.end + 1;
  }
  return found;
}

function argumentAt(
  source: string,
  from: number,
  isApart: boolean,
  ends: LatexEnds,
): LatexArgument | undefined {
  if (source[from] === "{") {
    const end = ends.ofBrace(from);
    return end === undefined ? undefined : { start: from + 1, end, isOptional: false };
  }
  if (source[from] !== "[" || isApart) return undefined;
  const limit = Math.min(from + mostOptional, source.length);
  for (let at = from + 1; at < limit; at += 1) {
    const sign = source[at];
    if (sign === "]") return { start: from + 1, end: at, isOptional: true };
    if (sign === "{") at = ends.ofBrace(at) ?? at;
    else if (sign === "\\") at += 1;
  }
  return undefined;
}

/** Whether an argument of a command that nobody knows is words: not a length, a name of a file, a key. */
export function isWordsOfArgument(argument: string): boolean {
  const text = argument.replace(/\\(?:label|ref|cite[a-z]{0,10})\s?\{[^{}]{0,300}\}/g, "");
  // Sentences may name files and addresses.
  if (text.trim().split(/\s+/, 16).length > 15 && /\p{Ll}{2}[.?!](?:\s|$)/u.test(text)) return true;
  return (
    /\p{L}{2}/u.test(text) &&
    !/^[\s\d.]*(?:pt|em|ex|cm|mm|in|bp|sp)\s*$|[=_/#@]|^\s*\\[a-zA-Z]+\s*$/.test(text)
  );
}

/** `\begin{frame}{Title}`, `\begin{theorem}[Title]`. */
export function isTitleArgument(text: string, environment: string): boolean {
  const mayHaveTitle =
    /^(?:frame|block|alertblock|exampleblock|theorem|lemma|definition|example|proposition|remark|proof|corollary|box)\*?$/;
  return mayHaveTitle.test(environment) && isWordsOfArgument(text);
}
