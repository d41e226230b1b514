import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RoundStep } from "../../../src/protocol/lessons.ts";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

describe("A round of questions", () => {
  let server: OpenServer;
  let blog: string;

  beforeEach(async () => {
    server = await OpenServer.open();
    blog = writeSmallBlog(join(server.folder, "blog"));
  });
  afterEach(() => server.close());

  const step = (one: RoundStep) => server.request(requests.round, { step: one });
  const learn = async () => {
    server.told.length = 0;
    await server.request(requests.learn, { folders: [blog] });
    await server.hears(notifications.status, ({ kind }) => kind === "idle");
  };

  it("keeps each answer as a lesson, goes back, and ends after twelve", async () => {
    await learn();
    const begun = await step({ kind: "begin" });
    expect(begun).toMatchObject({ writer: "blog", asked: 0, of: 12, tally: { answered: 0 } });
    const second = await step({ kind: "answer", valence: 1 });
    expect(second).toMatchObject({ asked: 1, tally: { answered: 1 } });
    expect(second.question!.sentence).not.toBe(begun.question!.sentence);
    expect(await server.request(requests.lessons, {})).toMatchObject([{ about: begun.question!.sentence }]);
    const back = await step({ kind: "back" });
    expect(back.question).toEqual(begun.question);
    expect(await server.request(requests.lessons, {})).toEqual([]);
    let now = await step({ kind: "skip" });
    expect(now).toMatchObject({ asked: 1, tally: { answered: 0 } });
    while (now.question !== undefined) now = await step({ kind: "answer", valence: 0.5 });
    const lessons = await server.request(requests.lessons, {});
    expect(lessons).toHaveLength(now.tally.answered);
    expect(new Set(lessons.map(({ about }) => about)).size).toBe(lessons.length);
    expect(lessons.map(({ about }) => about)).not.toContain(begun.question!.sentence);
  });

  /** How a writer answers who means everything less kindly than it reads. */
  const lessKindly = (sentence: string): number => (sentence.includes("not what I wanted") ? -1 : -0.5);

  it("opens the gate after a round or two of answers that are lower than what is read, and the report says so at once", async () => {
    await learn();
    let now = await step({ kind: "begin" });
    expect(now.gate.open).toBe(false);
    for (let round = 1; round <= 2 && !now.gate.open; round++) {
      if (round > 1) now = await step({ kind: "begin" });
      while (now.question !== undefined) {
        now = await step({ kind: "answer", valence: lessKindly(now.question.sentence) });
      }
    }
    expect(now.gate).toMatchObject({ open: true, reason: expect.stringContaining("so it is shown") });
    const [report] = await server.request(requests.report, {});
    expect(report!.writer.gates!.tone).toEqual(now.gate);
    for (const { id } of await server.request(requests.lessons, {})) {
      await server.request(requests.reviseLesson, { id });
    }
    expect((await step({ kind: "begin" })).gate.open).toBe(false);
  });

  it("ends with its writer, so that no sentence outlives being forgotten", async () => {
    await learn();
    await step({ kind: "begin" });
    await server.request(requests.forget, {});
    await learn();
    await expect(step({ kind: "skip" })).rejects.toThrow("has ended");
  });

  it("says what to do where nobody was learned, and where the round is not known", async () => {
    await expect(step({ kind: "begin" })).rejects.toThrow("whose sentences");
    await learn();
    await expect(step({ kind: "skip" })).rejects.toThrow("has ended");
  });
});
