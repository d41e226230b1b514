import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** One system call of a watched process, as strace wrote it. */
export interface SystemCall {
  /** The program and its arguments, as the process was last told by `execve`. */
  readonly process: string;
  readonly name: string;
  readonly args: string;
  /** What it gave back, such as `3</dev/null>` or `-1 ENOENT (No such file or directory)`. */
  readonly result: string;
}

/** strace, and the calls that touch networks, files and the family of processes. */
const strace = ["strace", "-f", "-ff", "-y", "-s", "4096", "--seccomp-bpf"];
const watched = "trace=%network,%file,%process,fchmod,ftruncate";

/** A folder that strace writes into, a file for each thread. */
export class Watch implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "idiolect-strace-"));

  /** The words before a command that let it run, and all that it starts, watched. */
  get prefix(): readonly string[] {
    return [...strace, "-e", watched, "-o", join(this.#folder, "t")];
  }

  /** The same with strace beside the command instead of before it: signals to the process reach the command. */
  get prefixInBackground(): readonly string[] {
    const [program = "", ...words] = this.prefix;
    return [program, "-D", ...words];
  }

  /** All calls that the processes have made until now, each process's in order. */
  calls(): readonly SystemCall[] {
    const lines = new Map(
      readdirSync(this.#folder).map((file) => [
        Number(file.slice(2)),
        readFileSync(join(this.#folder, file), "utf8").split("\n").flatMap(parsed),
      ]),
    );
    const programs = new Map<number, string>();
    const parents = parentsOf(lines);
    const programOf = (id: number): string => {
      const own = programs.get(id) ?? [...(lines.get(id) ?? [])].reverse().find(isStarted)?.args;
      const parent = parents.get(id);
      const program = own ?? (parent === undefined ? "" : programOf(parent));
      programs.set(id, program);
      return program;
    };
    return [...lines].flatMap(([id, calls]) => calls.map((call) => ({ process: programOf(id), ...call })));
  }

  [Symbol.dispose](): void {
    // Processes that are ending are still written about.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** What somebody types to a command, who ends it once its output has `until`. */
export interface Typed {
  readonly text: string;
  readonly until?: string;
}

/** Runs a command watched, gives it what is typed, if anything, and answers with its exit code and output. */
export async function runWatched(
  watch: Watch,
  command: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string; readonly before?: readonly string[] },
  { text, until = "" }: Typed = { text: "" },
): Promise<{ readonly code: number | null; readonly output: string }> {
  const [program = "", ...words] = [...(options.before ?? []), ...watch.prefix, ...command];
  const child = spawn(program, words, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  const output: string[] = [];
  const endIfTold = () => {
    if (output.join("").includes(until)) child.stdin.end();
  };
  const hear = (data: unknown) => {
    output.push(String(data));
    endIfTold();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  child.stdin.write(text);
  endIfTold();
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: output.join("") };
}

/** Every socket that is not between processes of this machine, every name that is looked up, as strace wrote it. */
export function networkCalls(calls: readonly SystemCall[]): readonly string[] {
  const outward = /^(?:socket|connect|bind|sendto|sendmsg|sendmmsg|listen|accept4?)$/;
  return calls
    .filter(({ name, args }) => outward.test(name) && !isBetweenProcesses(name, args))
    .map(({ name, args }) => `${name}(${args.slice(0, 200)})`);
}

/** Pairs of sockets are made by `socketpair`; what goes through them, or through a descriptor of one, stays here. */
function isBetweenProcesses(name: string, args: string): boolean {
  return (
    name !== "socket" && /^\d+<(?:UNIX|socket|TTY|pipe):/.test(args) && !/sin6?_addr|sun_path/.test(args)
  );
}

/** Calls that make, change or remove a file, with the arguments (by number) that name it. */
const writingCalls: Readonly<Record<string, readonly number[]>> = {
  creat: [0],
  mkdir: [0],
  rmdir: [0],
  unlink: [0],
  truncate: [0],
  chmod: [0],
  chown: [0],
  lchown: [0],
  mknod: [0],
  utime: [0],
  utimes: [0],
  setxattr: [0],
  lsetxattr: [0],
  ftruncate: [0],
  fchmod: [0],
  rename: [0, 1],
  link: [1],
  symlink: [1],
  mkdirat: [1],
  unlinkat: [1],
  mknodat: [1],
  fchmodat: [1],
  fchmodat2: [1],
  fchownat: [1],
  utimensat: [1],
  futimesat: [1],
  linkat: [3],
  symlinkat: [2],
  renameat: [1, 3],
  renameat2: [1, 3],
};

/**
 * Every path that was made, changed or removed by a call that succeeded, once.
 *
 * @param cwd the folder that the processes were started in
 */
export function writtenPaths(calls: readonly SystemCall[], cwd: string): readonly string[] {
  return distinct(calls.flatMap(writtenBy).map((path) => resolve(cwd, path)));
}

/** Every path that was opened, once. */
export function openedPaths(calls: readonly SystemCall[]): readonly string[] {
  return distinct(calls.filter(isOpened).map(openedPath));
}

/** Those of the paths that lie neither in one of the places nor in a device that takes whatever comes. */
export function outside(paths: readonly string[], places: readonly string[]): readonly string[] {
  return paths
    .filter((path) => !/^\/dev\/(?:null|tty|pts)|^\/proc\/self\//.test(path))
    .filter((path) => !places.some((place) => path === place || path.startsWith(`${place}/`)));
}

function writtenBy(call: SystemCall): readonly string[] {
  if (call.result.startsWith("-1")) {
    return [];
  }
  if (isOpened(call)) {
    return /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(call.args) ? [openedPath(call)] : [];
  }
  const places = writingCalls[call.name] ?? [];
  const words = argumentsOf(call.args);
  return places.map((place) => pathOf(words[place] ?? "", call.name.includes("at") ? words[place - 1] : ""));
}

const isOpened = ({ name, result }: SystemCall): boolean =>
  /^open(?:at2?)?$/.test(name) && !result.startsWith("-1");

/** `-y` writes the path of a descriptor behind its number. */
const openedPath = ({ result }: SystemCall): string => /^\d+<(.*)>$/.exec(result)?.[1] ?? result;

const isStarted = ({ name, result }: { name: string; result: string }): boolean =>
  name === "execve" && result === "0";

/** A path from an argument such as `"name"` or `3</home/ann/file>`, relative to a folder such as `AT_FDCWD</home>`. */
function pathOf(argument: string, folder: string | undefined): string {
  const text = /^"((?:[^"\\]|\\.)*)"/.exec(argument)?.[1];
  const base = /<(.*)>/.exec(folder ?? "")?.[1] ?? "";
  return text === undefined
    ? (/<(.*)>/.exec(argument)?.[1] ?? argument)
    : join(isAbsolute(text) ? "" : base, text);
}

/** The arguments of a call, parted at commas outside of quotation marks, brackets and paths of descriptors. */
function argumentsOf(args: string): readonly string[] {
  return (args.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|\{[^}]*\}|\[[^\]]*\]|[^,])+/g) ?? []).map((word) =>
    word.trim(),
  );
}

/** `name(args) = result`; lines about signals and exits say nothing here. */
function parsed(line: string): readonly { name: string; args: string; result: string }[] {
  const [, name, args, result] = /^(\w+)\((.*)\)\s+= (.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [{ name, args: args!, result: result! }];
}

/** Which process or thread started which. */
function parentsOf(
  lines: ReadonlyMap<number, readonly { name: string; result: string }[]>,
): ReadonlyMap<number, number> {
  return new Map(
    [...lines].flatMap(([id, calls]) =>
      calls
        .filter(({ name }) => /^(?:clone3?|v?fork)$/.test(name))
        .map(({ result }) => [Number.parseInt(result, 10), id] as const),
    ),
  );
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
