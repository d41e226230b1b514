import type { PaddedBatch } from "../../src/learning/batching.ts";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { generalReader } from "../../src/profile/profile.ts";
import { classShares, scaleOfText } from "../../src/tone/head/ordinal-scale.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { ToneTeacherError } from "./errors.ts";

/**
 * Finished models that teach another how texts read, each as it reads by itself; what is taught is the mean of their
 * classes. Several models that were trained apart are right more often together than each alone, and one model can learn
 * most of that (Hinton, Vinyals and Dean 2015, arXiv 1503.02531). `release` them.
 */
export class ToneTeachers {
  readonly #encoders: readonly ToneTeacher[];

  private constructor(encoders: readonly ToneTeacher[]) {
    this.#encoders = encoders;
  }

  /** Throws ModelDirectoryError, and {@link ToneTeacherError} for a model without a head for tone. */
  static async open(paths: readonly string[], cachePath: string, threads: number): Promise<ToneTeachers> {
    const encoders = [];
    for (const path of paths) {
      const model = await PretrainedModel.open(path, cachePath);
      if (!model.directory.heads.sentiment) throw new ToneTeacherError(path);
      encoders.push({ model, encoder: new TextEncoder(model, { threads }) });
    }
    return new ToneTeachers(encoders);
  }

  /** Shares of the five classes for each row of a batch, [batch, 5]. */
  async teach({ ids, mask, batch, length }: PaddedBatch): Promise<Float32Array> {
    const texts = Array.from({ length: batch }, (_, row) => {
      const tokens = Array.from(ids.subarray(row * length, (row + 1) * length), Number);
      return { ids: Uint16Array.from(tokens.filter((_id, at) => mask[row * length + at] === 1)) };
    });
    const taught = new Float32Array(batch * 5);
    for (const { encoder, model } of this.#encoders) {
      const scale = (await encoder.scale())!;
      const readings = await encoder.read(texts, generalReader(model).tonePrompts);
      for (const [row, { valence, textScale = 1 }] of readings.entries()) {
        const shares = classShares(valence!, scaleOfText({ textScale }, scale));
        for (const [k, share] of shares.entries()) taught[row * 5 + k]! += share / this.#encoders.length;
      }
    }
    return taught;
  }

  async release(): Promise<void> {
    for (const { encoder } of this.#encoders) await encoder.release();
  }
}

interface ToneTeacher {
  readonly encoder: TextEncoder;
  readonly model: PretrainedModel;
}
