/*
 * Packs the extension, installs it into a real VS Code, serves that on this machine with the sample blog as
 * its folder, and prints the address. Ends with Ctrl-C; what was learned and changed is gone then.
 *   npm run editor
 */
import { once } from "node:events";
import { join } from "node:path";
import { installHarness } from "../test/editor/harness/install.ts";
import { installExtension, packExtension } from "../test/editor/harness/prepare.ts";
import { createScene, extensionsFolder } from "../test/editor/harness/scene.ts";
import { startServer } from "../test/editor/harness/vscode-server.ts";

installHarness();
installExtension(packExtension());
const scene = createScene();
const server = await startServer({
  dataFolder: scene.dataFolder,
  extensionsFolder,
  environment: scene.environment,
});
const draft = `vscode-remote://127.0.0.1:${server.port}${join(scene.workspace, "draft.md")}`;
const query = new URLSearchParams({
  folder: scene.workspace,
  payload: JSON.stringify([["openFile", draft]]),
});
console.log(`${server.origin}/?${query}\nCtrl-C ends it.`);
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
await server.stop();
scene.remove();
