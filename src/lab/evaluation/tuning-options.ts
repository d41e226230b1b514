import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "../../cli/errors.ts";
import { parseDropout, parseRate, parseSize, parseStrength, parseWeight } from "../../cli/parse-number.ts";
import { defaultPromptLength } from "../../prompts/soft-prompts.ts";
import type { ValueGroup } from "../../prompts/tuning.ts";
import { TuningWayError } from "../tunings/errors.ts";
import {
  isTuningWord,
  parseTuningWords,
  promptStarts,
  reparameterisations,
  type TuningWay,
  type TuningWord,
  tuningTable,
  tuningWords,
} from "../tunings/tuning-words.ts";

/** What `addTuningOptions` adds to a command. All are absent where the command is to do as the product does. */
export interface TuningOptionValues {
  readonly tuning?: readonly TuningWord[];
  readonly promptLength?: number;
  readonly promptStart?: NonNullable<TuningWay["promptStart"]>;
  readonly reparameterisation?: TuningWay["reparameterisation"];
  readonly rank?: number;
  readonly adapterWidth?: number;
  readonly writerDropout?: number;
  readonly strength?: number;
  readonly products?: "rounded" | "full";
  readonly rates?: Rates;
  readonly epochs?: number;
  readonly l2?: number;
}

type Rates = Readonly<Partial<Record<ValueGroup, number>>>;

/** A way of tuning with how it is learned and read. */
export interface TuningChoice {
  readonly way: TuningWay;
  /** Probability that a text is read without the writer's part while learning, [0, 1). */
  readonly writerDropout: number;
  /** Of the writer's part when read, [0, 1]. */
  readonly strength: number;
  readonly products: "rounded" | "full";
  /** Highest learning rates by kind of value; absent ones are those of the task. */
  readonly rates: Rates;
  /** How often the texts are read; the task's number if absent. */
  readonly epochs?: number;
  /** Pull of the writer's values towards zero, where reading is general: the gradient of l2/2 · ‖value‖². */
  readonly l2: number;
}

/** What is done where a way of tuning is learned and no option says otherwise: the product's prompts. */
export const usualChoice: TuningChoice = {
  way: {
    words: ["prompts"],
    promptLength: defaultPromptLength,
    reparameterisation: "none",
    rank: 8,
    adapterWidth: 16,
  },
  writerDropout: 0,
  strength: 1,
  products: "rounded",
  rates: {},
  l2: 0,
};

/** Options that make no sense without one of these words. */
const needed: Readonly<Partial<Record<keyof TuningOptionValues, readonly TuningWord[]>>> = {
  promptLength: ["prompts", "input-prompts"],
  promptStart: ["prompts", "input-prompts"],
  reparameterisation: ["prompts", "input-prompts"],
  rank: ["lora"],
  adapterWidth: ["adapters"],
};

/** Adds the options that say what of a model is tuned for a writer, and how. */
export function addTuningOptions(command: Command): Command {
  return command
    .option("--tuning <words>", `what is trained, joined by +: ${tuningWords.join(", ")}`, parseWords)
    .option(
      "--prompt-length <n>",
      `number of prompt vectors at each place (default: ${defaultPromptLength})`,
      parseSize,
    )
    .addOption(
      new Option("--prompt-start <how>", "where prompts start (default: shared, else text)").choices(
        promptStarts,
      ),
    )
    .addOption(
      new Option(
        "--reparameterisation <kind>",
        "network through which prompts learn (default: none)",
      ).choices(reparameterisations),
    )
    .option("--rank <n>", "rank of LoRA (default: 8)", parseSize)
    .option("--adapter-width <n>", "width of adapters (default: 16)", parseSize)
    .option("--writer-dropout <share>", "share of steps without the writer's part (default: 0)", parseDropout)
    .option("--strength <share>", "how much of the writer's part to read with (default: 1)", parseStrength)
    .addOption(
      new Option(
        "--products <kind>",
        "products with 8-bit matrices while learning (default: rounded)",
      ).choices(["rounded", "full"]),
    )
    .option("--rates <list>", "highest learning rates, such as prompts=0.05,lora=0.002", parseRates)
    .option("--epochs <n>", "how often the texts are read", parseSize)
    .option("--l2 <x>", "pull of the writer's values towards the general reading (default: 0)", parseWeight);
}

/**
 * What was asked for; undefined where nothing was, so that the command does as the product does. Throws
 * UsageError for options that do not fit each other.
 */
export function tuningChoice(options: TuningOptionValues): TuningChoice | undefined {
  if (optionNames.every((name) => options[name] === undefined)) {
    return undefined;
  }
  const words = options.tuning ?? usualChoice.way.words;
  for (const [name, wanted] of Object.entries(needed)) {
    if (
      options[name as keyof TuningOptionValues] !== undefined &&
      !wanted.some((word) => words.includes(word))
    ) {
      throw new UsageError(`${flagOf(name)} needs --tuning with ${wanted.join(" or ")}.`);
    }
  }
  const { way, ...usual } = usualChoice;
  const { promptStart, rates = usual.rates, epochs } = options;
  const idle = Object.keys(rates).find((group) => !words.some((word) => tuningTable[word].group === group));
  if (idle !== undefined) {
    const word = tuningWords.find((one) => tuningTable[one].group === idle);
    throw new UsageError(`--rates has one for ${word}, which --tuning ${words.join("+")} does not learn.`);
  }
  return {
    way: {
      words,
      promptLength: options.promptLength ?? way.promptLength,
      ...(promptStart === undefined ? {} : { promptStart }),
      reparameterisation: options.reparameterisation ?? way.reparameterisation,
      rank: options.rank ?? way.rank,
      adapterWidth: options.adapterWidth ?? way.adapterWidth,
    },
    writerDropout: options.writerDropout ?? usual.writerDropout,
    strength: options.strength ?? usual.strength,
    products: options.products ?? usual.products,
    rates,
    l2: options.l2 ?? usual.l2,
    ...(epochs === undefined ? {} : { epochs }),
  };
}

const optionNames = [
  ...(["tuning", "promptLength", "promptStart", "reparameterisation", "rank", "adapterWidth"] as const),
  ...(["writerDropout", "strength", "products", "rates", "epochs", "l2"] as const),
] satisfies readonly (keyof TuningOptionValues)[];

/** `promptLength` as it is written on a command line. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function parseWords(text: string): readonly TuningWord[] {
  try {
    return parseTuningWords(text);
  } catch (cause) {
    throw cause instanceof TuningWayError ? new InvalidArgumentError(cause.message) : cause;
  }
}

function parseRates(text: string): Rates {
  const rates: Partial<Record<ValueGroup, number>> = {};
  for (const part of text.split(",")) {
    const [word = "", number = ""] = part.split("=").map((side) => side.trim());
    if (!isTuningWord(word)) {
      throw new InvalidArgumentError(`"${word}" is no way of tuning. There are ${tuningWords.join(", ")}.`);
    }
    const { group } = tuningTable[word];
    if (group === "counted") {
      throw new InvalidArgumentError(`${word} are counted, not learned: they have no rate.`);
    }
    rates[group] = parseRate(number);
  }
  return rates;
}
