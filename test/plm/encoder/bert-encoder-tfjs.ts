import type * as tfjs from "@tensorflow/tfjs";
import type { ModelConfig } from "../../../src/plm/files/model-config.ts";
import type { GoldenFamily, Numbers } from "./family-golden.ts";

type Tensors = Readonly<Record<string, tfjs.Tensor>>;

/** Written anew with TensorFlow.js, so that only the weights are shared with the encoder under test. */
export class TensorFlowBert {
  readonly #tf: typeof tfjs;
  readonly #config: ModelConfig;

  private constructor(tf: typeof tfjs, config: ModelConfig) {
    this.#tf = tf;
    this.#config = config;
  }

  /** With the native library where someone has installed it; it is no dependency of this project. */
  static async create(config: ModelConfig): Promise<TensorFlowBert> {
    const native: string = "@tensorflow/tfjs-node";
    const tf: typeof tfjs = await import(native).catch(() => import("@tensorflow/tfjs"));
    await tf.ready();
    return new TensorFlowBert(tf, config);
  }

  /** Mean masked-LM loss, and its gradient for every weight and prompt. */
  lossAndGradients(
    weights: Readonly<Record<string, Numbers>>,
    golden: Required<GoldenFamily>,
  ): { loss: number; gradients: Readonly<Record<string, Float32Array>> } {
    const tf = this.#tf;
    return tf.tidy(() => {
      const names = Object.keys(weights);
      const values = names.map((name) => tf.tensor([...weights[name]!.data], [...weights[name]!.shape]));
      const ofTensors = (...tensors: tfjs.Tensor[]): tfjs.Scalar =>
        this.#loss(Object.fromEntries(names.map((name, index) => [name, tensors[index]!])), golden);
      const { value, grads } = tf.valueAndGrads(ofTensors)(values);
      const gradients = names.map((name, index) => [name, grads[index]!.dataSync() as Float32Array]);
      return { loss: value.dataSync()[0]!, gradients: Object.fromEntries(gradients) };
    });
  }

  #loss(weights: Tensors, golden: Required<GoldenFamily>): tfjs.Scalar {
    const tf = this.#tf;
    const name = "cls.predictions";
    const states = tf.gather(
      this.#encode(weights, golden),
      tf.tensor1d([...golden.maskedPositions], "int32"),
    );
    const dense = this.#gelu(this.#linear(weights, `${name}.transform.dense`, states));
    const normalized = this.#normalize(weights, `${name}.transform.LayerNorm`, dense);
    const words = weights["embeddings.word_embeddings.weight"] as tfjs.Tensor2D;
    const logits = tf.add(
      tf.matMul(normalized as tfjs.Tensor2D, words, false, true),
      weights[`${name}.bias`]!,
    );
    const chosen = tf.oneHot(tf.tensor1d([...golden.labels], "int32"), this.#config.vocab_size);
    return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), chosen), -1)));
  }

  /** Last hidden states, [batch·length, d]. */
  #encode(weights: Tensors, { ids, attentionMask }: GoldenFamily): tfjs.Tensor {
    const tf = this.#tf;
    const [batch, length] = ids.shape as [number, number];
    const words = tf.gather(
      weights["embeddings.word_embeddings.weight"]!,
      tf.tensor1d([...ids.data], "int32"),
    );
    const places = tf.tensor1d(
      ids.data.map((_, index) => index % length),
      "int32",
    );
    const positions = tf.gather(weights["embeddings.position_embeddings.weight"]!, places);
    const [type] = tf.split(
      weights["embeddings.token_type_embeddings.weight"]!,
      this.#config.type_vocab_size,
    );
    let hidden = this.#normalize(
      weights,
      "embeddings.LayerNorm",
      tf.addN([words, positions, tf.tile(type!, [batch * length, 1])]),
    );
    const mask = tf.tensor2d([...attentionMask.data], [batch, length]);
    for (let layer = 0; layer < this.#config.num_hidden_layers; layer++) {
      hidden = this.#layer(weights, hidden, mask, layer);
    }
    return hidden;
  }

  #layer(weights: Tensors, hidden: tfjs.Tensor, mask: tfjs.Tensor2D, layer: number): tfjs.Tensor {
    const tf = this.#tf;
    const name = `encoder.layer.${layer}`;
    const context = this.#attend(
      weights,
      `${name}.attention.self`,
      hidden,
      mask,
      weights[`prompts.${layer}`],
    );
    const output = this.#linear(weights, `${name}.attention.output.dense`, context);
    const attended = this.#normalize(weights, `${name}.attention.output.LayerNorm`, tf.add(output, hidden));
    const inner = this.#gelu(this.#linear(weights, `${name}.intermediate.dense`, attended));
    const last = this.#linear(weights, `${name}.output.dense`, inner);
    return this.#normalize(weights, `${name}.output.LayerNorm`, tf.add(last, attended));
  }

  /** Each sequence by itself, with the prompts' rows before its own: no broadcasting to get wrong. */
  #attend(
    weights: Tensors,
    name: string,
    hidden: tfjs.Tensor,
    mask: tfjs.Tensor2D,
    prompt: tfjs.Tensor | undefined,
  ): tfjs.Tensor {
    const tf = this.#tf;
    const [batch] = mask.shape;
    const seen = tf.unstack(mask);
    const contexts = tf.split(hidden, batch).map((rows, index) => {
      const source = prompt === undefined ? rows : tf.concat([prompt, rows]);
      const visible =
        prompt === undefined ? seen[index]! : tf.concat([tf.ones([prompt.shape[0]!]), seen[index]!]);
      const [q, k, v] = [
        this.#heads(this.#linear(weights, `${name}.query`, rows)),
        this.#heads(this.#linear(weights, `${name}.key`, source)),
        this.#heads(this.#linear(weights, `${name}.value`, source)),
      ];
      const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(q.shape[2]!)); // [h, S, p+S]
      const shares = tf.softmax(tf.add(scores, tf.mul(tf.sub(visible, 1), 1e9)));
      return tf.reshape(tf.transpose(tf.matMul(shares, v), [1, 0, 2]), rows.shape);
    });
    return tf.concat(contexts);
  }

  /** [S, d] to [h, S, d/h]. */
  #heads(rows: tfjs.Tensor): tfjs.Tensor {
    const tf = this.#tf;
    const { hidden_size: d, num_attention_heads: heads } = this.#config;
    return tf.transpose(tf.reshape(rows, [-1, heads, d / heads]), [1, 0, 2]);
  }

  #linear(weights: Tensors, name: string, rows: tfjs.Tensor): tfjs.Tensor {
    const tf = this.#tf;
    const weight = tf.transpose(weights[`${name}.weight`]!);
    return tf.add(tf.matMul(rows, weight), weights[`${name}.bias`]!);
  }

  #normalize(weights: Tensors, name: string, x: tfjs.Tensor): tfjs.Tensor {
    const tf = this.#tf;
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    const scaled = tf.div(centred, tf.sqrt(tf.add(variance, this.#config.layer_norm_eps)));
    return tf.add(tf.mul(scaled, weights[`${name}.weight`]!), weights[`${name}.bias`]!);
  }

  #gelu(x: tfjs.Tensor): tfjs.Tensor {
    const tf = this.#tf;
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
  }
}
