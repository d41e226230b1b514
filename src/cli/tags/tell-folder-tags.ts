import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { describeTagReasons } from "../../words/describe-tag-reason.ts";
import { formatPercent, formatPlural } from "../../words/format.ts";
import type { CommonOptions } from "../common-options.ts";
import { formatTable } from "../format-table.ts";
import { withReadingSession } from "../open-session.ts";
import { progressBar } from "../progress-bar.ts";
import type { Surroundings } from "../surroundings.ts";
import { type DocumentTags, type FolderTagsOptions, folderTags } from "./folder-tags.ts";
import { refusalInEnglish } from "./refusal-in-english.ts";

type Options = FolderTagsOptions & CommonOptions<"store" | "writer" | "model">;

/** What was found in a folder, and what of it could not be read. */
interface FolderFound {
  readonly documents: readonly DocumentTags[];
  readonly unread: readonly { readonly path: string; readonly message: string; readonly advice: string }[];
}

/** Suggests tags for a folder, writes them where that is asked for, and tells what came of each document. */
export async function tellFolderTags(
  folder: string,
  options: Options,
  terminal: Surroundings,
): Promise<void> {
  const found = await findFolderTags(folder, options, terminal);
  for (const { message, advice } of found.unread) terminal.warn(`${message}. ${advice}`);
  const { threshold, isWritten, json } = options;
  if (json) {
    const documents = found.documents.map(documentAsJson(isWritten));
    terminal.out(JSON.stringify({ version: 1, threshold, documents, unread: found.unread }));
    return;
  }
  terminal.out(describeFound(found.documents, options));
}

async function findFolderTags(
  folder: string,
  options: Options,
  terminal: Surroundings,
): Promise<FolderFound> {
  const documents: DocumentTags[] = [];
  const unread: FolderFound["unread"][number][] = [];
  const bar = progressBar(terminal.hasTerminal, "Reading {value} of {total} documents {bar}");
  try {
    await withReadingSession(options, terminal, async (session) => {
      for await (const event of folderTags(session, folder, options)) {
        if (event.kind === "failure") {
          const { path, message, advice } = event.failure;
          unread.push({ path, message, advice });
          continue;
        }
        if (event.done === 1 || bar?.isActive === false) bar?.start(event.total, event.done);
        bar?.update(event.done);
        documents.push(event.tags);
      }
    });
  } finally {
    bar?.stop();
  }
  return { documents, unread };
}

const documentAsJson =
  (isWritten: boolean) =>
  ({ path, present, suggested, newTags, change }: DocumentTags) => ({
    path,
    present,
    suggested: suggested.map(tagAsJson),
    new: newTags.map(tagAsJson),
    written: isWritten && change?.kind === "changed",
    ...(change?.kind === "refused" && { refused: refusalInEnglish(change) }),
  });

const tagAsJson = ({ tag, score, reasons }: TagSuggestion) => ({ tag, score, reasons });

function describeFound(documents: readonly DocumentTags[], { threshold, isWritten }: Options): string {
  const wanting = documents.filter(({ suggested, newTags }) => suggested.length + newTags.length > 0);
  if (wanting.length === 0)
    return `No document of ${documents.length} lacks a tag of a score of ${formatPercent(threshold)} or more.`;
  const taken = wanting.filter(({ change }) => change?.kind === "changed");
  const tags = taken.reduce((sum, { suggested }) => sum + suggested.length, 0);
  const counted = `${formatPlural(tags, "tag")} for ${formatPlural(taken.length, "document")}`;
  const end = isWritten
    ? `Written: ${counted} of ${documents.length}.`
    : `${counted} of ${documents.length}, with a score of ${formatPercent(threshold)} or more. Write them with --apply.`;
  const hasNew = wanting.some(({ newTags }) => newTags.length > 0);
  const note = hasNew ? [`Tags marked '?' were never used before: --apply does not write them.`] : [];
  return [...wanting.map(describeDocument), ...note, end].join("\n\n");
}

function describeDocument({ path, present, suggested, newTags, change }: DocumentTags): string {
  const has = present.length === 0 ? "no tags" : present.join(", ");
  const rowOf =
    (sign: string) =>
    ({ tag, score, reasons }: TagSuggestion) => [
      `${sign} ${tag}`,
      formatPercent(score),
      describeTagReasons(reasons.slice(0, 2)).join("; "),
    ];
  const rows = [...suggested.map(rowOf("+")), ...newTags.map(rowOf("?"))];
  const refusal = change?.kind === "refused" ? refusalInEnglish(change) : undefined;
  const left = refusal === undefined ? [] : [`  Not written: ${refusal.reason} ${refusal.advice}`];
  return [`${path} (${has})`, formatTable(rows), ...left].join("\n");
}
