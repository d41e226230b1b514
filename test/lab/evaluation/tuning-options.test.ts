import { describe, expect, test } from "vitest";
import { idiolect } from "../../cli/run-idiolect.ts";

/** What each command needs beside its options; nothing of it is opened before these fit each other. */
const commands = {
  mlm: ["evaluate", "mlm", "blog", "--other", "other"],
  tags: ["evaluate", "tags", "blog"],
  sentiment: ["evaluate", "sentiment", "opinions.jsonl"],
} as const;

describe("Options of evaluation that cannot be meant", () => {
  test.each([
    ["mlm", ["--passages", "0"], "A whole number from 1 on is needed"],
    ["mlm", ["--passages", "many"], "A whole number from 1 on is needed"],
    ["mlm", ["--l2", "-1"], "A number from 0 to 100 is needed"],
    ["mlm", ["--tuning", "marginals", "--rates", "marginals=1"], "they have no rate"],
    ["tags", ["--tune", "labels", "--tuning", "marginals"], "nothing for marginals to tune"],
    ["tags", ["--tune", "luck"], "contrastive, labels"],
    ["tags", ["--tuning", "lora"], "--tune contrastive or --tune labels"],
    ["tags", ["--l2", "0.1"], "--tune contrastive or --tune labels"],
    ["tags", ["--tune", "labels", "--tuning", "prompts+bias"], "nothing for bias to tune"],
    ["tags", ["--tune", "contrastive", "--tuning", "head"], "nothing for head to tune"],
    ["tags", ["--tune", "labels", "--rank", "4"], "--rank needs --tuning with lora"],
    ["sentiment", ["--head", "softmax"], "--head needs --tuning"],
    ["sentiment", ["--together"], "--together needs --tuning. The product's own way is --tuning prompts"],
    ["sentiment", ["--masked-lm-weight", "0.5", "--rank", "2"], "--masked-lm-weight needs --tuning"],
    ["sentiment", ["--tuning", "prompts", "--head", "hard"], "ordinal, softmax"],
    ["sentiment", ["--tuning", "prompts", "--masked-lm-weight", "half"], "A number from 0 to 100 is needed"],
    ["sentiment", ["--tuning", "prompts", "--l2", "0.1"], "chosen on other writers"],
    ["sentiment", ["--tuning", "prompts+head"], "nothing for head to tune"],
    ["sentiment", ["--tuning", "marginals"], "nothing for marginals to tune"],
    ["sentiment", ["--targets", "1"], "A number between 0 and 1 is needed"],
    ["sentiment", ["--threshold", "high"], "A number, or up to 4 rising ones"],
    ["sentiment", ["--threshold", "0.6,0.4"], "A number, or up to 4 rising ones"],
    ["sentiment", ["--threshold", "1,2,3,4,5"], "A number, or up to 4 rising ones"],
  ] as const)("for %s in %j are refused with what there is.", async (command, options, told) => {
    const ran = await idiolect([...commands[command], ...options]);
    expect(ran).toMatchObject({ code: 2, errors: expect.stringContaining(told) });
  });
});
