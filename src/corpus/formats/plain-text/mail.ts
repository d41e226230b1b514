import type { Fields } from "../../../front-matter/fields.ts";
import { type Line, type Paragraphs, textParagraphs } from "./text-paragraphs.ts";

/** Lines of somebody else's that a mail quotes. */
const QUOTED = /^\s*(?:>|\|(?=\s)(?!.*\|\s*$))/;
/** 'On Monday, Ann wrote:' above what she wrote. */
const ATTRIBUTION =
  /^(?:On|Am|Le|El|Op|Il)\b.{3,200}:\s*$|^Begin forwarded message:\s*$|^.{2,120}\b(?:wrote|writes|schrieb|a écrit)\s*:\s*$/;
/** The second line of one that a mail program has broken. */
const ATTRIBUTION_END = /\b(?:wrote|writes|schrieb|a écrit)\s*:\s*$/;
const FORWARDED =
  /^\s*(?:-{2,}\s*(?:Original Message|Forwarded message|Begin forwarded message)\b.*|_{20,}\s*)$/i;
/** RFC 3676: below it stands who wrote, not what. */
const SIGNATURE = /^-- $/;
const MAIL_HEADER =
  /^(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Message-ID|In-Reply-To|References|Newsgroups|Content-[\w-]+|MIME-Version|X-[\w-]+): .*$/i;
/** Others stand only among those above. */
const ANY_HEADER = /^[A-Za-z][\w-]{0,60}:(?:\s|$)/;
/** What mailboxes begin a mail with. */
const MAILBOX_LINE = /^From \S+ .*\d{4}\s*$/;
const MAIL_FIELDS: Readonly<Record<string, string>> = { subject: "title", date: "date", from: "author" };

/** Subject, date and sender of a mail that was saved with its headers. */
export function mailFields(source: string, bodyStart: number): Fields {
  const [first = []] = textParagraphs(source.slice(0, bodyStart + 10_000), bodyStart);
  if (!isMailHead(first)) return new Map();
  const named = first.flatMap(({ text }): [string, string][] => {
    const [name = "", value = ""] = text.split(/:\s+(.*)/s);
    const field = MAIL_FIELDS[name.toLowerCase()];
    return field === undefined || value.trim() === "" ? [] : [[field, value.trim()]];
  });
  return new Map(named);
}

export function transferEncodingOf(head: readonly Line[]): string {
  const named = head.map(({ text }) => /^Content-Transfer-Encoding:\s*(\S+)/i.exec(text)?.[1] ?? "");
  return named.find((name) => name !== "")?.toLowerCase() ?? "";
}

/** At least three lines of a mail's head, two of them well known, one of these who it is from or what it is about. */
export function isMailHead(lines: readonly Line[]): boolean {
  const isHeader = ({ text }: Line, at: number) =>
    ANY_HEADER.test(text) || (at === 0 ? MAILBOX_LINE : /^[ \t]+\S/).test(text);
  return (
    lines.length >= 3 &&
    lines.every(isHeader) &&
    lines.filter(({ text }) => MAIL_HEADER.test(text)).length >= 2 &&
    lines.some(({ text }) => /^(?:From|Subject): /i.test(text))
  );
}

/** What stands before a mail that another one was written above, with its head and without marks. */
export function withoutOriginal(paragraphs: Paragraphs): { paragraphs: Paragraphs; end?: number } {
  for (const [at, lines] of paragraphs.entries()) {
    const ruled = lines.findIndex(({ text }) => FORWARDED.test(text));
    const below = [...lines.slice(ruled + 1), ...(paragraphs[at + 1] ?? [])];
    const isRuled = ruled >= 0 && isMailHead(below.slice(0, 3));
    if (!isRuled && !(at > 0 && isHeadOfOriginal(lines))) continue;
    const mark = isRuled ? ruled : 0;
    return { paragraphs: upTo(paragraphs, at, mark), end: lines[mark]!.start };
  }
  return { paragraphs };
}

/** Outlook writes a mail's head above it with nothing else to tell it by. */
function isHeadOfOriginal(lines: readonly Line[]): boolean {
  const has = (name: RegExp) => lines.some(({ text }) => name.test(text));
  return (
    isMailHead(lines.slice(0, 4)) && /^From: /.test(lines[0]!.text) && has(/^(?:Sent|Date): /) && has(/^To: /)
  );
}

/** The paragraphs before a line. */
function upTo(paragraphs: Paragraphs, paragraph: number, line: number): Paragraphs {
  const before = paragraphs.slice(0, paragraph);
  return line === 0 ? before : [...before, paragraphs[paragraph]!.slice(0, line)];
}

/** Signatures are short; a long text below such a line is none. */
export function withoutSignature(paragraphs: Paragraphs): { paragraphs: Paragraphs; end?: number } {
  const at = paragraphs.findLastIndex((lines) => lines.some(({ text }) => SIGNATURE.test(text)));
  const lines = paragraphs[at];
  if (lines === undefined) return { paragraphs };
  const mark = lines.findIndex(({ text }) => SIGNATURE.test(text));
  const below = lines.length - mark + paragraphs.slice(at + 1).reduce((sum, each) => sum + each.length, 0);
  if (below > 12) return { paragraphs };
  return { paragraphs: upTo(paragraphs, at, mark), end: lines[mark]!.start };
}

/** Whether a line is quoted or says of what stands below it that somebody else wrote it. */
export function isOfAnother(lines: readonly Line[], at: number): boolean {
  const { text } = lines[at]!;
  return QUOTED.test(text) || isAttribution(lines, at) || FORWARDED.test(text);
}

/** Whether a line says whose the quoted lines below are, for itself or with the next or the one before. */
function isAttribution(lines: readonly Line[], at: number): boolean {
  const [before, line, next, afterNext] = [lines[at - 1], lines[at], lines[at + 1], lines[at + 2]];
  const isAbove = (other: Line | undefined) => other !== undefined && QUOTED.test(other.text);
  const isBoth = (first: Line | undefined, second: Line | undefined) =>
    first !== undefined &&
    second !== undefined &&
    !QUOTED.test(first.text) &&
    ATTRIBUTION_END.test(second.text) &&
    ATTRIBUTION.test(`${first.text} ${second.text}`) &&
    /^(?:On|Am|Le|El|Op|Il)\b/.test(first.text);
  if (isAbove(next)) return ATTRIBUTION.test(line?.text ?? "") || isBoth(before, line);
  return isAbove(afterNext) && isBoth(line, next);
}
