import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The text of the extension's page, with its pictures in it: the editor shows none that lie beside it in the
 * extension's folder.
 */
export function extensionPage(file: string): string {
  return readFileSync(file, "utf8").replace(
    /!\[([^\]]*)\]\(([^)]+\.png)\)/g,
    (_, text: string, picture: string) => {
      const content = readFileSync(join(dirname(file), picture)).toString("base64");
      return `![${text}](data:image/png;base64,${content})`;
    },
  );
}
