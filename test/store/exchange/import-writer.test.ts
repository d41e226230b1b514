import AdmZip from "adm-zip";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Correction } from "../../../src/store/corrections/correction.ts";
import { ProfileChoiceError } from "../../../src/store/exchange/errors.ts";
import type { Store } from "../../../src/store/store.ts";
import { openForTest, openTemporaryStore, StillClock } from "../temporary-store.ts";
import { annasStore, bytesOf, content, sayingsOf, sentences, take } from "./annas-store.ts";

/** Everything that is packed, and the file itself. */
function everyByteOf(bytes: Uint8Array): string {
  const unpacked = new AdmZip(Buffer.from(bytes)).getEntries().map((entry) => entry.getData());
  return Buffer.concat([bytes, ...unpacked]).toString("latin1");
}

describe("An export that is imported into an empty store", () => {
  test("brings everything along with the text, but folders, to which nobody has agreed there.", () => {
    const here = annasStore();
    const there = openTemporaryStore();
    const taken = take(there, bytesOf(here, true));
    expect(taken).toEqual({
      writer: "Anna",
      isNew: true,
      lessons: { added: 2, completed: 0, known: 0, takenBack: 0 },
      acceptedTags: 2,
      profileVersions: 2,
      documents: 1,
      profileInUse: "file",
    });
    const [before, after] = [sayingsOf(here)!, sayingsOf(there)!];
    expect({ ...after, chosenFiles: undefined }).toEqual({ ...before, chosenFiles: undefined });
    expect(after.chosenFiles).toEqual({ exclude: ["drafts/**"], by: "editor" });
    expect(there.writers.named("Anna")!.folders).toEqual([]);
  });

  test("holds no sentence of the documents without the text, nor titles and tags, yet every lesson and its vector.", () => {
    const here = annasStore();
    const bytes = bytesOf(here);
    const everything = everyByteOf(bytes);
    for (const text of [...sentences, "The harbour in fog"]) expect(everything).not.toContain(text);
    expect(everyByteOf(bytesOf(here, true))).toContain(sentences[0]);
    const there = openTemporaryStore();
    take(there, bytes);
    const [lesson] = there.corrections.list(there.writers.named("Anna")!.id);
    const [known] = here.corrections.list(here.writers.named("Anna")!.id);
    expect(lesson).toEqual({ ...known, lesson: { ...known!.lesson, sentence: "" } });
    expect(sayingsOf(there)!.documents).toEqual([]);
    expect(sayingsOf(there)!.versions).toEqual(sayingsOf(here)!.versions);
  });

  test("gives lessons without text their sentences once an export with the text is imported, too.", () => {
    const here = annasStore();
    const there = openTemporaryStore();
    take(there, bytesOf(here));
    const taken = take(there, bytesOf(here, true));
    expect(taken.lessons).toEqual({ added: 0, completed: 1, known: 1, takenBack: 0 });
    expect(sayingsOf(there)!.lessons).toEqual(sayingsOf(here)!.lessons);
    expect(sayingsOf(there)!.mirror).toEqual(sayingsOf(here)!.mirror);
  });

  test("says the same whatever a writer has taught, and whatever it is called.", () => {
    const lesson = fc.oneof(
      fc.record({
        kind: fc.constant("tone" as const),
        textHash: fc.string(),
        sentence: fc.string({ minLength: 1, unit: "binary" }),
        valence: fc.double({ min: -1, max: 1, noNaN: true }),
      }),
      fc.record({
        kind: fc.constantFrom("tagAdded" as const, "tagVetoed" as const),
        textHash: fc.string(),
        tag: fc.string({ unit: "binary" }),
      }),
    );
    const property = fc.property(
      fc.array(lesson, { maxLength: 10 }),
      fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }),
      (lessons, tags) => {
        using here = openTemporaryStore({ clock: new StillClock().read });
        using there = openTemporaryStore({ clock: new StillClock().read });
        const { id } = here.writers.ensure("Anna");
        for (const one of lessons) here.corrections.add(id, one);
        here.acceptedTags.add(id, { path: "a", textHash: "t", sentences: new Uint8Array() }, tags);
        take(there, bytesOf(here, true));
        expect(sayingsOf(there)).toEqual(sayingsOf(here));
      },
    );
    fc.assert(property, { numRuns: 4 });
  });
});

describe("An export that is imported where the same writer is known", () => {
  const tone = (valence: number) =>
    ({ kind: "tone", textHash: "s9", sentence: sentences[2]!, valence }) as const;
  const idsOf = (lessons: readonly Correction[]) => lessons.map(({ id }) => id).sort();

  /** Two stores that have begun as one, each with a lesson of its own about one sentence; the second one's is later. */
  function twoStores() {
    const clocks = [new StillClock(), new StillClock()] as const;
    const here = annasStore(clocks[0]);
    const there = openTemporaryStore({ clock: clocks[1].read });
    take(there, bytesOf(here, true));
    clocks[0].nowMs += 60_000;
    clocks[1].nowMs += 120_000;
    const idOf = (store: Store) => store.writers.named("Anna")!.id;
    const earlier = here.corrections.add(idOf(here), tone(1));
    const later = there.corrections.add(idOf(there), tone(-1));
    return { here, there, idOf, earlier, later };
  }

  test("loses no lesson: of two about one sentence the later one counts, and the other stays.", () => {
    const { here, there, idOf, earlier, later } = twoStores();
    const [fromHere, fromThere] = [bytesOf(here, true), bytesOf(there, true)];
    expect(take(here, fromThere).lessons.added).toBe(1);
    expect(take(there, fromHere).lessons.added).toBe(1);
    for (const store of [here, there]) {
      const all = store.corrections.list(idOf(store));
      expect(idsOf(all)).toEqual(expect.arrayContaining([earlier.id, later.id]));
      const counting = idsOf(store.corrections.current(idOf(store)));
      expect(counting).toContain(later.id);
      expect(counting).not.toContain(earlier.id);
    }
    expect(sayingsOf(here)!.lessons).toEqual(sayingsOf(there)!.lessons);
    expect(sayingsOf(here)!.mirror).toEqual(sayingsOf(there)!.mirror);
  });

  test("changes nothing when it is imported again.", () => {
    const { here, there } = twoStores();
    const bytes = bytesOf(there, true);
    take(here, bytes);
    const once = sayingsOf(here);
    const again = take(here, bytes);
    expect(again).toMatchObject({
      lessons: { added: 0, completed: 0 },
      acceptedTags: 0,
      profileVersions: 0,
      documents: 0,
    });
    expect(sayingsOf(here)).toEqual(once);
  });

  test("leaves taken back what was taken back, here or there.", () => {
    const { here, there, idOf, earlier } = twoStores();
    const before = bytesOf(here, true);
    here.corrections.withdraw(earlier.id);
    expect(take(here, before).lessons).toMatchObject({ added: 0, takenBack: 1 });
    expect(idsOf(here.corrections.list(idOf(here)))).not.toContain(earlier.id);
    take(there, before);
    expect(take(there, bytesOf(here, true)).lessons).toMatchObject({ added: 0, takenBack: 1 });
    expect(idsOf(there.corrections.list(idOf(there)))).not.toContain(earlier.id);
  });

  test("keeps lessons over a restart that compares them with their second copy.", () => {
    const { here, there } = twoStores();
    take(here, bytesOf(there));
    const { lessons } = sayingsOf(here)!;
    here.close();
    const again = openForTest(here.paths.folder);
    expect(again.opening).toMatchObject({
      restoredCorrections: 0,
      damagedMirrorLines: 0,
      lostCorrections: 0,
    });
    expect(sayingsOf(again)!.lessons).toEqual(lessons);
    expect(lessons).toHaveLength(4);
  });

  test("asks which profile to use, and keeps the other in the list of versions.", () => {
    for (const choice of ["here", "file"] as const) {
      const { here, there, idOf } = twoStores();
      const [active] = there.profileVersions.list(idOf(there)).filter(({ isActive }) => isActive);
      const own = here.profileVersions.add(idOf(here), content(7), "activate");
      const bytes = bytesOf(there, true);
      const before = sayingsOf(here);
      expect(() => take(here, bytes)).toThrow(ProfileChoiceError);
      expect(sayingsOf(here)).toEqual(before);
      expect(take(here, bytes, choice).profileInUse).toBe(choice);
      const used = here.profileVersions.active(idOf(here))!;
      expect(used.id).toBe(choice === "here" ? own.id : active!.id);
      const kept = here.profileVersions.list(idOf(here)).map(({ id }) => id);
      expect(kept).toEqual(expect.arrayContaining([own.id, active!.id]));
    }
  });

  test("keeps five versions in order of their time, and both that could be in use.", () => {
    const clock = new StillClock();
    const here = annasStore(clock);
    const old = bytesOf(here);
    const there = openTemporaryStore({ clock: clock.read });
    const { id } = there.writers.ensure("Anna");
    const newer = Array.from({ length: 5 }, (_, at) => {
      clock.nowMs += 1_000;
      return there.profileVersions.add(id, content(10 + at), "activate").id;
    });
    take(there, old, "here");
    const list = there.profileVersions.list(id);
    const times = list.map(({ createdMs }) => createdMs);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(list).toHaveLength(5);
    const fromFile = here.profileVersions.active(here.writers.named("Anna")!.id)!.id;
    expect(list.map((version) => version.id)).toEqual([...newer.slice(1).toReversed(), fromFile]);
  });
});
