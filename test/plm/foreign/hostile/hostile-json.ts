import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { editJson, type HostileFolder, type Json, nested } from "./hostile-folder.ts";

const configOf = (path: string): string => join(path, "config.json");
const tokenizerOf = (path: string): string => join(path, "tokenizer.json");

const asConfig = (name: string, text: string): HostileFolder => ({
  name,
  spoil: (path) => writeFileSync(configOf(path), text),
});
const asTokenizer = (name: string, text: () => string): HostileFolder => ({
  name,
  spoil: (path) => writeFileSync(tokenizerOf(path), text()),
});
const setting = (name: string, change: Json): HostileFolder => ({
  name,
  spoil: (path) => editJson(configOf(path), (json) => Object.assign(json, change)),
});
/** JSON has no ∞, but a number that becomes it. */
const infinite = (key: string): HostileFolder => ({
  name: `${key} of ∞`,
  spoil: (path) => {
    editJson(configOf(path), (json) => Object.assign(json, { [key]: "∞" }));
    editText(configOf(path), (text) => text.replace('"∞"', "1e999"));
  },
});
const tokenizer = (
  name: string,
  change: (json: Json, model: Json) => void,
  base?: HostileFolder["base"],
): HostileFolder => ({
  name,
  ...(base === undefined ? {} : { base }),
  spoil: (path) => editJson(tokenizerOf(path), (json) => change(json, json["model"] as Json)),
});

/** Written as text: an object of so many keys takes longer to make than to refuse. */
const largeVocabulary = (name: string, count: number): HostileFolder => ({
  name,
  spoil: (path) => {
    const entries = Array.from({ length: count }, (_, at) => `"x${at}":${50 + at}`).join();
    editText(tokenizerOf(path), (text) => text.replace(/"vocab":\s*\{/, `"vocab":{${entries},`));
  },
});

/** Shapes beyond all measure, and JSON that costs more than it is worth. */
export const hostileConfigs: readonly HostileFolder[] = [
  ...[1e9, -1, 0, 2.5, "2", null, [2]].map((layers) =>
    setting(`${JSON.stringify(layers)} layers`, { num_hidden_layers: layers }),
  ),
  setting("200 layers of 32,768", { num_hidden_layers: 200, hidden_size: 32_768, num_attention_heads: 1 }),
  setting("more layers than there are tensors", { num_hidden_layers: 3 }),
  setting("hidden states without end", { hidden_size: 1e15 }),
  setting("heads that do not divide", { num_attention_heads: 3 }),
  setting("a vocabulary without end", { vocab_size: 1e15 }),
  setting("a vocabulary below zero", { vocab_size: -50 }),
  setting("no positions", { max_position_embeddings: 0 }),
  setting("an epsilon below zero", { layer_norm_eps: -1 }),
  infinite("layer_norm_eps"),
  infinite("vocab_size"),
  setting("one direction only", { is_decoder: true }),
  setting("an unknown family", { model_type: "__proto__" }),
  asConfig("a config of no bytes", ""),
  asConfig("a config that is a list", "[]"),
  asConfig("a config with NaN", '{"model_type":"bert","layer_norm_eps":NaN}'),
  asConfig("a config of lists in lists", nested("[", "]", 500_000)),
  asConfig(
    "a config of objects in objects",
    `{"model_type":"bert","hidden_size":${nested('{"a":', "}", 150_000, "1")}}`,
  ),
  asConfig("a config in 16 bits a letter", "\ufeff{\u0000}"),
  { name: "a config larger than any", spoil: (path) => truncateSync(configOf(path), 2 ** 32) },
];

/** Vocabularies and patterns that cost more than they are worth. */
export const hostileTokenizers: readonly HostileFolder[] = [
  asTokenizer("a tokenizer of no bytes", () => ""),
  asTokenizer("a tokenizer that is nothing", () => "null"),
  asTokenizer("a tokenizer of lists in lists", () => nested("[", "]", 16_000_000)),
  asTokenizer("a tokenizer of objects in objects", () => nested('{"a":', "}", 5_000_000, "1")),
  { name: "a tokenizer larger than any", spoil: (path) => truncateSync(tokenizerOf(path), 2 ** 33) },
  tokenizer("millions of wrong added tokens", (json) =>
    Object.assign(json, { added_tokens: Array.from({ length: 10_000_000 }, () => 1) }),
  ),
  tokenizer("millions of added tokens", (json) =>
    Object.assign(json, {
      added_tokens: Array.from({ length: 600_000 }, (_, id) => ({ id, content: `extra${id}` })),
    }),
  ),
  tokenizer("an added token of nothing", (json) =>
    Object.assign(json, { added_tokens: [...(json["added_tokens"] as Json[]), { id: 49, content: "" }] }),
  ),
  tokenizer("the same id for two special tokens", (json, model) => {
    (model["vocab"] as Json)["[MASK]"] = 0;
    for (const added of json["added_tokens"] as Json[]) if (added["content"] === "[MASK]") added["id"] = 0;
  }),
  tokenizer("no token for what is hidden", (json, model) => {
    delete (model["vocab"] as Json)["[MASK]"];
    json["added_tokens"] = (json["added_tokens"] as Json[]).filter(({ content }) => content !== "[MASK]");
  }),
  largeVocabulary("a vocabulary of a million tokens", 999_000),
  largeVocabulary("a vocabulary of millions of tokens", 1_900_000),
  tokenizer("a vocabulary of wrong ids", (_json, model) => {
    model["vocab"] = Object.fromEntries(Array.from({ length: 500_000 }, (_, at) => [`t${at}`, -at]));
  }),
  tokenizer("more tokens than embeddings", (_json, model) =>
    Object.assign(model["vocab"] as Json, manyTokens(60)),
  ),
  tokenizer("a token with the largest id", (_json, model) =>
    Object.assign(model["vocab"] as Json, { far: 2_000_000 }),
  ),
  tokenizer("a vocabulary that is a list", (_json, model) => Object.assign(model, { vocab: ["a", "b"] })),
  tokenizer("words as long as a book", (_json, model) =>
    Object.assign(model, { max_input_chars_per_word: 1e9 }),
  ),
  tokenizer("a mark of a continued word that is a book", (_json, model) =>
    Object.assign(model, { continuing_subword_prefix: "#".repeat(10_000_000) }),
  ),
  tokenizer("a pattern that never ends", (json) =>
    Object.assign(json, { normalizer: { type: "Replace", pattern: { Regex: "(a+)+$" }, content: "" } }),
  ),
  tokenizer("normalizers in normalizers", (json) =>
    Object.assign(json, {
      normalizer: { type: "Sequence", normalizers: Array.from({ length: 5_000_000 }, () => 1) },
    }),
  ),
  tokenizer("a vocabulary that knows nothing", (json, model) => {
    const special = Object.entries(model["vocab"] as Json).filter(([token]) =>
      /^\[(PAD|UNK|CLS|SEP|MASK)\]$/.test(token),
    );
    Object.assign(model, { vocab: Object.fromEntries(special) });
    json["added_tokens"] = [];
  }),
  tokenizer(
    "a million merges of nothing",
    (_json, model) => Object.assign(model, { merges: Array.from({ length: 1_000_000 }, () => "a b") }),
    "tiny-roberta",
  ),
  tokenizer(
    "millions of wrong merges",
    (_json, model) => Object.assign(model, { merges: Array.from({ length: 6_000_000 }, () => 1) }),
    "tiny-roberta",
  ),
  tokenizer(
    "bytes without tokens",
    (_json, model) => {
      delete (model["vocab"] as Json)["a"];
    },
    "tiny-roberta",
  ),
  tokenizer(
    "millions of wrong brackets",
    (json) =>
      Object.assign(json, {
        post_processor: { type: "TemplateProcessing", single: Array.from({ length: 10_000_000 }, () => 1) },
      }),
    "tiny-roberta",
  ),
];

function manyTokens(count: number): Json {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, 50 + at]));
}

function editText(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}
