import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./server.ts";

/*
 * The server process. The language client forks it and talks over IPC; `--stdio` serves other editors.
 * It ends with its parent: the channel closes, and where there is none the connection watches the parent.
 */

process.on("disconnect", () => process.exit(0));

const connection = createConnection(ProposedFeatures.all);

/** What nobody awaited must not end the server. Messages may quote a document, so only the place is logged. */
function logFault(cause: unknown): void {
  const place = cause instanceof Error ? cause.stack?.split("\n").find((line) => /^\s+at /.test(line)) : "";
  const name = cause instanceof Error ? cause.name : typeof cause;
  connection.console.error(`Unexpected ${name}${place ?? ""}`);
}

process.on("uncaughtException", logFault);
process.on("unhandledRejection", logFault);
startServer(connection);
connection.listen();
