import { expect, test } from "vitest";
import type { GraphSession } from "../../src/graph/session.ts";
import { PromptSessions } from "../../src/prompts/prompt-sessions.ts";

test("A session is compiled once for each prompt length, and anew after it was released.", async () => {
  const [compiled, released]: [number[], number[]] = [[], []];
  const sessions = new PromptSessions(async (promptLength) => {
    const number = compiled.push(promptLength);
    return { release: async () => void released.push(number) } as unknown as GraphSession;
  });
  const first = await sessions.get(8);
  expect(await sessions.get(8)).toBe(first);
  await sessions.get(0);
  await sessions.release();
  expect(await sessions.get(8)).not.toBe(first);
  expect(compiled).toEqual([8, 0, 8]);
  await sessions.release();
  expect(released).toEqual([1, 2, 3]);
});
