import { type Command, Option } from "commander";
import { UsageError } from "../../cli/errors.ts";
import { parseWeight } from "../../cli/parse-number.ts";
import { addTuningOptions, type TuningOptionValues, tuningChoice } from "../evaluation/tuning-options.ts";
import type { TunedOpinions } from "./tuned-opinions.ts";

export interface SentimentTuningValues extends TuningOptionValues {
  readonly head?: TunedOpinions["head"];
  readonly maskedLmWeight?: number;
  readonly together?: true;
}

/** Part of the answer of `idiolect lab evaluate sentiment --json`: what was tuned for each writer, and how. */
export interface SentimentTuning extends Pick<TunedOpinions, "head" | "maskedLmWeight" | "together"> {
  /** As with `--tuning`. */
  readonly way: string;
}

/** Adds the options that say what is tuned for each writer, and from what. */
export function addSentimentTuning(command: Command): Command {
  return addTuningOptions(command)
    .addOption(
      new Option("--head <kind>", "with --tuning: what reads the tone (default: ordinal)").choices([
        "ordinal",
        "softmax",
      ]),
    )
    .option(
      "--masked-lm-weight <x>",
      "with --tuning: also learn from hidden words of the same texts, with this weight (default: 0)",
      parseWeight,
    )
    .option("--together", "with --tuning: learn all writers in one run, with batches that mix them");
}

/**
 * What the method `prompts` tunes where it is not to be the product's prompts. Throws UsageError for options
 * that do not fit.
 */
export function tunedOpinions(options: SentimentTuningValues): TunedOpinions | undefined {
  const { head, maskedLmWeight, together } = options;
  if (options.tuning === undefined) refuseIdle({ head, "masked-lm-weight": maskedLmWeight, together });
  const choice = tuningChoice(options);
  if (choice === undefined) return undefined;
  if ([options.epochs, options.rates, options.l2].some((option) => option !== undefined)) {
    throw new UsageError("--rates, --epochs and --l2 are chosen on other writers here. Leave them out.");
  }
  const { way, writerDropout, strength } = choice;
  // They would be refused in the end, too: after the general model has been learned.
  const idle = way.words.find((word) => word === "head" || word === "marginals");
  if (idle !== undefined) {
    throw new UsageError(
      `Writers share one head here, so there is nothing for ${idle} to tune. Tune bias, or lora.`,
    );
  }
  const products = options.products === "rounded" ? choice.products : "full";
  return {
    way,
    writerDropout,
    strength,
    products,
    head: head ?? "ordinal",
    maskedLmWeight: maskedLmWeight ?? 0,
    together: together ?? false,
  };
}

function refuseIdle(options: Readonly<Record<string, unknown>>): void {
  const idle = Object.keys(options).find((name) => options[name] !== undefined);
  if (idle !== undefined) {
    throw new UsageError(`--${idle} needs --tuning. The product's own way is --tuning prompts.`);
  }
}

export function tuningTold({ way, head, maskedLmWeight, together }: TunedOpinions): SentimentTuning {
  return { way: way.words.join("+"), head, maskedLmWeight, together };
}
