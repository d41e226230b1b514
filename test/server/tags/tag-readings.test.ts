import { expect, test } from "vitest";
import type { OpenDocument, ServerContext } from "../../../src/server/context.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { ClosedLists } from "../../../src/server/tags/closed-lists.ts";
import { TagReadings } from "../../../src/server/tags/tag-readings.ts";
import type { TaughtTexts } from "../../../src/server/teaching/taught-texts.ts";
import type { VocabularyEntry } from "../../../src/store/repositories/vocabulary.ts";

test("The tags that a writer uses are listed once, and anew when readings have changed.", () => {
  let changed = (): void => undefined;
  let stored: readonly Pick<VocabularyEntry, "tag">[] = [];
  let listed = 0;
  const list = () => {
    listed += 1;
    return stored;
  };
  const context = {
    host: { writerOf: () => ({ id: 1 }), store: () => ({ vocabulary: { list } }) },
    onReadingsChanged: (listener: () => void) => {
      changed = listener;
    },
    documents: { onClose: () => undefined },
    settings: () => defaultSettings,
  } as unknown as ServerContext;
  const readings = new TagReadings(context, {} as TaughtTexts, new ClosedLists(context));
  const tags = () => readings.vocabulary({ path: "/blog/a.md" } as OpenDocument).map(({ tag }) => tag);
  expect(tags()).toEqual([]);
  stored = [{ tag: "sea" }];
  expect(tags()).toEqual(["sea"]);
  stored = [{ tag: "sea" }, { tag: "boats" }];
  expect(tags()).toEqual(["sea"]);
  expect(listed).toBe(2);
  changed();
  expect(tags()).toEqual(["sea", "boats"]);
});
