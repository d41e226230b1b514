import type { Command } from "commander";
import { commandLine } from "../../src/cli/command-line.ts";
import { processSurroundings } from "../../src/cli/surroundings.ts";
import { labProgram } from "../../src/lab/lab-program.ts";

/** A command as it is called, such as `profile rollback [version]`, and what the program knows of it. */
export interface CalledCommand {
  readonly usage: string;
  readonly command: Command;
}

/** All that the program can do, in its own order. The lab stands among its commands as one, and says itself what it has. */
export function allCommands(): readonly CalledCommand[] {
  return leavesOf(commandLine(processSurroundings)).flatMap((leaf) =>
    leaf.usage === "lab" ? leavesOf(labProgram(processSurroundings), ["lab"]) : [leaf],
  );
}

function leavesOf(command: Command, path: readonly string[] = []): readonly CalledCommand[] {
  return command.commands.flatMap((one) => {
    const words = [...path, one.name()];
    if (one.commands.length > 0) return leavesOf(one, words);
    const places = one.registeredArguments.map((argument) => {
      const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
      return argument.required ? `<${name}>` : `[${name}]`;
    });
    return [{ usage: [...words, ...places].join(" "), command: one }];
  });
}
