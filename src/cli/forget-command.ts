import type { Command } from "commander";
import { forgetEverything, forgetWriter } from "../store/forget.ts";
import type { StoredItem } from "../store/inventory.ts";
import { addCommonOptions, type CommonOptions } from "./common-options.ts";
import { UsageError } from "./errors.ts";
import { formatBytes, formatTable } from "./format.ts";
import { openStoreAloud } from "./reading-session.ts";
import type { CommandSurroundings } from "./surroundings.ts";

interface ForgetOptions extends CommonOptions<"store" | "writer"> {
  readonly yes?: true;
}

export function addForgetCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("forget")
    .description("erase everything learned, or what belongs to one writer (--writer)")
    .option("--yes", "erase without asking");
  addCommonOptions(command, "store", "writer").action((options: ForgetOptions) => {
    const terminal = surroundings(options);
    if (options.yes !== true) {
      const whose = options.writer === undefined ? "everything that was learned" : `all of ${options.writer}`;
      throw new UsageError(`This would erase ${whose} in ${options.store}. Add --yes to do it.`);
    }
    using store = openStoreAloud(options.store, terminal);
    const erased =
      options.writer === undefined ? forgetEverything(store) : forgetWriter(store, options.writer);
    terminal.out(options.json ? JSON.stringify({ version: 1, erased }) : describeErased(erased));
  });
}

function describeErased(erased: readonly StoredItem[]): string {
  if (erased.length === 0) {
    return "There was nothing to erase.";
  }
  const rows = erased.map(({ what, where, bytes }) => [what, formatBytes(bytes), where]);
  return `Erased:\n${formatTable(rows)}`;
}
