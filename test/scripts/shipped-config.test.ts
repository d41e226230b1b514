import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedConfig } from "../../scripts/model/shipped-config.ts";
import { modelConfigSchema } from "../../src/plm/files/model-config.ts";

test("The exported config.json is the committed one, to the letter.", () => {
  const path = join(import.meta.dirname, "../../models/idiolect-base/config.json");
  const committed = readFileSync(path, "utf8");
  const config = modelConfigSchema.parse(JSON.parse(committed));
  expect(`${JSON.stringify(shippedConfig(config), undefined, 2)}\n`).toBe(committed);
});
