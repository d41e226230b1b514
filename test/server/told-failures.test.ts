import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { NoTextError } from "../../src/learner/errors.ts";
import { requests } from "../../src/protocol/requests.ts";
import { speakLanguage } from "../../src/server/language.ts";
import { readText } from "../house/project-files.ts";
import { openForTest } from "../store/temporary-store.ts";
import { OpenServer } from "./open-server.ts";

const sentences: unknown = JSON.parse(readText("l10n/bundle.l10n.de.json"));

describe("To a German editor the server tells", () => {
  let server: OpenServer;
  beforeEach(async () => {
    server = await OpenServer.open({ initializationOptions: { language: { locale: "de", sentences } } });
  });
  afterEach(() => server.close());
  // Tests of other files run in the same process.
  afterAll(() => speakLanguage(undefined));

  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(server.folder, name);
    writeFileSync(path, content);
    return path;
  };

  it("why a file cannot be imported, and the log gets it in English.", async () => {
    const path = file("holiday.idiolect", "Wish you were here.");
    await expect(server.request(requests.previewImport, { file: path })).rejects.toMatchObject({
      message: expect.stringMatching(/gemacht\. Wählen Sie eine Datei/),
      data: {
        name: "ArchiveForeignError",
        message: `${path} wurde nicht mit dem Export von Idiolect gemacht.`,
        advice: expect.stringMatching(/^Wählen Sie eine Datei/),
        english: expect.stringMatching(/was not made by Idiolect's export\. Choose a file/),
      },
    });
  });

  it("that there is no such file.", async () => {
    const path = join(server.folder, "gone.idiolect");
    await expect(server.request(requests.previewImport, { file: path })).rejects.toMatchObject({
      data: { message: `${path} konnte nicht gelesen werden (ENOENT).` },
    });
  });

  it("that it knows no such person.", async () => {
    await expect(server.request(requests.forget, { writer: "Nemo" })).rejects.toMatchObject({
      message: "Der Speicher kennt niemanden namens Nemo. Er kennt noch niemanden.",
      data: { message: "Der Speicher kennt niemanden namens Nemo.", advice: "Er kennt noch niemanden." },
    });
  });

  it("why tags cannot be written into a document, with what its parser says.", async () => {
    const uri = await server.openDocument("post.md", "---\ntags: [boats\n---\nText.\n");
    expect(await server.request(requests.tagEdit, { uri, tags: ["tides"] })).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^Das Front Matter ist in Zeile \d fehlerhaft: \S.*\.$/),
      advice: "Berichtigen Sie erst diese Zeile.",
    });
  });

  it("why a document on the disk cannot get tags.", async () => {
    const latin = file("latin.md", Buffer.from("Caf\u00e9 by the sea.\n", "latin1"));
    const page = file("page.html", "<p>By the sea.</p>\n");
    const add = (path: string) => server.request(requests.addTags, { path, tags: ["sea"] });
    expect(await add(latin)).toMatchObject({ reason: "Die Datei ist nicht in UTF-8." });
    expect(await add(page)).toMatchObject({
      reason: "In Dokumente der Art HTML werden keine Tags geschrieben.",
      advice: expect.stringMatching(/^Schreiben Sie sie in seinen Kopf/),
    });
    const gone = join(server.folder, "gone.md");
    expect(await add(gone)).toMatchObject({ reason: `${gone}: ist nicht da.` });
  });

  it("what was erased.", async () => {
    openForTest(server.storePath).writers.ensure("Anna");
    const { erased } = await server.request(requests.forget, {});
    expect(erased.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["Name und Ordner (Anna)", "Indizes, Protokolle und Leerraum der Datenbank"]),
    );
  });

  it("why learning failed, also before this server was there.", async () => {
    const store = openForTest(server.storePath);
    const { id } = store.writers.ensure("Anna");
    const progress = { stage: "corpus", step: 0, steps: 0, seconds: 0, peakMemoryBytes: 0 };
    const run = store.learningRuns.start(id, {}, progress);
    const { message, told } = new NoTextError(["/blog"], 1234);
    store.learningRuns.setState(run.id, { kind: "failed", progress, message, told });
    store.close();
    expect(await server.request(requests.status, {})).toMatchObject({
      kind: "failed",
      reason: "In /blog gibt es nichts, woraus gelernt werden könnte: 1.234 Dateien, aber keine Prosa darin.",
      advice: expect.stringMatching(/^Nennen Sie einen Ordner/),
    });
  });
});
