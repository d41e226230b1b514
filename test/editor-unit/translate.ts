import type { Translate } from "../../src/editor/translate.ts";

/** What the editor does where there is no translation. */
export const english: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)]));
