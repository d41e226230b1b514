import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../../scripts/model/checkpoint.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { modelConfigSchema } from "../../src/plm/files/model-config.ts";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { Safetensors } from "../../src/plm/files/safetensors.ts";
import { encoderTensors } from "../../src/plm/files/tensor-shapes.ts";
import { writeSafetensors } from "../../src/plm/files/write-safetensors.ts";
import { tokenizerFile, vocabulary, writeSets } from "./small-sets.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "research-build-"));
const [source, data, work, model] = ["source", "data", "work", "model"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
];

beforeAll(() => {
  writeSets(data);
  writeSource(source);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("A research build", () => {
  it("goes from training to a marked model with a card that says so", { timeout: 240_000 }, () => {
    const built = run("build", [
      "--source",
      source,
      "--data",
      data,
      "--work",
      work,
      "--steps",
      "2",
      "--research",
    ]);
    expect(built.said).toContain("Done.");
    expect(openCheckpoint(work, "research")?.metadata.get("training")).toBe("research");

    const asOpen = run("build", ["--source", source, "--data", data, "--work", work, "--steps", "3"]);
    expect(asOpen.said).toContain("MixedTrainingError");
    expect(asOpen.status).toBe(1);
    const shipped = run("export", ["--source", source, "--work", work, "--to", model]);
    expect(shipped.said).toContain("MixedTrainingError");
    expect(existsSync(model)).toBe(false);

    const exported = run("export", ["--source", source, "--work", work, "--to", model, "--research"]);
    expect(exported.said).toContain("step 2");
    const paths = ["--data", data, "--work", work, "--corpora", join(folder, "none")];
    run("card", ["--source", source, "--model", model, ...paths]);
    const card = readFileSync(join(model, "README.md"), "utf8");
    expect(card).toContain("must not\nbe committed");
    expect(card).toMatch(/^\| sst5 \| 2 \| .* \| yes \|$/m);
    expect(card).toMatch(/^\| 2 \| .* %/m);
  });

  it("begins with the weights of an open build, and no open build with those of research", {
    timeout: 240_000,
  }, () => {
    const [open, begun] = ["open", "begun"].map((name) => join(folder, name)) as [string, string];
    const paths = ["--source", source, "--data", data];
    run("build", [...paths, "--work", open, "--steps", "20"]);
    // The rate of the first step is a fiftieth of the peak: what it begins with is hardly moved.
    run("build", [...paths, "--work", begun, "--steps", "1", "--research", "--from", open]);
    const name = "embeddings.word_embeddings.weight";
    const first = Safetensors.open(join(source, "model.safetensors")).readFloats(name);
    const trained = openCheckpoint(open, "open")!.readFloats(`weight ${name}`);
    const begunWith = openCheckpoint(begun, "research")!.readFloats(`weight ${name}`);
    expect(farthest(trained, first)).toBeGreaterThan(1e-5);
    expect(farthest(begunWith, trained)).toBeLessThan(farthest(trained, first) / 2);

    const unfit = run("export", [...paths, "--work", open, "--to", join(folder, "unfit")]);
    expect(unfit.said).toMatch(
      /ExportRefusedError: This base is not above what needs no model[\s\S]* {2}- \w+: .* VADER has/,
    );
    expect(unfit.status).toBe(1);
    expect(existsSync(join(folder, "unfit"))).toBe(false);

    const refused = run("build", [...paths, "--work", join(folder, "not"), "--from", begun]);
    expect(refused.said).toContain("MixedTrainingError");
    const missing = run("build", [...paths, "--from", join(folder, "nothing")]);
    expect(missing.said).toContain("NoCheckpointError: There is no checkpoint in");
  });

  it("is kept, and taught to a student of half its layers that reads as a model does", {
    timeout: 240_000,
  }, async () => {
    const deep = join(folder, "deep");
    writeSource(deep, 2);
    const [kept, student] = [join(folder, "kept"), join(folder, "student")];
    const options = ["--data", data, "--research"];
    const first = run("build", [
      "--source",
      deep,
      ...options,
      "--work",
      join(folder, "deep-work"),
      "--steps",
      "2",
      "--dropout",
      "0.1",
      "--keep",
      kept,
    ]);
    expect(first.said).toContain(`Kept in ${kept}`);
    expect(Safetensors.open(join(kept, "model.safetensors")).metadata.get("dropout")).toBe("0.1");
    const plain = ["--source", deep, ...options, "--work", join(folder, "deep-work"), "--steps", "3"];
    expect(run("build", plain).said).toContain("DropoutChangedError");
    const taught = run("build", [
      ...["--source", kept, "--student", ...options, "--work", join(folder, "student-work")],
      ...["--steps", "2", "--keep", student],
    ]);
    expect(taught.said).toContain(`Kept in ${student}`);
    const { config, heads } = await readModelDirectory(student);
    expect(config).toMatchObject({ num_hidden_layers: 1, tone_head: "location_scale", names_emoji: true });
    expect(heads).toMatchObject({ mlm: true, sentiment: true });
  });

  it.each(["build", "export"])("of %s writes nothing into models/", (script) => {
    const place = "models/not-to-be-made";
    const flag = script === "build" ? "--work" : "--to";
    const { status, said } = run(script, ["--source", source, "--research", flag, place]);
    expect(said).toContain(`ResearchPlaceError: ${place} lies in a checkout`);
    expect(status).toBe(1);
    expect(existsSync(join(root, place))).toBe(false);
  });
});

/** The largest difference between two lists of numbers. */
function farthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}

function run(
  script: string,
  parameters: readonly string[],
): { readonly status: number | null; readonly said: string } {
  const path = join(root, "scripts/model", `${script}.ts`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...parameters, "--threads", "1"], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

/** A BERT of few layers and random weights, without heads, as the build starts from. */
function writeSource(path: string, layers = 1): void {
  const config = modelConfigSchema.parse({
    model_type: "bert",
    vocab_size: vocabulary.length,
    hidden_size: 16,
    num_hidden_layers: layers,
    num_attention_heads: 2,
    intermediate_size: 32,
    max_position_embeddings: 128,
    hidden_act: "gelu",
  });
  const random = createRandom("source");
  const tensors = [...encoderTensors(config)].map(([name, shape]) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    const isScale = name.endsWith("LayerNorm.weight");
    const values = Float32Array.from({ length: size }, () => (isScale ? 1 : 0.1 * random.normal()));
    return { name, shape, data: values, type: "F32" } as const;
  });
  mkdirSync(path);
  writeSafetensors(join(path, "model.safetensors"), tensors);
  writeFileSync(join(path, "config.json"), JSON.stringify(config));
  writeFileSync(join(path, "tokenizer.json"), JSON.stringify(tokenizerFile));
}
