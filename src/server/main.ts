import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./server.ts";

/*
 * The server process. The language client forks it and talks over IPC; `--stdio` serves other editors.
 * It ends with its parent: the connection watches over that.
 */

process.on("disconnect", () => process.exit(0));

const connection = createConnection(ProposedFeatures.all);
startServer(connection);
connection.listen();
