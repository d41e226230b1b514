import { inEnglish, type Said } from "../../src/said/said.ts";

interface Refusal {
  readonly kind: "refused";
  readonly reason: Said;
  readonly advice: Said;
}

/** A refusal as the terminal tells it; anything else as it is. */
export const refusalInEnglish = <T extends { readonly kind: string }>(told: T | Refusal) =>
  isRefusal(told) ? { ...told, reason: inEnglish(told.reason), advice: inEnglish(told.advice) } : told;

const isRefusal = (told: { readonly kind: string }): told is Refusal => told.kind === "refused";
