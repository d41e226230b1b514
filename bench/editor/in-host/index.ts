import { once } from "node:events";
import { existsSync, renameSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import * as vscode from "vscode";
import type { HostFigures, HostTimes } from "../host-figures.ts";

const calls = 60;
const rounds = 3;

/**
 * Measures inside the extension host, while the page outside starts, pauses and resumes learning: each says
 * in the folder IDIOLECT_BENCH by a file's name what it waits for.
 */
export async function run(): Promise<void> {
  const folder = process.env["IDIOLECT_BENCH"] ?? "";
  const document = await openDraft();
  await warm(document);
  const off: HostTimes[] = [];
  const on: HostTimes[] = [];
  for (let round = 0; round < rounds; round += 1) {
    off.push(await measure(document));
    await tellAndAwait(folder, `want-on-${round}`, `is-on-${round}`);
    on.push(await measure(document));
    await tellAndAwait(folder, `want-off-${round}`, `is-off-${round}`);
  }
  const figures: HostFigures = { off: merged(off), on: merged(on) };
  // Renamed into place, so that the other side never reads half of it.
  writeFileSync(join(folder, "figures.part"), JSON.stringify(figures));
  renameSync(join(folder, "figures.part"), join(folder, "figures.json"));
}

async function openDraft(): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const uri = vscode.Uri.joinPath(folder!.uri, "draft.md");
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Until the server answers hovers. */
async function warm(document: vscode.TextDocument): Promise<void> {
  while ((await hover(document, 0)).length === 0);
  for (let call = 0; call < calls; call += 1) {
    await hover(document, call);
  }
}

async function measure(document: vscode.TextDocument): Promise<HostTimes> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const hoverMs = await times((call) => hover(document, call));
  const completionMs = await times(() => complete(document));
  delay.disable();
  return { hoverMs, completionMs, eventLoopP99Ms: [delay.percentile(99) / 1e6] };
}

async function times(ask: (call: number) => Promise<unknown>): Promise<number[]> {
  const durations: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const start = performance.now();
    await ask(call);
    durations.push(performance.now() - start);
  }
  return durations;
}

/** Another sentence with each call, over and over. */
async function hover(document: vscode.TextDocument, call: number): Promise<vscode.Hover[]> {
  const ends = [...document.getText().matchAll(/[a-z]\. /g)].map(({ index }) => index);
  const place = document.positionAt(ends[call % ends.length] ?? 0);
  return await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, place);
}

async function complete(document: vscode.TextDocument): Promise<unknown> {
  const place = document.lineAt(4).range.end;
  return await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, place);
}

async function tellAndAwait(folder: string, said: string, awaited: string): Promise<void> {
  const limit = AbortSignal.timeout(120_000);
  const watcher = watch(folder, { signal: limit });
  writeFileSync(join(folder, said), "");
  while (!existsSync(join(folder, awaited))) {
    await once(watcher, "change", { signal: limit });
  }
  watcher.close();
}

function merged(all: readonly HostTimes[]): HostTimes {
  return {
    hoverMs: all.flatMap(({ hoverMs }) => hoverMs),
    completionMs: all.flatMap(({ completionMs }) => completionMs),
    eventLoopP99Ms: all.flatMap(({ eventLoopP99Ms }) => eventLoopP99Ms),
  };
}
