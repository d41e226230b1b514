import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { HostTest } from "../host-suite/host-report.ts";
import { launchBrowser } from "./browser.ts";
import type { EditorServer } from "./vscode-server.ts";

const root = resolve(import.meta.dirname, "../../..");
const suite = join(root, "test", "editor", "host-suite");

/** Where the bundled test extension lies. */
export const hostSuiteFolder = join(root, "build", "host-suite");

/** The module of the bundled test extension that VS Code runs. */
export const hostSuiteModule = join(hostSuiteFolder, "index.cjs");

const limitMs = 180_000;

/** Bundles the tests for the extension host into an extension of their own. */
export async function bundleHostSuite(): Promise<void> {
  mkdirSync(hostSuiteFolder, { recursive: true });
  cpSync(join(suite, "package.json"), join(hostSuiteFolder, "package.json"));
  await build({
    entryPoints: [join(suite, "index.ts")],
    outfile: hostSuiteModule,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
}

/**
 * Runs the tests inside the extension host of a served window. The server has to be started with `runsTests`
 * and with the report's path in IDIOLECT_HOST_REPORT. Throws where the host died before it wrote the report.
 */
export async function runHostTests(
  server: EditorServer,
  folder: string,
  report: string,
): Promise<readonly HostTest[]> {
  const browser = await launchBrowser();
  const said: string[] = [];
  try {
    const page = await browser.newPage();
    const ended = Promise.withResolvers<void>();
    // The page calls these; they have to be there before it loads.
    await page.exposeFunction("codeAutomationLog", (_kind: string, words: readonly unknown[]) => {
      said.push(words.map(String).join(" "));
    });
    await page.exposeFunction("codeAutomationExit", () => ended.resolve());
    page.on("crash", () => ended.reject(new Error("The page crashed.")));
    const limit = setTimeout(() => ended.reject(new Error("The tests took too long.")), limitMs);
    await page.goto(hostTestAddress(server, folder, hostSuiteFolder), { timeout: limitMs });
    await ended.promise.finally(() => clearTimeout(limit));
  } catch (cause) {
    throw new Error(`The tests inside the extension host did not end:\n${said.slice(-20).join("\n")}`, {
      cause,
    });
  } finally {
    await browser.close();
  }
  if (!existsSync(report)) {
    throw new Error(`The extension host died before the tests ended:\n${said.slice(-20).join("\n")}`);
  }
  return JSON.parse(readFileSync(report, "utf8"));
}

/** The address of a window that runs `index.cjs` of a test extension inside its extension host. */
export function hostTestAddress({ origin, port }: EditorServer, folder: string, extension: string): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(join(extension, "index.cjs"))],
  ];
  return `${origin}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) })}`;
}
