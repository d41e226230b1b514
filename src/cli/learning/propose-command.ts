import type { Command } from "commander";
import { canonicalPath } from "../../corpus/files/canonical-path.ts";
import { refuseMissingFolders } from "../../learner/corpus/read-into-store.ts";
import { proposeInProcess } from "../../learner/learner-process.ts";
import type { ProposedFolder } from "../../protocol/learner.ts";
import { describeCounts } from "../../words/describe-counts.ts";
import { describeLanguages, describeWhatIsLearned } from "../../words/describe-languages.ts";
import { addCommonOptions, type OutputOptions } from "../common-options.ts";
import { CancelledError } from "../errors.ts";
import { languagesHelp, parseLanguages } from "../parse-languages.ts";
import type { CommandSurroundings } from "../surroundings.ts";
import { describeAuthors } from "./describe-authorship.ts";

interface ProposeOptions extends OutputOptions {
  readonly languages?: readonly string[];
}

export function addProposeCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("propose")
    .description("look which folders hold a writer's texts, and keep nothing of it")
    .argument("<folder...>", "folders to look in")
    .option("--languages <list>", languagesHelp, parseLanguages);
  addCommonOptions(command).action(async (folders: readonly string[], options: ProposeOptions) => {
    const terminal = surroundings(options);
    const paths = folders.map((folder) => canonicalPath(folder));
    await refuseMissingFolders(paths);
    terminal.note("Looking for texts… Ctrl-C stops.");
    const proposals = await propose(paths, options);
    if (options.json) {
      terminal.out(JSON.stringify({ version: 1, proposals }));
      return;
    }
    terminal.out(proposals.length === 0 ? noProse : proposals.map(describeProposal).join("\n\n"));
    if (proposals.length > 0) terminal.note("\nNext: idiolect learn <folder>");
  });
}

const noProse =
  "No prose was found: no folder has three texts of some length, or one as long as a book. idiolect learn reads any folder that you name.";

/** Ctrl-C ends the process that looks; nothing was written by then, and nothing is. */
async function propose(
  folders: readonly string[],
  { languages }: ProposeOptions,
): Promise<readonly ProposedFolder[]> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    const corpus = languages && { languages: [...languages] };
    return await proposeInProcess(folders, false, corpus, stopping.signal);
  } catch (cause) {
    throw stopping.signal.aborted ? new CancelledError("Stopped looking; nothing was kept.") : cause;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

function describeProposal(proposal: ProposedFolder): string {
  const { folder, authors, languages, isEstimate } = proposal;
  const [told, learned, by] = [
    describeLanguages(languages),
    describeWhatIsLearned(languages),
    describeAuthors(authors),
  ];
  return [
    folder,
    `  ${isEstimate ? "about " : ""}${describeCounts(proposal)}`,
    ...(told === undefined ? [] : [`  in ${told}${learned === undefined ? "" : ` (${learned})`}`]),
    ...(by === undefined ? [] : [`  ${by}`]),
  ].join("\n");
}
