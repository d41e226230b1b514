import type { Command } from "commander";
import { type ExportedFile, exportToFile } from "../../session/export-file.ts";
import { formatBytes, formatPlural } from "../../words/format.ts";
import { chooseWriter } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions, parsePath } from "../common-options.ts";
import { openSession } from "../open-session.ts";
import type { CommandSurroundings } from "../surroundings.ts";

interface ExportOptions extends CommonOptions<"store" | "writer"> {
  readonly withText?: true;
  readonly force?: true;
}

export function addExportCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("export")
    .description("write all that was learned of a writer to one file, to be imported elsewhere")
    .argument("<file>", "the file to write", parsePath)
    .option(
      "--with-text",
      "with the sentences, titles and tags of the documents, which are left out otherwise",
    )
    .option("--force", "replace a file that is there");
  addCommonOptions(command, "store", "writer").action((file: string, options: ExportOptions) => {
    const terminal = surroundings(options);
    using store = openSession(options, terminal).store;
    const writer = chooseWriter(store, options.writer);
    const withText = options.withText === true;
    const exported = exportToFile(store, writer, { file, withText, overwrite: options.force === true });
    terminal.out(
      options.json
        ? JSON.stringify({ version: 1, writer: writer.name, file, withText, ...exported })
        : describeExported(writer.name, file, withText, exported),
    );
  });
}

function describeExported(writer: string, file: string, withText: boolean, exported: ExportedFile): string {
  const { bytes, lessons, acceptedTags, profileVersions, documents } = exported;
  const parts = [
    formatPlural(profileVersions, "profile version"),
    formatPlural(lessons, "lesson"),
    formatPlural(acceptedTags, "accepted tag"),
    ...(withText ? [formatPlural(documents, "document")] : []),
  ];
  return [
    `What was learned of ${writer} is in ${file} (${formatBytes(bytes)}): ${parts.join(", ")}.`,
    withText
      ? "It holds the text of the documents: keep it as you would keep them."
      : "It holds no sentence of the documents. With --with-text they come along, so that tags are suggested even where nothing can be learned.",
  ].join("\n");
}
