import { InvalidArgumentError } from "commander";
import { languageCode } from "../corpus/language-read.ts";

/** What `--languages` means. */
export const languagesHelp = "languages whose tone is read, such as en,de, or * for all (default: English)";

/** 'en,de' as codes. Throws InvalidArgumentError for what is no language. */
export function parseLanguages(list: string): readonly string[] {
  return list.split(",").map((part) => {
    const code = languageCode(part);
    if (code === undefined)
      throw new InvalidArgumentError(`'${part.trim()}' is no language: write en, or German.`);
    return code;
  });
}
