import type { Random } from "../numbers/random.ts";

/** Anything with token ids can be put into batches. */
export interface Batchable {
  readonly ids: ArrayLike<number>;
}

/** How large a batch may become: in tokens with padding, or in items. */
export type BatchSize = { readonly tokensPerBatch: number } | { readonly batchSize: number };

export type BatchingOptions = BatchSize & {
  /** Lengths are rounded up to a multiple of this; 1 if absent. */
  readonly lengthMultiple?: number;
  readonly random: Random;
};

export interface Batches<T> {
  readonly batches: T[][];
  /** Tokens of the items themselves. */
  readonly tokens: number;
  /** Tokens the model computes, padding included. */
  readonly paddedTokens: number;
  /** Share of computed tokens that is padding, in [0, 1). */
  readonly paddingShare: number;
}

/** A rectangle of token ids, row by row: shapes `[batch, length]`. */
export interface PaddedBatch {
  readonly ids: BigInt64Array;
  /** 1 at tokens, 0 at padding. */
  readonly mask: Float32Array;
  readonly batch: number;
  readonly length: number;
}

/**
 * Puts every item into exactly one batch of items with similar length, in random order.
 *
 * Items are shuffled before they are sorted by rounded length, so batches differ from epoch to epoch.
 * An item that alone exceeds `tokensPerBatch` gets a batch of its own.
 */
export function makeBatches<T extends Batchable>(items: readonly T[], options: BatchingOptions): Batches<T> {
  const multiple = options.lengthMultiple ?? 1;
  const bucket = (item: T): number => roundUp(item.ids.length, multiple);
  const sorted = options.random.shuffle([...items]).sort((a, b) => bucket(a) - bucket(b));
  const batches: T[][] = [];
  let open: T[] = [];
  for (const item of sorted) {
    if (open.length > 0 && !fits(open.length + 1, bucket(item), options)) {
      batches.push(open);
      open = [];
    }
    open.push(item);
  }
  if (open.length > 0) {
    batches.push(open);
  }
  return { batches: options.random.shuffle(batches), ...countPadding(batches, multiple) };
}

/** What a run takes beside its tokens, in tokens: 1.7 ms in readings, where a token takes .12 ms (docs/benchmarks.md). */
const runCostTokens = 14;

/**
 * The runs that take the least time together, shortest items first: more runs have less padding, but each costs
 * something by itself. Which runs end with an item of a given length is found by dynamic programming. None has more
 * tokens than `tokensPerRun`, padding included, but for an item that alone exceeds it.
 */
export function cheapestRuns<T extends Batchable>(items: readonly T[], tokensPerRun: number): T[][] {
  const sorted = items.toSorted((a, b) => a.ids.length - b.ids.length);
  /** Of the runs of the first items, and where the last of these runs begins; both by the number of items. */
  const costs = [0];
  const starts = [0];
  for (let end = 1; end <= sorted.length; end++) {
    const { length } = sorted[end - 1]!.ids;
    const costFrom = (start: number): number => costs[start]! + (end - start) * length + runCostTokens;
    let best = end - 1;
    for (let start = best - 1; start >= 0 && (end - start) * length <= tokensPerRun; start--) {
      if (costFrom(start) < costFrom(best)) best = start;
    }
    costs.push(costFrom(best));
    starts.push(best);
  }
  const runs: T[][] = [];
  for (let end = sorted.length; end > 0; end = starts[end]!) runs.unshift(sorted.slice(starts[end]!, end));
  return runs;
}

/**
 * Lays items out as one rectangle, shorter rows filled with `padId`.
 * @param lengthMultiple the row length is the longest item's, rounded up to a multiple of this.
 */
export function padBatch(items: readonly Batchable[], padId: number, lengthMultiple = 1): PaddedBatch {
  const batch = items.length;
  const length = paddedLength(items, lengthMultiple);
  const ids = new BigInt64Array(batch * length).fill(BigInt(padId));
  const mask = new Float32Array(batch * length);
  items.forEach((item, row) => {
    for (let at = 0; at < item.ids.length; at++) {
      ids[row * length + at] = BigInt(item.ids[at]!);
    }
    mask.fill(1, row * length, row * length + item.ids.length);
  });
  return { ids, mask, batch, length };
}

function fits(count: number, length: number, size: BatchSize): boolean {
  return "tokensPerBatch" in size ? count * length <= size.tokensPerBatch : count <= size.batchSize;
}

function countPadding(
  batches: readonly (readonly Batchable[])[],
  multiple: number,
): Omit<Batches<never>, "batches"> {
  let tokens = 0;
  let paddedTokens = 0;
  for (const batch of batches) {
    paddedTokens += batch.length * paddedLength(batch, multiple);
    for (const item of batch) {
      tokens += item.ids.length;
    }
  }
  return { tokens, paddedTokens, paddingShare: paddedTokens === 0 ? 0 : 1 - tokens / paddedTokens };
}

function paddedLength(items: readonly Batchable[], multiple: number): number {
  return roundUp(
    items.reduce((longest, item) => Math.max(longest, item.ids.length), 0),
    multiple,
  );
}

function roundUp(length: number, multiple: number): number {
  return Math.ceil(length / multiple) * multiple;
}
