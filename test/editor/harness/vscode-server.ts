import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { quietSettings } from "./editor-settings.ts";
import { newestCode, type ServedCode } from "./install.ts";
import { isRunning, processTree } from "./processes.ts";

const programOf = ({ folder }: ServedCode): string => join(folder, "out", "server-main.js");
const ownNode = resolve(import.meta.dirname, "../../../node_modules/node/bin/node");

/** The served VS Code needs Node 24, which the checkout brings along. */
const node = existsSync(ownNode) ? ownNode : process.execPath;

const startLimitMs = 30_000;
const stopLimitMs = 5000;

export interface ServerOptions {
  /** Settings, logs and what windows remember; a new or an earlier one. */
  readonly dataFolder: string;
  /** Where extensions are installed. */
  readonly extensionsFolder: string;
  /** In addition to the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host and what it starts. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Absent: the newest. */
  readonly code?: ServedCode;
  /** Lets the page run the tests of an extension. */
  readonly runsTests?: boolean;
  /** Words before the program, such as a command that shuts it off from the network. */
  readonly wrapper?: readonly string[];
}

type Folders = Pick<ServerOptions, "dataFolder" | "extensionsFolder">;

/** A VS Code that is served on this machine only. */
export interface EditorServer {
  readonly origin: string;
  readonly port: number;
  readonly processId: number;
  readonly dataFolder: string;
  readonly stop: () => Promise<void>;
}

/** Installs a VSIX as `Install from VSIX...` does. Throws with what VS Code says where it refuses. */
export function installVsix(vsix: string, folders: Folders, code = newestCode): void {
  const { status, stdout, stderr } = spawnSync(
    node,
    [programOf(code), "--install-extension", vsix, ...folderArguments(folders)],
    { encoding: "utf8" },
  );
  if (status !== 0 || !/successfully installed/.test(stdout)) {
    throw new Error(`VS Code did not install ${vsix}:\n${stdout}${stderr}`);
  }
}

/** Resolves once the server answers. */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const { dataFolder, runsTests = false, wrapper = [], code = newestCode } = options;
  writeSettings(dataFolder, options.settings ?? {});
  const port = await freePort();
  const logFile = join(dataFolder, "server.log");
  const log = openSync(logFile, "w");
  const [command, ...words] = [
    ...wrapper,
    node,
    programOf(code),
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
    ...["--telemetry-level", "off", "--builtin-extensions-dir", code.builtIn],
    ...folderArguments(options),
    ...(runsTests ? ["--enable-smoke-test-driver"] : []),
  ];
  const child = spawn(command ?? node, words, {
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", log, log],
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const origin = `http://127.0.0.1:${port}`;
  await answered(origin, child, logFile);
  return {
    origin,
    port,
    processId: child.pid ?? 0,
    dataFolder,
    stop: async () => {
      await stop(child);
      process.off("exit", kill);
    },
  };
}

function folderArguments({ dataFolder, extensionsFolder }: Folders): string[] {
  return [
    ...["--server-data-dir", dataFolder, "--user-data-dir", dataFolder],
    ...["--extensions-dir", extensionsFolder, "--accept-server-license-terms"],
  ];
}

/**
 * The quiet settings and these as the user's, and as the machine's, where the editor looks for what only a machine may
 * decide. An editor that runs follows them.
 */
export function writeSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): void {
  const text = JSON.stringify({ ...quietSettings, ...settings }, undefined, 2);
  for (const folder of ["User", "Machine"]) {
    mkdirSync(join(dataFolder, folder), { recursive: true });
    writeFileSync(join(dataFolder, folder, "settings.json"), text);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Asks until the server answers; throws with the end of its log where it ends before, or takes too long. */
async function answered(origin: string, child: ChildProcess, logFile: string): Promise<void> {
  const limit = AbortSignal.timeout(startLimitMs);
  while (child.exitCode === null && child.signalCode === null && !limit.aborted) {
    const response = await fetch(`${origin}/version`, { signal: limit }).catch(() => undefined);
    if (response?.ok === true) {
      return;
    }
    await delay(50);
  }
  child.kill("SIGKILL");
  throw new Error(`The served VS Code did not start:\n${readFileSync(logFile, "utf8").slice(-2000)}`);
}

/**
 * SIGTERM takes the extension host along; SIGKILL where that does not help. What the editor had started (a host that is
 * traced may stay behind) has some time to end by itself.
 */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const started = child.pid === undefined ? [] : processTree(child.pid);
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const last = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
  await gone;
  clearTimeout(last);
  const limit = AbortSignal.timeout(stopLimitMs);
  while (started.some(isRunning) && !limit.aborted) {
    await delay(50);
  }
  started.filter(isRunning).forEach(killQuietly);
}

/** One that has ended meanwhile is gone all the same. */
function killQuietly(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {}
}
