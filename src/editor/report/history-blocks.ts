import type { DatedPoint, ReportBlock } from "../../protocol/pages.ts";
import type { DatedTone, PlacedDocument, TagHistory, ToneHistory } from "../../protocol/tone-history.ts";
import { describeBalance, describeCounts } from "../../words/describe-tone.ts";
import { formatCount, formatDay } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";

/** Of fewer documents there is no course to see. */
const fewestDocuments = 3;

/** Tone and tags over time, as parts of the dashboard; nothing where there are too few documents with a date. */
export function historyBlocks(tone: ToneHistory, tags: TagHistory, t: Translate): readonly ReportBlock[] {
  const parts = [...toneBlocks(tone, t), ...tagBlocks(tags, t)];
  return parts.length === 0 ? [] : [{ kind: "heading", text: t("Over time") }, ...parts];
}

function toneBlocks({ documents, of }: ToneHistory, t: Translate): readonly ReportBlock[] {
  if (documents.length < fewestDocuments) return [];
  const side = (sign: number) => documents.filter((one) => Math.sign(balanceOf(one)) === sign).length;
  const counted = t(
    "Of {0} documents {1} have more positive than negative sentences, and {2} more negative than positive ones.",
    formatCount(documents.length, t),
    formatCount(side(1), t),
    formatCount(side(-1), t),
  );
  const drawn =
    documents.length < of
      ? t("They are drawn evenly from {0} that have a date.", formatCount(of, t))
      : undefined;
  return [
    { kind: "text", text: [counted, ...(drawn === undefined ? [] : [drawn])].join(" ") },
    {
      kind: "timeline",
      caption: t("Positive sentences less negative ones, by document, oldest first; a click opens one"),
      asTable: t("The same as a table"),
      head: [t("date"), t("document"), t("tone")],
      top: t("more positive"),
      bottom: t("more negative"),
      points: documents.map((document) => tonePoint(document, t)),
    },
  ];
}

function tonePoint(document: DatedTone, t: Translate): DatedPoint & { readonly valence: number } {
  const tone = `${describeBalance(document, t)}. ${describeCounts(document, t)}`;
  const [date, title] = [formatDay(document.dateMs, t), titleOf(document)];
  return {
    atMs: document.dateMs,
    path: document.path,
    text: `${date}, ${title}: ${tone}`,
    cells: [date, title, tone],
    valence: balanceOf(document),
  };
}

/** From −1, all sentences are negative, to 1. */
const balanceOf = ({ positive, negative, sentences }: DatedTone): number => (positive - negative) / sentences;

function tagBlocks({ tags }: TagHistory, t: Translate): readonly ReportBlock[] {
  const rows = tags.map(({ tag, documents }) => ({
    name: tag,
    points: documents.flatMap((document) => tagPoint(document, t)),
  }));
  const used = rows.filter(({ points }) => points.length > 0);
  if (used.reduce((sum, { points }) => sum + points.length, 0) < fewestDocuments) return [];
  return [
    {
      kind: "strips",
      caption: t("Documents with your most frequent tags; a click opens one"),
      asTable: t("The same as a table"),
      head: [t("tag"), t("date"), t("document")],
      rows: used,
    },
  ];
}

function tagPoint(document: PlacedDocument, t: Translate): readonly DatedPoint[] {
  const { dateMs, path } = document;
  if (dateMs === undefined) return [];
  const [date, title] = [formatDay(dateMs, t), titleOf(document)];
  return [{ atMs: dateMs, path, text: `${date}, ${title}`, cells: [date, title] }];
}

const titleOf = ({ title, path }: PlacedDocument): string => title ?? path.slice(path.lastIndexOf("/") + 1);
