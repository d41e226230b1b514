import * as vscode from "vscode";
import { NothingOpenError } from "../errors.ts";

/** Language ids of the files that Idiolect reads; of the formats in docs/documents.md. */
export const proseLanguages = [
  "markdown",
  "mdx",
  "quarto",
  "rmd",
  "plaintext",
  "org",
  "latex",
  "restructuredtext",
  "asciidoc",
] as const;

/** Schemes of documents that are read: files, and what was never saved. */
export const proseSchemes = ["file", "untitled"] as const;

/** Markdown cells of an open notebook, each a document of its own; other cells are code or what was left raw. */
const cell = { language: "markdown", scheme: "vscode-notebook-cell" } as const;

interface Described {
  readonly languageId: string;
  readonly uri: { readonly scheme: string };
}

export function isProse({ languageId, uri }: Described): boolean {
  return proseSelector.some(({ language, scheme }) => language === languageId && scheme === uri.scheme);
}

/** For language clients and providers. */
export const proseSelector: { readonly language: string; readonly scheme: string }[] = [
  ...proseLanguages.flatMap((language) => proseSchemes.map((scheme) => ({ language, scheme }))),
  cell,
];

/** The same condition for menus and the command palette. */
export const isProseClause = `editorLangId =~ /^(${proseLanguages.join("|")})$/ && resourceScheme =~ /^(${proseSchemes.join("|")})$/`;

/** The editor in front, if it shows a text that Idiolect reads. */
export function activeProse(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && isProse(editor.document) ? editor : undefined;
}

/** The same for a command, which cannot go without. */
export function requireProse(): vscode.TextEditor {
  const editor = activeProse();
  if (editor === undefined) {
    throw new NothingOpenError(
      vscode.l10n.t("No text that Idiolect can read is open."),
      vscode.l10n.t(
        "Open a document of a kind that is read first: Markdown, plain text, Org, LaTeX, reStructuredText or AsciiDoc.",
      ),
    );
  }
  return editor;
}
