import type { ModelConfig } from "../../plm/files/model-config.ts";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { everyLayer, type PromptPlace, promptTuning, promptTuningAt } from "../../prompts/prompt-tuning.ts";
import type { SoftPrompts } from "../../prompts/soft-prompts.ts";
import { combineTunings, type NormalSource, type Tuning, type ValueKind } from "../../prompts/tuning.ts";
import { adapterTuning } from "./adapter-tuning.ts";
import { TuningWayError } from "./errors.ts";
import { beforeTheText } from "./input-prompt-tuning.ts";
import { lowRankTuning } from "./low-rank-tuning.ts";
import { type PromptStart, startPrompts } from "./prompt-start.ts";
import { type Reparameterisation, reparameterisedPromptTuning } from "./reparameterisation.ts";
import { biasTuning, ownWeightsTuning } from "./weight-changes.ts";

/** Where soft prompts start. `shared`: at the model's own, filled up with `text` where more are asked for. */
export const promptStarts = ["shared", "zero", "random", "text"] as const;
export const reparameterisations = ["none", "plain", "residual"] as const;

/** A way of tuning in words: plain data, so that it can be asked for in a command and kept in a report. */
export interface TuningWay {
  /** Ways that are used together, each once. */
  readonly words: readonly TuningWord[];
  /** Vectors of soft prompts at each place. */
  readonly promptLength: number;
  /** `shared` if absent; where there are none for such prompts, `text`. */
  readonly promptStart?: (typeof promptStarts)[number];
  readonly reparameterisation: (typeof reparameterisations)[number];
  /** Of LoRA. */
  readonly rank: number;
  readonly adapterWidth: number;
}

/** What a way is made with. */
export interface TuningMaterial {
  readonly model: PretrainedModel;
  readonly random: NormalSource;
  /** Passages whose hidden states prompts may start from. */
  readonly texts: readonly { readonly ids: ArrayLike<number> }[];
  /** The prompts that ship with the model. */
  readonly shared?: SoftPrompts | undefined;
  /** What a writer's own bias is: it depends on what is learned. */
  readonly bias: Tuning;
  /** What a writer's own head is, where there is one. */
  readonly head?: Tuning;
  /** How often a writer uses each word, where words are guessed. */
  readonly marginals?: Tuning;
}

interface Entry {
  /** Its values, which have a rate of their own where they learn. */
  readonly group: ValueKind;
  readonly make: (way: TuningWay, material: TuningMaterial) => Tuning | Promise<Tuning>;
}

/** Each way by its word. All that is learned or counted belongs to the writer. */
export const tuningTable = {
  prompts: { group: "prompt", make: multiLayerPrompts },
  "input-prompts": { group: "prompt", make: inputPrompts },
  lora: {
    group: "lowRank",
    make: ({ rank }, { model, random }) => lowRankTuning(model.config, { random, rank }),
  },
  adapters: {
    group: "adapter",
    make: ({ adapterWidth: width }, { model, random }) => adapterTuning(model.config, { random, width }),
  },
  bitfit: { group: "bias", make: (_, { model }) => biasTuning(model.config) },
  "all-weights": { group: "weight", make: (_, { model }) => ownWeightsTuning(model.config) },
  head: { group: "head", make: (_, { head }) => head ?? refuseHead() },
  bias: { group: "shift", make: (_, { bias }) => bias },
  marginals: { group: "counted", make: (_, { marginals }) => marginals ?? refuseMarginals() },
} as const satisfies Record<string, Entry>;

export type TuningWord = keyof typeof tuningTable;

export const tuningWords = Object.keys(tuningTable) as readonly TuningWord[];

/** Ways that would learn the same twice. */
const rivals: readonly (readonly [TuningWord, TuningWord, string])[] = [
  ["prompts", "input-prompts", "both are soft prompts"],
  ["bitfit", "all-weights", "all weights have the biases among them"],
];

/** Words joined by `+`, such as `prompts+bitfit`. Throws TuningWayError. */
export function parseTuningWords(text: string): readonly TuningWord[] {
  const words = text.split("+").map((word) => word.trim());
  const known = words.filter((word) => isTuningWord(word));
  const unknown = words.find((word) => !isTuningWord(word));
  if (unknown !== undefined) {
    const list = tuningWords.join(", ");
    throw new TuningWayError(`"${unknown}" is no way of tuning.`, `There are ${list}; + joins them.`);
  }
  if (new Set(known).size < known.length) {
    throw new TuningWayError(`"${text}" names a way twice.`, "Name each once.");
  }
  for (const [one, other, reason] of rivals) {
    if (known.includes(one) && known.includes(other)) {
      throw new TuningWayError(`${one} and ${other} do not go together: ${reason}.`, "Choose one of them.");
    }
  }
  return known;
}

export function isTuningWord(word: string): word is TuningWord {
  return Object.hasOwn(tuningTable, word);
}

/**
 * The tuning that a way is. A way without prompts of its own leaves the model's shared prompts where they
 * are: every writer starts at the general reading. (Prompts before the text are read without them, as single
 * layers are compared with many.) Throws TuningWayError for what cannot be had with this model.
 */
export async function makeTuning(way: TuningWay, material: TuningMaterial): Promise<Tuning> {
  const { shared } = material;
  const hasPrompts = way.words.some((word) => tuningTable[word].group === "prompt");
  const parts: Tuning[] = hasPrompts || shared === undefined ? [] : [frozenPrompts(shared)];
  for (const word of way.words) {
    const { make }: Entry = tuningTable[word];
    parts.push(await make(way, material));
  }
  return parts.length === 1 ? parts[0]! : combineTunings(...parts);
}

/** Everyone's prompts; they stay as they are where writers' values alone learn. */
function frozenPrompts(shared: SoftPrompts): Tuning {
  return { ...promptTuning({ shared, trains: "shared" }), method: "shared prompts" };
}

function refuseHead(): never {
  throw new TuningWayError("Here all writers share one head.", "Tune bias, or something within the model.");
}

function refuseMarginals(): never {
  throw new TuningWayError("Here no words are guessed.", "Tune marginals where hidden words are learned.");
}

async function multiLayerPrompts(way: TuningWay, material: TuningMaterial): Promise<Tuning> {
  const kind = way.promptStart ?? (material.shared === undefined ? "text" : "shared");
  const start = kind === "shared" ? sharedStart(way, material) : otherStart(kind, material);
  const shared = await startPrompts(material.model, start, { length: way.promptLength });
  return promptsAt(everyLayer(shared), shared, way, material);
}

async function inputPrompts(way: TuningWay, material: TuningMaterial): Promise<Tuning> {
  const kind = way.promptStart ?? "text";
  if (kind === "shared") {
    throw new TuningWayError(
      "A model's shared prompts stand in every layer, and input-prompts in front of the text alone.",
      "Start them from text, random or zero.",
    );
  }
  const options = { length: way.promptLength, layers: 1 };
  const shared = await startPrompts(material.model, otherStart(kind, material), options);
  return promptsAt(beforeTheText(shared), shared, way, material);
}

function sharedStart({ promptLength }: TuningWay, { model, shared, texts }: TuningMaterial): PromptStart {
  if (shared === undefined) {
    throw new TuningWayError(`${model.directory.path} ships no shared prompts.`, "Start from text instead.");
  }
  if (promptLength < shared.length) {
    throw new TuningWayError(
      `The model's shared prompts have ${shared.length} vectors, more than ${promptLength}.`,
      `Ask for at least ${shared.length}, or start from text.`,
    );
  }
  return { kind: "shared", shared, texts };
}

function otherStart(kind: "zero" | "random" | "text", { random, texts }: TuningMaterial): PromptStart {
  switch (kind) {
    case "zero":
      return { kind };
    case "random":
      return { kind, random: random.fork("prompts") };
    case "text":
      return { kind, texts };
    default:
      return kind satisfies never;
  }
}

function promptsAt(
  place: PromptPlace,
  shared: SoftPrompts,
  { reparameterisation: kind }: TuningWay,
  { model, random }: TuningMaterial,
): Tuning {
  if (kind === "none") return promptTuningAt(place, { shared });
  const reparameterisation = network(kind, model.config, random);
  return reparameterisedPromptTuning({ shared, reparameterisation }, place);
}

/** Half as wide as the model, as in prefix tuning (Li and Liang 2021), where 512 or 800 serve 1,024. */
function network(
  kind: Reparameterisation["kind"],
  { hidden_size }: ModelConfig,
  random: NormalSource,
): Reparameterisation {
  return { kind, width: Math.ceil(hidden_size / 2), random: random.fork("network") };
}
