/*
 * Runs the tests of the extension host in a desktop VS Code with the packed extension installed: the program
 * that VSCODE_EXECUTABLE names, else the one that @vscode/test-electron downloads. Where there is neither,
 * it says so and counts the tests as skipped.
 *   npm run test:desktop
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from "@vscode/test-electron";
import { closingLine } from "../test/closing-line-reporter.ts";
import { bundleHostSuite, hostSuiteFolder, hostSuiteModule } from "../test/editor/harness/host-tests.ts";
import { packExtension } from "../test/editor/harness/prepare.ts";
import { createScene } from "../test/editor/harness/scene.ts";
import type { HostTest } from "../test/editor/host-suite/host-report.ts";

const cachePath = resolve(import.meta.dirname, "..", ".cache", "desktop");
const vscodeExecutablePath = process.env["VSCODE_EXECUTABLE"] ?? (await download());
if (vscodeExecutablePath === undefined) {
  console.log(closingLine({ passed: 0, failed: 0, skipped: 1 }));
} else {
  report(await runOn(vscodeExecutablePath));
}

/** Undefined where no VS Code can be downloaded here. */
async function download(): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({ version: "stable", timeout: 15_000, cachePath });
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    console.log(`Skipped: no desktop VS Code. It cannot be downloaded here (${reason}).`);
    console.log("Set VSCODE_EXECUTABLE to the path of one to run these tests with it.");
    return undefined;
  }
}

async function runOn(executable: string): Promise<readonly HostTest[]> {
  const vsix = packExtension();
  await bundleHostSuite();
  const scene = createScene({ learned: true });
  const reportFile = join(scene.dataFolder, "host-report.json");
  const folders = [
    `--extensions-dir=${join(scene.dataFolder, "extensions")}`,
    `--user-data-dir=${join(scene.dataFolder, "user")}`,
  ];
  mkdirSync(scene.dataFolder, { recursive: true });
  try {
    install(executable, vsix, folders);
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: hostSuiteFolder,
      extensionTestsPath: hostSuiteModule,
      extensionTestsEnv: { ...scene.environment, IDIOLECT_HOST_REPORT: reportFile },
      launchArgs: [scene.workspace, "--disable-workspace-trust", ...folders],
    }).catch((failure: unknown) => console.error(failure));
    return JSON.parse(readFileSync(reportFile, "utf8"));
  } finally {
    rmSync(scene.dataFolder, { recursive: true, force: true });
    scene.remove();
  }
}

function install(executable: string, vsix: string, folders: readonly string[]): void {
  const [program = executable, ...words] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const { status } = spawnSync(program, [...words, ...folders, "--install-extension", vsix], {
    stdio: "inherit",
  });
  if (status !== 0) {
    throw new Error(`The desktop VS Code did not install ${vsix}.`);
  }
}

function report(tests: readonly HostTest[]): void {
  const count = (state: HostTest["state"]): number => tests.filter((test) => test.state === state).length;
  for (const { name, error } of tests.filter(({ state }) => state === "failed")) {
    console.error(`${name}\n${error}\n`);
  }
  const failed = tests.length === 0 ? 1 : count("failed");
  console.log(closingLine({ passed: count("passed"), failed, skipped: count("skipped") }));
  process.exitCode = failed === 0 ? 0 : 1;
}
