import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { draftOf } from "../../../src/plm/cache/drafts.ts";
import {
  cacheFormat,
  formerBaseFolder,
  recordFile,
  weightsFile,
} from "../../../src/plm/cache/weight-cache-names.ts";
import { WeightCacheError } from "../../../src/plm/errors.ts";
import { PretrainedModel } from "../../../src/plm/pretrained-model.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";
import { writeQuantisedModel } from "../quantised-model.ts";
import { readingOf, wholeSession } from "../reading-of.ts";
import { openTinyModel, tinyBertPath } from "../tiny-model.ts";
import { damagesOfCache } from "./weight-cache-damages.ts";

const newFolder = (): string => mkdtempSync(join(tmpdir(), "idiolect-weights-"));
const quantised = writeQuantisedModel(join(newFolder(), "quantised"));
const count = process.env["LONG"] === "1" ? 200 : 28;
const day = 86_400;

/** A cache that has been made and is well. */
async function made(path = tinyBertPath) {
  const cachePath = newFolder();
  const model = await PretrainedModel.open(path, cachePath);
  return { cachePath, folder: model.cache.folder, reading: await readingOf(model) };
}

const draftsIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".draft"));

describe("unpacked weights", () => {
  it("are what this layout has always been: other bytes or places need another number of the layout", async () => {
    const { folder } = await made(quantised);
    const [, record = ""] = readFileSync(join(folder, recordFile), "utf8").split("\n");
    const { sha256, places } = JSON.parse(record);
    const layout = createHash("sha256").update(JSON.stringify(places)).digest("hex");
    expect({ cacheFormat, sha256, layout }).toMatchInlineSnapshot(`
      {
        "cacheFormat": 5,
        "layout": "a9af954ee267a5d5e4701ffa4e11b592c49bcf126a18c5a1979ec027c2c4ccce",
        "sha256": "39daecab76dc839673d922ab51f7a7e26c945ea7493c9df87a7225746e97d892",
      }
    `);
  });

  it.skipIf(process.platform === "win32")(
    "can be written to by nobody, and are the writer's alone",
    async () => {
      const { folder } = await made();
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, weightsFile)).mode & 0o777).toBe(0o400);
    },
  );

  it("are recorded on a later tick than they were changed, so that a change right after it shows", async () => {
    for (let at = 0; at < 10; at++) {
      const { folder } = (await openTinyModel(newFolder())).cache;
      const [record, weights] = [recordFile, weightsFile].map((name) =>
        statSync(join(folder, name), { bigint: true }),
      );
      expect(record!.ctimeNs).toBeGreaterThan(weights!.ctimeNs);
      expect(readFileSync(join(folder, recordFile), "utf8")).toContain(`"changedNs":"${weights!.ctimeNs}"`);
    }
  });

  it("that are well are kept", async () => {
    const { cachePath, folder } = await made();
    const before = statSync(join(folder, weightsFile), { bigint: true });
    expect((await openTinyModel(cachePath)).cache.opening).toEqual({ kind: "kept" });
    expect(statSync(join(folder, weightsFile), { bigint: true })).toEqual(before);
  });

  it("that were copied elsewhere are compared byte for byte, and kept", async () => {
    const { cachePath, folder, reading } = await made();
    const bytes = readFileSync(join(folder, weightsFile));
    rmSync(join(folder, weightsFile));
    writeFileSync(join(folder, weightsFile), bytes);
    for (const _time of ["first", "second"]) {
      const model = await openTinyModel(cachePath);
      expect(model.cache.opening).toEqual({ kind: "kept" });
      expect(await readingOf(model)).toEqual(reading);
    }
  });

  it("that were taken away from a process that uses them are made anew", async () => {
    const { cachePath, reading } = await made();
    const model = await openTinyModel(cachePath);
    for (const _time of ["first", "second"]) {
      rmSync(cachePath, { recursive: true });
      expect(await readingOf(model)).toEqual(reading);
      expect(model.cache.opening.kind).toBe("made");
    }
  });

  it("of a process that uses them stay readable where they are made anew meanwhile", async () => {
    const { cachePath, folder, reading } = await made();
    const user = await openTinyModel(cachePath);
    const session = await wholeSession(user);
    writeFileSync(join(folder, recordFile), "{}");
    expect((await openTinyModel(cachePath)).cache.opening.kind).toBe("repaired");
    expect(await session.read()).toEqual(reading);
    await session.release();
  });

  it("say what was wrong with them", async () => {
    const { cachePath, folder } = await made();
    const weights = join(folder, weightsFile);
    chmodSync(weights, 0o600);
    writeFileSync(weights, readFileSync(weights).subarray(1));
    const { opening } = (await openTinyModel(cachePath)).cache;
    expect(opening).toMatchObject({
      kind: "repaired",
      fault: { message: "its weights had {0} bytes instead of {1}" },
    });
  });

  const damages = damagesOfCache(createRandom("damages of the cache"));
  it.each(
    Array.from({ length: count }, (_, at) => damages[at % damages.length]!).map(
      ({ name, damage }, at) => [at, name, damage] as const,
    ),
  )("read as before, or not at all, after damage %i: %s", async (at, name, damage) => {
    const path = at % 2 === 0 ? tinyBertPath : quantised;
    const { cachePath, folder, reading } = await made(path);
    damage(folder);
    const opened = await PretrainedModel.open(path, cachePath).then(
      async (model) => ({ reading: await readingOf(model), kind: model.cache.opening.kind }),
      (error: unknown) => error,
    );
    if (opened instanceof Error) {
      expect(opened, name).toBeInstanceOf(WeightCacheError);
      return;
    }
    expect(opened, name).toMatchObject({ reading });
    // What was mended stays mended.
    expect((await PretrainedModel.open(path, cachePath)).cache.opening.kind).toBe("kept");
    expect(draftsIn(folder)).toEqual([]);
  });

  it("cannot be where there is no room or no right to write, which is said with what to do", async () => {
    const cachePath = join(newFolder(), "file");
    writeFileSync(cachePath, "no folder");
    const error = await openTinyModel(cachePath).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(WeightCacheError);
    expect((error as Error).message).toMatch(/cannot be unpacked to .*Remove the folder/s);
  });
});

describe("drafts of unpacked weights", () => {
  it("go when their maker is gone, and stay while it lives", async () => {
    const { cachePath, folder } = await made();
    const living = draftOf(join(folder, weightsFile));
    // No process has a number this large.
    const dead = living.replace(`-${process.pid}-`, "-999999999-");
    const otherMachine = dead.replace(/\.[0-9a-f]{8}-/, ".00000000-");
    for (const path of [living, dead, otherMachine]) writeFileSync(path, "half");
    await openTinyModel(cachePath);
    expect([living, dead, otherMachine].map((path) => existsSync(path))).toEqual([true, false, true]);
    for (const path of [living, otherMachine]) utimesSync(path, 0, 0);
    await openTinyModel(cachePath);
    expect(draftsIn(folder)).toEqual([]);
  });

  it("of earlier versions go once they are too old to be written to", async () => {
    const cachePath = newFolder();
    const folder = join(cachePath, "0123456789abcdef");
    mkdirSync(folder);
    const [old, young] = ["aaaaaaaa", "bbbbbbbb"].map((id) =>
      join(folder, `weights-2.bin.${id}-1111-4222-8333-444455556666.draft`),
    ) as [string, string];
    for (const path of [old, young]) writeFileSync(path, "half");
    const twoHoursAgo = Date.now() / 1000 - 7_200;
    utimesSync(old, twoHoursAgo, twoHoursAgo);
    await openTinyModel(cachePath);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });
});

describe("versions of Idiolect that share a folder", () => {
  /** A cache as another layout has it, last used so many days ago. */
  function otherCache(cachePath: string, name: string, files: readonly string[], days: number): string {
    const folder = join(cachePath, name);
    mkdirSync(folder);
    const usedS = Date.now() / 1000 - days * day;
    for (const file of files) {
      writeFileSync(join(folder, file), "theirs");
      utimesSync(join(folder, file), usedS, usedS);
    }
    utimesSync(folder, usedS, usedS);
    return folder;
  }

  it("each have their own weights and leave those of the other alone", async () => {
    const cachePath = newFolder();
    const { id } = await openTinyModel();
    const [before, after] = [id.slice(0, 16), `${id.slice(0, 16)}-${cacheFormat + 1}`];
    const theirs = [
      otherCache(cachePath, before, ["weights-2.bin", "weights-2.json", "fedcba9876543210.onnx"], 29),
      otherCache(cachePath, after, ["weights.bin", "weights.record"], 29),
    ];
    await openTinyModel(cachePath);
    expect(theirs.flatMap((folder) => readdirSync(folder))).toHaveLength(5);
    expect(readdirSync(cachePath)).toHaveLength(3);
  });

  it("lose what none of them has used for a month, and nothing else", async () => {
    const cachePath = newFolder();
    otherCache(
      cachePath,
      "0123456789abcdef",
      ["weights-2.bin", "weights-2.json", "fedcba9876543210.onnx"],
      31,
    );
    otherCache(cachePath, `0123456789abcdef-${cacheFormat}`, ["weights.bin", "weights.record"], 31);
    const used = otherCache(cachePath, "aaaaaaaaaaaaaaaa", ["weights-2.bin"], 31);
    utimesSync(join(used, "weights-2.bin"), Date.now() / 1000, 0);
    const others = otherCache(cachePath, "photos", ["weights.bin"], 400);
    const mixed = otherCache(cachePath, "bbbbbbbbbbbbbbbb", ["notes.txt"], 400);
    symlinkSync(others, join(cachePath, "cccccccccccccccc"));
    lutimesSync(join(cachePath, "cccccccccccccccc"), 0, 0);
    const { folder } = (await openTinyModel(cachePath)).cache;
    const left = readdirSync(cachePath).map((name) => join(cachePath, name));
    expect(left.sort()).toEqual([folder, used, others, mixed, join(cachePath, "cccccccccccccccc")].sort());
    expect(existsSync(join(mixed, "notes.txt"))).toBe(true);
    expect(existsSync(join(others, "weights.bin"))).toBe(true);
  });

  it("lose at once those of a model in whose place another lies, or none, and of the base from before", async () => {
    const cachePath = newFolder();
    const place = newFolder();
    const openAt = async (path: string) => (await PretrainedModel.open(path, cachePath)).cache.folder;
    const [updated, removed, kept] = ["updated", "removed", "kept"].map((name) => join(place, name)) as [
      string,
      string,
      string,
    ];
    for (const [at, path] of [updated, removed, kept].entries()) {
      writeTinyModel(path, { metadata: { number: `${at}` } });
    }
    const [first, second, third] = [await openAt(updated), await openAt(removed), await openAt(kept)];
    const former = otherCache(cachePath, formerBaseFolder, ["weights-2.bin", "weights-2.json"], 0);
    writeTinyModel(updated, { metadata: { number: "3" } });
    rmSync(removed, { recursive: true });
    const present = await openAt(updated);
    expect([first, second, former].filter((folder) => existsSync(folder))).toEqual([]);
    expect([third, present].every((folder) => existsSync(folder))).toBe(true);
  });

  it("renew the time of use each day, and look for what is unused then", async () => {
    const { cachePath, folder } = await made();
    const stale = otherCache(cachePath, "0123456789abcdef", ["weights-2.bin"], 31);
    await openTinyModel(cachePath);
    expect(existsSync(stale)).toBe(true);
    const record = join(folder, recordFile);
    utimesSync(record, Date.now() / 1000 - 2 * day, Date.now() / 1000 - 2 * day);
    expect((await openTinyModel(cachePath)).cache.opening.kind).toBe("kept");
    expect(Date.now() - statSync(record).mtimeMs).toBeLessThan(day * 1000);
    expect(existsSync(stale)).toBe(false);
  });

  it("never take the record of one model for another's", async () => {
    const first = await made();
    const second = await made(quantised);
    for (const name of [recordFile, weightsFile])
      renameSync(join(first.folder, name), join(second.folder, name));
    const model = await PretrainedModel.open(quantised, second.cachePath);
    expect(model.cache.opening.kind).toBe("repaired");
    expect(await readingOf(model)).toEqual(second.reading);
  });
});
