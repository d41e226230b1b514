import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CancellationToken, CancellationTokenSource } from "vscode-languageserver/node";
import { markdown } from "../../../src/corpus/formats/markdown.ts";
import { LiveSource } from "../../../src/corpus/live/live-source.ts";
import { prepareTags } from "../../../src/readings/tags/tag-suggestions.ts";
import type { OpenDocument, ReadingHost, ServerContext } from "../../../src/server/context.ts";
import { CorpusWatch } from "../../../src/server/documents/corpus-watch.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { ClosedLists } from "../../../src/server/tags/closed-lists.ts";
import { readTagsAhead } from "../../../src/server/tags/read-tags-ahead.ts";
import { TagPreparations } from "../../../src/server/tags/tag-preparations.ts";
import { TagReadings } from "../../../src/server/tags/tag-readings.ts";
import { TaughtTexts } from "../../../src/server/teaching/taught-texts.ts";
import type { Store } from "../../../src/store/store.ts";
import { type LearnedHost, openLearnedHost } from "../learned-host.ts";

const never = CancellationToken.None;
let learned: LearnedHost;

beforeAll(async () => {
  learned = await openLearnedHost();
});
afterAll(() => learned.dispose());

describe("A writer's tags", () => {
  let tasks: number;
  let preparations: TagPreparations;

  beforeEach(() => {
    tasks = 0;
    const counting: ReadingHost = {
      read: (urgency, token, task) => {
        tasks += 1;
        return learned.host.read(urgency, token, task);
      },
      onAsked: (listener) => learned.host.onAsked(listener),
      store: () => learned.host.store(),
      storeIfAny: () => learned.host.storeIfAny(),
      openableStore: () => learned.host.openableStore(),
      writerOf: (path) => learned.host.writerOf(path),
      release: () => learned.host.release(),
    };
    preparations = new TagPreparations(counting);
  });

  it("are made ready once for two who ask at the same time, and kept for those who come later", async () => {
    const { writer } = learned;
    const [one, other] = await Promise.all([
      preparations.get(writer, "command", never),
      preparations.get(writer, "completion", never),
    ]);
    expect(one.kind).toBe("ready");
    expect(other).toBe(one);
    expect(tasks).toBe(1);
    expect(await preparations.get(writer, "command", never)).toBe(one);
  });

  it("are still made ready for the one when the other is cancelled", async () => {
    const { writer } = learned;
    const source = new CancellationTokenSource();
    const first = preparations.get(writer, "command", source.token);
    const second = preparations.get(writer, "background", never);
    const refused = expect(first).rejects.toMatchObject({ message: "cancelled" });
    source.cancel();
    await refused;
    expect(await second).toMatchObject({ kind: "ready" });
    expect(tasks).toBe(1);
  });

  it("are asked for anew after everybody was cancelled", async () => {
    const { writer } = learned;
    const source = new CancellationTokenSource();
    const first = expect(preparations.get(writer, "command", source.token)).rejects.toThrow();
    source.cancel();
    await first;
    expect(await preparations.get(writer, "command", never)).toMatchObject({ kind: "ready" });
    expect(tasks).toBe(2);
  });
});

it("A slice reads one document from the store at most while tags are made ready.", async () => {
  const { host, writer } = learned;
  let inSlice = 0;
  let most = 0;
  await host.read("command", never, async (session, breathe) => {
    const open = session.profileOf(writer);
    if (open.kind !== "open") throw new Error(`the profile is ${open.kind}`);
    const { encoder, reader } = session;
    const store = countSentences(session.store, () => {
      inSlice += 1;
      most = Math.max(most, inSlice);
    });
    await prepareTags({ store, writerId: writer.id, reader, encoder, open }, async () => {
      inSlice = 0;
      await breathe();
    });
  });
  expect(most).toBe(1);
});

it("The tags of an opened document are read ahead, so that the first completion finds them.", async () => {
  const { host, blog } = learned;
  const document = draftAt(join(blog, "new.md"));
  let opened: (uri: string) => void = () => undefined;
  let rest: () => void = () => undefined;
  const context = {
    host,
    documents: {
      get: () => document,
      at: () => document,
      onChange: (listener: (uri: string) => void) => {
        opened = listener;
      },
      onSave: () => undefined,
      onClose: () => undefined,
    },
    settings: () => defaultSettings,
    onReadingsChanged: () => undefined,
    onShutdown: () => undefined,
    news: new CorpusWatch({ host, settings: () => defaultSettings, isSaid: () => true, folders: () => [] }),
  } as Partial<ServerContext> as ServerContext;
  const readings = new TagReadings(context, new TaughtTexts(context.documents), new ClosedLists(context));
  readTagsAhead(context, readings, (_, onIdle) => ({
    restart: () => {
      rest = onIdle;
    },
    stop: () => undefined,
  }));
  opened(document.uri);
  expect(readings.known(document)).toBeUndefined();
  rest();
  await expect.poll(() => readings.known(document)).toMatchObject({ isFresh: true });
});

/** A store in which no document is kept taken apart, so that each is read. */
function countSentences(store: Store, onRead: () => void): Store {
  const documents = new Proxy(store.documents, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (name === "sentences") onRead();
        return Reflect.apply(value, target, given);
      };
    },
  });
  const preparedDocuments = { read: () => new Map(), keep: () => undefined };
  const preparedParts = { read: () => undefined, keep: () => undefined };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === "preparedDocuments") return preparedDocuments;
      if (name === "preparedParts") return preparedParts;
      return name === "documents" ? documents : Reflect.get(target, name, target);
    },
  });
}

function draftAt(path: string): OpenDocument {
  const source = "---\ntitle: The bridge\n---\nI was at the bridge.\n";
  const nowhere = { line: 0, character: 0 };
  const live = new LiveSource(source, path, markdown);
  return {
    uri: `file://${path}`,
    path,
    languageId: "markdown",
    format: markdown,
    version: 1,
    source,
    live,
    parsed: live.whole,
    authors: [],
    offsetAt: () => 0,
    positionAt: () => nowhere,
  };
}
