import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { requests } from "../../src/protocol/requests.ts";
import { watchMemory } from "../process-memory.ts";
import { ServerClient } from "./server-client.ts";
import { type LongSlice, readSlices, sliceLogOptions } from "./slice-log.ts";

/** Posts that are read, the last ones by name. */
const postsRead = 12;
const hoversPerPost = 5;

/** What a server costs and how long it is deaf while it reads posts of a writer whom it knows. */
export interface ReadingCost {
  readonly posts: number;
  /** Largest proportional set size; undefined where the system does not tell. */
  readonly bytes: number | undefined;
  /** Slices of work from one pause for messages to the next, in milliseconds. */
  readonly slices: { readonly count: number; readonly p99Ms: number };
  /** Longest time in which the process could hear nobody, in milliseconds; opening the model is part of it. */
  readonly longestStallMs: number;
  /** The longest slices by what they were busy with, longest first. */
  readonly longest: readonly LongSlice[];
}

/** Reads, hovers over and suggests tags for posts with a fresh server of the installed extension. */
export async function measureReading(extension: string, store: string, blog: string): Promise<ReadingCost> {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-slices-"));
  const log = join(folder, "slices");
  const client = await ServerClient.start(extension, store, sliceLogOptions(log));
  const memory = watchMemory(client.process.pid);
  try {
    const posts = await readPosts(client, blog);
    const { slices, longestSliceMs } = await client.ask(requests.figures, {});
    const bytes = memory.stop();
    await client.stop();
    return { posts, bytes, slices, longestStallMs: longestSliceMs, longest: readSlices(log) };
  } finally {
    memory.stop();
    client.process.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readPosts(client: ServerClient, blog: string): Promise<number> {
  const names = readdirSync(blog, { recursive: true, encoding: "utf8" })
    .filter((name) => [".md", ".markdown"].includes(extname(name)))
    .sort()
    .slice(-postsRead);
  for (const name of names) {
    const uri = pathToFileURL(join(blog, name)).href;
    await client.openDocument(uri, readFileSync(join(blog, name), "utf8"));
    const { sentences } = await client.ask(requests.readDocument, { uri });
    for (const { range } of sentences.slice(0, hoversPerPost)) {
      const parameters = { textDocument: { uri }, position: range.start };
      await client.connection.sendRequest("textDocument/hover", parameters);
    }
    await client.ask(requests.suggestTags, { uri, limit: 12 });
  }
  return names.length;
}
