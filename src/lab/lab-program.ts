import { Command } from "commander";
import type { ExitCode } from "../cli/errors.ts";
import { configureProgram, runProgram } from "../cli/run-program.ts";
import type { CommandSurroundings } from "../cli/surroundings.ts";
import { addEvaluateMlm } from "./mlm/evaluate-mlm-command.ts";
import { addEvaluateWords } from "./mlm/evaluate-words-command.ts";
import { addEvaluateRound } from "./round/evaluate-round-command.ts";
import { addEvaluateSentiment } from "./sentiment/evaluate-sentiment-command.ts";
import { addExperimentCommand } from "./studies/experiment-command.ts";
import { addEvaluateTags } from "./tags/evaluate-tags-command.ts";
import { addEvaluateTone } from "./tone/evaluate-tone-command.ts";
import { addEvaluateGuesses } from "./voice/evaluate-guesses-command.ts";
import { addEvaluateVoice } from "./voice/evaluate-voice-command.ts";

/** The program `idiolect lab`: what measures methods, rather than reads for a writer. */
export function labProgram(surroundings: CommandSurroundings): Command {
  const program = configureProgram(new Command("idiolect lab")).description(
    "Measures methods on folders and sets of texts.",
  );
  const evaluate = program.command("evaluate").description("measure on a writer's folder; keeps nothing");
  addEvaluateTags(evaluate, surroundings);
  addEvaluateMlm(evaluate, surroundings);
  addEvaluateWords(evaluate, surroundings);
  addEvaluateSentiment(evaluate, surroundings);
  addEvaluateTone(evaluate, surroundings);
  addEvaluateRound(evaluate, surroundings);
  addEvaluateVoice(evaluate, surroundings);
  addEvaluateGuesses(evaluate, surroundings);
  addExperimentCommand(program, surroundings);
  return program;
}

/**
 * Carries out a command of the lab and gives its exit code. Never throws.
 * @param words the whole command line, of which the lab is told `told`
 */
export async function runLabProgram(
  told: readonly string[],
  words: readonly string[],
  surroundings: CommandSurroundings,
): Promise<ExitCode> {
  return runProgram(labProgram, told, words, surroundings);
}
