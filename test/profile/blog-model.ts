import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

/** Opens the tiny model that knows the words of the small blog, for all tests of a file; to be called outside of tests. */
export function openBlogModel(): Promise<PretrainedModel> {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-profile-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return PretrainedModel.open(writeTinyModel(join(folder, "model")), join(folder, "cache"));
}
