import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { requests } from "../../src/protocol/requests.ts";
import { type MemoryWatch, watchMemory } from "../process-memory.ts";
import { measureReading, type ReadingCost } from "./reading.ts";
import { ServerClient } from "./server-client.ts";

/** What a writer waits for after the consent, and what it costs. */
export interface FirstUse {
  readonly posts: number;
  readonly secondsToTags: number;
  readonly secondsToPrompts: number;
  /** Largest proportional set size; undefined where the system does not tell. */
  readonly learnerBytes: number | undefined;
  /** What the server costs that reads as the writer afterwards. */
  readonly reading: ReadingCost;
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
  const store = join(work, "store");
  const posts = copyPosts(folder, blog, mostPosts);
  const learned = await measureLearning(await ServerClient.start(extension, store), blog);
  return { posts, ...learned, reading: await measureReading(extension, store, blog) };
}

async function measureLearning(
  client: ServerClient,
  blog: string,
): Promise<Omit<FirstUse, "posts" | "reading">> {
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
    return { secondsToTags, secondsToPrompts, learnerBytes: (await learner)?.stop() };
  } finally {
    await client.stop();
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
