/** Puts a sentence into the reader's language; `{0}` stands for the first value. The editor's own is `l10n.t`. */
export type Translate = (message: string, ...values: readonly (string | number)[]) => string;

/** What the terminal says, and what the editor says where there is no translation. */
export const untranslated: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)]));
