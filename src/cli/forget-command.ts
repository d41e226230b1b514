import type { Command } from "commander";
import { weightCachePath } from "../plm/cache/weight-cache-path.ts";
import { eraseEverything, eraseWriter } from "../session/erase.ts";
import { formatBytes } from "../words/format.ts";
import { addCommonOptions, type CommonOptions } from "./common-options.ts";
import { UsageError } from "./errors.ts";
import { formatTable } from "./format-table.ts";
import { storedInEnglish } from "./report/stored-in-english.ts";
import type { CommandSurroundings } from "./surroundings.ts";

interface ForgetOptions extends CommonOptions<"store" | "writer"> {
  readonly yes?: true;
}

export function addForgetCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("forget")
    .description(
      "erase everything that is kept, unpacked models included, or only what belongs to one writer (--writer)",
    )
    .option("--yes", "erase without asking");
  addCommonOptions(command, "store", "writer").action(async (options: ForgetOptions) => {
    const terminal = surroundings(options);
    if (options.yes !== true) {
      const whose =
        options.writer === undefined
          ? `everything in ${options.store}, and the unpacked models in ${weightCachePath()}`
          : `all of ${options.writer} in ${options.store}`;
      throw new UsageError(`This would erase ${whose}. Add --yes to do it.`);
    }
    const erased = storedInEnglish(
      await (options.writer === undefined
        ? eraseEverything(options.store, weightCachePath())
        : eraseWriter(options.store, options.writer)),
    );
    terminal.out(options.json ? JSON.stringify({ version: 1, erased }) : describeErased(erased));
  });
}

function describeErased(erased: ReturnType<typeof storedInEnglish>): string {
  if (erased.length === 0) {
    return "There was nothing to erase.";
  }
  const rows = erased.map(({ what, where, bytes }) => [what, formatBytes(bytes), where]);
  return `Erased:\n${formatTable(rows)}`;
}
