import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { requests } from "../../src/protocol/requests.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { ServerClient } from "./server-client.ts";

/** What a request costs, in milliseconds: by the clock, and of the server's processor time. */
export interface RequestTime {
  readonly passedMs: number;
  readonly processorMs: number;
}

/** How long reading a document takes. */
export interface DocumentTimes {
  readonly words: number;
  /** The first request of a fresh server: it opens store and model as well. */
  readonly cold: RequestTime;
  /** Another document of that length, with everything open. */
  readonly warm: RequestTime;
  /** The same document after one sentence changed. */
  readonly afterEdit: Readonly<Record<keyof RequestTime, Spread>>;
}

const edits = 20;

/** Reads a long document made of posts with the installed server and a learned store. */
export async function measureDocument(
  extension: string,
  store: string,
  posts: readonly string[],
  words: number,
): Promise<DocumentTimes> {
  const client = await ServerClient.start(extension, store);
  const half = Math.ceil(posts.length / 2);
  const first = longText(posts.slice(0, half), words);
  const second = longText(posts.slice(half), words);
  try {
    const cold = await timeRead(client, "first.md", first);
    const warm = await timeRead(client, "second.md", second);
    const times: RequestTime[] = [];
    for (let edit = 0; edit < edits; edit += 1) {
      const uri = uriOf("second.md");
      await client.changeDocument(uri, edit + 2, `${second}\nToday I counted ${edit} gulls at the weir.\n`);
      times.push(await timeAnswer(client, uri));
    }
    const spread = (name: keyof RequestTime) => spreadOf(times.map((time) => time[name]));
    const afterEdit = { passedMs: spread("passedMs"), processorMs: spread("processorMs") };
    return { words, cold, warm, afterEdit };
  } finally {
    await client.stop();
  }
}

async function timeRead(client: ServerClient, name: string, text: string): Promise<RequestTime> {
  await client.openDocument(uriOf(name), text);
  return await timeAnswer(client, uriOf(name));
}

async function timeAnswer(client: ServerClient, uri: string): Promise<RequestTime> {
  const before = await client.ask(requests.figures, {});
  const start = performance.now();
  await client.ask(requests.readDocument, { uri });
  const passedMs = performance.now() - start;
  const after = await client.ask(requests.figures, {});
  return { passedMs, processorMs: after.processorMs - before.processorMs };
}

const uriOf = (name: string): string => pathToFileURL(`/${name}`).href;

/** Bodies of posts one after the other, cut after a number of words. Throws where the posts are too short. */
function longText(files: readonly string[], words: number): string {
  const bodies = files.map((file) => readFileSync(file, "utf8").replace(/^---\n.*?\n---\n/s, ""));
  const pieces = bodies.join("\n\n").split(/(?<=\s)/);
  if (pieces.length < words) {
    throw new Error(`${files.length} posts hold ${pieces.length} words, and ${words} are needed.`);
  }
  return pieces.slice(0, words).join("");
}
