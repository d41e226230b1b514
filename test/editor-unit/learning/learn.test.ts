import { beforeEach, expect, test } from "vitest";
import { learn } from "../../../src/editor/learning/learn.ts";
import { requests } from "../../../src/protocol/requests.ts";
import { stage } from "../vscode/stage.ts";
import { Uri } from "../vscode/values.ts";
import { proposedFolder, spoken } from "./proposed-folder.ts";

let proposed = proposedFolder();
const server = {
  send: async ({ method }: { readonly method: string }) =>
    method === requests.proposal.method ? [proposed] : { kind: "started", writer: "blog" },
};

/** Agrees to what is proposed. */
async function agree(kind: "unlearned" | "idle"): Promise<void> {
  stage.clear();
  stage.folders = [Uri.file("/blog")];
  const learned = learn({ server, learning: { status: { kind } } } as unknown as Parameters<typeof learn>[0]);
  await expect.poll(() => stage.list?.isShown === true && !stage.list.busy).toBe(true);
  stage.list?.accept();
  await learned;
}

beforeEach(() => {
  stage.clear();
  proposed = proposedFolder();
});

test("At the first consent it is said what tone of one's own takes, and how to give it; later no more.", async () => {
  await agree("unlearned");
  expect(stage.messages).toEqual([expect.stringMatching(/about 12 sentences.*rest the mouse on a sentence/)]);
  await agree("idle");
  expect(stage.messages).toEqual([]);
});

test("A writer of another language is told at every consent that tags come, and tone and voice do not.", async () => {
  proposed = proposedFolder({ languages: spoken({ de: 880, en: 20 }, true) });
  for (const kind of ["unlearned", "idle"] as const) {
    await agree(kind);
    expect(stage.messages).toEqual([
      expect.stringMatching(/tags yes, tone and voice no.*not English \(German\).*corpus\.languages/),
    ]);
  }
});

const readsOnly = { reason: "It does not learn here.", advice: "Learn elsewhere." };

test.each([
  ["nothing was learned yet", { kind: "readsOnly", ...readsOnly }],
  ["what was learned elsewhere is used", { kind: "idle", writers: [], readsOnly }],
])(
  "On a machine that does not learn nobody is asked for folders where %s: it is said at once, and what to do.",
  async (_, status) => {
    const asked: string[] = [];
    const context = {
      server: { send: async ({ method }: { readonly method: string }) => void asked.push(method) },
      learning: { status },
    } as unknown as Parameters<typeof learn>[0];
    await expect(learn(context)).rejects.toMatchObject({
      message: expect.stringContaining(readsOnly.reason),
    });
    expect(asked).toEqual([]);
  },
);
