import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { goldenPath } from "../../plm/encoder/family-golden.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-evaluate-mlm-"));
const model = tinyModel(folder);
useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blog = writeSmallBlog(join(folder, "blog"), 6);
const other = writeSmallBlog(join(folder, "other"), 4);

interface Figures {
  readonly loss: number;
  readonly perplexity: number;
  readonly top1: number;
  readonly accuracy: number;
}

interface Evaluation extends Readonly<Record<"none" | "shared" | "own" | "other", Figures>> {
  readonly masked: number;
  readonly difference: { readonly mean: number };
  readonly tuning: {
    readonly method: string;
    readonly objective: string;
    readonly bytesPerWriter: number;
    readonly trained: number;
  };
}

const evaluate = (...options: readonly string[]) =>
  idiolect(["evaluate", "mlm", blog, "--other", other, "--model", model, ...options]);

async function measure(...options: readonly string[]): Promise<Evaluation> {
  const { code, errors, json } = await evaluate("--json", ...options);
  expect({ code, errors }).toEqual({ code: 0, errors: expect.not.stringContaining("idiolect:") });
  return json() as unknown as Evaluation;
}

/** Numbers of a writer on the tiny model (2 layers, d = 32, 64 within, 64 places), by way of tuning. */
const ways: Readonly<Record<string, number>> = {
  prompts: 2 * 8 * 32,
  "prompts+bitfit": 2 * 8 * 32 + 2 * (3 * 32 + 32 + 32 + 64 + 32 + 32) + 32,
  "input-prompts": 8 * 32,
  lora: 2 * 2 * (8 * 32 + 32 * 8),
  adapters: 2 * 2 * (2 * 16 * 32 + 16 + 32),
  head: 32 * 32 + 3 * 32,
  "lora+bias": 2 * 2 * (8 * 32 + 32 * 8) + 196,
};

describe("A way of tuning", () => {
  test("that is not named is the product's, and the answer tells its size.", async () => {
    const { tuning, masked, own } = await measure();
    expect(masked).toBeGreaterThan(0);
    expect(own).toEqual({
      loss: expect.any(Number),
      perplexity: expect.any(Number),
      top1: expect.any(Number),
    });
    expect(tuning).toEqual({
      method: "prompts in 2 layers, 8 each",
      objective: "masked-words",
      bytesPerWriter: 2 * ways["prompts"]!,
      trained: ways["prompts"],
    });
  });

  test.each([...Object.keys(ways), "bitfit", "all-weights"])("%s learns the writer.", async (way) => {
    const { none, shared, own, tuning } = await measure("--tuning", way, "--epochs", "1");
    expect(tuning.bytesPerWriter).toBe(2 * tuning.trained);
    expect(tuning.trained).toEqual(ways[way] ?? expect.any(Number));
    expect(own.loss).toBeLessThan(shared.loss);
    if (!way.includes("prompts")) expect(shared).toEqual(none);
  });

  test("reads hidden words as the product does where it is the product's.", async () => {
    const [product, way] = [await measure(), await measure("--tuning", "prompts")];
    expect(way.masked).toBe(product.masked);
    expect(way.none.loss).toBeCloseTo(product.none.loss, 5);
    expect(way.shared.loss).toBeCloseTo(product.shared.loss, 5);
  });

  test("with strength 0 reads as for an unknown writer, and otherwise repeats exactly.", async () => {
    const options = ["--tuning", "lora", "--rank", "2", "--epochs", "1", "--writer-dropout", "0.2"];
    const { shared, own, difference, tuning } = await measure(...options, "--strength", "0");
    expect(own).toEqual(shared);
    expect(difference.mean).toBe(0);
    expect(tuning.method).toBe("LoRA, rank 2");
    expect(await measure(...options)).toEqual(await measure(...options));
  });

  test("may be pulled towards the general reading, or learn from fewer passages.", async () => {
    const apart = async (...options: readonly string[]): Promise<number> =>
      Math.abs((await measure("--epochs", "1", ...options)).difference.mean);
    const free = await apart("--tuning", "lora", "--rank", "2");
    expect(await apart("--tuning", "lora", "--rank", "2", "--l2", "100")).toBeLessThan(0.5 * free);
    const few = await measure("--epochs", "1", "--passages", "2");
    expect(few.own).not.toEqual((await measure("--epochs", "1")).own);
    expect(await measure("--passages", "1000000")).toEqual(await measure("--tuning", "prompts"));
  });

  test.each(["zero", "random", "text"])("may start prompts from %s.", async (start) => {
    const options = ["--prompt-length", "3", "--prompt-start", start, "--epochs", "1"];
    const { tuning, own, shared } = await measure(...options);
    expect(tuning.method).toBe("prompts in 2 layers, 3 each");
    expect(own.loss).toBeLessThan(shared.loss);
  });

  test.each(["plain", "residual"])(
    "may learn prompts through a %s network, which is dropped.",
    async (kind) => {
      const { tuning, own, shared } = await measure("--reparameterisation", kind, "--epochs", "1");
      expect(tuning.bytesPerWriter).toBe(2 * ways["prompts"]!);
      expect(tuning.trained).toBeGreaterThan(ways["prompts"]!);
      expect(own.loss).toBeLessThan(shared.loss);
    },
  );

  test("is told to people with its size.", async () => {
    const { out } = await evaluate("--tuning", "adapters", "--adapter-width", "2", "--products", "full");
    expect(out).toMatch(/\nadapters, 2 wide: 1\.3 kB a writer\n/);
    expect(out).toMatch(/own − shared: [−-]0\.\d/);
  });
});

describe("Counted word frequencies", () => {
  test("help without learning, and stand beside what learns.", async () => {
    const counted = await measure("--tuning", "marginals");
    expect(counted.tuning).toMatchObject({ method: "word frequencies", trained: 0, bytesPerWriter: 2 * 196 });
    expect(counted.shared).toEqual(counted.none);
    expect(counted.own.loss).toBeLessThan(counted.shared.loss);
    const both = await measure("--tuning", "lora+marginals", "--epochs", "1");
    expect(both.tuning.bytesPerWriter).toBe(2 * (ways["lora"]! + 196));
    expect(both.tuning.trained).toBe(ways["lora"]);
    expect(both.own.loss).toBeLessThan(counted.own.loss);
    const none = await measure("--tuning", "marginals", "--strength", "0");
    expect(none.own).toEqual(none.shared);
  });
});

describe("An ELECTRA discriminator", () => {
  const path = join(folder, "discriminator");
  cpSync(goldenPath("tiny-electra"), path, { recursive: true });
  rmSync(join(path, "generator"), { recursive: true });
  const generator = goldenPath("tiny-electra/generator");
  const replaced = ["--model", path, "--objective", "replaced-tokens"];

  test("learns to tell the writer's words from a generator's.", async () => {
    const { own, tuning } = await measure(...replaced, "--generator", generator, "--epochs", "1");
    expect(tuning.objective).toBe("replaced-tokens");
    expect(own).toEqual({ loss: expect.any(Number), accuracy: expect.any(Number) });
    const whole = await measure(
      ...["--model", goldenPath("tiny-electra"), "--objective", "replaced-tokens"],
      ...["--tuning", "head+bias", "--epochs", "1"],
    );
    expect(whole.shared).toEqual(whole.none);
    expect(whole.own.loss).toBeLessThan(whole.shared.loss);
  });

  test("gets a head for masked words where it is to guess them, common to all that is compared.", async () => {
    const { none, own, shared, tuning } = await measure("--model", path, "--objective", "masked-words");
    expect(tuning.method).toMatch(/^a new masked-LM head with prompts/);
    expect(none.perplexity).toBeLessThan(1e4);
    expect(own.loss).toBeLessThan(shared.loss);
    const counted = await measure(
      ...["--model", path, "--objective", "masked-words", "--tuning", "marginals", "--epochs", "1"],
    );
    expect(counted.tuning).toMatchObject({
      method: "a new masked-LM head with word frequencies",
      trained: 0,
    });
    expect(counted.own.loss).toBeLessThan(counted.shared.loss);
    expect(counted.shared).toEqual(counted.none);
    const replacing = await evaluate(...replaced, "--generator", generator, "--tuning", "marginals");
    expect(replacing).toMatchObject({ code: 1, errors: expect.stringContaining("no words are guessed") });
  });

  test("without a generator, or a model that is none, is refused with what to do.", async () => {
    const lacking = await evaluate(...replaced);
    expect(lacking).toMatchObject({ code: 2, errors: expect.stringContaining("--generator <dir>") });
    const other = await evaluate("--objective", "replaced-tokens");
    expect(other).toMatchObject({ code: 2, errors: expect.stringContaining("no ELECTRA discriminator") });
    const idle = await evaluate("--generator", generator);
    expect(idle).toMatchObject({ code: 2, errors: expect.stringContaining("--objective replaced-tokens") });
  });
});

describe("What cannot be meant", () => {
  test.each([
    [["--tuning", "prompt"], "prompts, input-prompts, lora, adapters, bitfit, all-weights, head, bias"],
    [["--tuning", "prompts+prompts"], "names a way twice"],
    [["--tuning", "prompts+input-prompts"], "do not go together"],
    [["--tuning", "lora", "--prompt-length", "4"], "--prompt-length needs --tuning with prompts"],
    [["--rank", "4"], "--rank needs --tuning with lora"],
    [["--rank", "0", "--tuning", "lora"], "A whole number from 1"],
    [["--strength", "1.5"], "A number from 0 to 1 is needed"],
    [["--writer-dropout", "1"], "below 1 is needed"],
    [["--prompt-start", "luck"], "shared, zero, random, text"],
    [["--reparameterisation", "deep"], "none, plain, residual"],
    [["--products", "half"], "rounded, full"],
    [["--rates", "lora=0.1"], "--rates has one for lora"],
    [["--rates", "luck=0.1"], "is no way of tuning"],
    [["--rates", "prompts=fast"], "Above 0"],
    [["--objective", "dreams"], "masked-words, replaced-tokens"],
  ])("in %j is refused with what there is.", async (options, told) => {
    expect(await evaluate(...options)).toMatchObject({ code: 2, errors: expect.stringContaining(told) });
  });

  test("in a start that the model does not have is refused, too.", async () => {
    const shared = await evaluate("--prompt-start", "shared");
    expect(shared.code).not.toBe(0);
    expect(shared.errors).toMatch(/ships no shared prompts\. Start from text instead/);
    const front = await evaluate("--tuning", "input-prompts", "--prompt-start", "shared");
    expect(front.errors).toMatch(/Start them from text, random or zero/);
  });
});
