/*
 * What long and hostile documents cost: processor time of the first reading, its longest step, an edit, and memory.
 *
 *   node bench/documents/run.ts [--only "outline, 48 kB,…"]
 *   npm run build && node bench/documents/run.ts --server
 *
 * Each text is measured in a process of its own. --server opens a book of 3 MB in the built server, and measures by the
 * clock, and by the time that the server's thread is at work, which other programs do not lengthen: hovers on its pages
 * right after opening, and those of another document while it is read whole.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatOf } from "../../src/corpus/formats/formats.ts";
import { LiveSource } from "../../src/corpus/live/live-source.ts";
import { requests } from "../../src/protocol/requests.ts";
import { ServerClient } from "../editor/server-client.ts";
import { describeMachine, machineLines } from "../machine.ts";
import { say } from "../say.ts";
import { formatTable } from "../table.ts";
import { hostileTexts, longTexts, steppedEndings, steppedText } from "./long-texts.ts";

interface Figure {
  readonly readMs: number;
  readonly stepMs: number;
  readonly editMs: number;
  readonly moreBytes: number;
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    server: { type: "boolean", default: false },
    /** Of a process that measures one text. */
    text: { type: "string" },
  },
});

const hostileBytes = 1_000_000;
const edits = 7;
const hoversMeanwhile = 200;

if (values.text !== undefined) process.stdout.write(JSON.stringify(measureText(values.text)));
else if (values.server) await measureServer();
else measureAll();

function textOf(name: string): { readonly path: string; readonly text: string } {
  const own = longTexts[name];
  if (own !== undefined) return { path: "a.md", text: own() };
  const stepped = steppedEndings.find((ending) => name === nameOfStepped(ending));
  if (stepped !== undefined) return { path: `a.${stepped}`, text: steppedText() };
  const [ending = "", unit = ""] = JSON.parse(name) as readonly string[];
  return { path: `a.${ending}`, text: unit.repeat(Math.ceil(hostileBytes / unit.length)) };
}

function nameOfStepped(ending: string): string {
  return `prose, 500 kB: ${ending}`;
}

function measureAll(): void {
  const hostile = Object.entries(hostileTexts).flatMap(([ending, units]) =>
    units.map((unit) => JSON.stringify([ending, unit])),
  );
  const names = [...Object.keys(longTexts), ...steppedEndings.map(nameOfStepped), ...hostile].filter(
    (name) => values.only === undefined || name.includes(values.only),
  );
  say(machineLines(describeMachine()).join("\n"));
  const rows = names.map((name) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--expose-gc", import.meta.filename, "--text", name],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    const { readMs, stepMs, editMs, moreBytes }: Figure = JSON.parse(stdout);
    process.stderr.write(`${name}: ${readMs.toFixed(0)} ms\n`);
    return [name, ...[readMs, stepMs, editMs].map((ms) => ms.toFixed(0)), (moreBytes / 1e6).toFixed(0)];
  });
  say(formatTable(["text", "read, ms", "longest step, ms", "edit, ms", "more MB"], rows));
}

/** An edit is measured up to what stands about it, as for a hover; its figure is the median of several. */
function measureText(name: string): Figure {
  const { path, text } = textOf(name);
  const format = formatOf(path);
  readSmall(path);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let live = new LiveSource(text, path, format);
  const started = processorMs();
  let stepMs = 0;
  for (let isMore = true; isMore; ) {
    const start = processorMs();
    isMore = live.advance();
    stepMs = Math.max(stepMs, processorMs() - start);
  }
  const readMs = processorMs() - started;
  const moreBytes = process.resourceUsage().maxRSS * 1_024 - before;
  const times: number[] = [];
  let source = text;
  for (let at = 1; at <= edits; at++) {
    const place = Math.floor((source.length * at) / (edits + 1));
    source = `${source.slice(0, place)}x${source.slice(place)}`;
    const start = processorMs();
    const next = new LiveSource(source, path, format, live);
    while (next.around(place) === undefined) next.advance();
    times.push(processorMs() - start);
    while (next.advance());
    live = next;
  }
  const editMs = times.toSorted((a, b) => a - b)[Math.floor(edits / 2)]!;
  return { readMs, stepMs, editMs, moreBytes };
}

/** What is compiled and loaded at the first text of all is no cost of a long one. */
function readSmall(path: string): void {
  const format = formatOf(path);
  let live: LiveSource | undefined;
  for (let at = 0; at < 30; at++) {
    live = new LiveSource(
      `# Title ${at}\n\nSome words of ${at}. More of them.\n\n- and [so](b)\n`.repeat(50),
      path,
      format,
      live,
    );
    while (live.advance());
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

/** How long something took by the clock, and for how long of that the server's thread was at work. */
interface Wait {
  readonly clockMs: number;
  readonly threadMs: number;
}

async function measureServer(): Promise<void> {
  say(machineLines(describeMachine()).join("\n"));
  const store = mkdtempSync(join(tmpdir(), "idiolect-documents-"));
  const client = await ServerClient.start(join(import.meta.dirname, "..", ".."), store);
  const thread = threadOf(client.process.pid);
  const hover = async (uri: string, line: number): Promise<Wait> => {
    const [start, threadStart] = [performance.now(), thread()];
    const position = { line, character: 4 };
    await client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
    return { clockMs: performance.now() - start, threadMs: thread() - threadStart };
  };
  try {
    const book = longTexts["book, 3 MB"]!();
    const lines = book.split("\n").length;
    const other = "file:///other.md";
    await client.openDocument(other, "The river was long. We sat there until evening came.\n");
    await hover(other, 0);
    const rows: (readonly [string, Wait])[] = [];
    for (const [page, share] of [
      ["first", 0],
      ["middle", 0.5],
      ["last", 0.99],
    ] as const) {
      const uri = `file:///book-${page}.md`;
      await client.openDocument(uri, book);
      rows.push([
        `hover on its ${page} page after opening`,
        await hover(uri, 2 * Math.floor((share * lines) / 2)),
      ]);
      client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    }
    const uri = "file:///book.md";
    await client.openDocument(uri, book);
    const whole = client.ask(requests.readDocument, { uri }).catch(() => undefined);
    const waits: Wait[] = [];
    for (let at = 0; at < hoversMeanwhile; at++) waits.push(await hover(other, 0));
    void whole;
    const middle = (of: (wait: Wait) => number, at: number): number =>
      waits.map(of).toSorted((a, b) => a - b)[Math.floor(at * (waits.length - 1))]!;
    for (const [name, at] of [
      ["median", 0.5],
      ["longest", 1],
    ] as const) {
      const wait = {
        clockMs: middle(({ clockMs }) => clockMs, at),
        threadMs: middle(({ threadMs }) => threadMs, at),
      };
      rows.push([`hover of another document while it is read, ${name} of ${waits.length}`, wait]);
    }
    const table = rows.map(([name, { clockMs, threadMs }]) => [
      name,
      clockMs.toFixed(0),
      threadMs.toFixed(0),
    ]);
    say(formatTable(["a book of 3 MB in the server", "ms", "of these its thread at work"], table));
  } finally {
    client.process.kill();
    rmSync(store, { recursive: true, force: true });
  }
}

/** For how many milliseconds the first thread of a process has been at work; NaN where the system does not tell. */
function threadOf(pid: number | undefined): () => number {
  const path = `/proc/${pid}/task/${pid}/schedstat`;
  return () => (existsSync(path) ? Number(readFileSync(path, "utf8").split(" ")[0]) / 1e6 : Number.NaN);
}
