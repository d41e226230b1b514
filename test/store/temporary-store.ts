import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type OpenStoreOptions, openStore } from "../../src/store/open-store.ts";
import type { DocumentRecord, SentenceRecord } from "../../src/store/repositories/documents.ts";
import type { LearningProgress } from "../../src/store/repositories/learning-runs.ts";
import type { Store } from "../../src/store/store.ts";

/** A path in a fresh folder that goes when the test is over. Nothing lies at the path yet. */
export function temporaryPath(name = "store"): string {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

/** A clock that stands still until a test moves it. */
export class StillClock {
  nowMs = 1_700_000_000_000;
  readonly read = (): number => this.nowMs;
}

/** Opens a store that is closed when the test is over. */
export function openForTest(folder: string, options: OpenStoreOptions = {}): Store {
  const store = openStore(folder, options);
  onTestFinished(() => store.close());
  return store;
}

export function openTemporaryStore(options: OpenStoreOptions = {}): Store {
  return openForTest(temporaryPath(), options);
}

export function sampleDocument(changes: Partial<DocumentRecord> = {}): DocumentRecord {
  return {
    path: "/blog/harbour.md",
    hash: "hash-1",
    sizeBytes: 1200,
    mtimeMs: 1_600_000_000_000.25,
    author: undefined,
    language: "en",
    dateMs: 1_500_000_000_000,
    title: "The harbour in fog",
    words: 240,
    tags: ["Sea", "hero tags"],
    ...changes,
  };
}

export function sampleSentences(...texts: readonly string[]): readonly SentenceRecord[] {
  return texts.map((text, index) => ({
    paragraph: 0,
    start: index * 100,
    end: index * 100 + text.length,
    text,
  }));
}

export const sampleProgress: LearningProgress = {
  stage: "masking",
  step: 10,
  steps: 100,
  seconds: 3.5,
  peakMemoryBytes: 400_000_000,
};
