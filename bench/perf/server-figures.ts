import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CompletionList, Hover } from "vscode-languageserver/node";
import { parseSource } from "../../src/corpus/parse-document.ts";
import { requests } from "../../src/protocol/requests.ts";
import { ServerClient } from "../editor/server-client.ts";
import type { Measured, Unit } from "./figures.ts";

const hovers = 24;
const completions = 20;
const documentWords = 2000;

/** A writer whom the server knows, and where it unpacks the model. */
export interface KnownWriter {
  /** Folder of the notes. */
  readonly notes: string;
  readonly storePath: string;
  readonly cachePath: string;
}

/**
 * What a fresh server of the build costs, from its start through a first hover, hovers over other sentences, completions
 * and a document of 2,000 words. Processor time of the server alone; waiting is not counted.
 *
 * @param dist the folder above the build
 * @param suffix of the figures' names
 */
export async function measureServer(
  dist: string,
  { notes, storePath, cachePath }: KnownWriter,
  suffix: string,
): Promise<Measured> {
  const env = { XDG_CACHE_HOME: cachePath };
  const client = await ServerClient.start(dist, storePath, { execArgv: [], env });
  const measured: Record<string, { unit: Unit; value: number }> = {};
  try {
    let used = 0;
    /** Charges what was used since the last look to a figure, divided by how often it was done. */
    const charge = async (name: string, unit: Unit, times = 1): Promise<void> => {
      const { processorMs } = await client.ask(requests.figures, {});
      measured[`${name}${suffix}`] = { unit, value: (processorMs - used) / times };
      used = processorMs;
    };
    await charge("server's start", "loop");
    const sentences = sampleSentences();
    const uriOf = (name: string) => pathToFileURL(join(notes, name)).href;
    await client.openDocument(uriOf("hovered.md"), sentences.join("\n\n"));
    const hover = (line: number): Promise<Hover | null> =>
      client.connection.sendRequest("textDocument/hover", {
        textDocument: { uri: uriOf("hovered.md") },
        position: { line: 2 * line, character: 2 },
      });
    await hover(0);
    await charge("first hover, all to be opened", "loop");
    const shown: (Hover | null)[] = [];
    for (let line = 1; line <= hovers; line++) shown.push(await hover(line));
    if (shown.every((one) => one === null)) throw new Error("No hover told a tone.");
    await charge("hover over a sentence", "product", hovers);
    for (let at = 0; at < completions; at++) await complete(client, uriOf("completed.md"), at);
    await charge("completion of tags", "loop", completions);
    await client.openDocument(uriOf("read.md"), longText());
    await client.ask(requests.readDocument, { uri: uriOf("read.md") });
    await charge("document of 2,000 words", "product");
    const { peakMemoryBytes } = await client.ask(requests.figures, {});
    measured[`server's memory${suffix}`] = { unit: "megabytes", value: peakMemoryBytes };
    return measured;
  } finally {
    await client.stop();
  }
}

/** Tags are asked for in the front matter, each time after a word was written below. */
async function complete(client: ServerClient, uri: string, version: number): Promise<void> {
  const body = `${Array.from({ length: version + 1 }, (_, at) => `Evening ${at} came early.`).join(" ")}\n`;
  const text = `---\ntitle: A draft\ntags: [\n---\n\n${body}`;
  if (version === 0) await client.openDocument(uri, text);
  else await client.changeDocument(uri, version + 1, text);
  const answer: CompletionList | readonly unknown[] | null = await client.connection.sendRequest(
    "textDocument/completion",
    { textDocument: { uri }, position: { line: 2, character: 7 } },
  );
  const items = answer !== null && "items" in answer ? answer.items : (answer ?? []);
  if (items.length === 0) throw new Error("No tags were offered.");
}

const sampleBlog = join(import.meta.dirname, "..", "..", "media", "sample-blog");

const samplePosts = (): readonly string[] => globSync(join(sampleBlog, "*.md")).sort();

/** Sentences of the sample blog, a paragraph each. */
function sampleSentences(): readonly string[] {
  return samplePosts().flatMap((path) =>
    parseSource(readFileSync(path, "utf8"), path).sentences.map(({ plain }) => plain.replaceAll(/\s+/g, " ")),
  );
}

/** The newest posts of the sample blog without their heads; no sentence of them was hovered over. */
function longText(): string {
  const bodies = samplePosts()
    .toReversed()
    .map((path) => readFileSync(path, "utf8").replace(/^---\n.*?\n---\n/s, ""));
  const pieces = bodies.join("\n\n").split(/(?<=\s)/);
  if (pieces.length < documentWords) throw new Error("The sample blog is too short.");
  return pieces.slice(0, documentWords).join("");
}
