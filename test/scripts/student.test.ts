import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawSentence } from "../../scripts/model/build-batches.ts";
import { writeBuiltModel } from "../../scripts/model/built-model.ts";
import { StudentSourceError } from "../../scripts/model/errors.ts";
import { builtConfig, startWeights } from "../../scripts/model/start-weights.ts";
import { studentConfig, studentWeights } from "../../scripts/model/student.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { writeTinyModel } from "../learner/tiny-model.ts";

const folder = mkdtempSync(join(tmpdir(), "student-"));
afterAll(() => rmSync(folder, { recursive: true }));
const source = await readModelDirectory(writeTinyModel(join(folder, "source"), { tone: false }));

describe("a student", () => {
  it("begins with every second layer of its teacher, the last among them, and with its heads", async () => {
    const config = builtConfig(source.config);
    const weights = startWeights(source, config, { text: [], sets: 3, random: createRandom("heads") });
    weights["sets.offsets"]!.fill(0.25);
    const path = join(folder, "teacher");
    const kept = {
      config,
      weights,
      tokenizerPath: source.tokenizerPath,
      step: 1,
      kind: "open",
      dropout: 0,
      withOffsets: true,
    } as const;
    writeBuiltModel(path, kept);
    const teacher = await readModelDirectory(path);
    const student = studentWeights(teacher, 3);
    expect(studentConfig(teacher.config).num_hidden_layers).toBe(1);
    expect(Object.keys(student).some((name) => name.startsWith("encoder.layer.1."))).toBe(false);
    const part = "intermediate.dense.weight";
    expect(student[`encoder.layer.0.${part}`]).toEqual(teacher.tensor(`encoder.layer.1.${part}`).data);
    for (const name of [
      "sentiment.spread.weight",
      "cls.predictions.bias",
      "embeddings.word_embeddings.weight",
    ]) {
      expect(student[name], name).toEqual(teacher.tensor(name).data);
    }
    expect(student["sets.offsets"]).toEqual(weights["sets.offsets"]);
  });

  it("has a teacher with all heads", () => {
    expect(() => studentWeights(source, 3)).toThrow(StudentSourceError);
  });
});

describe("drawSentence", () => {
  const [cls, sep, dot] = [101, 102, 9];
  const enders = new Set([dot]);

  it("gives each sentence of a passage in time, whole and between its special tokens", () => {
    const passage = Uint16Array.of(cls, 1, 2, dot, 3, dot, 4, 5, 6, sep);
    const random = createRandom("sentences");
    const drawn = new Set(
      Array.from({ length: 60 }, () => [...drawSentence(passage, enders, random)].join(" ")),
    );
    expect(drawn).toEqual(
      new Set([`${cls} 1 2 ${dot} ${sep}`, `${cls} 3 ${dot} ${sep}`, `${cls} 4 5 6 ${sep}`]),
    );
  });

  it("gives all of a passage without a mark, or with one at its end", () => {
    const random = createRandom("sentences");
    for (const ids of [Uint16Array.of(cls, 1, 2, sep), Uint16Array.of(cls, 1, dot, sep)]) {
      expect(drawSentence(ids, enders, random)).toEqual(ids);
    }
  });
});
