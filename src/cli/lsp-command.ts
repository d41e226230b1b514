import { type Command, Option } from "commander";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../server/server.ts";
import { parsePath } from "./common-options.ts";

interface LspOptions {
  readonly store?: string;
  readonly model?: string;
}

export function addLspCommand(program: Command): void {
  program
    .command("lsp")
    .description("serve an editor: the Language Server Protocol over standard input and output")
    .option("--store <dir>", "where everything learned is kept, if the editor names no place", parsePath)
    .option("--model <dir>", "directory of a language model, if the editor names none", parsePath)
    // Editors say so by custom; there is no other way to talk.
    .addOption(new Option("--stdio").hideHelp())
    .action(serve);
}

/** Serves until standard input ends; the connection ends the process then. */
function serve({ store, model }: LspOptions): Promise<never> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  startServer(connection, { storePath: store, modelPath: model });
  connection.listen();
  return new Promise(() => undefined);
}
