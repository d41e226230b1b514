import { type Command, Option } from "commander";
import { choiceOfProfiles, importExport, type ReadExport, readExport } from "../../session/export-file.ts";
import { placesOf } from "../../session/places.ts";
import type { Imported, ProfileChoice } from "../../store/exchange/import-writer.ts";
import { openStore } from "../../store/open-store.ts";
import type { Store } from "../../store/store.ts";
import { formatMinuteHere, formatPlural } from "../../words/format.ts";
import { addCommonOptions, type CommonOptions, parsePath } from "../common-options.ts";
import { UsageError } from "../errors.ts";
import type { CommandSurroundings, Surroundings } from "../surroundings.ts";

interface ImportOptions extends CommonOptions<"store" | "model"> {
  readonly profile?: ProfileChoice;
}

export function addImportCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("import")
    .description("take in what 'idiolect export' has written, here or on another machine")
    .argument("<file>", "the file to read", parsePath)
    .addOption(
      new Option(
        "--profile <which>",
        "which profile is used where the same writer was learned here, too: the one here, or the one in the file",
      ).choices(["here", "file"]),
    );
  addCommonOptions(command, "store", "model").action(async (file: string, options: ImportOptions) => {
    const terminal = surroundings(options);
    const { modelPath } = placesOf({ modelPath: options.model });
    const read = await readExport(file, modelPath);
    using store = openStore(options.store);
    const profile = options.profile ?? (await askForProfile(store, read, terminal, options.json === true));
    const imported = await importExport(store, read, profile);
    terminal.out(
      options.json ? JSON.stringify({ version: 1, file, ...imported }) : describeImported(imported),
    );
  });
}

/** Asks where somebody can answer. Throws UsageError where nobody can; undefined where there is nothing to choose. */
async function askForProfile(
  store: Store,
  read: ReadExport,
  { hasTerminal, askedLines, note }: Surroundings,
  isForPrograms: boolean,
): Promise<ProfileChoice | undefined> {
  const choice = choiceOfProfiles(store, read);
  if (choice === undefined) return undefined;
  const { name } = read.archive.manifest.writer;
  const question =
    `${name} was learned here (${formatMinuteHere(choice.here.createdMs)}) and where the file was made ` +
    `(${formatMinuteHere(choice.file.createdMs)}). Lessons of both are kept.`;
  if (!hasTerminal || isForPrograms) {
    throw new UsageError(`${question} Say which profile is to be used: --profile here, or --profile file.`);
  }
  note(`${question} Which profile is to be used? 'here' or 'file':`);
  for await (const line of askedLines()) {
    const answer = line.trim().toLowerCase();
    if (answer === "here" || answer === "file") return answer;
    note("'here' or 'file':");
  }
  throw new UsageError("Nothing was imported, as no profile was chosen.");
}

function describeImported(imported: Imported): string {
  const { writer, isNew, lessons, acceptedTags, profileVersions, documents, profileInUse } = imported;
  const parts = [
    formatPlural(profileVersions, "profile version"),
    formatPlural(lessons.added + lessons.completed, "lesson"),
    formatPlural(acceptedTags, "accepted tag"),
    formatPlural(documents, "document"),
  ];
  const profile = {
    here: "The profile that was here is used as before; the other one is in 'idiolect profile list'.",
    file: "The profile of the file is used from now on.",
    none: "There is no profile yet: learn with 'idiolect learn <folder>'.",
  }[profileInUse ?? "none"];
  return [
    `New of ${writer}${isNew ? ", who was not known here" : ""}: ${parts.join(", ")}.`,
    ...(lessons.known === 0 ? [] : [`${formatPlural(lessons.known, "lesson")} known already.`]),
    ...(lessons.takenBack === 0
      ? []
      : [`${formatPlural(lessons.takenBack, "lesson")} left out: taken back here or there.`]),
    profile,
  ].join("\n");
}
