import { pathToFileURL } from "node:url";

/** Controls, and characters without a shape of their own: bidi marks, zero-width ones, tags, fillers. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cn}]/gu;
const blanks = /[\s\p{Cc}\p{Z}]+/gu;
/** More marks than a language needs over one letter hide the lines above and below. */
const piledMarks = /(\p{M}{3})\p{M}+/gu;
const punctuation = /[!-/:-@[-`{-~]/g;

/**
 * Text of a document as it may stand within a line of Markdown: every character that could mean
 * something is escaped, so there is no link, image, HTML, code or icon in it, and what cannot be seen or
 * turns the direction of the line is gone. At most `limit` characters.
 */
export function markdownText(text: string, limit = Number.POSITIVE_INFINITY): string {
  return visibleText(text, limit).replace(punctuation, "\\$&");
}

/** As a reader sees it: one line, no characters that hide or turn others. */
export function visibleText(text: string, limit = Number.POSITIVE_INFINITY): string {
  // What is cut away need not be cleaned: a line may be megabytes long.
  const beginning = text.length > 20 * limit ? text.slice(0, 20 * limit) : text;
  const visible = beginning
    .toWellFormed()
    .replace(unseen, "")
    .replace(blanks, " ")
    .replace(piledMarks, "$1")
    .trim();
  const characters = [...visible];
  return characters.length <= limit
    ? visible
    : `${characters
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}

/** A link that runs a command of the editor with one argument; the editor enables the commands by name. */
export function commandLink(label: string, command: string, argument: unknown): string {
  return `[${markdownText(label)}](command:${command}?${encodeStrictly(JSON.stringify([argument]))})`;
}

/** A link to a line, from 1, of a file. */
export function fileLink(label: string, path: string, line: number): string {
  const address = pathToFileURL(path).href.replace(/[()'*!_~\\]/g, percentEncoded);
  return `[${markdownText(label)}](${address}#L${line})`;
}

/** `encodeURIComponent` leaves a few marks that mean something in Markdown. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[()'*!_~]/g, percentEncoded);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

const inline = /\\([!-/:-@[-`{-~])|\*+| {2}(?=\n)|\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g;

/** Markdown of ours as plain text: emphasis and the targets of links go, what was escaped is as it was. */
export function plainText(markdown: string): string {
  return markdown.replace(inline, (_, escaped: string | undefined, label: string | undefined) => {
    return escaped ?? (label === undefined ? "" : plainText(label));
  });
}
