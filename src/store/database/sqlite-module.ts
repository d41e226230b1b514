import { SqliteMissingError } from "../errors.ts";

/**
 * Gives Node's SQLite. It is asked for at run time, for a static import of a missing module would stop the program
 * with a message that helps nobody.
 *
 * @param getBuiltin finds a built-in module by name; absent in Node.js versions that have no SQLite anyway
 * @throws SqliteMissingError
 */
export function sqliteModule(
  getBuiltin:
    | ((name: "node:sqlite") => typeof import("node:sqlite") | undefined)
    | undefined = process.getBuiltinModule,
): typeof import("node:sqlite") {
  const found = getBuiltin?.("node:sqlite");
  if (found === undefined) throw new SqliteMissingError(process.version);
  return found;
}
