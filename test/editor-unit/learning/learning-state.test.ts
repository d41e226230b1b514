import { expect, test } from "vitest";
import { LearningState } from "../../../src/editor/learning/learning-state.ts";
import { type LearningStatus, pauseReasons } from "../../../src/protocol/learning-status.ts";
import { requests } from "../../../src/protocol/requests.ts";

type Parts = ConstructorParameters<typeof LearningState>;

const paused = (reason: (typeof pauseReasons)[keyof typeof pauseReasons]): LearningStatus => ({
  kind: "paused",
  writer: "Ann",
  fraction: 0.5,
  reason,
});

/** A state, and the methods that it has asked the server for. */
function openState() {
  const asked: string[] = [];
  const server = {
    onNotification: () => undefined,
    onStateChanged: () => undefined,
    send: async ({ method }: { readonly method: string }) => asked.push(method),
  } as unknown as Parts[0];
  return { state: new LearningState(server, {} as Parts[1]), asked };
}

test("A run that was cut short goes on by itself, and one that was paused does not.", () => {
  const { state, asked } = openState();
  state.update(paused(pauseReasons.askedFor));
  expect(asked).toEqual([]);
  state.update(paused(pauseReasons.cutShort));
  expect(asked).toEqual([requests.resume.method]);
});

test("A run that is cut short again and again is left alone.", () => {
  const { state, asked } = openState();
  for (let time = 0; time < 9; time++) state.update(paused(pauseReasons.cutShort));
  expect(asked).toHaveLength(4);
});
