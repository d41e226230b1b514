import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createRandom } from "../../../src/numbers/random.ts";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";
import { goldenPath } from "../../plm/encoder/family-golden.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-sentiment-tuning-"));
const model = tinyModel(folder);
useOwnCache(folder);
// The general model is fine-tuned once.
beforeAll(() => void vi.stubEnv("IDIOLECT_EVALUATION_CACHE", join(folder, "kept")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Twenty writers whose labels follow how many kind words a text has. */
function writeOpinions(): string {
  const random = createRandom(3);
  const pick = (words: readonly string[]): string => words[random.integer(words.length)]!;
  const lines = Array.from({ length: 20 * 20 }, (_, at) => {
    const kind = random.integer(4);
    const words = Array.from({ length: 3 }, (_, place) =>
      pick(place < kind ? ["first", "people", "know"] : ["down", "out", "not"]),
    );
    const label = kind < 1 + (at % 2) ? 0 : 1;
    return JSON.stringify({ writer: `w${at % 20}`, time: at, text: `${words.join(" ")} ${at}`, label });
  });
  const path = join(folder, "opinions.jsonl");
  writeFileSync(path, lines.join("\n"));
  return path;
}

const file = writeOpinions();
const evaluate = (...options: readonly string[]) =>
  idiolect(["evaluate", "sentiment", file, "--model", model, "--min", "20", ...options]);

test("Another way of tuning takes the place of prompts, and the other methods stay as they are.", async () => {
  const methodsOf = async (...options: readonly string[]) => {
    const { code, errors, json } = await evaluate("--json", ...options);
    expect({ code, errors }).toMatchObject({ code: 0 });
    return json()["methods"] as Record<string, { readonly accuracy: number }>;
  };
  const product = await methodsOf();
  const tuned = await methodsOf("--tuning", "lora+bias", "--rank", "2", "--writer-dropout", "0.1");
  expect(tuned["general"]).toEqual(product["general"]);
  expect(tuned["bias"]).toEqual(product["bias"]);
  const unread = await methodsOf("--tuning", "lora+bias", "--strength", "0");
  expect(unread["prompts"]!.accuracy).toBe(product["general"]!.accuracy);
});

test("Head, joint learning and learning together can be asked for, and the answer tells them.", async () => {
  const options = [
    "--tuning",
    "prompts+bias",
    "--head",
    "softmax",
    "--masked-lm-weight",
    "0.5",
    "--together",
  ];
  const { code, errors, json } = await evaluate("--json", ...options);
  expect({ code, errors }).toMatchObject({ code: 0 });
  expect(json()).toMatchObject({
    tuning: { way: "prompts+bias", head: "softmax", maskedLmWeight: 0.5, together: true },
    methods: { prompts: { accuracy: expect.any(Number) } },
  });
  const { out } = await evaluate(...options);
  expect(out).toContain(
    "prompts: prompts+bias under the softmax head, with 0.5 · hidden words, all writers in one run",
  );
});

test("Hidden words are refused where the model has no head for them.", async () => {
  const path = join(folder, "headless");
  cpSync(goldenPath("tiny-electra"), path, { recursive: true });
  const options = ["--model", path, "--tuning", "prompts", "--masked-lm-weight", "1"];
  expect(await evaluate(...options)).toMatchObject({
    code: 2,
    errors: expect.stringContaining("has no head that guesses hidden words. Leave --masked-lm-weight out"),
  });
});

test("What is chosen on other writers is refused.", async () => {
  const rates = await evaluate("--rates", "prompts=0.1");
  expect(rates).toMatchObject({ code: 2, errors: expect.stringContaining("chosen on other writers") });
});
