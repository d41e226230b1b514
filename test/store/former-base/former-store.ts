import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";

/** A store and a blog as commit dd077cf left them, in a folder of a test. */
export interface FormerStore {
  readonly storePath: string;
  readonly blog: string;
}

/** Puts the store and its texts into a folder; paths in it are changed to those of the texts there. */
export function placeFormerStore(folder: string): FormerStore {
  const [storePath, blog] = [join(folder, "store"), join(folder, "blog")];
  mkdirSync(storePath);
  cpSync(join(import.meta.dirname, "blog"), blog, { recursive: true });
  cpSync(join(import.meta.dirname, "corrections.jsonl"), join(storePath, "corrections.jsonl"));
  const database = join(storePath, "idiolect.sqlite");
  writeFileSync(database, gunzipSync(readFileSync(join(import.meta.dirname, "idiolect.sqlite.gz"))));
  using opened = new DatabaseSync(database);
  opened.prepare("UPDATE writers SET folders = ?").run(JSON.stringify([blog]));
  opened.prepare("UPDATE documents SET path = ? || substr(path, length('/blog') + 1)").run(blog);
  return { storePath, blog };
}
