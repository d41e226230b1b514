import type { Command } from "commander";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import { type FolderRenaming, renameInFolder } from "../../corpus/tag-changes/rename-in-folder.ts";
import type { TagRenaming } from "../../corpus/tag-changes/rename-tags.ts";
import { refuseMissingFolders } from "../../learner/corpus/read-into-store.ts";
import { formatPlural } from "../../words/format.ts";
import { addCommonOptions, type OutputOptions } from "../common-options.ts";
import { UsageError } from "../errors.ts";
import type { CommandSurroundings, Surroundings } from "../surroundings.ts";
import { refusalInEnglish } from "./refusal-in-english.ts";

interface RenameOptions extends OutputOptions {
  readonly apply?: true;
  readonly hashtags: boolean;
}

export function addRenameTagCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("rename-tag")
    .description("rename a tag, and those below it, in all documents of a folder")
    .argument("<from>", "the tag as it is called now")
    .argument("<to>", "the tag as it is to be called; none that is in use");
  addRenaming(command, surroundings, false);
}

export function addMergeTagCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("merge-tag")
    .description("let a tag, and those below it, be one with another in all documents of a folder")
    .argument("<from>", "the tag that goes")
    .argument("<into>", "the tag that stays");
  addRenaming(command, surroundings, true);
}

function addRenaming(command: Command, surroundings: CommandSurroundings, isMerge: boolean): void {
  command
    .argument("<folder>", "where the documents lie")
    .option("--apply", "write the changes into the documents")
    .option("--no-hashtags", "leave hashtags in the text alone");
  addCommonOptions(command).action(
    async (from: string, to: string, folder: string, options: RenameOptions) => {
      const terminal = surroundings(options);
      await tellRenaming({ from, to }, canonicalPath(folder), isMerge, options, terminal);
    },
  );
}

async function tellRenaming(
  renaming: TagRenaming,
  folder: string,
  isMerge: boolean,
  { apply, hashtags, json }: RenameOptions,
  { out, warn }: Surroundings,
): Promise<void> {
  await refuseMissingFolders([folder]);
  // The first look tells whether it is what was meant, before anything is written.
  const look = await renameInFolder(folder, renaming, { hasHashtags: hashtags, isWritten: false });
  refuseOtherThanMeant(renaming, look, isMerge, folder);
  const found =
    apply === true
      ? await renameInFolder(folder, renaming, { hasHashtags: hashtags, isWritten: true })
      : look;
  for (const { message, advice } of found.failures) warn(`${message}. ${advice}`);
  if (json) out(JSON.stringify(asJson(found, apply === true)));
  else out(describe(found, apply === true));
}

function refuseOtherThanMeant(
  { from, to }: TagRenaming,
  { isKnown, isTaken }: FolderRenaming,
  isMerge: boolean,
  folder: string,
): void {
  if (!isKnown) throw new UsageError(`No document in ${folder} has the tag '${from}'.`);
  if (isTaken && !isMerge) {
    throw new UsageError(
      `'${to}' is a tag already. To make the two one: idiolect merge-tag '${from}' '${to}' '${folder}'`,
    );
  }
  if (!isTaken && isMerge) {
    throw new UsageError(
      `No document in ${folder} has the tag '${to}'. To rename: idiolect rename-tag '${from}' '${to}' '${folder}'`,
    );
  }
}

function asJson({ documents, refused, failures }: FolderRenaming, isWritten: boolean) {
  return {
    version: 1,
    written: isWritten,
    documents: documents.map(({ path, lines }) => ({ path, lines })),
    refused: refused.map(({ path, ...refusal }) => ({ path, ...refusalInEnglish(refusal) })),
    unread: failures.map(({ path, message, advice }) => ({ path, message, advice })),
  };
}

function describe({ documents, refused }: FolderRenaming, isWritten: boolean): string {
  const changes = documents.map(({ path, lines }) =>
    [
      path,
      ...lines.flatMap(({ line, before, after }) => [
        ...before.map((text, at) => `  ${line + at} - ${text}`),
        ...after.map((text, at) => `  ${line + at} + ${text}`),
      ]),
    ].join("\n"),
  );
  const left = refused.map(({ path, ...refusal }) => {
    const { reason, advice } = refusalInEnglish(refusal);
    return `${path}\n  Not written: ${reason} ${advice}`;
  });
  const counted = formatPlural(documents.length, "document");
  const end = isWritten ? `${counted} changed.` : `${counted} to be changed. Write them with --apply.`;
  return [...changes, ...left, end].join("\n\n");
}
