import { inEnglish } from "../../said/said.ts";
import type { StoredItem } from "../../store/inventory.ts";

/** What is kept, or was erased, as the terminal tells it. */
export const storedInEnglish = (items: readonly StoredItem[]) =>
  items.map(({ what, ...item }) => ({ what: inEnglish(what), ...item }));
