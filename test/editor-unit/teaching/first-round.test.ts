import { beforeEach, expect, test } from "vitest";
import type * as vscode from "vscode";
import { LearningState } from "../../../src/editor/learning/learning-state.ts";
import { offerFirstRound } from "../../../src/editor/teaching/first-round.ts";
import type { LearningStatus, WriterSummary } from "../../../src/protocol/learning-status.ts";
import { spoken } from "../learning/proposed-folder.ts";
import { stage } from "../vscode/stage.ts";

type Parts = ConstructorParameters<typeof LearningState>;

const gate = { open: false, reason: "no answers yet" };
const writer: WriterSummary = {
  name: "Ada",
  folders: ["/blog"],
  documents: 12,
  words: 900,
  tags: 2,
  gates: { tone: gate, tags: gate, masking: gate },
};
const learning: LearningStatus = {
  kind: "learning",
  writer: "Ada",
  stage: "tone",
  fraction: 0.9,
  hasTags: true,
};

/** An installation to which the server tells what learning does. */
function install(): LearningState {
  const server = { onNotification: () => undefined, onStateChanged: () => undefined } as unknown as Parts[0];
  const kept = new Map<string, unknown>();
  const memento = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as unknown as vscode.Memento;
  const state = new LearningState(server, {} as Parts[1]);
  offerFirstRound(state, memento);
  return state;
}

function learn(state: LearningState, summary: WriterSummary): void {
  state.update(learning);
  state.update({ kind: "idle", writers: [summary] });
}

const offers = () => stage.messages.filter((text) => text.includes("twelve answers"));

beforeEach(() => stage.clear());

test("A round is offered when learning has ended, and never again.", () => {
  const state = install();
  state.update({ kind: "idle", writers: [writer] });
  expect(offers()).toHaveLength(0);
  learn(state, writer);
  expect(offers()).toHaveLength(1);
  learn(state, writer);
  expect(offers()).toHaveLength(1);
});

test("Whoever has a tone of their own already is not asked.", () => {
  learn(install(), { ...writer, gates: { tone: { ...gate, open: true }, tags: gate, masking: gate } });
  expect(offers()).toHaveLength(0);
});

test("Whose language is not read for tone is not asked, until there are texts in one that is.", () => {
  const state = install();
  learn(state, { ...writer, languages: spoken({ de: 900 }, true) });
  expect(offers()).toHaveLength(0);
  learn(state, { ...writer, languages: spoken({ de: 900, en: 800 }, false) });
  expect(offers()).toHaveLength(1);
});
