import { type Dirent, readdirSync } from "node:fs";

/** What lies in a folder; nothing where it is not there or may not be read. */
export function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
