import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { launchBrowser } from "../../test/editor/harness/browser.ts";
import { hostTestAddress } from "../../test/editor/harness/host-tests.ts";
import { createScene, extensionsFolder } from "../../test/editor/harness/scene.ts";
import { startServer } from "../../test/editor/harness/vscode-server.ts";
import { Workbench } from "../../test/editor/harness/workbench.ts";
import type { HostFigures } from "./host-figures.ts";

const root = resolve(import.meta.dirname, "../..");
const hostFolder = join(root, "build", "host-bench");
const limitMs = 600_000;

/**
 * Times hovers and completions in a real editor, in turns with learning off and on. The extension host asks
 * by files, this side starts, pauses and resumes learning by clicks.
 *
 * @param blog posts to learn; they become the folder of the window
 */
export async function measureInEditor(blog: string): Promise<HostFigures> {
  await bundle();
  const talk = mkdtempSync(join(tmpdir(), "idiolect-bench-"));
  const scene = createScene();
  cpSync(blog, scene.workspace, { recursive: true });
  const server = await startServer({
    dataFolder: scene.dataFolder,
    extensionsFolder,
    environment: { ...scene.environment, IDIOLECT_BENCH: talk },
    runsTests: true,
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const failed = Promise.withResolvers<never>();
    const log: string[] = [];
    await page.exposeFunction("codeAutomationLog", (_: string, parts: readonly unknown[]) => {
      log.push(parts.map(String).join(" "));
    });
    await page.exposeFunction("codeAutomationExit", (code: number) => {
      if (code !== 0) {
        const said = log.filter((line) => /error/i.test(line)).slice(-5);
        failed.reject(new Error(`Measuring inside the extension host failed:\n${said.join("\n")}`));
      }
    });
    const workbench = await Workbench.load(page, hostTestAddress(server, scene.workspace, hostFolder));
    return await Promise.race([follow(workbench, talk), failed.promise]);
  } finally {
    await browser.close();
    await server.stop();
    scene.remove();
    rmSync(talk, { recursive: true, force: true });
  }
}

/** Does what the files of the other side ask for, until the figures are there. */
async function follow(workbench: Workbench, talk: string): Promise<HostFigures> {
  const limit = AbortSignal.timeout(limitMs);
  const watcher = watch(talk, { signal: limit });
  for (let round = 0; !existsSync(join(talk, "figures.json")); ) {
    const wants = (what: string): boolean =>
      existsSync(join(talk, `want-${what}-${round}`)) && !existsSync(join(talk, `is-${what}-${round}`));
    if (wants("on")) {
      await (round === 0 ? start(workbench) : workbench.command("Idiolect: Resume Learning"));
      await workbench.statusItem(/\d %,/).waitFor();
      writeFileSync(join(talk, `is-on-${round}`), "");
    } else if (wants("off")) {
      await workbench.command("Idiolect: Pause Learning");
      await workbench.statusItem("paused").waitFor();
      writeFileSync(join(talk, `is-off-${round}`), "");
      round += 1;
    } else {
      await once(watcher, "change", { signal: limit });
    }
  }
  watcher.close();
  return JSON.parse(readFileSync(join(talk, "figures.json"), "utf8"));
}

async function start(workbench: Workbench): Promise<void> {
  await workbench.command("Idiolect: Learn From My Documents");
  await workbench
    .picks(/documents/)
    .first()
    .waitFor();
  await workbench.acceptPicks();
}

async function bundle(): Promise<void> {
  mkdirSync(hostFolder, { recursive: true });
  cpSync(join(root, "test", "editor", "host-suite", "package.json"), join(hostFolder, "package.json"));
  await build({
    entryPoints: [join(import.meta.dirname, "in-host", "index.ts")],
    outfile: join(hostFolder, "index.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode"],
    logLevel: "warning",
  });
}
