import { expect, it } from "vitest";
import { writerWriting } from "../../../src/readings/voice/writer-writing.ts";
import { openOthersWriting } from "../../../src/session/voice-background.ts";
import { openTemporaryStore, sampleDocument, sampleSentences } from "../../store/temporary-store.ts";

it("A writer's newest documents are compared with others, without what is not English.", async () => {
  const store = openTemporaryStore();
  const { id } = store.writers.ensure("Ann");
  const write = (number: number, language: string, text: string) =>
    store.documents.save(
      id,
      sampleDocument({ path: `/blog/${number}.md`, hash: `${number}`, language, dateMs: number }),
      sampleSentences(...Array.from({ length: 40 }, () => text)),
    );
  write(1, "de", "Die Boote liegen, so sagt man, hier im Hafen und warten auf das Wasser der Flut.");
  for (let number = 2; number < 22; number++) {
    write(number, "en", "Perhaps the boats are here; perhaps they wait for the water of the tide.");
  }
  let breaths = 0;
  const writing = await writerWriting(store, id, openOthersWriting(), async () => {
    breaths++;
  });
  expect(breaths).toBe(21);
  if (writing.kind !== "compared") throw new Error("Too short");
  expect(writing.habits[0]).toMatchObject({ kind: "sentenceWords", own: 14 });
  expect(writing.words).toContainEqual(
    expect.objectContaining({ word: "perhaps", uses: 1_600, documents: 20 }),
  );
  expect(await writerWriting(store, id + 1, openOthersWriting())).toMatchObject({
    kind: "short",
    documents: 0,
  });
});
