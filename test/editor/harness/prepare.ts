import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromiumPath } from "./browser.ts";
import { bundleHostSuite } from "./host-tests.ts";
import { installHarness } from "./install.ts";
import { extensionsFolder } from "./scene.ts";
import { installVsix } from "./vscode-server.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Makes everything that the tests in the editor share. Does nothing where there is no browser for them. */
export async function setup(): Promise<void> {
  if (chromiumPath() === undefined) {
    return;
  }
  installHarness();
  installExtension(packExtension());
  await bundleHostSuite();
}

const thisMachine = `${process.platform}-${process.arch}`;

/**
 * Packs the extension as users of this kind of machine get it; gives the path of the VSIX. Another folder than `build`
 * leaves alone what others use of it meanwhile.
 */
export function packExtension(target = thisMachine, out = join(root, "build")): string {
  const program = [join(root, "scripts", "package.ts"), target, "--json", "--out", out];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`The extension was not packed:\n${stdout}${stderr}`);
  }
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "").file;
}

/** Installs the VSIX into the folder of extensions that the tests share. */
export function installExtension(vsix: string): void {
  rmSync(extensionsFolder, { recursive: true, force: true });
  mkdirSync(extensionsFolder, { recursive: true });
  installVsix(vsix, { dataFolder: join(extensionsFolder, "..", "installing"), extensionsFolder });
}
