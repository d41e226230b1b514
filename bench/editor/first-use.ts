import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { requests } from "../../src/protocol/editor-messages.ts";
import { type MemoryWatch, watchMemory } from "../process-memory.ts";
import { ServerClient } from "./server-client.ts";

/** Posts that are read after learning. */
const postsRead = 12;

/** What a writer waits for after the consent, and what it costs. */
export interface FirstUse {
  readonly posts: number;
  readonly secondsToTags: number;
  readonly secondsToPrompts: number;
  /** Largest proportional set sizes; undefined where the system does not tell. The server's while it reads. */
  readonly serverBytes: number | undefined;
  readonly learnerBytes: number | undefined;
}

/**
 * Learns the newest posts of a blog with the installed server, from the request that the consent sends.
 *
 * @param folder holds posts; @param work an empty folder for copies and the store
 */
export async function measureFirstUse(
  extension: string,
  folder: string,
  mostPosts: number,
  work: string,
): Promise<FirstUse> {
  const blog = join(work, "blog");
  const posts = copyPosts(folder, blog, mostPosts);
  const client = await ServerClient.start(extension, join(work, "store"));
  try {
    const hasTags = client.status((status) => status.kind === "learning" && status.hasTags);
    const ended = client.status(({ kind }) => kind === "idle" || kind === "failed");
    const learner = watchLearner(client);
    const start = performance.now();
    const answer = await client.ask(requests.learn, { folders: [blog] });
    if (answer.kind === "refused") {
      throw new Error(`Learning was refused: ${answer.reason} ${answer.advice}`);
    }
    await Promise.race([hasTags, ended]);
    const secondsToTags = (performance.now() - start) / 1000;
    const last = await ended;
    if (last.kind === "failed") {
      throw new Error(`Learning failed: ${last.reason} ${last.advice}`);
    }
    const secondsToPrompts = (performance.now() - start) / 1000;
    const learnerBytes = (await learner)?.stop();
    const reading = watchMemory(client.process.pid);
    await readMuch(client, blog);
    return { posts, secondsToTags, secondsToPrompts, learnerBytes, serverBytes: reading.stop() };
  } finally {
    await client.stop();
  }
}

/** Readings, hovers and tags of several posts. */
async function readMuch(client: ServerClient, blog: string): Promise<void> {
  for (const name of readdirSync(blog).slice(0, postsRead)) {
    const uri = pathToFileURL(join(blog, name)).href;
    await client.openDocument(uri, readFileSync(join(blog, name), "utf8"));
    const { sentences } = await client.ask(requests.readDocument, { uri });
    for (const { range } of sentences.slice(0, 5)) {
      const parameters = { textDocument: { uri }, position: range.start };
      await client.connection.sendRequest("textDocument/hover", parameters);
    }
    await client.ask(requests.suggestTags, { uri, limit: 12 });
  }
}

/** Copies the last posts by name, which blogs begin with the date; gives their number. */
export function copyPosts(from: string, to: string, most: number): number {
  const names = readdirSync(from, { recursive: true, encoding: "utf8" })
    .filter((name) => [".md", ".markdown"].includes(extname(name)))
    .sort()
    .slice(-most);
  mkdirSync(to, { recursive: true });
  for (const name of names) {
    cpSync(join(from, name), join(to, name.replaceAll("/", "-")));
  }
  return names.length;
}

/** Watches the learner from when the server says that there is one. */
async function watchLearner(client: ServerClient): Promise<MemoryWatch | undefined> {
  await client.status(({ kind }) => kind === "learning");
  const { learnerProcessId } = await client.ask(requests.figures, {});
  return learnerProcessId === undefined ? undefined : watchMemory(learnerProcessId);
}
