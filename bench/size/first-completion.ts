import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { CompletionList } from "vscode-languageserver/node";
import { packageRoot } from "../../src/session/package-root.ts";
import { ServerClient } from "../editor/server-client.ts";

/** What the editor's server has cost, from its start on. */
export interface ServerCost {
  /** Processor time of all of its threads. */
  readonly seconds: number;
  /** Largest proportional set size: memory shared with other processes counts by its part. */
  readonly peakBytes: number;
  /** Largest resident set: what is shared counts as a whole, the program's and the weights' files among it. */
  readonly residentBytes: number;
}

const head = "---\ntitle: A draft\ntags: [";
/** So often the editor is taken to ask again. */
const askedEveryMs = 50;
const ranked = /%$/;
const longestMs = 120_000;
/** Linux counts in these, whatever the machine. */
const ticksPerSecond = 100;
const [userTicks, systemTicks] = [11, 12];

/**
 * Starts the built server as an editor does, with a store and a folder for caches, opens a draft, and asks for
 * tags within its front matter until they come in the model's order.
 */
export async function measureFirstCompletion(
  storePath: string,
  cacheFolder: string,
  path: string,
  body: string,
): Promise<ServerCost> {
  const client = await ServerClient.start(packageRoot(), storePath, {
    // So that it is profiled where the stage is.
    execArgv: process.execArgv.filter((argument) => argument.startsWith("--cpu-prof")),
    env: { XDG_CACHE_HOME: cacheFolder },
  });
  try {
    const uri = pathToFileURL(path).href;
    await client.openDocument(uri, `${head}]\n---\n\n# ${body}`);
    const position = { line: 2, character: head.split("\n")[2]!.length };
    for (let waited = 0; waited < longestMs; waited += askedEveryMs) {
      const asked = { textDocument: { uri }, position };
      const list: CompletionList = await client.connection.sendRequest("textDocument/completion", asked);
      if (list.items.some(({ detail = "" }) => ranked.test(detail))) return costOf(client.process.pid!);
      await wait(askedEveryMs);
    }
    throw new Error("The server has ranked no tags.");
  } finally {
    await client.stop();
  }
}

/** As the kernel of Linux counts it. */
function costOf(processId: number): ServerCost {
  const from = (name: string) => readFileSync(join("/proc", `${processId}`, name), "utf8");
  // The second field is the name of the program, in brackets, and may hold anything.
  const fields = from("stat").split(") ").at(-1)!.split(" ").map(Number);
  const kibibytesOf = (name: string, file: string) => {
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(from(file))![1]);
  };
  // Of what was resident at the peak and is not any more all was its own.
  const gone = kibibytesOf("VmHWM", "status") - kibibytesOf("VmRSS", "status");
  return {
    seconds: (fields[userTicks]! + fields[systemTicks]!) / ticksPerSecond,
    peakBytes: 1024 * (kibibytesOf("Pss", "smaps_rollup") + gone),
    residentBytes: 1024 * kibibytesOf("VmHWM", "status"),
  };
}
