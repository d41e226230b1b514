import { statSync } from "node:fs";
import type { Command } from "commander";
import type { Document } from "../../corpus/document.ts";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import { presentPlaces } from "../../learner/corpus/corpus-look.ts";
import { settings } from "../../protocol/settings.ts";
import type { ClosedTags } from "../../readings/tags/closed-tags.ts";
import { likelyScore } from "../../readings/tags/missing-tags.ts";
import { mostNewTags } from "../../readings/tags/offered-new-tags.ts";
import { suggestTags } from "../../readings/tags/tag-suggestions.ts";
import type { ReadingSession } from "../../session/session.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { TagSuggestion } from "../../tags/tag-suggester.ts";
import { describeTagReasons } from "../../words/describe-tag-reason.ts";
import { formatPercent } from "../../words/format.ts";
import { chooseWriter, requireProfile } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions, parseFile } from "../common-options.ts";
import { UsageError } from "../errors.ts";
import { formatTable } from "../format-table.ts";
import { withReadingSession } from "../open-session.ts";
import { parseAmount, parseCount, parseStrength } from "../parse-number.ts";
import type { CommandSurroundings } from "../surroundings.ts";
import { readClosedList } from "../tags/read-closed-list.ts";
import { tellFolderTags } from "../tags/tell-folder-tags.ts";
import { readSource } from "./read-source.ts";

interface TagsOptions extends CommonOptions<"store" | "writer" | "model"> {
  readonly limit: number;
  readonly new: number;
  readonly present?: boolean;
  readonly threshold?: number;
  readonly apply?: true;
  readonly closedList?: string;
}

const mostTags = settings["tags.maximumSuggestions"].default;

export function addTagsCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("tags")
    .description("suggest tags for a document, or for each in a folder, best first, with reasons")
    .argument("<file>", "a document, - for standard input, or a folder")
    .option("--limit <n>", "how many tags to suggest at most", parseAmount, mostTags)
    .option(
      "--new <n>",
      "how many tags never used before to propose at most; in a folder they are not written",
      parseCount,
      0,
    )
    .option(
      "--present",
      "take the tags that the document already has as evidence for tags that often come with them",
    )
    .option(
      "--threshold <score>",
      `in a folder: suggest tags from this score on, from 0 to 1 (${likelyScore} where it is left out)`,
      parseStrength,
    )
    .option("--closed-list <file>", "suggest only tags that this file lists, one on each line", parseFile)
    .option("--apply", "in a folder: write the suggested tags into the documents");
  addCommonOptions(command, "store", "writer", "model").action(async (file: string, options: TagsOptions) => {
    const terminal = surroundings(options);
    const closed = await closedTags(options);
    if (isFolder(file)) {
      return tellFolderTags(canonicalPath(file), { ...folderOptions(options), closed }, terminal);
    }
    refuseFolderOptions(options);
    const document = await readSource(file, terminal);
    const tags = await withReadingSession(options, terminal, (session) =>
      tagsFor(session, chooseWriter(session.store, options.writer, document), document, {
        ...options,
        closed,
      }),
    );
    terminal.out(
      options.json ? JSON.stringify({ version: 1, tags: tags.map(tagAsJson) }) : describeTags(tags),
    );
  });
}

async function closedTags({ closedList, new: newTags }: TagsOptions): Promise<ClosedTags | undefined> {
  if (closedList === undefined) return undefined;
  if (newTags > 0)
    throw new UsageError("--new and --closed-list contradict each other: use one or the other.");
  return readClosedList(closedList);
}

const isFolder = (name: string): boolean =>
  name !== "-" && statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;

function folderOptions({ threshold = likelyScore, apply, new: newTags, present, ...options }: TagsOptions) {
  if (present) throw new UsageError("--present is for one document, not for a folder.");
  if (newTags > mostNewTags)
    throw new UsageError(`In a folder --new is ${mostNewTags} at most: others are right too seldom.`);
  return { ...options, threshold, newTags, isWritten: apply === true };
}

function refuseFolderOptions({ threshold, apply }: TagsOptions): void {
  if (threshold !== undefined || apply) throw new UsageError("--threshold and --apply are for a folder.");
}

interface WantedTags extends Pick<TagsOptions, "limit" | "new" | "present"> {
  readonly closed?: ClosedTags | undefined;
}

/** Throws NoProfileError where the writer's profile cannot be read with. */
export async function tagsFor(
  { store, reader, encoder, profileOf }: ReadingSession,
  writer: Writer,
  { path, dateMs, title, sentences, tags }: Document,
  { limit, new: newTags, present = false, closed }: WantedTags,
): Promise<readonly TagSuggestion[]> {
  const open = requireProfile(profileOf(writer), writer);
  const plain = sentences.map((sentence) => sentence.plain);
  const text = { id: path, timeMs: dateMs, title, sentences: plain, ...(present ? { present: tags } : {}) };
  const placeOf = await presentPlaces(store, writer);
  const sources = { store, writerId: writer.id, reader, encoder, open, placeOf };
  return suggestTags(sources, text, { limit, newTags, closed });
}

/** One entry of `tags --json`. */
export function tagAsJson({ tag, score, reasons }: TagSuggestion) {
  return { tag, score, reasons };
}

/** Tags with scores and reasons, one a line. */
export function describeTags(tags: readonly TagSuggestion[]): string {
  if (tags.length === 0) {
    return "  No document of this writer has tags, so there are none to suggest.";
  }
  return formatTable(
    tags.map(({ tag, score, reasons }) => [
      tag,
      formatPercent(score),
      describeTagReasons(reasons.slice(0, 2)).join("; "),
    ]),
  );
}
