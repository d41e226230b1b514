import { beforeEach, expect, test, vi } from "vitest";
import { suggestTags } from "../../../src/editor/tags/suggest-tags.ts";
import type { TagItem } from "../../../src/editor/tags/tag-items.ts";
import { requests } from "../../../src/protocol/requests.ts";
import type { TagSuggestions } from "../../../src/protocol/tag-suggestions.ts";
import type { QuickPick } from "../vscode/quick-pick.ts";
import { openDocument, stage } from "../vscode/stage.ts";
import { EventEmitter } from "../vscode/values.ts";

const suggested: TagSuggestions = {
  kind: "suggested",
  writer: "Ada",
  tags: ["river", "boat"].map((tag) => ({ tag, score: 0.5, reasons: ["on 5 of 9"], present: false })),
};
let give: (suggestions: TagSuggestions) => void;
const written: (readonly string[])[] = [];
const server = {
  send: async ({ method }: { readonly method: string }, { tags }: { readonly tags: readonly string[] }) => {
    if (method === requests.suggestTags.method) {
      return await new Promise<TagSuggestions>((resolve) => {
        give = resolve;
      });
    }
    written.push(tags);
    return { kind: "edit", version: 1, edits: [] };
  },
};
const run = () =>
  suggestTags({
    server,
    learning: { status: undefined, onChanged: new EventEmitter<unknown>().event },
  } as unknown as Parameters<typeof suggestTags>[0]);

beforeEach(() => {
  stage.clear();
  stage.active = openDocument("/blog/a.md");
  written.length = 0;
});

test("Enter while tags are still coming leaves the list open and says so; then it writes what is picked.", async () => {
  const done = run();
  const list = stage.list as QuickPick<TagItem>;
  list.accept();
  expect(list.isShown).toBe(true);
  expect(list.placeholder).toMatch(/still coming/);
  give(suggested);
  await vi.waitFor(() => expect(list.busy).toBe(false));
  expect(list.isShown).toBe(true);
  list.pick(({ tag }) => tag === "boat");
  list.accept();
  await done;
  expect(written).toEqual([["boat"]]);
});

test("Tags that were never used stand below a line of their own, and only what is picked of them is written.", async () => {
  const done = run();
  const list = stage.list as QuickPick<TagItem & { readonly kind?: number }>;
  const fresh = ["eddy", "weir"].map(
    (tag) => ({ tag, score: 0.3, reasons: [], present: false, isNew: true }) as const,
  );
  give({ ...suggested, tags: [...suggested.tags, ...fresh] });
  await vi.waitFor(() => expect(list.busy).toBe(false));
  expect(list.items.map(({ label, kind }) => [label, kind])).toEqual([
    ["river", undefined],
    ["boat", undefined],
    ["Never used before, named in the text", -1],
    ["eddy", undefined],
    ["weir", undefined],
  ]);
  list.pick(({ tag }) => tag === "weir");
  list.accept();
  await done;
  expect(written).toEqual([["weir"]]);
});

test("Who leaves the list gets nothing written.", async () => {
  const done = run();
  give(suggested);
  await vi.waitFor(() => expect(stage.list?.busy).toBe(false));
  stage.list?.hide();
  await done;
  expect(written).toEqual([]);
});
