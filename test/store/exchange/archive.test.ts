import AdmZip from "adm-zip";
import { describe, expect, test } from "vitest";
import { StoreError } from "../../../src/store/errors.ts";
import { openArchive } from "../../../src/store/exchange/archive.ts";
import { archiveFormat } from "../../../src/store/exchange/archive-shapes.ts";
import {
  ArchiveDamagedError,
  ArchiveForeignError,
  ArchiveNewerError,
  ArchiveOtherBaseError,
} from "../../../src/store/exchange/errors.ts";
import { openTemporaryStore } from "../temporary-store.ts";
import { annasStore, bytesOf, content, file, sayingsOf, take } from "./annas-store.ts";

describe("What is no whole export of a known kind", () => {
  const refused = (
    bytes: Uint8Array,
    Kind: new (...parts: never[]) => StoreError,
    use = openTemporaryStore(),
  ) => {
    const before = sayingsOf(use);
    expect(() => take(use, bytes, "file")).toThrow(Kind);
    expect(sayingsOf(use)).toEqual(before);
  };
  /** The same archive with another manifest or other files, packed as an honest program would. */
  function repacked(bytes: Uint8Array, change: (zip: AdmZip) => void): Uint8Array {
    const zip = new AdmZip(Buffer.from(bytes));
    change(zip);
    return zip.toBuffer();
  }

  test("is refused wherever it was cut off.", () => {
    const bytes = bytesOf(annasStore());
    for (let length = 0; length < bytes.length; length += 7) {
      const kind = length < 4 ? ArchiveForeignError : ArchiveDamagedError;
      expect(() => openArchive(file, bytes.subarray(0, length)), `${length} bytes`).toThrow(kind);
    }
    refused(bytes.subarray(0, bytes.length - 1), ArchiveDamagedError);
  });

  test("is refused, or says what it said, whichever byte was changed.", () => {
    const bytes = bytesOf(annasStore(), true);
    const whole = openArchive(file, bytes);
    let changedNothing = 0;
    for (let at = 0; at < bytes.length; at += 5) {
      const changed = Uint8Array.from(bytes);
      changed[at] = changed[at]! ^ 0x24;
      try {
        expect(openArchive(file, changed)).toEqual(whole);
        changedNothing += 1;
      } catch (cause) {
        if (!(cause instanceof StoreError)) throw cause;
      }
    }
    // Times and attributes of files, which nobody asks for.
    expect(changedNothing).toBeLessThan(bytes.length / 15);
  });

  test("is told apart from an archive of something else, and from a file that is none.", () => {
    const zip = new AdmZip();
    zip.addFile("holiday.txt", Buffer.from("sun"));
    refused(zip.toBuffer(), ArchiveForeignError);
    zip.addFile("manifest.json", Buffer.from('{"name":"an extension"}'));
    refused(zip.toBuffer(), ArchiveForeignError);
    refused(Buffer.from("SQLite format 3\0"), ArchiveForeignError);
  });

  test("is told to come from a newer version, whatever else that version writes.", () => {
    const newer = { format: archiveFormat, version: 2, everything: "is elsewhere" };
    const bytes = repacked(bytesOf(annasStore()), (zip) =>
      zip.updateFile("manifest.json", Buffer.from(JSON.stringify(newer))),
    );
    refused(bytes, ArchiveNewerError);
  });

  test("is refused where files are added, exchanged or missing.", () => {
    const bytes = bytesOf(annasStore());
    const more = repacked(bytes, (zip) => zip.addFile("extra.json", Buffer.from("{}")));
    const other = repacked(bytes, (zip) => zip.updateFile("lessons.jsonl", Buffer.from("")));
    const fewer = repacked(bytes, (zip) => zip.deleteFile("accepted-tags.json"));
    for (const one of [more, other, fewer]) refused(one, ArchiveDamagedError);
  });

  test("is refused where it was learned with another base model, also by a store that knows the writer.", () => {
    const other = openTemporaryStore();
    const { id } = other.writers.ensure("Anna");
    other.profileVersions.add(id, content(1, "another base"), "activate");
    other.corrections.add(id, { kind: "tagAdded", textHash: "d1", tag: "Fog" });
    refused(bytesOf(other), ArchiveOtherBaseError);
    refused(bytesOf(other), ArchiveOtherBaseError, annasStore());
  });

  test("tells in words what to do.", () => {
    const error = new ArchiveNewerError(file);
    expect(error.message).toBe(
      "anna.idiolect was made by a newer version of Idiolect. Nothing was imported. Update Idiolect here, then import the file again.",
    );
  });

  test("waits for a learner that is at work.", () => {
    const store = annasStore();
    const bytes = bytesOf(store);
    store.lease.acquire(process.pid);
    expect(() => take(store, bytes)).toThrow(/learning at the moment/);
  });
});
