import type { Graph } from "../../graph/graph.ts";
import type { Value } from "../../graph/value.ts";
import { InputTooLongError } from "../errors.ts";
import type { ModelConfig } from "../files/model-config.ts";

export interface EncoderInputs {
  /** Token ids, [batch, length], integers. */
  readonly ids: Value;
  /** 1 where there is a token, 0 for padding; [batch, length], float32. */
  readonly mask: Value;
  /** The places whose last hidden states are asked for; all if absent. */
  readonly picked?: PickedPlaces;
}

/**
 * Some places of each sequence. In the last layer every place is a key and a value, but only these are
 * queries and go on from there. The others' last states would not be read, so nothing is lost.
 */
export interface PickedPlaces {
  /** Row numbers in [0, batch·length), equally many for each sequence: [batch, picked]. Repeats fill up. */
  readonly rows: Value;
  /** Which of these are meant, as numbers in [0, batch·picked): [meant]. */
  readonly meant: Value;
}

/** The inputs `ids` and `mask` of a graph. */
export function textInputs(graph: Graph): Pick<EncoderInputs, "ids" | "mask"> {
  return {
    ids: graph.input("ids", "int64", ["batch", "length"]),
    mask: graph.input("mask", "float32", ["batch", "length"]),
  };
}

/** The inputs `picked` and `positions` of a graph, for the places whose words are hidden. */
export function pickedInputs(graph: Graph): PickedPlaces {
  return {
    rows: graph.input("picked", "int64", ["batch", "picked"]),
    meant: graph.input("positions", "int64", ["masked"]),
  };
}

/** Throws {@link InputTooLongError} for an input of more tokens than the model has positions. */
export function checkLength({ max_position_embeddings: most }: ModelConfig, tokens: number): void {
  if (tokens > most) throw new InputTooLongError(tokens, most);
}
