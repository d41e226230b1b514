import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** An attempt of a process to reach another machine. */
export interface NetworkAttempt {
  readonly what: string;
  readonly host: string;
  /** The program and its words. */
  readonly process: readonly string[];
  readonly stack: string;
}

/** Refuses and writes down what the processes of an editor try to reach beyond this machine. */
export class NetworkWatch {
  /** For the server of the editor; its children get it too. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #log: string;

  /** @param folder an existing one, for the log */
  constructor(folder: string) {
    this.#log = join(folder, "network.log");
    this.environment = {
      NODE_OPTIONS: `--require ${join(import.meta.dirname, "network-guard.cjs")}`,
      IDIOLECT_NETWORK_LOG: this.#log,
    };
  }

  /** What was tried so far, by anybody. */
  attempts(): readonly NetworkAttempt[] {
    const lines = existsSync(this.#log) ? readFileSync(this.#log, "utf8").trim().split("\n") : [];
    return lines.map((line) => JSON.parse(line));
  }

  /** What our own code tried: the language server, the learner, and the extension in its host. */
  ownAttempts(): readonly NetworkAttempt[] {
    return this.attempts().filter(
      ({ process, stack }) =>
        /dist\/(server|learner)\.js/.test(process.join(" ")) || /idiolect\.idiolect-/.test(stack),
    );
  }
}

/** Remote addresses, beyond this machine, of a process' open internet sockets, native code's among them. */
export function foreignConnections(processId: number): readonly string[] {
  const folder = `/proc/${processId}`;
  const sockets = new Set(readdirSync(`${folder}/fd`).flatMap((name) => socketOf(`${folder}/fd/${name}`)));
  return ["tcp", "tcp6", "udp", "udp6"].flatMap((kind) =>
    readFileSync(`${folder}/net/${kind}`, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => sockets.has(fields[9] ?? ""))
      .flatMap((fields) => (isForeign(fields[2] ?? "") ? [`${kind} ${fields[2]}`] : [])),
  );
}

/** A socket's number; empty for another kind of file, and for one that was closed meanwhile. */
function socketOf(descriptor: string): string[] {
  try {
    return [...readlinkSync(descriptor).matchAll(/^socket:\[(\d+)\]$/g)].map(([, inode]) => inode ?? "");
  } catch {
    return [];
  }
}

/** Addresses are hexadecimal in the byte order of the machine: 127.x ends in 7F, `::1` in 01000000. */
function isForeign(remote: string): boolean {
  const [address = ""] = remote.split(":");
  return !/^0+$/.test(address) && !/7F$/.test(address) && !/^0+01000000$/.test(address);
}
