/*
 * Runs under Windows' own Node: an editor that starts the language server, hovers, teaches, forgets everything with
 * the terminal while the server is running, and writes what it saw into a file.
 *   node.exe windows-editor.ts <cli.js> <folder> <draft> <model> <store> <results.json>
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { requests } from "../../src/protocol/requests.ts";
import { LanguageServer } from "./language-server.ts";

const [program = "", folder = "", draft = "", model = "", store = "", results = ""] = process.argv.slice(2);
const places = ["--store", store, "--model", model];
const node = [process.execPath, "--disable-warning=ExperimentalWarning", program];
const uri = pathToFileURL(draft).href;
const text = readFileSync(draft, "utf8");

/** As VS Code writes addresses: the drive's letter small, its colon as a number. */
const asVsCode = (address: string): string =>
  address.replace(/^file:\/\/\/([A-Z]):/, (_, drive: string) => `file:///${drive.toLowerCase()}%3A`);

const server = await LanguageServer.start({
  command: [...node, "lsp", "--stdio", ...places],
  cwd: process.cwd(),
  env: process.env,
  folderUri: asVsCode(pathToFileURL(folder).href),
});
const { client } = server;
const status = () => client.sendRequest(requests.status.method, {});
const [before, hover] = [await status(), await server.hover(asVsCode(uri), text)];
const taught = await server.teach(asVsCode(uri), text);
const taughtHover = await server.hover(asVsCode(uri), text);
const [command = "", ...words] = [...node, "forget", "--yes", "--store", store, "--json"];
const forgotten = spawnSync(command, words, { encoding: "utf8" });
const after = await status();
await server.close();
const { status: code, stdout, stderr } = forgotten;
writeFileSync(results, JSON.stringify({ before, hover, taught, taughtHover, code, stdout, stderr, after }));
