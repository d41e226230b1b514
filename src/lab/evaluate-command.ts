import type { Command } from "commander";
import type { CommandSurroundings } from "../cli/surroundings.ts";
import { addEvaluateMlm } from "./mlm/evaluate-mlm-command.ts";
import { addEvaluateSentiment } from "./sentiment/evaluate-sentiment-command.ts";
import { addEvaluateTags } from "./tags/evaluate-tags-command.ts";
import { addEvaluateTone } from "./tone/evaluate-tone-command.ts";

/** `idiolect evaluate`. */
export function addEvaluateCommand(program: Command, surroundings: CommandSurroundings): void {
  const evaluate = program.command("evaluate").description("measure on a writer's folder; keeps nothing");
  addEvaluateTags(evaluate, surroundings);
  addEvaluateMlm(evaluate, surroundings);
  addEvaluateSentiment(evaluate, surroundings);
  addEvaluateTone(evaluate, surroundings);
}
