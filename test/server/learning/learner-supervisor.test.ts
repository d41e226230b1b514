import { expect, onTestFinished, test } from "vitest";
import type { ServerContext } from "../../../src/server/context.ts";
import { LearnerSupervisor } from "../../../src/server/learning/learner-supervisor.ts";
import { temporaryFolder } from "../../learner/temporary-folder.ts";

/** Of a server that has no store. */
function contextOf(storePath: string): ServerContext {
  const nothing = () => undefined;
  const context: Partial<ServerContext> = {
    connection: { console: { info: nothing, error: nothing } } as unknown as ServerContext["connection"],
    host: { storeIfAny: nothing, openableStore: nothing } as unknown as ServerContext["host"],
    news: { onChanged: nothing, lookSoon: nothing, since: nothing } as unknown as ServerContext["news"],
    client: () => ({ hearsNotifications: false }) as ReturnType<ServerContext["client"]>,
    places: () => ({ storePath, modelPath: "", cachePath: "" }),
  };
  return context as ServerContext;
}

test("While something is erased nothing is learned, and it can be afterwards.", async () => {
  const supervisor = new LearnerSupervisor(contextOf(temporaryFolder()));
  onTestFinished(() => supervisor.close());
  const answer = await supervisor.whileStopped(undefined, async () =>
    supervisor.learn({ folders: ["blog"] }),
  );
  expect(answer).toMatchObject({ kind: "refused", reason: "Something is being erased at the moment." });
  expect(supervisor.resume()).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("no interrupted"),
  });
});
