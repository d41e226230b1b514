import { type Hover, MarkupKind } from "vscode-languageserver/node";
import type { Range } from "../protocol/readings.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import { plainText } from "./markdown-text.ts";

/** What a hover tells, and of which stretch: Markdown in which nothing of the document is active. */
export interface HoverNote {
  readonly range: Range;
  readonly markdown: string;
}

/** A note as the editor can show it. */
export function hoverOf(
  { range, markdown }: HoverNote,
  { showsMarkdown }: Pick<ClientAbilities, "showsMarkdown">,
): Hover {
  const contents = showsMarkdown
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plainText(markdown) };
  return { range, contents };
}
