import { beforeEach, describe, expect, it } from "vitest";
import { acceptingText } from "../../../src/readings/tags/accepted-texts.ts";
import { presentLessons, presentSubjectOf, tagNow } from "../../../src/readings/tags/present-lessons.ts";
import { tagCorrections } from "../../../src/readings/tags/tag-suggestions.ts";
import { taggedDocuments } from "../../../src/readings/tags/tagged-documents.ts";
import type { Store } from "../../../src/store/store.ts";
import {
  openTemporaryStore,
  StillClock,
  sampleDocument,
  sampleSentences,
} from "../../store/temporary-store.ts";

describe("What was taught of a tag that is renamed", () => {
  const path = "/blog/a.md";
  const sentence = "The river was high.";
  let clock: StillClock;
  let store: Store;
  let id: number;

  /** Learning reads the document, whose tags are these now. */
  const read = (...tags: string[]) =>
    store.documents.save(id, sampleDocument({ path, tags }), sampleSentences(sentence));
  const teach = (kind: "tagAdded" | "tagVetoed", tag: string) => {
    clock.nowMs += 1;
    return store.corrections.add(id, { kind, textHash: "d", documentPath: "/blog/b.md", tag });
  };
  const rename = (from: string, to: string) => {
    clock.nowMs += 1;
    store.renamedTags.add(id, { from, to });
  };
  const told = () =>
    tagCorrections(store, id, { id: "/blog/b.md", textHashes: ["d"] }).map(
      ({ kind, tag }) => `${kind} ${tag}`,
    );

  beforeEach(() => {
    clock = new StillClock();
    store = openTemporaryStore({ clock: clock.read });
    id = store.writers.ensure("Anna").id;
    read("Boats", "boats/oars");
    teach("tagVetoed", "Boats");
    teach("tagAdded", "boats/oars");
  });

  it("is about the new one as soon as the documents have it, and those below it with it.", () => {
    rename("boats", "ships");
    expect(told()).toEqual(["veto boats", "add boats/oars"]);
    read("ships", "ships/oars");
    expect(told()).toEqual(["veto ships", "add ships/oars"]);
    expect(presentLessons(store, id).map(({ lesson }) => lesson)).toMatchObject([
      { tag: "ships" },
      { tag: "ships/oars" },
    ]);
  });

  it("is about the old one again once it was undone, and none is lost.", () => {
    rename("boats", "ships");
    read("ships", "ships/oars");
    const before = store.corrections.list(id);
    read("Boats", "boats/oars");
    expect(told()).toEqual(["veto boats", "add boats/oars"]);
    expect(store.corrections.list(id)).toEqual(before);
  });

  it("is followed over several names, and back.", () => {
    rename("boats", "ships");
    rename("ships", "craft");
    read("craft");
    expect(told()).toEqual(["veto craft", "add craft/oars"]);
    rename("craft", "boats");
    read("boats", "boats/oars");
    expect(told()).toEqual(["veto boats", "add boats/oars"]);
  });

  it("stays with a name that some documents still have.", () => {
    rename("boats", "ships");
    read("boats", "ships");
    expect(told()).toEqual(["veto boats", "add ships/oars"]);
  });

  it("gives way, after a merge, to what was said later of the other; taken back, both are.", () => {
    const { lesson } = teach("tagAdded", "ships");
    rename("boats", "ships");
    read("ships");
    expect(told()).toEqual(["add ships/oars", "add ships"]);
    const present = tagNow(store, id);
    const same = store.corrections
      .list(id)
      .filter((one) => presentSubjectOf(one.lesson, present) === presentSubjectOf(lesson, present));
    expect(same.map((one) => one.lesson)).toMatchObject([{ tag: "Boats" }, { tag: "ships" }]);
  });

  it("is no evidence of the new one where it was taken from suggestions.", () => {
    store.acceptedTags.add(id, acceptingText({ path, sentences: [sentence] }), ["boats"]);
    const accepted = () =>
      taggedDocuments(
        store,
        id,
        { modelId: "m", profileVersion: undefined },
        store.acceptedTags.list(id),
      ).map((document) => [...(document.accepted ?? [])]);
    expect(accepted()).toEqual([["boats"]]);
    rename("boats", "ships");
    read("ships");
    expect(accepted()).toEqual([["ships"]]);
  });
});
