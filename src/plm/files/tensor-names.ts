import type { ModelFamily } from "./model-config.ts";

/** What stands at the start of a stored name, and in its place in BERT's names. */
type Renaming = readonly [pattern: RegExp, replacement: string];

/** TensorFlow's names of a layer norm's scale and shift, as in the first BERT checkpoints. */
const fromTensorFlow: readonly Renaming[] = [
  [/\bLayerNorm\.gamma$/, "LayerNorm.weight"],
  [/\bLayerNorm\.beta$/, "LayerNorm.bias"],
];

const renamings: Readonly<Record<ModelFamily, readonly Renaming[]>> = {
  bert: [[/^bert\./, ""], ...fromTensorFlow],
  roberta: [
    [/^roberta\./, ""],
    [/^lm_head\.dense\./, "cls.predictions.transform.dense."],
    [/^lm_head\.layer_norm\./, "cls.predictions.transform.LayerNorm."],
    [/^lm_head\.decoder\./, "cls.predictions.decoder."],
    [/^lm_head\.bias$/, "cls.predictions.bias"],
  ],
  electra: [
    [/^electra\./, ""],
    [/^generator_predictions\.dense\./, "cls.predictions.transform.dense."],
    [/^generator_predictions\.LayerNorm\./, "cls.predictions.transform.LayerNorm."],
    [/^generator_lm_head\.weight$/, "cls.predictions.decoder.weight"],
    [/^generator_lm_head\.bias$/, "cls.predictions.bias"],
    ...fromTensorFlow,
  ],
  distilbert: [
    [/^distilbert\./, ""],
    [/^transformer\.layer\./, "encoder.layer."],
    [/^(encoder\.layer\.\d+\.attention)\.q_lin\./, "$1.self.query."],
    [/^(encoder\.layer\.\d+\.attention)\.k_lin\./, "$1.self.key."],
    [/^(encoder\.layer\.\d+\.attention)\.v_lin\./, "$1.self.value."],
    [/^(encoder\.layer\.\d+\.attention)\.out_lin\./, "$1.output.dense."],
    [/^(encoder\.layer\.\d+)\.sa_layer_norm\./, "$1.attention.output.LayerNorm."],
    [/^(encoder\.layer\.\d+)\.ffn\.lin1\./, "$1.intermediate.dense."],
    [/^(encoder\.layer\.\d+)\.ffn\.lin2\./, "$1.output.dense."],
    [/^(encoder\.layer\.\d+)\.output_layer_norm\./, "$1.output.LayerNorm."],
    [/^vocab_transform\./, "cls.predictions.transform.dense."],
    [/^vocab_layer_norm\./, "cls.predictions.transform.LayerNorm."],
    [/^vocab_projector\.weight$/, "cls.predictions.decoder.weight"],
    [/^vocab_projector\.bias$/, "cls.predictions.bias"],
  ],
};

/** The name in BERT, without the prefix `bert.`, of a tensor as a family's checkpoints store it. */
export function canonicalName(family: ModelFamily, stored: string): string {
  return renamings[family].reduce(
    (name, [pattern, replacement]) => name.replace(pattern, replacement),
    stored,
  );
}

const [biasName, decoderBiasName] = ["cls.predictions.bias", "cls.predictions.decoder.bias"] as const;

/** Names in BERT, each with the names under which a file stores such a tensor: one where all is well. */
export function namesOfTensors(
  family: ModelFamily,
  stored: Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const names = Map.groupBy(stored, (name) => canonicalName(family, name));
  // The two are one tensor in a tied head, and writers of files may keep either.
  const decoderBias = names.get(decoderBiasName);
  if (decoderBias !== undefined && !names.has(biasName)) names.set(biasName, decoderBias);
  return names;
}
