import type { CancellationToken, HoverParams } from "vscode-languageserver/node";
import { type PlacedTag, tagAt } from "../../corpus/tag-changes/rename-tags.ts";
import { readHead } from "../../front-matter/front-matter.ts";
import { lineEnd, lineStart } from "../../front-matter/lines.ts";
import { tagForm } from "../../tags/tag-form.ts";
import { formatCount, formatDay, formatPercent } from "../../words/format.ts";
import { plural } from "../../words/translate.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { readAround } from "../documents/read-around.ts";
import { rangeOf } from "../documents/sentences.ts";
import type { SharedParts } from "../feature.ts";
import type { HoverNote } from "../hover-note.ts";
import { t } from "../language.ts";
import { markdownText } from "../markdown-text.ts";
import type { TagReadings } from "./tag-readings.ts";

const longestShown = 60;
const shownCompanions = 5;
const shownDocuments = 3;

/** What is known of the tag at a place: its use, its companions, and how it fits the document; undefined elsewhere. */
export async function tagHover(
  context: ServerContext,
  { tagReadings }: Pick<SharedParts, "tagReadings">,
  { textDocument: { uri }, position }: HoverParams,
  token: CancellationToken,
): Promise<HoverNote | undefined> {
  const document = context.documents.get(uri);
  if (document === undefined) return undefined;
  const offset = document.offsetAt(position);
  if (!mayBeTag(document, offset)) return undefined;
  const placed = await context.work("hover", token, async (breathe) => {
    const { textTags = [] } = await readAround(document, offset, breathe);
    const { source, format, path } = document;
    const hasHashtags = context.settings(path).tags.hashtags !== "never";
    return tagAt({ source, format, textTags, hasHashtags }, offset);
  });
  const markdown = placed && describeTag(context, tagReadings, document, placed);
  return markdown === undefined ? undefined : { range: rangeOf(document, placed!), markdown };
}

/** A look at the line, so that hovers over prose cost nothing. */
function mayBeTag({ source, format }: OpenDocument, offset: number): boolean {
  const head = readHead(source);
  if (head !== undefined && offset <= head.end) return true;
  const line = source.slice(lineStart(source, offset), lineEnd(source, offset));
  return line.includes("#") || line.includes("tags::") || format.tagField?.(source)?.value !== undefined;
}

/** Undefined where nobody was learned. */
function describeTag(
  { host }: ServerContext,
  readings: TagReadings,
  document: OpenDocument,
  { tag }: PlacedTag,
): string | undefined {
  const writer = host.writerOf(document.path);
  if (writer === undefined) return undefined;
  const form = tagForm(tag);
  const documents = host.store().documents.list(writer.id);
  const having = documents.filter(({ tags }) => tags.some((one) => tagForm(one) === form));
  const name = `**${markdownText(tag, longestShown)}**`;
  if (having.length === 0) return t("{0}: not used in the documents that were learned.", name);
  const dates = having.flatMap(({ dateMs }) => dateMs ?? []).toSorted((a, b) => a - b);
  const of = [name, formatCount(documents.length, t)] as const;
  const used = plural(
    t,
    having.length,
    "{1}: used in {0} document of {2}.",
    "{1}: used in {0} documents of {2}.",
    ...of,
  );
  return [
    dates.length === 0
      ? used
      : `${used} ${t("Since {0}, last {1}.", formatDay(dates[0]!, t), formatDay(dates.at(-1)!, t))}`,
    ...companions(having, form),
    ...fitting(readings, document, form),
  ].join("\n\n");
}

/** Tags that most often stand beside it. */
function companions(
  having: readonly { readonly tags: readonly string[] }[],
  form: string,
): readonly string[] {
  const counts = new Map<string, { readonly tag: string; count: number }>();
  for (const tag of having.flatMap(({ tags }) => tags)) {
    const own = tagForm(tag);
    if (own === form) continue;
    const known = counts.get(own) ?? { tag, count: 0 };
    known.count += 1;
    counts.set(own, known);
  }
  const most = [...counts.values()].toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
  const shown = most.slice(0, shownCompanions).map(({ tag, count }) => {
    return `${markdownText(tag, longestShown)} (${count})`;
  });
  return shown.length === 0 ? [] : [t("Together with {0}.", shown.join(", "))];
}

/** By what was read of the document already; else it is read now, and the next hover tells it. */
function fitting(readings: TagReadings, document: OpenDocument, form: string): readonly string[] {
  const known = readings.known(document);
  if (known?.isFresh !== true) readings.refresh(document, "background");
  if (known?.reading.kind !== "suggested") return [];
  const found = known.reading.tags.find(({ tag }) => tagForm(tag) === form);
  if (found === undefined) return [];
  const nearest = found.reasons.flatMap((reason) =>
    reason.kind === "similarDocuments"
      ? reason.documents.map(({ id }) => id.slice(id.lastIndexOf("/") + 1))
      : [],
  );
  const names = nearest.slice(0, shownDocuments).map((name) => markdownText(name, longestShown));
  const near = names.length === 0 ? "" : ` ${t("Nearest documents that have it: {0}.", names.join(", "))}`;
  return [`${t("Fits this document: {0}.", formatPercent(found.score, 0, t))}${near}`];
}
