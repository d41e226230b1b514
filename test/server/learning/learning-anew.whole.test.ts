import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { generalReaderId } from "../../../src/profile/profile.ts";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { idiolect, useOwnCache } from "../../cli/run-idiolect.ts";
import { writeTinyModel } from "../../learner/tiny-model.ts";
import { placeFormerStore } from "../../store/former-base/former-store.ts";
import { OpenServer } from "../open-server.ts";

const draft = "The tile on the roof was broken again.\n\nThe drip keeps time like a bad clock.\n";

describe("A store that commit dd077cf made, opened with another base", () => {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-former-"));
  const { storePath, blog } = placeFormerStore(folder);
  const modelPath = writeTinyModel(join(folder, "model"));
  const common = ["--store", storePath, "--model", modelPath];
  /** As that commit unpacked the base that shipped then. */
  const formerCache = join(folder, "cache", "idiolect", "b08bd93d3717d466");
  mkdirSync(formerCache, { recursive: true });
  writeFileSync(join(formerCache, "weights-2.bin"), "former weights");

  useOwnCache(folder);
  afterAll(() => rmSync(folder, { recursive: true }));

  const madeBy = () => {
    using database = new DatabaseSync(join(storePath, "idiolect.sqlite"));
    const sql = "SELECT DISTINCT model_id AS id FROM vectors UNION SELECT DISTINCT model_id FROM passages";
    return database
      .prepare(sql)
      .all()
      .map(({ id }) => id);
  };

  test("The terminal reads with the lessons, and says what is to be learned anew and how.", async () => {
    const read = await idiolect(["read", "-", "--writer", "blog", ...common, "--json"], draft);
    const { sentences, gate } = read.json() as never as {
      readonly sentences: readonly { readonly personal: unknown; readonly taught?: true }[];
      readonly gate: unknown;
    };
    expect(sentences[1]).toMatchObject({ taught: true, personal: { label: "positive", confidence: 1 } });
    expect(gate).toMatchObject({ open: false, reason: expect.stringContaining("has to be learned anew") });
    const tags = await idiolect(["tags", "-", "--writer", "blog", ...common], draft);
    expect(tags).toMatchObject({ code: 3, errors: expect.stringContaining("Learn anew: idiolect learn") });
    const versions = await idiolect(["profile", "list", "--store", storePath, "--json"]);
    expect(versions.json()).toMatchObject({ profileVersions: [{ documents: 14, isActive: true }] });
  });

  test("The weights that the former base was unpacked to are gone.", () => {
    expect(existsSync(formerCache)).toBe(false);
  });

  test("The server learns it anew unasked, suggests tags meanwhile, and keeps lessons and consent.", async () => {
    const server = await OpenServer.open({ storePath, modelPath });
    try {
      const uri = await server.openDocument(join(blog, "draft.md"), draft);
      await server.hears(notifications.status, ({ kind }) => kind === "learning");
      expect(await server.request(requests.suggestTags, { uri, limit: 5 })).toMatchObject({
        kind: "suggested",
        writer: "blog",
      });
      await server.hears(notifications.status, ({ kind }) => kind === "idle");

      expect(await server.request(requests.status, {})).toMatchObject({
        kind: "idle",
        writers: [{ name: "blog", folders: [blog], documents: 14 }],
      });
      const lessons = await server.request(requests.lessons, {});
      expect(lessons.map(({ about }) => about).toSorted()).toEqual([
        "I have put a bucket under it.",
        "The drip keeps time like a bad clock.",
        "garden",
      ]);
      const { sentences, gate } = await server.request(requests.readDocument, { uri });
      expect(sentences[1]).toMatchObject({ taught: true, personal: { label: "positive" } });
      expect(gate.reason).not.toContain("anew");
    } finally {
      await server.close();
    }
  });

  test("Nothing that the former base made is left but its version, to which there is no way back.", async () => {
    expect(madeBy()).toEqual([await generalReaderId(modelPath)]);
    const { profileVersions } = (
      await idiolect(["profile", "list", "--store", storePath, "--json"])
    ).json() as never as { readonly profileVersions: readonly { readonly id: string }[] };
    expect(profileVersions).toMatchObject([{ isActive: true }, { isActive: false }]);
    for (const version of [[], [profileVersions[1]!.id]]) {
      const back = await idiolect(["profile", "rollback", ...version, "--store", storePath]);
      expect(back).toMatchObject({ code: 1, errors: expect.stringContaining("another base model") });
    }
    const tags = await idiolect(["tags", "-", "--writer", "blog", ...common, "--json"], draft);
    expect(tags.code).toBe(0);
  });
});
