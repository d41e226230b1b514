import type { RunPace } from "../../tone/reading/text-encoder.ts";

/** What a run of the model should take; with what surrounds it, a slice stays below 50 ms. */
const targetMs = 20;
const fewestTokens = 32;
const mostTokens = 1_024;
/** Runs of fewer tokens say more about overhead than about speed. */
const leastTelling = 24;
/** Share of the newest measurement; a slow run counts in full, so that the next one is short at once. */
const newestShare = 0.25;

/** Finds out how many tokens this machine reads in the time of a slice, whatever else it does just now. */
export class SliceLength implements RunPace {
  /** Before anything was measured: 160 tokens in a slice. */
  #msPerToken = targetMs / 160;

  get tokensPerRun(): number {
    return Math.min(mostTokens, Math.max(fewestTokens, Math.floor(targetMs / this.#msPerToken)));
  }

  ran(tokens: number, ms: number): void {
    if (tokens < leastTelling) return;
    const measured = ms / tokens;
    const share = measured > this.#msPerToken ? 1 : newestShare;
    this.#msPerToken += share * (measured - this.#msPerToken);
  }
}
