/** Puts a sentence into the user's language; `{0}` stands for the first value. The editor's own is `l10n.t`. */
export type Translate = (message: string, ...values: readonly (string | number)[]) => string;
