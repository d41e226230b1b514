import { openStore } from "../../../src/store/open-store.ts";

/** Opens the store in a folder and says how that went: in a process of its own, for it might never end. */
const [folder = ""] = process.argv.slice(2);
try {
  openStore(folder).close();
  process.stdout.write("done\n");
} catch (cause) {
  process.stdout.write(`${cause instanceof Error ? cause.name : cause}\n`);
}
