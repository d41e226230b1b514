import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** What a model directory says about its licence. */
export interface ModelLicence {
  /** As the card names it, such as `apache-2.0`; absent where only a licence file lies there. */
  readonly name?: string;
  /** The file that says so. */
  readonly file: string;
}

const cardName = "README.md";
/** The front matter of a card stands at its start. */
const cardStartBytes = 16_384;

/** Looks into the card's front matter, then for a licence file; undefined where nothing is said. */
export async function findLicence(path: string): Promise<ModelLicence | undefined> {
  const card = await readStart(join(path, cardName));
  const frontMatter = /^---\r?\n(.*?)\r?\n---/s.exec(card)?.[1] ?? "";
  const name = /^license:[ \t]*["']?([\w .+-]{1,64}?)["']?[ \t]*$/m.exec(frontMatter)?.[1];
  if (name !== undefined) return { name, file: cardName };
  const names = await readdir(path).catch(() => []);
  const file = names.sort().find((one) => /^(LICEN[CS]E|COPYING)(\.(md|txt))?$/i.test(one));
  return file === undefined ? undefined : { file };
}

/** Empty for a file that cannot be read, and for what is no file: a pipe would never be opened. */
async function readStart(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return "";
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(cardStartBytes), 0, cardStartBytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch {
    return "";
  } finally {
    await file.close();
  }
}
