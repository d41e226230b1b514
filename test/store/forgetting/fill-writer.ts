import { sha256 } from "../../../src/store/database/named-blobs.ts";
import { partOf } from "../../../src/store/repositories/prepared-parts.ts";
import type { Writer } from "../../../src/store/repositories/writers.ts";
import type { Store } from "../../../src/store/store.ts";
import { sampleDocument, sampleProgress, sampleSentences } from "../temporary-store.ts";

/** Gives a writer something in every table; `topic` is in every text, tag and path. */
export function fillWriter(store: Store, name: string, topic: string, documents = 30): Writer {
  return store.inTransaction(() => fill(store, name, topic, documents));
}

function fill(store: Store, name: string, topic: string, documents: number): Writer {
  const writer = store.writers.ensure(name);
  store.writers.setFolders(writer.id, [`/home/${topic}`]);
  const content = { prompt: new TextEncoder().encode(topic.repeat(1000)).slice(0, 5000) };
  const profile = { baseModelId: "base", formatVersion: 1, blobs: content, report: { about: topic } };
  const { id: profileVersion } = store.profileVersions.add(writer.id, profile, "activate");
  for (let index = 0; index < documents; index += 1) {
    const path = `/home/${topic}/${index}.md`;
    const tags = [`${topic}-life`, `${topic} ${index}`];
    const record = sampleDocument({
      path,
      hash: `${topic}${index}`,
      title: `On ${topic}`,
      author: `${topic} fan`,
      tags,
    });
    const texts = Array.from(
      { length: 30 },
      (_, line) => `In post ${index}, line ${line}, the ${topic} was grey and wide.`,
    );
    const { id } = store.documents.save(
      writer.id,
      record,
      sampleSentences(...texts, `${topic} `.repeat(2000)),
    );
    store.passages.replace(id, "base", [{ firstSentence: 0, endSentence: 5, tokens: 90 }]);
    store.labels.replace(id, [{ sentence: 1, source: `${topic} rating`, valence: 0.5, weight: 1 }]);
    const maker = { modelId: "base", profileVersion };
    store.vectors.save(id, maker, [{ unit: { kind: "document" }, values: Float32Array.of(1, 2, 3) }]);
    const prepared = { madeFrom: `terms of ${topic}`, content: content.prompt.slice(0, 70) };
    store.preparedDocuments.keep(new Map([[id, prepared]]));
    const part = { madeFrom: `part of ${topic}`, content: content.prompt.slice(0, 60) };
    store.preparedParts.keep(writer.id, partOf(id), part, new Map([[id, sha256(prepared.content)]]));
  }
  const lesson = {
    kind: "tone",
    textHash: "s",
    sentence: `Lovely ${topic}, of course.`,
    valence: -1,
  } as const;
  store.corrections.add(writer.id, lesson);
  store.corrections.add(writer.id, { kind: "tagVetoed", textHash: "d", tag: `${topic}-veto` });
  const text = { path: `/home/${topic}/0.md`, textHash: topic, sentences: content.prompt.slice(0, 80) };
  store.preparedTags.keep(writer.id, "rows", {
    madeFrom: `of ${topic}`,
    content: content.prompt.slice(0, 90),
  });
  store.acceptedTags.add(writer.id, text, [`${topic}-life`]);
  store.renamedTags.add(writer.id, { from: `${topic}-lives`, to: `${topic}-life` });
  const run = store.learningRuns.start(writer.id, { folder: topic }, sampleProgress);
  store.learningRuns.saveCheckpoint(
    run.id,
    { step: 1, resume: { about: topic }, blobs: content },
    sampleProgress,
  );
  return writer;
}
