/** Language ids of the files that Idiolect reads; what they contribute is Markdown or plain text. */
export const proseLanguages = ["markdown", "mdx", "plaintext"] as const;

/** Schemes of documents that are read: files, and what was never saved. */
export const proseSchemes = ["file", "untitled"] as const;

interface Described {
  readonly languageId: string;
  readonly uri: { readonly scheme: string };
}

export function isProse({ languageId, uri }: Described): boolean {
  return (
    (proseLanguages as readonly string[]).includes(languageId) &&
    (proseSchemes as readonly string[]).includes(uri.scheme)
  );
}

/** For language clients and providers. */
export const proseSelector = proseLanguages.flatMap((language) =>
  proseSchemes.map((scheme) => ({ language, scheme })),
);

/** The same condition for menus and the command palette. */
export const isProseClause = `editorLangId =~ /^(${proseLanguages.join("|")})$/ && resourceScheme =~ /^(${proseSchemes.join("|")})$/`;
