import { beforeEach, describe, expect, test } from "vitest";
import type { ServerLink } from "../../../src/editor/client/server-link.ts";
import { chooseFolders } from "../../../src/editor/learning/choose-folders.ts";
import type { ProposalItem } from "../../../src/editor/learning/proposal-items.ts";
import type { ProposedFolder } from "../../../src/protocol/learner.ts";
import type { QuickPick } from "../vscode/quick-pick.ts";
import { stage } from "../vscode/stage.ts";
import { type CancellationTokenSource, Uri } from "../vscode/values.ts";
import { proposedFolder } from "./proposed-folder.ts";

type Asked = { readonly roots: readonly string[]; readonly isWhole: boolean };
type Token = CancellationTokenSource["token"];

const proposal = (folder: string): ProposedFolder => proposedFolder({ folder });

/** A server with one proposal below a root, and every root as a whole. */
class Server {
  readonly asked: Asked[] = [];
  readonly tokens: Token[] = [];
  find: (asked: Asked) => Promise<readonly ProposedFolder[]> = async ({ roots, isWhole }) =>
    roots.map((root) => proposal(isWhole ? root : `${root}/posts`));

  async send(_: unknown, asked: Asked, token: Token): Promise<readonly ProposedFolder[]> {
    this.asked.push(asked);
    this.tokens.push(token);
    return await this.find(asked);
  }
}

let server: Server;
const choose = async () =>
  (await chooseFolders({ server: server as unknown as ServerLink }))?.map(({ folder }) => folder);

/** The list, once it shows something. */
async function shownList(): Promise<QuickPick<ProposalItem>> {
  await expect.poll(() => stage.list?.isShown === true && !stage.list.busy).toBe(true);
  return stage.list as QuickPick<ProposalItem>;
}

const foldersIn = (items: readonly ProposalItem[]) =>
  items.flatMap((item) => (item.role === "folder" ? [item.folder] : []));

beforeEach(() => {
  stage.clear();
  server = new Server();
});

describe("With a folder open", () => {
  beforeEach(() => {
    stage.folders = [Uri.file("/open")];
  });

  test("What is proposed is picked, and OK agrees to it.", async () => {
    const chosen = choose();
    (await shownList()).accept();
    expect(await chosen).toEqual(["/open/posts"]);
  });

  test("What is found is counted as one would say it.", async () => {
    server.find = async () => [
      proposedFolder({ folder: "/open/a", documents: 1, words: 1, tags: 1 }),
      proposedFolder({ folder: "/open/b", documents: 0, words: 1200, tags: 2 }),
    ];
    const chosen = choose();
    const list = await shownList();
    expect(list.items.flatMap((item) => (item.role === "folder" ? [item.description] : []))).toEqual([
      "1 document, 1 word, 1 tag",
      "0 documents, 1,200 words, 2 tags",
    ]);
    list.hide();
    await chosen;
  });

  test("Another folder joins the list, though its dialog closes every other list; what was unpicked stays so.", async () => {
    stage.answerDialog = async () => [Uri.file("/notes")];
    const chosen = choose();
    const list = await shownList();
    list.pick(({ role }) => role === "another");
    await expect.poll(() => stage.list !== list).toBe(true);
    const second = await shownList();
    expect(foldersIn(second.items)).toEqual(["/open/posts", "/notes"]);
    expect(foldersIn(second.selectedItems)).toEqual(["/notes"]);
    second.accept();
    expect(await chosen).toEqual(["/notes"]);
    expect(server.asked).toEqual([
      { roots: ["/open"], isWhole: false },
      { roots: ["/notes"], isWhole: true },
    ]);
  });

  test("Who leaves the dialog is back at the list.", async () => {
    const chosen = choose();
    const list = await shownList();
    list.pick(() => true);
    await expect.poll(() => stage.list !== list).toBe(true);
    (await shownList()).accept();
    expect(await chosen).toEqual(["/open/posts"]);
  });

  test("Without prose the list says so, and how to have a folder read.", async () => {
    server.find = async () => [];
    const chosen = choose();
    const list = await shownList();
    expect(list.placeholder).toMatch(/^No prose was found here/);
    expect(list.items).toMatchObject([{ role: "another", detail: expect.stringMatching(/is read/) }]);
    list.hide();
    expect(await chosen).toBeUndefined();
  });

  test("Leaving the list while it is looked for ends the looking.", async () => {
    server.find = () => new Promise(() => undefined);
    const chosen = choose();
    await expect.poll(() => stage.list?.isShown).toBe(true);
    stage.list?.accept();
    stage.list?.hide();
    expect(await chosen).toBeUndefined();
    expect(server.tokens.map(({ isCancellationRequested }) => isCancellationRequested)).toEqual([true]);
  });
});

describe("With no folder open", () => {
  beforeEach(() => {
    stage.answerMessage = (_, [button]) => button;
  });

  test("A folder is chosen first, and read as a whole.", async () => {
    stage.answerDialog = async () => [Uri.file("/notes")];
    const chosen = choose();
    (await shownList()).accept();
    expect(await chosen).toEqual(["/notes"]);
    expect(server.asked).toEqual([{ roots: ["/notes"], isWhole: true }]);
  });

  test("Who leaves the dialog has chosen nothing.", async () => {
    expect(await choose()).toBeUndefined();
    expect(server.asked).toEqual([]);
  });
});
