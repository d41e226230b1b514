import { characterOfByte } from "../src/plm/tokens/byte-level.ts";

const special = ["<s>", "<pad>", "</s>", "<unk>"];

/**
 * A tokenizer.json of RoBERTa's kind with so many tokens, without a merge: each byte is a token, the others are
 * there to be guessed. What a step costs does not depend on which tokens it sees.
 */
export function byteTokenizer(vocabularySize: number): string {
  const ordinary = vocabularySize - special.length - 1;
  const rest = Array.from({ length: ordinary - characterOfByte.length }, (_, at) => `unseen ${at}`);
  const tokens = [...special, ...characterOfByte, ...rest, "<mask>"];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  return JSON.stringify({
    version: "1.0",
    added_tokens: [...special, "<mask>"].map((content) => ({ id: ids.get(content), content, special: true })),
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false },
    post_processor: { type: "RobertaProcessing", cls: ["<s>", 0], sep: ["</s>", 2] },
    model: { type: "BPE", vocab: Object.fromEntries(ids), merges: [] },
  });
}
