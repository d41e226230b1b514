import * as tf from "@tensorflow/tfjs";
import type { ModelConfig } from "../../src/plm/files/model-config.ts";
import type { StepRequest } from "./peer-messages.ts";

/** Looks a tensor up by its Hugging Face name. */
export type TensorSource = (name: string) => tf.Tensor;

/** The mean masked-LM loss of src/plm/encoder/bert-encoder.ts and src/plm/heads/masked-lm.ts in TensorFlow.js, with prompts. */
export class TensorflowBert {
  readonly #config: ModelConfig;
  readonly #tensor: TensorSource;

  constructor(config: ModelConfig, tensor: TensorSource) {
    this.#config = config;
    this.#tensor = tensor;
  }

  loss({ batch, length, ids, mask, positions, targets }: StepRequest): tf.Scalar {
    const { num_hidden_layers: layers, hidden_size: d, vocab_size: vocabulary } = this.#config;
    const words = this.#tensor("embeddings.word_embeddings.weight");
    const types = this.#tensor("embeddings.token_type_embeddings.weight");
    const places = this.#tensor("embeddings.position_embeddings.weight");
    const looked = tf.gather(words, tf.tensor2d([...ids], [batch, length], "int32"));
    const sum = looked.add(tf.slice(types, [0, 0], [1, d])).add(tf.slice(places, [0, 0], [length, d]));
    let hidden = this.#normalize("embeddings.LayerNorm", sum.reshape([batch * length, d]));
    const seen = tf.tensor2d([...mask], [batch, length]);
    for (let layer = 0; layer < layers; layer++) {
      hidden = this.#block(layer, hidden, seen);
    }
    // The backend lacks the gradient of Gather, so rows are picked by a product with ones and zeros.
    const picked = tf.matMul(tf.oneHot(tf.tensor1d([...positions], "int32"), batch * length), hidden);
    const labels = tf.oneHot(tf.tensor1d([...targets], "int32"), vocabulary);
    return tf.losses.softmaxCrossEntropy(labels, this.#logits(picked)).asScalar();
  }

  #block(layer: number, hidden: tf.Tensor, seen: tf.Tensor2D): tf.Tensor {
    const name = `encoder.layer.${layer}`;
    const context = this.#attention(layer, `${name}.attention.self`, hidden, seen);
    const projected = this.#linear(`${name}.attention.output.dense`, context).add(hidden);
    const attended = this.#normalize(`${name}.attention.output.LayerNorm`, projected);
    const inner = gelu(this.#linear(`${name}.intermediate.dense`, attended));
    const output = this.#linear(`${name}.output.dense`, inner).add(attended);
    return this.#normalize(`${name}.output.LayerNorm`, output);
  }

  #attention(layer: number, name: string, hidden: tf.Tensor, seen: tf.Tensor2D): tf.Tensor {
    const { num_attention_heads: heads, hidden_size: d } = this.#config;
    const [batch, length] = seen.shape;
    const dh = d / heads;
    const split = (part: string) =>
      this.#linear(`${name}.${part}`, hidden).reshape([batch, length, heads, dh]).transpose([0, 2, 1, 3]);
    const prompt = this.#tensor(`prompts.${layer}`);
    const p = prompt.shape[0]!;
    const splitPrompt = (part: string) =>
      this.#linear(`${name}.${part}`, prompt)
        .reshape([1, p, heads, dh])
        .transpose([0, 2, 1, 3])
        .tile([batch, 1, 1, 1]);
    const query = split("query").mul(1 / Math.sqrt(dh)); // [B, h, S, dh]
    const key = tf.concat([splitPrompt("key"), split("key")], 2); // [B, h, p+S, dh]
    const value = tf.concat([splitPrompt("value"), split("value")], 2);
    const penalty = tf
      .concat([tf.ones([batch, p]), seen], 1)
      .sub(1)
      .mul(10_000)
      .reshape([batch, 1, 1, p + length]);
    const shares = tf.softmax(tf.matMul(query, key, false, true).add(penalty));
    return tf
      .matMul(shares, value)
      .transpose([0, 2, 1, 3])
      .reshape([batch * length, d]);
  }

  #logits(rows: tf.Tensor): tf.Tensor {
    const name = "cls.predictions";
    const dense = gelu(this.#linear(`${name}.transform.dense`, rows));
    const states = this.#normalize(`${name}.transform.LayerNorm`, dense);
    const words = this.#tensor("embeddings.word_embeddings.weight");
    return tf.matMul(states, words, false, true).add(this.#tensor(`${name}.bias`));
  }

  #linear(name: string, rows: tf.Tensor): tf.Tensor {
    return tf.matMul(rows, this.#tensor(`${name}.weight`), false, true).add(this.#tensor(`${name}.bias`));
  }

  #normalize(name: string, rows: tf.Tensor): tf.Tensor {
    const { mean, variance } = tf.moments(rows, -1, true);
    const scaled = rows.sub(mean).mul(variance.add(this.#config.layer_norm_eps).rsqrt());
    return scaled.mul(this.#tensor(`${name}.weight`)).add(this.#tensor(`${name}.bias`));
  }
}

/** x · Φ(x), with the error function. */
function gelu(x: tf.Tensor): tf.Tensor {
  return x.mul(0.5).mul(tf.erf(x.div(Math.SQRT2)).add(1));
}
